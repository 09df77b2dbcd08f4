"""Chain what was logged, sign where the chain stands, and cut off what is past its term."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from server.audit.models import AuditCheckpoint, AuditEvent, AuditLink, AuditPruning
from server.db import db, now, reading
from server.keyring import ring
from server.workdays import local_day

GENESIS = hashlib.sha256(b"signaalkaart/1|audit").digest()
BATCH = 1000
# A transaction that began early may commit late; so far back the clock still looks for its rows.
OVERTAKEN = 10_000
FIELDS = (
    "id",
    "at",
    "person_id",
    "device_id",
    "action",
    "subject_kind",
    "subject_id",
    "purpose",
    "outcome",
    "count",
    "note_digest",
)
UNLINKED = ~sa.exists().where(AuditLink.event_id == AuditEvent.id)


def next_hash(previous: bytes, position: int, event: Any) -> bytes:
    """Return the hash of an event at a place in the chain."""
    values = [getattr(event, name) for name in FIELDS]
    text = json.dumps([position, *map(_plain, values)], separators=(",", ":"))
    return hashlib.sha256(previous + text.encode()).digest()


def extend(*, whole: bool = False) -> int:
    """Link the events that are not in the chain yet; return how many.

    ``whole`` looks through the whole log, however long ago a row got its number.
    """
    linked = 0
    while True:
        try:
            done = _extend(whole)
        except sa.exc.IntegrityError:
            # Somebody else took these positions meanwhile: what is left comes after theirs.
            db.session.rollback()
            continue
        if not done:
            return linked
        linked += done


def make_checkpoint() -> AuditCheckpoint:
    """Link everything and sign where the chain stands today; once a day."""
    extend(whole=True)
    today = local_day(now())
    made = db.session.get(AuditCheckpoint, today)
    if made is None:
        position, tip = chain_end()
        made = signed(today, position, tip, start=False)
        db.session.add(made)
    db.session.commit()
    return made


def prune(before: datetime) -> int:
    """Delete what was logged before a moment, up to a checkpoint that becomes the new start.

    Return how many events went. Nothing goes that no signed checkpoint covers.
    """
    with reading():
        last = db.session.scalars(
            sa.select(AuditCheckpoint)
            .where(AuditCheckpoint.day < local_day(before))
            .order_by(AuditCheckpoint.day.desc())
            .limit(1)
        ).first()
        db.session.rollback()
    if last is None or last.start:
        return 0
    day, up_to, tip = last.day, last.position, last.hash
    db.session.add(AuditPruning(up_to=up_to))
    db.session.flush()
    gone = sa.select(AuditLink.event_id).where(AuditLink.position <= up_to)
    removed = db.session.execute(sa.delete(AuditEvent).where(AuditEvent.id.in_(gone)), UNSYNCED)
    db.session.execute(sa.delete(AuditLink).where(AuditLink.position <= up_to), UNSYNCED)
    db.session.execute(sa.delete(AuditCheckpoint).where(AuditCheckpoint.day <= day), UNSYNCED)
    db.session.expunge_all()
    db.session.add(signed(day, up_to, tip, start=True))
    db.session.execute(sa.delete(AuditPruning), UNSYNCED)
    db.session.commit()
    return int(removed.rowcount)  # type: ignore[attr-defined]


UNSYNCED = {"execution_options": {"synchronize_session": False}}


def chain_end() -> tuple[int, bytes]:
    """Return position and hash of the last link, or of where the chain begins."""
    last = db.session.execute(
        sa.select(AuditLink.position, AuditLink.hash).order_by(AuditLink.position.desc()).limit(1)
    ).first()
    return (last.position, last.hash) if last else chain_start()


def chain_start() -> tuple[int, bytes]:
    """Return position and hash of what comes before the first link."""
    start = db.session.scalars(sa.select(AuditCheckpoint).filter_by(start=True)).first()
    return (start.position, start.hash) if start else (0, GENESIS)


def signed(day: date, position: int, tip: bytes, *, start: bool) -> AuditCheckpoint:
    """Return a checkpoint with its signature."""
    signature = ring().sign(statement(day, position, tip, start=start))
    return AuditCheckpoint(day=day, position=position, hash=tip, start=start, signature=signature)


def statement(day: date, position: int, tip: bytes, *, start: bool) -> bytes:
    """Return what a checkpoint's signature says."""
    kind = "start" if start else "day"
    return f"signaalkaart/1|audit|{kind}|{day.isoformat()}|{position}|{tip.hex()}".encode()


def _extend(whole: bool) -> int:
    with reading():
        floor = 0 if whole else (db.session.scalar(_newest_linked()) or 0) - OVERTAKEN
        # Looking takes long on a long log, so it is done while others can write.
        first = db.session.scalar(
            sa.select(AuditEvent.id)
            .where(AuditEvent.id > floor, UNLINKED)
            .order_by(AuditEvent.id)
            .limit(1)
        )
        db.session.rollback()
    if first is None:
        return 0
    position, tip = chain_end()
    events = db.session.execute(
        sa.select(*(getattr(AuditEvent, name) for name in FIELDS))
        .where(AuditEvent.id >= first, UNLINKED)
        .order_by(AuditEvent.id)
        .limit(BATCH)
    ).all()
    links = []
    for event in events:
        position += 1
        tip = next_hash(tip, position, event)
        links.append({"position": position, "event_id": event.id, "hash": tip})
    if links:
        # Two at once want the same positions; the second fails and looks again.
        db.session.execute(sa.insert(AuditLink), links)
    db.session.commit()
    return len(links)


def _newest_linked() -> sa.Select[Any]:
    return sa.select(AuditLink.event_id).order_by(AuditLink.position.desc()).limit(1)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value
