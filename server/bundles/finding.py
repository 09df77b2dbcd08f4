"""Finds what looks like an observation that was just read, and notes it as pairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from server.bundles import spelling
from server.bundles.models import HASH, OverlapEntry, OverlapMark, OverlapPair
from server.bundles.reasons import FAR, NEAR, WEEK, Likeness, place_of
from server.db import db, insert_into
from server.observations.models import Observation

MOST = 30  # pairs that one new observation makes
AT_ONCE = 5000  # hashes in one question
# A name that turns up in more other areas than this says little by itself.
COMMON = 3
PLAIN = (
    OverlapEntry.observation_id,
    OverlapEntry.area,
    OverlapEntry.date,
    OverlapEntry.concepts,
)
NAMED = sa.exists().where(OverlapMark.entry_id == OverlapEntry.id).label("named")

Hashers = Mapping[str, Callable[[str], bytes]]
Sought = Mapping[tuple[bytes, bool], int]


@dataclass(frozen=True)
class Read:
    """What the index takes from one observation; names exist only while it is made."""

    id: str
    area: str | None
    date: dt.date
    concepts: frozenset[str]
    names: tuple[str, ...] = field(repr=False)


def find_alike(one: Read, hashers: Hashers) -> list[Likeness]:
    """Return what looks like an observation that was just read, the nearest in time first.

    A name that many share takes a while, so no transaction that writes should be open meanwhile.
    """
    sought = _sought(one, hashers)
    common = _is_common(one, sought)
    found = {
        entry.observation_id: _compare(one, entry, alike)
        for entry, alike in _same_names(one, sought, common)
    }
    for entry in _same_place(one):
        nameless = not (sought and entry.named)
        found.setdefault(entry.observation_id, _compare(one, entry, 0, nameless=nameless))
    pairs = sorted(
        (like for like in found.values() if like.is_enough(common=common)),
        key=lambda like: like.apart,
    )
    return pairs[:MOST]


def note_pairs(one: Read, alike: Sequence[Likeness]) -> None:
    """Note what was found, as far as it is still there."""
    there = _still_there([like.other for like in alike])
    for like in alike:
        if like.other in there:
            first, second = sorted((one.id, like.other))
            db.session.execute(
                insert_into(OverlapPair)
                .values(one_id=first, other_id=second, reasons=like.reasons())
                .on_conflict_do_nothing()
            )


def _sought(one: Read, hashers: Hashers) -> Sought:
    """Return every hash to look for, whether it is of a part of a name, and how alike it makes."""
    return {
        (hasher(text)[:HASH], part): alike
        for (text, part), alike in spelling.sought(one.names).items()
        for hasher in hashers.values()
    }


def _same_names(one: Read, sought: Sought, common: bool) -> list[tuple[Any, int]]:
    """Return what may name the same person within the time, and how alike the names are."""
    best: dict[str, tuple[Any, int]] = {}
    for row in _marked(one, sought, common):
        # Two longer names that share one word, a first name or a surname, are two people.
        of_part = 0 if row.part else sought.get((row.hash, True), 0)
        alike = max(sought.get((row.hash, False), 0), of_part)
        if alike > best.get(row.observation_id, (None, 0))[1]:
            best[row.observation_id] = (row, alike)
    return list(best.values())


def _marked(one: Read, sought: Sought, common: bool) -> Iterator[Any]:
    """Return what bears one of these marks, where and when that can be enough for anything."""
    anywhere = _within(one, WEEK if common else NEAR)
    hashes = sorted({mark for mark, _ in sought})
    for start in range(0, len(hashes), AT_ONCE):
        yield from db.session.execute(
            sa.select(OverlapMark.hash, OverlapMark.part, *PLAIN)
            .join(OverlapEntry, OverlapEntry.id == OverlapMark.entry_id)
            .where(
                OverlapMark.hash.in_(hashes[start : start + AT_ONCE]),
                _within(one, FAR),
                sa.or_(OverlapMark.area == one.area, anywhere),
                OverlapEntry.observation_id != one.id,
            )
        )


def _is_common(one: Read, sought: Sought) -> bool:
    """Say whether a name turns up in so many other areas that it says little by itself."""
    same = [key for key, alike in sought.items() if alike == spelling.SAME]
    is_marked = sa.or_(
        OverlapMark.hash.in_([mark for mark, part in same if not part]),
        sa.and_(
            OverlapMark.hash.in_([mark for mark, part in same if part]),
            OverlapMark.part.is_(False),
        ),
    )
    areas = db.session.scalars(
        sa.select(OverlapMark.area).where(is_marked, _within(one, FAR)).distinct().limit(COMMON + 2)
    ).all()
    return len(set(areas) - {one.area}) > COMMON


def _within(one: Read, time: dt.timedelta) -> sa.ColumnElement[bool]:
    return OverlapMark.date.between(one.date - time, one.date + time)


def _same_place(one: Read) -> Iterator[Any]:
    if one.area is None or len(one.concepts) < 2:
        return iter(())
    return iter(
        db.session.execute(
            sa.select(*PLAIN, NAMED).where(
                OverlapEntry.area == one.area,
                OverlapEntry.date.between(one.date - NEAR, one.date + NEAR),
                OverlapEntry.observation_id != one.id,
            )
        )
    )


def _compare(one: Read, entry: Any, name: int, *, nameless: bool = False) -> Likeness:
    return Likeness(
        entry.observation_id,
        place_of(one.area, entry.area),
        abs(one.date - entry.date),
        len(one.concepts & set(entry.concepts)),
        name,
        nameless,
    )


def _still_there(ids: Sequence[str]) -> set[str]:
    """Return which of these are there, and keep them so until commit."""
    return set(
        db.session.scalars(
            sa.select(Observation.id)
            .where(Observation.id.in_(ids))
            .order_by(Observation.id)
            .with_for_update(read=True, key_share=True)
        )
    )
