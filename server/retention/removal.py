"""Delete what is past its day, a batch at a time; a tombstone without content stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, now, reading
from server.notify import service as notify
from server.observations.keeping import WARNING, Terms, add_months
from server.observations.models import NOTHING_DUE, LateItem, Observation, Receipt
from server.observations.service import raise_counter
from server.people.models import Person
from server.retention.overdue import is_overdue
from server.retention.warning import midnight
from server.workdays import local_day

BATCH = 200


@dataclass(frozen=True)
class Doomed:
    """Something whose day has come; ``owed`` when its reporter still should have had an answer.

    Without ``author_id`` nobody's phone has to hear it. ``unheard`` when no answer ever came before
    the one that is owed. ``late`` when its day is long past.
    """

    id: str
    author_id: str | None
    owed: bool
    unheard: bool
    late: bool | None = None

    @property
    def reason(self) -> str:
        return "missed" if self.owed else "expired"


def is_due() -> sa.ColumnElement[bool]:
    """Return what an observation answers to that goes today: its day came, after a full warning."""
    today = local_day(now())
    return sa.and_(
        Observation.keep_until <= today,
        Observation.case_open.is_(False),
        Observation.warned_at < midnight(today - WARNING + timedelta(days=1)),
    )


def doomed() -> list[Doomed]:
    """Return the next batch of observations that go today, oldest day first."""
    with reading():
        rows = _read(sa.select(*COLUMNS).where(is_due()).order_by(Observation.keep_until))
        db.session.rollback()
    return rows


def count_doomed() -> tuple[int, int]:
    """Return how many observations go today, and how many of those still owe an answer."""
    with reading():
        total, owed = db.session.execute(
            sa.select(sa.func.count(), sa.func.count().filter(OWED)).where(is_due())
        ).one()
        db.session.rollback()
    return total, owed


def remove_observations() -> Counter[str]:
    """Delete every observation whose day has come; return how many for which reason."""
    gone: Counter[str] = Counter()
    while batch := doomed():
        numbers = _lock(batch)
        ids = [one.id for one in batch]
        # What a phone or the desk did in between counts: only what is still due goes.
        still = _read(sa.select(*COLUMNS).where(is_due(), Observation.id.in_(ids)))
        _bury("observation", still, numbers)
        db.session.execute(
            sa.delete(Observation).where(Observation.id.in_([one.id for one in still])),
            execution_options={"synchronize_session": False},
        )
        db.session.commit()
        gone.update(one.reason for one in still)
    return gone


def late_items_due() -> list[Doomed]:
    """Return what lay in the late box for as long as an unused observation may."""
    months, today = Terms.of_gemeente().unused_months, local_day(now())
    with reading():
        rows = db.session.execute(
            sa.select(
                LateItem.id,
                LateItem.author_id,
                sa.and_(LateItem.kind == "observation", LateItem.settled_at.is_(None)).label(
                    "owed"
                ),
                LateItem.received_at,
            )
            .where(LateItem.received_at < midnight(today - timedelta(days=27 * months)))
            .order_by(LateItem.id)
        ).all()
        db.session.rollback()
    return [
        Doomed(row.id, row.author_id, bool(row.owed), unheard=bool(row.owed))
        for row in rows
        if add_months(local_day(row.received_at), months) <= today
    ]


def remove_late_items() -> int:
    """Delete what nobody found a place for; return how many."""
    due = late_items_due()
    for start in range(0, len(due), BATCH):
        batch = due[start : start + BATCH]
        _bury("late_item", batch, _lock(batch))
        db.session.execute(
            sa.delete(LateItem).where(LateItem.id.in_([one.id for one in batch])),
            execution_options={"synchronize_session": False},
        )
        db.session.commit()
    return len(due)


OWED = sa.and_(
    Observation.due_on < NOTHING_DUE,
    Observation.waiting_since.is_(None),
    Observation.no_feedback_reason.is_(None),
)
# What was entered at the desk has nobody whose phone must hear that it is gone.
REPORTER = sa.case((Observation.source == "app", Observation.author_id), else_=None)
COLUMNS = (
    Observation.id,
    REPORTER.label("author_id"),
    OWED.label("owed"),
    sa.and_(OWED, Observation.answered_at.is_(None)).label("unheard"),
    Observation.keep_until,
)


def _read(query: sa.Select[Any]) -> list[Doomed]:
    rows, today = db.session.execute(query.limit(BATCH)).all(), local_day(now())
    return [
        Doomed(
            row.id,
            row.author_id,
            bool(row.owed),
            bool(row.unheard),
            is_overdue(row.keep_until, today),
        )
        for row in rows
    ]


def _lock(batch: list[Doomed]) -> dict[str, int]:
    """Reserve change numbers for each author, in the order everybody takes these locks in."""
    counted = Counter(one.author_id for one in batch if one.author_id)
    there = db.session.scalars(sa.select(Person.id).where(Person.id.in_(counted)))
    return {
        author: raise_counter(author, counted[author]) - counted[author] for author in sorted(there)
    }


def _bury(kind: str, batch: list[Doomed], numbers: dict[str, int]) -> None:
    """Leave a tombstone for each, tell who was owed an answer, and write it in the log."""
    for one in batch:
        number = None
        if one.author_id is not None and one.author_id in numbers:
            numbers[one.author_id] += 1
            number = numbers[one.author_id]
        change = {"change_number": number} if number else {}
        db.session.execute(
            sa.update(Receipt)
            .where(Receipt.item_id == one.id)
            .values(
                gone_at=now(),
                gone_reason=one.reason,
                gone_late=one.late,
                gone_unheard=one.unheard,
                **change,
            ),
            execution_options={"synchronize_session": False},
        )
        if one.owed and number and one.author_id:
            notify.queue([one.author_id], "feedback", f"gone-{one.id}", "/#/mijn")
    audit.log_all(
        [
            audit.row(None, "delete", kind, one.id, purpose="retention", outcome=one.reason)
            for one in batch
        ]
    )
