"""The index of what looks alike: a clock job opens what is new and keeps keyed hashes of names.

A name is hashed with the key of this month, and looked up once under every key that still lives.
What is found is said in words from ``REASONS``. There is no score: a pair is noted or it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from server import audit, cards
from server.bundles import spelling
from server.bundles.finding import Hashers, Read, find_alike, note_pairs
from server.bundles.models import HASH, OverlapEntry, OverlapMark, OverlapPair
from server.bundles.reasons import Likeness
from server.db import db, insert_into, insert_rows, now, reading, table
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.observations.models import Observation
from server.sealing import SealError

PURPOSE = "overlap"
PER_RUN = 1000


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
        add(waiting)
    return len(waiting)


def add(ids: Sequence[str]) -> None:
    """Read observations, note what they look like, and let them be found from now on.

    Whoever asks for this has to log it. Each is written by itself: while one is compared, phones
    that hand in do not wait.
    """
    key_id, hashers = ring().current(now()).id, _hashers()
    for each in ids:
        with reading():
            row = db.session.get(Observation, each)
            one = _read(row) if row else None
            alike = find_alike(one, hashers) if one else []
            db.session.rollback()
        if one is not None:
            _write(one, alike, key_id, hashers[key_id])


def _write(
    one: Read, alike: Sequence[Likeness], key_id: str, hasher: Callable[[str], bytes]
) -> None:
    """Keep what was found, unless the observation went meanwhile or another turn was first."""
    is_there = db.session.scalar(
        sa.select(Observation.id)
        .where(Observation.id == one.id)
        .with_for_update(read=True, key_share=True)
    )
    if is_there and _keep(one, key_id, hasher):
        note_pairs(one, alike)
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


def _keep(one: Read, key_id: str, hasher: Callable[[str], bytes]) -> bool:
    """Let an observation be found from now on; say whether it could not be found before."""
    entry_id = db.session.scalar(
        insert_into(OverlapEntry)
        .values(
            observation_id=one.id,
            key_id=key_id,
            area=one.area,
            date=one.date,
            concepts=sorted(one.concepts),
        )
        .on_conflict_do_nothing()
        .returning(OverlapEntry.id)
    )
    if entry_id is None:
        return False
    marks = [
        {
            "hash": hasher(text)[:HASH],
            "entry_id": entry_id,
            "part": part,
            "area": one.area,
            "date": one.date,
        }
        for text, part in spelling.stored(one.names).items()
    ]
    if marks:
        insert_rows(table(OverlapMark), marks)
    return True
