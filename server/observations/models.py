"""What was received and what was done with it. Everything written about people is sealed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import BigCounter, Model, UTCDateTime, Uuid, new_id, now

STATES = ("new", "read", "in_progress", "closed")
BASES = ("seen", "heard", "suspected")
DESKS = ("sociaal", "veiligheid")
# How it came in: through the app, or entered at the desk after a call, a letter, a talk.
SOURCES = ("app", "phone", "mail", "conversation", "police", "anonymous_line")
URGENCIES = ("today", "this_week", "can_wait")
FEEDBACK_KINDS = ("read", "watching", "contact", "taken_up", "no_follow_up", "question")
# These say what the desk does with it; 'read' and 'question' leave an answer owed.
ANSWERS = ("watching", "contact", "taken_up", "no_follow_up")
# The term of an observation whose reporter is owed nothing: it sorts behind all others.
NOTHING_DUE = dt.date.max
NO_FEEDBACK_REASONS = ("left", "told_by_phone", "no_contact_wished")
# The kind of receipt of what was entered at the desk; a phone sends the others.
ENTRY = "entry"
# It came without anybody to answer; that is known from the start and never changes.
NOBODY = "nobody"
# How a reporter without the app was told.
TOLD = ("phone", "mail", "conversation")
# Why what arrived late and did not fit needs no place.
CLOSED_LATE = ("known", "entered", "not_ours", "unreadable")
# Why something is gone: taken back, past its term, past it without the answer that was owed, or
# because somebody it was about had a right to that.
GONE_REASONS = ("withdrawn", "expired", "missed", "erased")
# Why who is named has not heard of it yet.
NOT_INFORMED_REASONS = ("danger", "inquiry", "unreachable", "other_tells")


def one_of(column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    """Return a constraint that keeps a column to a fixed list of words."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({allowed})", name=column)


