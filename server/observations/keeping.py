"""How long an observation stays: one rule, worked out anew whenever something happens to it.

Reading, assigning, closing and opening again are not in the rule, so they move nothing.
"""

from __future__ import annotations

import calendar
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server import cards
from server.db import db
from server.keyring.keys import RETENTION_MONTHS
from server.observations.models import ANSWERS, Addition, Feedback, Observation
from server.workdays import local_day

WARNING = timedelta(days=7)


@dataclass(frozen=True)
class Terms:
    """The terms of this gemeente."""

    unused_months: int
    no_follow_up_weeks: int
    case_months: int
    audit_months: int
    session_days: int
    account_months: int

    @classmethod
    def of_gemeente(cls) -> Terms:
        """Return the terms that hold now."""
        settings = cards.library().retention
        return cls(**{name: settings[name] for name in cls.__dataclass_fields__})

    def as_json(self) -> dict[str, Any]:
        """Return the terms as they are remembered, to see whether they changed."""
        return asdict(self)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that is shorter."""
    years, index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, index + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_day(
    terms: Terms,
    received: datetime,
    last_input: datetime,
    dropped: datetime | None = None,
    case_closed_on: date | None = None,
) -> date:
    """Return the day on which an observation is deleted.

    ``dropped`` is when the desk first answered that nothing follows, ``last_input`` when the
    reporter last added something. Outside a case nothing stays past 18 months after receipt.
    """
    end = add_months(local_day(last_input), terms.unused_months)
    if dropped is not None and dropped >= last_input:
        end = min(end, local_day(dropped) + timedelta(weeks=terms.no_follow_up_weeks))
    end = min(end, add_months(local_day(received), RETENTION_MONTHS))
    if case_closed_on is not None:
        end = max(end, add_months(case_closed_on, terms.case_months))
    return end


def work_out(observation: Observation, terms: Terms | None = None) -> None:
    """Set the day on which an observation goes; a later day than before asks for a new warning."""
    last_input = db.session.scalar(
        sa.select(sa.func.max(Addition.received_at)).where(
            Addition.observation_id == observation.id
        )
    )
    answers = db.session.execute(
        sa.select(Feedback.kind, Feedback.at)
        .where(Feedback.observation_id == observation.id, Feedback.kind.in_(ANSWERS))
        .order_by(Feedback.at.desc())
    ).all()
    set_day(
        observation, last_input, _dropped(answers, last_input or observation.received_at), terms
    )


def set_day(
    observation: Observation,
    last_input: datetime | None,
    dropped: datetime | None = None,
    terms: Terms | None = None,
) -> None:
    """Set the day from what is known of the last input and the answer."""
    day = last_day(
        terms or Terms.of_gemeente(),
        observation.received_at,
        last_input or observation.received_at,
        dropped,
        observation.case_closed_on,
    )
    if observation.keep_until is None or day > observation.keep_until:
        observation.warned_at = None
    observation.keep_until = day


def hold_for_case(observation: Observation) -> None:
    """Keep an observation for as long as the case it is in is open."""
    observation.case_open, observation.warned_at = True, None


def release_from_case(observation: Observation, closed_on: date) -> None:
    """Let the term of a closed case count from now on."""
    observation.case_open, observation.case_closed_on = False, closed_on
    work_out(observation)


def _dropped(answers: Any, last_input: datetime) -> datetime | None:
    """Return when it was first said that nothing follows, if that is what was said last.

    To say it again does not begin the term anew.
    """
    first = None
    for answer in answers:
        if answer.kind != "no_follow_up" or answer.at < last_input:
            break
        first = answer.at
    return first
