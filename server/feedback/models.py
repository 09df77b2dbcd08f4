"""What waited too long, and how long answers take."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, now


class Escalation(Model):
    """An observation waited too long, so the other desk was told, once per day it was owed on."""

    __tablename__ = "escalation"

    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), primary_key=True
    )
    due_on: Mapped[dt.date] = mapped_column(sa.Date, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class AnswerFigures(Model):
    """How long answers took in the quarter before a day; worked out once a night.

    Days are working days, rounded up. ``median_days`` is None when too little was answered, or to
    too few people, to tell reporters of it.
    """

    __tablename__ = "answer_figures"

    day: Mapped[dt.date] = mapped_column(sa.Date, primary_key=True)
    answered: Mapped[int]
    on_time: Mapped[int]
    median_days: Mapped[int | None]
    missed: Mapped[int]
    useful: Mapped[int]
    not_useful: Mapped[int]
