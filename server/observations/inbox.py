"""The desk's list: which observations wait for whom, a page at a time."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from server import workdays
from server.cards.kinds import GROUPS
from server.db import db, now
from server.errors import Invalid
from server.observations.keeping import WARNING
from server.observations.models import NOTHING_DUE, LateItem, Observation
from server.people.models import Person

VIEWS = ("all", "new", "mine", "late", "waiting", "expiring")
COUNT_LIMIT = 100  # shown as 99+


@dataclass(frozen=True)
class Page:
    """One page of the inbox; ``next`` is the cursor of the following one, or None at the end."""

    observations: Sequence[Observation]
    next: str | None


def page(by: Person, wishes: Mapping[str, Any]) -> Page:
    """Return open observations that match, those with the nearest term first."""
    where = [_view(by, wishes["view"]), *_filters(wishes)]
    # What goes soon stands in the order in which it goes.
    day = Observation.keep_until if wishes["view"] == "expiring" else Observation.due_on
    if wishes.get("cursor"):
        last_day, received_at, last_id = _read_cursor(wishes["cursor"])
        where.append(
            sa.tuple_(day, Observation.received_at, Observation.id)
            > sa.tuple_(
                sa.literal(last_day, sa.Date),
                sa.literal(received_at, Observation.received_at.type),
                sa.literal(last_id, Observation.id.type),
            )
        )
    rows = db.session.scalars(
        sa.select(Observation)
        .where(*where)
        .order_by(day, Observation.received_at, Observation.id)
        .limit(wishes["limit"] + 1)
    ).all()
    shown = rows[: wishes["limit"]]
    more = len(rows) > len(shown)
    return Page(shown, _cursor(getattr(shown[-1], day.key), shown[-1]) if more else None)


def counts(by: Person) -> dict[str, int]:
    """Return how many observations each view holds, at most 100: the screen says 99+."""
    found = {view: _count(sa.select(Observation.id).where(_view(by, view))) for view in VIEWS}
    found["late_box"] = _count(sa.select(LateItem.id).where(LateItem.settled_at.is_(None)))
    return found


def due(observation: Observation) -> str:
    """Say whether the reporter's term is ``none``, ``soon`` (within a working day) or ``late``."""
    if observation.state == "closed" or observation.waiting_since:
        return "none"
    today = workdays.local_day(now())
    if observation.due_on < today:
        return "late"
    return "soon" if observation.due_on <= workdays.add_workdays(today, 1) else "none"


def is_skewed(observation: Observation) -> bool:
    """Say whether the phone's clock was over ten minutes off when it sent this."""
    sent = observation.sent_at
    return sent is not None and abs(observation.received_at - sent) > timedelta(minutes=10)


def is_expiring(observation: Observation) -> bool:
    """Say whether an observation goes within a week."""
    day = observation.keep_until
    if day is None or observation.case_open:
        return False
    return day <= workdays.local_day(now()) + WARNING


def _view(by: Person, view: str) -> sa.ColumnElement[bool]:
    is_open = Observation.state != "closed"
    if view == "expiring":
        soon = workdays.local_day(now()) + WARNING
        return sa.and_(Observation.keep_until <= soon, Observation.case_open.is_(False))
    if view == "new":
        return sa.and_(is_open, Observation.state == "new")
    if view == "mine":
        return sa.and_(
            is_open,
            Observation.assignee_id == by.id,
            # Nothing is due of what has its answer and got no addition since.
            Observation.due_on < NOTHING_DUE,
            Observation.waiting_since.is_(None),
        )
    if view == "waiting":
        return sa.and_(is_open, Observation.waiting_since.is_not(None))
    if view == "late":
        today = workdays.local_day(now())
        return sa.and_(is_open, Observation.waiting_since.is_(None), Observation.due_on < today)
    return is_open


def _filters(wishes: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    where = [
        getattr(Observation, name) == wishes[name]
        for name in ("desk", "card", "area", "urgency")
        if wishes.get(name)
    ]
    if wishes.get("group"):
        bit = 1 << GROUPS.index(wishes["group"])
        where.append(Observation.signal_groups.bitwise_and(bit) != 0)
    if wishes.get("older_than"):
        where.append(Observation.received_at < now() - timedelta(days=wishes["older_than"]))
    return where


def _count(rows: sa.Select[Any]) -> int:
    return (
        db.session.scalar(
            sa.select(sa.func.count()).select_from(rows.limit(COUNT_LIMIT).subquery())
        )
        or 0
    )


def _cursor(day: date, last: Observation) -> str:
    place = [day.isoformat(), last.received_at.isoformat(), last.id]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _read_cursor(cursor: str) -> tuple[date, datetime, str]:
    try:
        day, received_at, last_id = json.loads(base64.urlsafe_b64decode(cursor))
        return (
            date.fromisoformat(day),
            datetime.fromisoformat(received_at).astimezone(UTC),
            str(UUID(last_id)),
        )
    except (binascii.Error, ValueError, TypeError, AttributeError, OverflowError):
        raise Invalid(
            "Deze plek in de lijst bestaat niet. Begin weer bovenaan.", code="cursor"
        ) from None
