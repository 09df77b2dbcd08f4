"""Meetings, their agendas, what was found of them, and who has them in a calendar."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id, now
from server.observations.models import one_of

STATES = ("planned", "running", "ended", "cancelled")
# In the order in which a new agenda has them.
KINDS = ("actions", "bundle", "case", "evaluation", "late", "own", "year", "round")
ABOUT_A_CASE = ("case", "evaluation")
OUTCOMES = ("discussed", "case_started", "following", "referred", "no_follow_up", "later")
REASONS = ("who_knows", "who_contacts", "same_person")


class Meeting(Model):
    """One meeting of the kernteam. ``slot`` is the day the rhythm had in mind; None for an extra.

    That day stays when the meeting itself moves, so that the rhythm never makes it twice.
    """

    __tablename__ = "meeting"
    __table_args__ = (one_of("state", STATES),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    slot: Mapped[dt.date | None] = mapped_column(sa.Date, unique=True)
    starts_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, index=True)
    minutes: Mapped[int] = mapped_column(default=60)
    place: Mapped[str] = mapped_column(sa.String(100), default="")
    state: Mapped[str] = mapped_column(sa.String(20), default="planned")
    started_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)


class AgendaItem(Model):
    """One point of an agenda. What was taken off stays as a row, so that it does not come back.

    ``title`` and ``detail`` are ours and name nobody. What people wrote themselves, the title of
    their own point or what was said, is in ``text_sealed``, sealed by ``by_id``.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "kind", "subject_id"),
        one_of("kind", KINDS),
        one_of("outcome", OUTCOMES),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    meeting_id: Mapped[str] = mapped_column(
        sa.ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(sa.String(20))
    subject_id: Mapped[str] = mapped_column(Uuid, index=True)
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    detail: Mapped[str] = mapped_column(sa.String(200), default="")
    by_id: Mapped[str | None] = mapped_column(sa.ForeignKey("person.id"))
    text_sealed: Mapped[str | None] = mapped_column(sa.Text)
    outcome: Mapped[str | None] = mapped_column(sa.String(20))
    ground: Mapped[str | None] = mapped_column(sa.String(40))
    done_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    removed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)
    added_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class AgendaGuest(Model):
    """Somebody who is no member sees this one point: the OM, or who works along on a case."""

    __tablename__ = "agenda_guest"

    item_id: Mapped[str] = mapped_column(
        sa.ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class AgendaUnmasking(Model):
    """Somebody made the names behind a point visible, and why."""

    __tablename__ = "agenda_unmasking"
    __table_args__ = (one_of("reason", REASONS),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    item_id: Mapped[str] = mapped_column(
        sa.ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class Attendance(Model):
    """Who was there."""

    __tablename__ = "attendance"

    meeting_id: Mapped[str] = mapped_column(
        sa.ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)


class MeetingEvaluation(Model):
    """What one person found of a meeting, or with ``year`` of a whole year.

    ``answers`` holds one of the fixed words per question; own words are sealed.
    """

    __tablename__ = "meeting_evaluation"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "by_id"),
        sa.UniqueConstraint("year", "by_id"),
        sa.CheckConstraint("(meeting_id IS NULL) <> (year IS NULL)", name="about"),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    meeting_id: Mapped[str | None] = mapped_column(sa.ForeignKey("meeting.id", ondelete="CASCADE"))
    year: Mapped[int | None] = mapped_column()
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    answers: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    words_sealed: Mapped[str | None] = mapped_column(sa.Text)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class CalendarFeed(Model):
    """Who holds the token reads when the meetings of this person are, and nothing else."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[str] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
