"""How long answers take and whether they were of use: worked out once a night, told in numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from math import ceil
from statistics import median
from typing import Any

import sqlalchemy as sa

from server.db import db, now, reading
from server.feedback.models import AnswerFigures
from server.observations.models import Feedback, Observation, Receipt
from server.workdays import count_workdays, local_day

SPAN = timedelta(days=91)
KEPT = timedelta(days=731)
# Of fewer answers, or to fewer people, the usual time says something of one person's report.
LEAST_ANSWERS, LEAST_REPORTERS = 5, 3


def work_out() -> AnswerFigures:
    """Work out the figures of the last three months and keep them under today."""
    with reading():
        found = _figures(now())
        if found["answered"] < LEAST_ANSWERS or _reporters(now()) < LEAST_REPORTERS:
            found["median_days"] = None
        db.session.rollback()
    today = local_day(now())
    db.session.execute(sa.delete(AnswerFigures).where(AnswerFigures.day == today))
    db.session.execute(sa.delete(AnswerFigures).where(AnswerFigures.day < today - KEPT))
    row = AnswerFigures(day=today, **found)
    db.session.add(row)
    db.session.commit()
    return row


def of_desk() -> dict[str, Any]:
    """Return the figures as they are now, for the desk, which may read each report anyway."""
    found = _figures(now())
    return {**found, "days": SPAN.days}


def usual_days() -> int | None:
    """Return within how many working days an answer usually comes, or None when few came.

    As it was when the month began: who saw it change the night after an answer would know how long
    that one took.
    """
    row = db.session.scalar(
        sa.select(AnswerFigures)
        .where(AnswerFigures.day < local_day(now()).replace(day=1))
        .order_by(AnswerFigures.day.desc())
        .limit(1)
    )
    return None if row is None or row.median_days is None else max(row.median_days, 1)


def _answered(since: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Observation.answered_at > since, Observation.source == "app")


def _reporters(moment: datetime) -> int:
    """Return how many people got the answers that the figures are about."""
    people = sa.select(sa.func.count(Observation.author_id.distinct()))
    return db.session.scalar(people.where(_answered(moment - SPAN))) or 0


def _figures(moment: datetime) -> dict[str, Any]:
    since = moment - SPAN
    rows = db.session.execute(
        sa.select(Observation.received_at, Observation.answered_at, Observation.answer_by).where(
            _answered(since)
        )
    ).all()
    took, on_time = [], 0
    for row in rows:
        answered = local_day(row.answered_at)
        took.append(_workdays(local_day(row.received_at), answered))
        on_time += answered <= row.answer_by
    _workdays.cache_clear()
    said = dict(
        db.session.execute(
            sa.select(Feedback.useful, sa.func.count())
            .where(Feedback.useful.is_not(None), Feedback.at > since)
            .group_by(Feedback.useful)
        ).all()
    )
    missed = db.session.scalar(
        sa.select(sa.func.count()).where(Receipt.gone_reason == "missed", Receipt.gone_at > since)
    )
    return {
        "answered": len(rows),
        "on_time": on_time,
        "median_days": ceil(median(took)) if took else None,
        "missed": missed or 0,
        "useful": said.get(True, 0),
        "not_useful": said.get(False, 0),
    }


# Many reports share their days.
_workdays = lru_cache(maxsize=4096)(count_workdays)
