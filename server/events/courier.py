"""Bring what was released to the system that listens: only the clock process comes here.

Like messages to phones: claimed with a lease, sent while no transaction is open, written down
after. Who dies in between loses the lease, so an event may go out twice, with the same id, and
never not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event as Flag
from typing import Any, Protocol

import sqlalchemy as sa

from server.db import db, now, reading
from server.events.models import OutgoingEvent
from server.events.settings import listener
from server.events.webhook import PATIENCE, Event, Outcome, Result, written

LEASE = timedelta(seconds=90)
BATCH = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
# A week of trying, with pauses that grow to six hours.
TRIES = 36


class Sends(Protocol):
    """What a courier needs of webhook.Sender."""

    def send(self, body: bytes) -> Result: ...


@dataclass(frozen=True)
class Parcel:
    """A claimed event with all that is needed to send it outside any transaction."""

    event: Event
    attempts: int
    leased_until: datetime


def deliver_due(sender: Sends, owner: str, figures: str, *, stop: Flag | None = None) -> int:
    """Send what is due, each event by one worker at a time; return how many were claimed.

    ``figures`` is the address an event refers to. After one that is not taken the rest waits too:
    the other side is the same.
    """
    to = listener()
    if to is None or not _any_due():
        return 0
    parcels = _claim(owner)
    db.session.commit()
    left = list(parcels)
    while left:
        late = now() + timedelta(seconds=PATIENCE) >= left[0].leased_until
        if late or (stop and stop.is_set()):
            break
        result = sender.send(written(left[0].event, to.source, figures))
        if result.outcome is Outcome.DELIVERED:
            _change(left.pop(0), owner, done_at=now(), outcome="delivered", status=result.status)
        else:
            _not_taken(left, owner, result)
            left = []
        db.session.commit()
    for parcel in left:
        _change(parcel, owner, attempts=parcel.attempts - 1)
    db.session.commit()
    return len(parcels)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many tries: a minute, doubling to six hours."""
    return min(FIRST_WAIT * 2.0 ** min(attempts - 1, 12), LONGEST_WAIT)


def _due(moment: datetime) -> sa.ColumnElement[bool]:
    free = sa.or_(OutgoingEvent.lease_until.is_(None), OutgoingEvent.lease_until <= moment)
    return sa.and_(OutgoingEvent.done_at.is_(None), OutgoingEvent.due_at <= moment, free)


def _any_due() -> bool:
    with reading():
        found = db.session.scalar(sa.select(sa.exists().where(_due(now()))))
        db.session.rollback()
    return bool(found)


def _claim(owner: str) -> list[Parcel]:
    """Lease some events to this worker, any of them: one that is refused holds up no other."""
    moment = now()
    picked = (
        sa.select(OutgoingEvent.id)
        .where(_due(moment))
        .order_by(sa.func.random())
        .limit(BATCH)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    rows = db.session.execute(
        sa.update(OutgoingEvent)
        .where(OutgoingEvent.id.in_(sa.select(picked.c.id)))
        .values(attempts=OutgoingEvent.attempts + 1, lease_until=moment + LEASE, lease_owner=owner)
        .returning(
            OutgoingEvent.id, OutgoingEvent.kind, OutgoingEvent.released_at, OutgoingEvent.attempts
        ),
        execution_options={"synchronize_session": False},
    ).all()
    return [
        Parcel(Event(row.id, row.kind, row.released_at), row.attempts, moment + LEASE)
        for row in rows
    ]


def _not_taken(left: list[Parcel], owner: str, result: Result) -> None:
    """Let all that is due wait as if it had been tried, or stop: the other side is the same."""
    moment = now()
    first, *others = left
    wait = max(wait_after(first.attempts), result.retry_after or timedelta(0))
    gone = result.outcome is Outcome.GONE
    later: dict[str, Any] = (
        {"done_at": moment, "outcome": "gone"} if gone else {"due_at": moment + wait}
    )
    _all_where(_due(moment), attempts=OutgoingEvent.attempts + 1, **later)
    _change(first, owner, status=result.status, **later)
    for parcel in others:
        _change(parcel, owner, **later)
    tired = sa.and_(OutgoingEvent.done_at.is_(None), OutgoingEvent.attempts >= TRIES)
    _all_where(
        sa.and_(tired, OutgoingEvent.lease_until.is_(None)), done_at=moment, outcome="given_up"
    )


def _all_where(which: sa.ColumnElement[bool], **values: Any) -> None:
    db.session.execute(
        sa.update(OutgoingEvent).where(which).values(**values),
        execution_options={"synchronize_session": False},
    )


def _change(parcel: Parcel, owner: str, **values: Any) -> None:
    """Write down what came of an event, as long as its lease is still this worker's."""
    own = sa.and_(
        OutgoingEvent.id == parcel.event.id,
        OutgoingEvent.lease_owner == owner,
        OutgoingEvent.attempts == parcel.attempts,
        OutgoingEvent.done_at.is_(None),
    )
    _all_where(own, lease_until=None, **values)
