"""What is counted while a quarter lasts, and what was published of it when it was over."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, now


class Tally(Model):
    """How many observations count in one place of one table of a quarter that still lasts.

    ``name`` is the table's. ``path`` leads from the whole to the part, with a slash between:
    ``WK999901/BU99990103``. These are the real numbers, so nobody gets to see them, and they go
    when the quarter is published.
    """

    __tablename__ = "tally"

    quarter: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    path: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    count: Mapped[int]


class Counted(Model):
    """Up to which moment something was counted; what came after it is for the next time."""

    __tablename__ = "counted"

    what: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    until: Mapped[datetime] = mapped_column(UTCDateTime)


class Quarter(Model):
    """A quarter whose figures are published, and never again in another way."""

    __tablename__ = "quarter"

    id: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    published_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Figure(Model):
    """One published number; None is hidden, and nothing is kept of what it was."""

    __tablename__ = "figure"

    quarter: Mapped[str] = mapped_column(sa.ForeignKey("quarter.id"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    path: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    count: Mapped[int | None]
