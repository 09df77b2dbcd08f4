"""Who is away, what waited too long, and how long answers take."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id, now

CURRENT = sa.text("ended_at IS NULL")


class Absence(Model):
    """Somebody of the desk is away up to and including a day; ``substitute`` does their work.

    A person has at most one that was not ended.
    """

    __tablename__ = "absence"
    __table_args__ = (
        sa.Index(
            "uq_absence_current",
            "person_id",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    until: Mapped[dt.date] = mapped_column(sa.Date)
    substitute_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)


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

    Days are working days, rounded up. ``median_days`` is None when nothing was answered.
    """

    __tablename__ = "answer_figures"

    day: Mapped[dt.date] = mapped_column(sa.Date, primary_key=True)
    answered: Mapped[int]
    on_time: Mapped[int]
    median_days: Mapped[int | None]
    missed: Mapped[int]
    useful: Mapped[int]
    not_useful: Mapped[int]
