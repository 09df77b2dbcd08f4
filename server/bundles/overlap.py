"""Finds what looks alike: a clock job opens what is new, keeps keyed hashes, and notes pairs.

A name is hashed with the key of this month, and looked up once under every key that still lives.
What is found is said in words from ``REASONS``. There is no score: a pair is noted or it is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from server import audit, cards
from server.bundles import spelling
from server.bundles.models import HASH, OverlapEntry, OverlapMark, OverlapPair
from server.bundles.reasons import FAR, NEAR, Likeness, place_of
from server.db import db, insert_rows, now, reading, table
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.observations.models import Observation
from server.sealing import SealError

PURPOSE = "overlap"
BATCH = 50
PER_RUN = 1000
MOST = 30  # pairs that one new observation makes, the nearest in time first
# A name that turns up in more other areas than this says little by itself.
COMMON = 3

Hashers = Mapping[str, Callable[[str], bytes]]


@dataclass(frozen=True)
class Read:
    """What the index takes from one observation; names exist only while it is made."""

    id: str
    area: str | None
    date: dt.date
    concepts: frozenset[str]
    names: tuple[str, ...] = field(repr=False)


def is_on() -> bool:
    """Say whether this gemeente wants to be told what looks alike."""
    return cards.library().suggests_bundles


def run() -> int:
    """Take up what is new, and forget what must be forgotten; return how many were taken up."""
    if not is_on():
        forget_all()
        return 0
    forget_dead_keys()
    waiting = _waiting()
    if waiting:
        audit.log(None, "open", "observation", purpose="overlap_index", count=len(waiting))
        db.session.commit()
    for start in range(0, len(waiting), BATCH):
        add(waiting[start : start + BATCH])
    return len(waiting)


def add(ids: Sequence[str]) -> None:
    """Read observations, note what they look like, and let them be found from now on.

    Whoever asks for this has to log it.
    """
    with reading():
        rows = db.session.scalars(sa.select(Observation).where(Observation.id.in_(ids))).all()
        read = {row.id: _read(row) for row in rows}
        db.session.rollback()
    key_id = ring().current(now()).id
    hashers = _hashers()
    here = db.session.scalars(
        sa.select(Observation.id)
        .where(Observation.id.in_(ids))
        .order_by(Observation.id)
        .with_for_update(read=True, key_share=True)
    ).all()
    for one in (read[each] for each in ids if each in set(here) and each in read):
        _note_pairs(one, hashers)
        _keep(one, key_id, hashers[key_id])
    db.session.commit()


def forget(observation_id: str) -> None:
    """Take one observation out of the index; the next run reads it anew, if it is still there."""
    db.session.execute(sa.delete(OverlapEntry).where(OverlapEntry.observation_id == observation_id))
    db.session.execute(
        sa.delete(OverlapPair).where(
            sa.or_(OverlapPair.one_id == observation_id, OverlapPair.other_id == observation_id)
        )
    )


def forget_all() -> None:
    """Empty the index, when a gemeente does not want it."""
    with reading():
        empty = not db.session.scalar(
            sa.select(sa.exists().where(OverlapEntry.id.is_not(None)))
        ) and not db.session.scalar(sa.select(sa.exists().where(OverlapPair.one_id.is_not(None))))
        db.session.rollback()
    if not empty:
        for kept in (OverlapMark, OverlapEntry, OverlapPair):
            db.session.execute(sa.delete(kept), execution_options={"synchronize_session": False})
        db.session.commit()


def forget_dead_keys() -> None:
    """Take out what was hashed with a key that is gone; what still lives is read anew."""
    living = [period.id for period in ring().periods() if period.destroyed_at is None]
    with reading():
        used = set(db.session.scalars(sa.select(OverlapEntry.key_id).distinct()))
        db.session.rollback()
    dead = used - set(living)
    if dead:
        db.session.execute(
            sa.delete(OverlapEntry).where(OverlapEntry.key_id.in_(dead)),
            execution_options={"synchronize_session": False},
        )
        db.session.commit()


def _waiting() -> list[str]:
    """Return what is not in the index yet, the oldest first."""
    with reading():
        ids = db.session.scalars(
            sa.select(Observation.id)
            .outerjoin(OverlapEntry, OverlapEntry.observation_id == Observation.id)
            .where(OverlapEntry.id.is_(None))
            .order_by(Observation.received_at, Observation.id)
            .limit(PER_RUN)
        ).all()
        db.session.rollback()
    return list(ids)


def _read(row: Observation) -> Read:
    try:
        opened = ring().open(row.sealed, "observation", row.id, row.author_id)
    except SealError:
        # Nobody can read it; where and when it was is still known.
        opened = {}
    persons = opened.get("persons")
    names = tuple(
        person["name"][:200]
        for person in (persons if isinstance(persons, list) else [])
        if isinstance(person, dict) and isinstance(person.get("name"), str)
    )
    concepts = cards.library().concepts_of(row.card, row.signals)
    return Read(row.id, row.area, row.date, concepts, names)


def _hashers() -> Hashers:
    """Return what hashes under each living key; one that is damaged finds nothing any more."""
    made = {}
    for period in ring().periods():
        if period.destroyed_at is None:
            try:
                made[period.id] = ring().hasher(period.id, PURPOSE)
            except (UnknownKey, KeyDestroyed):
                continue
    return made


def _keep(one: Read, key_id: str, hasher: Callable[[str], bytes]) -> None:
    entry = OverlapEntry(
        observation_id=one.id,
        key_id=key_id,
        area=one.area,
        date=one.date,
        concepts=sorted(one.concepts),
    )
    db.session.add(entry)
    db.session.flush()
    marks = [
        {"hash": hasher(text)[:HASH], "entry_id": entry.id, "part": part}
        for text, part in spelling.stored(one.names).items()
    ]
    if marks:
        insert_rows(table(OverlapMark), marks)


def _note_pairs(one: Read, hashers: Hashers) -> None:
    names = _same_names(one, hashers)
    found = {entry.observation_id: _compare(one, entry, alike) for entry, alike in names}
    for entry in _same_place(one):
        found.setdefault(entry.observation_id, _compare(one, entry, 0))
    common = _is_common(one, names)
    pairs = sorted(
        (like for like in found.values() if like.is_enough(common=common)),
        key=lambda like: like.apart,
    )
    there = _still_there([like.other for like in pairs[:MOST]])
    for like in pairs[:MOST]:
        if like.other in there:
            first, second = sorted((one.id, like.other))
            db.session.execute(
                _insert()
                .values(one_id=first, other_id=second, reasons=like.reasons())
                .on_conflict_do_nothing()
            )


def _same_names(one: Read, hashers: Hashers) -> list[tuple[Any, int]]:
    """Return what may name the same person within the time, and how alike the names are."""
    wanted: dict[tuple[bytes, bool], int] = {}
    for (text, part), alike in spelling.sought(one.names).items():
        for hasher in hashers.values():
            wanted[hasher(text)[:HASH], part] = alike
    best: dict[str, tuple[Any, int]] = {}
    for row in _marked({mark for mark, _ in wanted}, one):
        # Two longer names that share one word, a first name or a surname, are two people.
        alike = max(
            wanted.get((row.hash, False), 0), 0 if row.part else wanted.get((row.hash, True), 0)
        )
        if alike > best.get(row.observation_id, (None, 0))[1]:
            best[row.observation_id] = (row, alike)
    return list(best.values())


def _marked(hashes: Iterable[bytes], one: Read) -> Iterator[Any]:
    asked = sorted(hashes)
    for start in range(0, len(asked), 5000):
        yield from db.session.execute(
            sa.select(
                OverlapMark.hash,
                OverlapMark.part,
                OverlapEntry.observation_id,
                OverlapEntry.area,
                OverlapEntry.date,
                OverlapEntry.concepts,
            )
            .join(OverlapEntry, OverlapEntry.id == OverlapMark.entry_id)
            .where(
                OverlapMark.hash.in_(asked[start : start + 5000]),
                OverlapEntry.date.between(one.date - FAR, one.date + FAR),
                OverlapEntry.observation_id != one.id,
            )
        )


def _same_place(one: Read) -> Iterator[Any]:
    if one.area is None or len(one.concepts) < 2:
        return iter(())
    return iter(
        db.session.execute(
            sa.select(
                OverlapEntry.observation_id,
                OverlapEntry.area,
                OverlapEntry.date,
                OverlapEntry.concepts,
            ).where(
                OverlapEntry.area == one.area,
                OverlapEntry.date.between(one.date - NEAR, one.date + NEAR),
                OverlapEntry.observation_id != one.id,
            )
        )
    )


def _is_common(one: Read, names: Sequence[tuple[Any, int]]) -> bool:
    elsewhere = {entry.area for entry, alike in names if alike == spelling.SAME} - {one.area}
    return len(elsewhere) > COMMON


def _compare(one: Read, entry: Any, name: int) -> Likeness:
    return Likeness(
        entry.observation_id,
        place_of(one.area, entry.area),
        abs(one.date - entry.date),
        len(one.concepts & set(entry.concepts)),
        name,
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


def _insert() -> Any:
    """Return an insert of this database's dialect."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(OverlapPair)
