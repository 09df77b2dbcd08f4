"""Goals with their values, and answers of reporters that nobody can tie to anybody."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id, now


class EffectGoal(Model):
    """What one goal of the approach is measured by, and where it stood before."""

    __tablename__ = "effect_goal"

    goal: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    measure: Mapped[str] = mapped_column(sa.String(200))
    # None is not known, and a small number is not kept: then ``baseline_few`` says so.
    baseline: Mapped[int | None]
    baseline_few: Mapped[bool] = mapped_column(default=False)
    # Over how many a percentage is; None of a count, and of what was entered before this was asked.
    baseline_over: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, onupdate=now)


class EffectValue(Model):
    """How a goal stood in one half year, such as ``2026-H2``."""

    __tablename__ = "effect_value"

    goal: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    half: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    value: Mapped[int | None]
    few: Mapped[bool] = mapped_column(default=False)
    over: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, onupdate=now)


class SurveyPaper(Model):
    """One filled-in paper in an envelope, until all of a half year are opened and counted at once.

    Its id is random, and a table without row numbers lies in the order of its ids.
    """

    __tablename__ = "survey_paper"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    half: Mapped[str] = mapped_column(sa.String(7))
    envelope: Mapped[str] = mapped_column(sa.Text)


class SurveyResult(Model):
    """What was published of a half year, once. The path is empty for all who answered."""

    __tablename__ = "survey_result"

    half: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    choice: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    count: Mapped[int | None]
    published_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