class Receipt(Model):
    """Every item ever received, once: its id is the primary key, so it cannot be stored twice.

    ``digest`` is the SHA-256 of what came in. It stays when the content is deleted, so that a
    repeat is still recognised; it is None for an item that was withdrawn before it arrived.
    ``change_number`` is the author's counter at the last change the phone has to hear.
    ``gone_late`` is set for what its term removed: whether that was later than it should.
    ``gone_unheard`` is set as well: whether its reporter was owed an answer and never got one.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        # Without it nobody could tell a repeat from something else under the same id.
        sa.CheckConstraint("digest IS NOT NULL OR gone_at IS NOT NULL", name="digest"),
        sa.Index("ix_receipt_changes", "author_id", "change_number"),
    )

    item_id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    author_id: Mapped[str] = mapped_column(Uuid)
    device_id: Mapped[str | None] = mapped_column(Uuid)
    digest: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    received_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    gone_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    gone_reason: Mapped[str | None] = mapped_column(sa.String(20))
    gone_late: Mapped[bool | None]
    gone_unheard: Mapped[bool | None]
    change_number: Mapped[int | None] = mapped_column(sa.BigInteger)


sa.Index("ix_receipt_daily", Receipt.device_id, Receipt.received_at)
# What was removed since the figures were last counted.
GONE = Receipt.gone_at.is_not(None)
sa.Index("ix_receipt_gone", Receipt.gone_at, sqlite_where=GONE, postgresql_where=GONE)


class Observation(Model):
    """What one reporter saw or heard, once. The plain part names nobody; the rest is sealed.

    ``due_on`` is the next day something is owed: reading while it is new, then an answer.
    ``keep_until`` is the day on which it is deleted, unless it is in an open case; None when the
    clock still has to work it out. ``warned_at`` is when the desk was told of that day.
    ``source`` is how it came in; what was entered at the desk has who entered it as its author, and
    the reporter, if there is one, in the envelope. ``signal_groups`` is a bit for each group its
    signals were in when it came.
    Who asked to be ``shielded`` is named to nobody but a procesregisseur who gives a reason.
    ``named_on`` is the day a desk first read a name in it; whether it holds names is sealed. Then
    somebody must be told: ``informed_on``, or ``not_informed_reason``; ``remind_on`` is when the
    desk is asked. ``objection_on`` is the day of an objection that is not decided yet.
    """

    __tablename__ = "observation"
    __table_args__ = (
        one_of("state", STATES),
        one_of("basis", BASES),
        one_of("desk", DESKS),
        one_of("urgency", URGENCIES),
        one_of("source", SOURCES),
        sa.CheckConstraint("version > 0", name="version"),
        # A closed observation has an answer for the reporter or a reason why none can reach them.
        sa.CheckConstraint(
            "state <> 'closed' OR answered_at IS NOT NULL OR no_feedback_reason IS NOT NULL",
            name="answered",
        ),
    )

    id: Mapped[str] = mapped_column(sa.ForeignKey("receipt.item_id"), primary_key=True)
    author_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"), index=True)
    device_id: Mapped[str] = mapped_column(Uuid)
    card: Mapped[str] = mapped_column(sa.String(40))
    card_version: Mapped[int] = mapped_column()
    signals: Mapped[list[str]] = mapped_column(sa.JSON)
    protective: Mapped[list[str]] = mapped_column(sa.JSON)
    area: Mapped[str | None] = mapped_column(sa.String(20))
    date: Mapped[dt.date] = mapped_column(sa.Date)
    basis: Mapped[str] = mapped_column(sa.String(20))
    desk: Mapped[str] = mapped_column(sa.String(20))
    urgency: Mapped[str] = mapped_column(sa.String(20))
    shielded: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(sa.String(20), default="app")
    signal_groups: Mapped[int] = mapped_column(default=0)
    extra: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    sealed: Mapped[str] = mapped_column(sa.Text)
    key_id: Mapped[str] = mapped_column(sa.String(40))
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    received_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    read_by: Mapped[dt.date] = mapped_column(sa.Date)
    answer_by: Mapped[dt.date] = mapped_column(sa.Date)
    due_on: Mapped[dt.date] = mapped_column(sa.Date)
    state: Mapped[str] = mapped_column(sa.String(20), default="new")
    state_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    assignee_id: Mapped[str | None] = mapped_column(sa.ForeignKey("person.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    no_feedback_reason: Mapped[str | None] = mapped_column(sa.String(40))
    waiting_since: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    added_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    withdrawal_asked_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    withdrawal_kept_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    keep_until: Mapped[dt.date | None] = mapped_column(sa.Date)
    case_open: Mapped[bool] = mapped_column(default=False)
    case_closed_on: Mapped[dt.date | None] = mapped_column(sa.Date)
    warned_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    named_on: Mapped[dt.date | None] = mapped_column(sa.Date)
    informed_on: Mapped[dt.date | None] = mapped_column(sa.Date)
    not_informed_reason: Mapped[str | None] = mapped_column(sa.String(20))
    remind_on: Mapped[dt.date | None] = mapped_column(sa.Date, index=True)
    objection_on: Mapped[dt.date | None] = mapped_column(sa.Date)
    version: Mapped[int] = mapped_column(default=1)


OPEN = Observation.state != "closed"
# The list stands in this order. Each thing it can be narrowed to has it as well, so that a page
# costs the same however much there is.
IN_ORDER = (Observation.due_on, Observation.received_at, Observation.id)


def _index_open(name: str, *first: Any, only: sa.ColumnElement[bool] = OPEN) -> None:
    sa.Index(f"ix_observation_{name}", *first, *IN_ORDER, sqlite_where=only, postgresql_where=only)


_index_open("open")
_index_open("state", Observation.state)
_index_open("desk", Observation.desk)
_index_open("card", Observation.card)
_index_open("area", Observation.area)
_index_open("urgency", Observation.urgency)
_index_open("assignee", Observation.assignee_id)
_index_open("waiting", only=sa.and_(OPEN, Observation.waiting_since.is_not(None)))
sa.Index(
    "ix_observation_keep_until",
    Observation.keep_until,
    Observation.received_at,
    Observation.id,
)
# What came in since the figures were last counted.
sa.Index("ix_observation_received", Observation.received_at)
# How long answers took, for the figures of the desk.
ANSWERED = Observation.answered_at.is_not(None)
sa.Index(
    "ix_observation_answered",
    Observation.answered_at,
    sqlite_where=ANSWERED,
    postgresql_where=ANSWERED,
)
# What else happened here, and around that day.
sa.Index("ix_observation_place", Observation.area, Observation.date)
sa.Index("ix_observation_date", Observation.date)


class Addition(Model):
    """More from the same reporter on the same observation, or the answer to a question."""

    __tablename__ = "addition"

    id: Mapped[str] = mapped_column(sa.ForeignKey("receipt.item_id"), primary_key=True)
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[str] = mapped_column(Uuid)
    question_id: Mapped[str | None] = mapped_column(Uuid)
    extra: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    sealed: Mapped[str] = mapped_column(sa.Text)
    key_id: Mapped[str] = mapped_column(sa.String(40))
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    received_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)


class LateItem(Model):
    """What arrived but does not fit: kept as it was sent, with the reason, until the desk decides.

    ``body`` is the whole item, with its sealed text still sealed. ``settled_as`` is how the sender
    was told, or why it needs no place; what did find one is no late item any more.
    """

    __tablename__ = "late_item"

    id: Mapped[str] = mapped_column(sa.ForeignKey("receipt.item_id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    author_id: Mapped[str] = mapped_column(Uuid)
    reason: Mapped[str] = mapped_column(sa.String(40))
    body: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    received_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, index=True)
    settled_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    settled_by_id: Mapped[str | None] = mapped_column(Uuid)
    settled_as: Mapped[str | None] = mapped_column(sa.String(20))


class Feedback(Model):
    """What the reporter is told: a ready sentence by kind, perhaps with sealed words.

    ``told`` is how the desk said it to somebody who has no app, or None when the app tells it.
    ``useful`` is what the reporter said of it with one tap, or None.
    """

    __tablename__ = "feedback"
    __table_args__ = (one_of("kind", FEEDBACK_KINDS),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    text_sealed: Mapped[str | None] = mapped_column(sa.Text)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now, index=True)
    told: Mapped[str | None] = mapped_column(sa.String(20))
    useful: Mapped[bool | None]


class OpeningNote(Model):
    """What somebody wrote beside the reason for opening; the log holds only its digest."""

    __tablename__ = "opening_note"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(sa.String(40))
    text_sealed: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class ObservationEvent(Model):
    """One line of an observation's timeline. Every change of state is one."""

    __tablename__ = "observation_event"

    id: Mapped[int] = mapped_column(BigCounter, primary_key=True, autoincrement=True)
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    kind: Mapped[str] = mapped_column(sa.String(40))
    by_id: Mapped[str | None] = mapped_column(Uuid)
    detail: Mapped[str | None] = mapped_column(sa.String(40))


class Installation(Model):
    """One row: which life of this database it is. A restored backup begins a new epoch.

    ``time_seen_at`` is the latest moment at which the clock of the server was believed, and
    ``terms`` are the terms that the dates of deletion were last worked out with.
    """

    __tablename__ = "installation"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    epoch: Mapped[str] = mapped_column(Uuid, default=new_id)
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    time_seen_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    terms: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
