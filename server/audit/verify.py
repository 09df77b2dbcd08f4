"""Walk the chain and name the first row that is not what it was."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from server.audit.chain import FIELDS, GENESIS, UNLINKED, next_hash, statement
from server.audit.models import AuditCheckpoint, AuditEvent, AuditLink
from server.db import db, now, reading
from server.keyring import ring
from server.workdays import local_day

BATCH = 1000

logger = logging.getLogger(__name__)
SETTLED = timedelta(days=1)  # by then the clock has linked every row


@dataclass(frozen=True)
class Findings:
    """What a walk along the whole chain gave; ``fault`` is a Dutch sentence, or None."""

    rows: int
    checkpoints: int
    waiting: int
    fault: str | None


@dataclass
class _Walk:
    position: int
    tip: bytes
    event_id: int | None = None
    rows: int = 0


class LogBroken(Exception):  # noqa: N818
    """The log is not what it was; the text says where."""


def check() -> None:
    """Raise LogBroken when the log has a fault; the clock does, so that somebody hears of it."""
    fault = verify().fault
    if fault:
        logger.error("Het logboek klopt niet. %s", fault)
        raise LogBroken(fault)


def verify() -> Findings:
    """Check every row, every link and every signature, oldest first; stop at the first fault."""
    with reading():
        try:
            return _verify()
        finally:
            db.session.rollback()


def _verify() -> Findings:
    points = list(
        db.session.scalars(sa.select(AuditCheckpoint).order_by(AuditCheckpoint.day)).all()
    )
    start = points[0] if points and points[0].start else None
    walk = _Walk(start.position, start.hash) if start else _Walk(0, GENESIS)
    fault = _forged(points) or _walk(walk, points) or _beside()
    waiting = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent).where(UNLINKED))
    return Findings(walk.rows, len(points), waiting or 0, fault)


def _forged(points: list[AuditCheckpoint]) -> str | None:
    for number, point in enumerate(points):
        said = statement(point.day, point.position, point.hash, start=point.start)
        if not ring().is_signed(point.signature, said) or (point.start and number > 0):
            return f"De handtekening onder het controlepunt van {_day(point.day)} klopt niet."
    return None


def _walk(walk: _Walk, points: list[AuditCheckpoint]) -> str | None:
    ahead = [point for point in points if not point.start]
    if fault := _passed(walk, ahead):
        return fault
    for row in _links(walk.position):
        fault = _step(walk, row) or _passed(walk, ahead)
        if fault:
            return fault
    short = next((point for point in ahead if point.position > walk.position), None)
    if short is None:
        return None
    after = f"na regel {walk.event_id}" if walk.event_id else "vanaf het begin"
    return (
        f"Er ontbreken regels {after}: op {_day(short.day)} waren er {short.position}, "
        f"nu {walk.position}."
    )


def _step(walk: _Walk, row: Any) -> str | None:
    if row.position != walk.position + 1:
        after = f" (na regel {walk.event_id})" if walk.event_id else ""
        return f"Schakel {walk.position + 1} ontbreekt{after}."
    if row.id is None:
        return f"Regel {row.event_id} ontbreekt."
    walk.tip = next_hash(walk.tip, row.position, row)
    walk.position, walk.event_id = row.position, row.event_id
    if walk.tip != row.hash:
        return f"Regel {row.event_id} van {_day(local_day(row.at))} is veranderd."
    walk.rows += 1
    return None


def _passed(walk: _Walk, ahead: list[AuditCheckpoint]) -> str | None:
    """Hold the walk against the checkpoints it has come to."""
    while ahead and ahead[0].position == walk.position:
        point = ahead.pop(0)
        if point.hash != walk.tip:
            return (
                f"De ketting tot en met regel {walk.event_id} is na het controlepunt van "
                f"{_day(point.day)} opnieuw gemaakt."
            )
    return None


def _beside() -> str | None:
    stray = db.session.scalar(
        sa.select(sa.func.min(AuditEvent.id)).where(UNLINKED, AuditEvent.at < now() - SETTLED)
    )
    if stray is None:
        return None
    return f"Regel {stray} staat niet in de ketting. Is hij er later bij gezet, of stond de klok?"


def _links(position: int) -> Iterator[Any]:
    columns = [getattr(AuditEvent, name) for name in FIELDS]
    query = (
        sa.select(AuditLink.position, AuditLink.event_id, AuditLink.hash, *columns)
        .outerjoin(AuditEvent, AuditEvent.id == AuditLink.event_id)
        .order_by(AuditLink.position)
        .limit(BATCH)
    )
    while rows := db.session.execute(query.where(AuditLink.position > position)).all():
        yield from rows
        position = rows[-1].position


def _day(day: date) -> str:
    return day.isoformat()
