"""What should have been deleted and is still there, or a clock that stood still would not show."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from server.cases.models import Case
from server.db import db
from server.observations.keeping import WARNING, Terms, add_months
from server.observations.models import LateItem, Observation
from server.workdays import local_day

# The clock looks once a night, and whose day was worked out late is warned of for a week first.
SLACK = timedelta(days=1)


def is_overdue(day: date, today: date) -> bool:
    """Say whether what had to go on a day should be gone by today, whatever it waited for."""
    return day < _border(today)


def count(today: date) -> dict[str, int]:
    """Return how much of what is there now was overdue on a day, by what it is.

    The later the day, the more: what is overdue stays so until it goes.
    """
    terms, border = Terms.of_gemeente(), _border(today)
    observations = sa.select(sa.func.count()).where(
        Observation.keep_until < border, Observation.case_open.is_(False)
    )
    closed = db.session.scalars(sa.select(Case.closed_on).where(Case.closed_on < border))
    received = db.session.scalars(sa.select(LateItem.received_at))
    return {
        "observation": db.session.scalar(observations) or 0,
        "case": sum(add_months(day, terms.case_months) < border for day in closed if day),
        "late_item": sum(
            add_months(local_day(moment), terms.unused_months) < border for moment in received
        ),
    }


def _border(today: date) -> date:
    return today - WARNING - SLACK
