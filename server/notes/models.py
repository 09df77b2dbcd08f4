"""The reports and answers of who works somewhere, and what it was told when that was over."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.db import Model, UTCDateTime, Uuid, new_id, now
from server.people.models import Organisation


class NoteTally(Model):
    """How often one reporter reported or got a kind of answer in a quarter that still lasts.

    Whose they are is kept to count reporters, and goes when the notes are made.
    """

    __tablename__ = "note_tally"

    quarter: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    count: Mapped[int]


class NotesCounted(Model):
    """Up to which moment answers were counted: one row."""

    __tablename__ = "notes_counted"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[datetime] = mapped_column(UTCDateTime)


class NotedQuarter(Model):
    """A quarter whose notes are made. Whoever adds the row makes them, everybody else does not.

    ``of_kinds`` holds what may be told of a whole kind of organisation: how often each answer was
    given, by kind of organisation and answer.
    """

    __tablename__ = "noted_quarter"

    quarter: Mapped[str] = mapped_column(sa.ForeignKey("quarter.id"), primary_key=True)
    of_kinds: Mapped[dict[str, dict[str, int]]] = mapped_column(sa.JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Note(Model):
    """What one organisation is told of a quarter.

    ``answers`` holds how often an answer was given, by kind, and only what may be shown. Nothing
    is kept of the rest.
    """

    __tablename__ = "note"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "quarter"),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    quarter: Mapped[str] = mapped_column(sa.ForeignKey("quarter.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE")
    )
    answers: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)

    organisation: Mapped[Organisation] = relationship(lazy="joined")
