"""Note that something happened, and let it go out once enough of its kind happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, insert_rows, new_id, now, table
from server.events.models import KINDS, OutgoingEvent
from server.events.settings import listener
from server.people.models import Session

# A smaller group of events would say when somebody reported; see docs/decisions/0020.
LEAST = 5
KEPT = timedelta(days=30)
MISSED = ("given_up", "gone")


@dataclass(frozen=True)
class Overview:
    """How delivery goes. What still waits to be released is a small number, so it is not in it."""

    on: bool
    address: str | None
    sending: int
    missed: int
    last_status: int | None
    delivered_at: datetime | None


def rows(kind: str) -> list[dict[str, Any]]:
    """Return the row that says that this happened, for a batch insert; none if nobody listens."""
    if kind not in KINDS:
        raise ValueError("An event is of a known kind.")
    if listener() is None:
        return []
    return [{"id": new_id(), "kind": kind, "attempts": 0}]


def note(kind: str) -> None:
    """Have it said that this happened, in the transaction in which it does."""
    if made := rows(kind):
        insert_rows(table(OutgoingEvent), made)


def release_due() -> int:
    """Let go what waits, of each kind at once and never fewer than ``LEAST``; return how many.

    All get this one moment. Where nobody listens any more, what waits is forgotten.
    """
    if listener() is None:
        _forget(OutgoingEvent.done_at.is_(None))
        db.session.commit()
        return 0
    moment = now()
    released = 0
    for kind in KINDS:
        waiting = sa.and_(OutgoingEvent.kind == kind, OutgoingEvent.released_at.is_(None))
        ids = db.session.scalars(sa.select(OutgoingEvent.id).where(waiting)).all()
        if len(ids) >= LEAST:
            db.session.execute(
                sa.update(OutgoingEvent)
                .where(OutgoingEvent.id.in_(ids))
                .values(released_at=moment, due_at=moment),
                execution_options={"synchronize_session": False},
            )
            released += len(ids)
    db.session.commit()
    return released


def overview() -> Overview:
    """Return how delivery goes, for who looks after it."""
    to = listener()
    released = OutgoingEvent.released_at.is_not(None)
    open_now = sa.and_(released, OutgoingEvent.done_at.is_(None))
    row = db.session.execute(
        sa.select(
            sa.func.count().filter(open_now).label("sending"),
            sa.func.count().filter(OutgoingEvent.outcome.in_(MISSED)).label("missed"),
            sa.func.max(OutgoingEvent.done_at)
            .filter(OutgoingEvent.outcome == "delivered")
            .label("delivered_at"),
        ).select_from(OutgoingEvent)
    ).one()
    tried = sa.select(OutgoingEvent.status).where(released, OutgoingEvent.status.is_not(None))
    last = db.session.scalar(
        tried.where(sa.or_(open_now, OutgoingEvent.outcome.in_(MISSED)))
        .order_by(OutgoingEvent.due_at.desc())
        .limit(1)
    )
    return Overview(
        on=to is not None,
        address=to.url if to else None,
        sending=row.sending,
        missed=row.missed,
        last_status=last,
        delivered_at=row.delivered_at,
    )


def try_again(by: Session) -> int:
    """Send what was given up once more, under the same ids; return how many."""
    moment = now()
    again = db.session.scalars(
        sa.update(OutgoingEvent)
        .where(OutgoingEvent.outcome.in_(MISSED))
        .values(done_at=None, outcome=None, attempts=0, due_at=moment, status=None)
        .returning(OutgoingEvent.id),
        execution_options={"synchronize_session": False},
    ).all()
    audit.log(by.person_id, "retry_events", "event", count=len(again) or 1, device_id=by.device_id)
    db.session.commit()
    return len(again)


def remove_old() -> None:
    """Forget what was delivered or given up a while ago."""
    _forget(OutgoingEvent.done_at < now() - KEPT)
    db.session.commit()


def _forget(which: sa.ColumnElement[bool]) -> None:
    db.session.execute(sa.delete(OutgoingEvent).where(which))
