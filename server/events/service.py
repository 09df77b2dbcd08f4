"""Note that something happened, and let it go out when that gives no small number away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from server import audit, workdays
from server.db import db, insert_rows, new_id, now, table
from server.events.models import KINDS, OutgoingEvent
from server.events.settings import listener
from server.people.models import Session

# As many go at a time, and as many always stay behind; see docs/decisions/0020.
LEAST = 5
KEPT = timedelta(days=30)
MISSED = ("given_up", "gone")

# Returns by kind how many the figures of a quarter say there were, None where that is hidden; and
# None as long as those figures are not published.
Published = Callable[[str], Mapping[str, int | None] | None]
# Returns whether so many people reported in a quarter that lasts that its total will be shown.
Enough = Callable[[str], bool]


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
    return [{"id": new_id(), "kind": kind, "quarter": quarter_at(now()), "attempts": 0}]


def note(kind: str) -> None:
    """Have it said that this happened, in the transaction in which it does."""
    if made := rows(kind):
        insert_rows(table(OutgoingEvent), made)


def quarter_at(moment: datetime) -> str:
    """Return the quarter in whose figures counts what happens now, such as ``2026-Q4``."""
    day = workdays.local_day(moment)
    return f"{day.year}-Q{(day.month + 2) // 3}"


def release_due(published: Published, enough: Enough) -> int:
    """Let go of what may be known, all at this one moment; return how many.

    When the figures of a quarter are published, as many events of it have gone in the end as those
    figures say, or else what waited is forgotten. Where nobody listens any more, so is all of it.
    """
    if listener() is None:
        _forget(OutgoingEvent.done_at.is_(None))
        db.session.commit()
        return 0
    moment = now()
    released = 0
    for kind, quarter, noted, waiting in _waiting():
        totals = published(quarter)
        if totals is not None:
            released += _let_go(kind, quarter, rest(totals[kind], noted, waiting), moment)
            _forget(_waits(kind, quarter))
        # What goes out is held against what came in before anything is said of it
        # (server/reports/flows.py), so feedback waits for the figures.
        elif kind == "observation" and quarter == quarter_at(moment):
            may_go = early(waiting)
            if may_go and enough(quarter):
                released += _let_go(kind, quarter, may_go, moment)
    db.session.commit()
    return released


def early(waiting: int) -> int:
    """Return how many of a quarter that still lasts may go: by fives, with five left behind.

    Whoever takes what went off the total of the quarter is then left with at least five, and never
    knows how many waited on a day.
    """
    return max(0, waiting // LEAST - 1) * LEAST


def rest(total: int | None, noted: int, waiting: int) -> int:
    """Return how many may go of a quarter that is published with this total; None is hidden.

    All together as many as the total, so that they tell nothing but that. Fewer were noted when
    somebody listened for a part of the quarter only, and the other part could be a small number.
    """
    left = (total or 0) - (noted - waiting)
    return left if total is not None and total <= noted and left >= LEAST else 0


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
    """Forget what was delivered or given up a while ago, of quarters of which nothing waits.

    How many went of a quarter is needed until its figures are published.
    """
    other = aliased(OutgoingEvent)
    waits = sa.exists().where(
        other.kind == OutgoingEvent.kind,
        other.quarter == OutgoingEvent.quarter,
        other.released_at.is_(None),
    )
    _forget(sa.and_(OutgoingEvent.done_at < now() - KEPT, ~waits))
    db.session.commit()


def _waiting() -> list[tuple[str, str, int, int]]:
    """Return how many were noted and how many wait, of each kind and quarter of which some do."""
    waiting = sa.func.count().filter(OutgoingEvent.released_at.is_(None))
    found = db.session.execute(
        sa.select(OutgoingEvent.kind, OutgoingEvent.quarter, sa.func.count(), waiting)
        .group_by(OutgoingEvent.kind, OutgoingEvent.quarter)
        .having(waiting > 0)
        .order_by(OutgoingEvent.quarter, OutgoingEvent.kind)
    )
    return [(kind, quarter, noted, left) for kind, quarter, noted, left in found]


def _waits(kind: str, quarter: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        OutgoingEvent.kind == kind,
        OutgoingEvent.quarter == quarter,
        OutgoingEvent.released_at.is_(None),
    )


def _let_go(kind: str, quarter: str, count: int, moment: datetime) -> int:
    # By their ids, which are random: nothing of a row says when it came.
    chosen = sa.select(OutgoingEvent.id).where(_waits(kind, quarter)).order_by(OutgoingEvent.id)
    db.session.execute(
        sa.update(OutgoingEvent)
        .where(OutgoingEvent.id.in_(chosen.limit(count)))
        .values(released_at=moment, due_at=moment),
        execution_options={"synchronize_session": False},
    )
    return count


def _forget(which: sa.ColumnElement[bool]) -> None:
    db.session.execute(sa.delete(OutgoingEvent).where(which))
