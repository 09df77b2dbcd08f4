"""What people have to be told, and how the telling goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id, now
from server.logs import tracing

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


# What people choose a way for, and the ways there are; ``app`` is to be told nowhere else.
TOPICS = ("answers", "arrivals", "work", "practice")
CHANNELS = ("push", "mail", "app")


@dataclass(frozen=True)
class Kind:
    """How one kind of notification behaves: does it wait for the morning, how urgent is it.

    ``topic`` is what people choose a channel for; a kind without one always is a push.
    """

    quiet: bool
    urgency: str
    topic: str | None = "work"


# The words for each kind are on the phone. The desk is told at once: what waits there is a youth.
KINDS = {
    "observation": Kind(quiet=False, urgency="high", topic="arrivals"),
    "addition": Kind(quiet=False, urgency="high", topic="arrivals"),
    "feedback": Kind(quiet=True, urgency="normal", topic="answers"),
    "question": Kind(quiet=True, urgency="high", topic="answers"),
    "expiring": Kind(quiet=True, urgency="normal"),
    "reminder": Kind(quiet=True, urgency="normal"),
    "escalation": Kind(quiet=True, urgency="high"),
    "meeting": Kind(quiet=True, urgency="normal"),
    "put_before": Kind(quiet=True, urgency="normal"),
    "practice": Kind(quiet=True, urgency="low", topic="practice"),
    "limit": Kind(quiet=False, urgency="high"),
    "note": Kind(quiet=True, urgency="low", topic="answers"),
    "wish": Kind(quiet=True, urgency="normal", topic="arrivals"),
    "test": Kind(quiet=False, urgency="high", topic=None),
}


# What is in more of a hurry goes before all that waits longer.
HURRIES = ("high", "normal", "low")


@dataclass(frozen=True)
class QuietHours:
    """The hours in which a reporter's phone keeps still, on the clock people live by."""

    start: time = time(22)
    end: time = time(7)

    def until(self, moment: datetime) -> datetime:
        """Return when a message may be sent: this moment, or the end of the quiet hours."""
        local = moment.astimezone(AMSTERDAM)
        clock = local.time()
        over_midnight = self.start > self.end
        late, early = clock >= self.start, clock < self.end
        if not ((late or early) if over_midnight else (late and early)):
            return moment
        day = local.date() + timedelta(days=1 if over_midnight and late else 0)
        return datetime.combine(day, self.end, AMSTERDAM).astimezone(moment.tzinfo)


QUIET_HOURS = QuietHours()


UNSENT = sa.text("fanned_at IS NULL")
UNDONE = sa.text("done_at IS NULL")


def on_its_way() -> tuple[sa.CheckConstraint, ...]:
    """Return what holds for whatever is delivered: who has it is named, what ended says how."""
    return (
        sa.CheckConstraint("lease_until IS NULL OR lease_owner IS NOT NULL", name="leased"),
        sa.CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name="done"),
        sa.CheckConstraint("done_at IS NULL OR lease_until IS NULL", name="over"),
    )


class Notification(Model):
    """Somebody has to be told that there is something to read, and where; never what it says.

    What is not yet sent merges: a person has at most one unsent row per tag. ``due_at`` moves to
    the morning when the row is found in quiet hours; ``fanned_at`` is when it was written out as
    one delivery per phone. ``request_id`` is the request, or turn of the clock, that spoke last.
    """

    __tablename__ = "notification"
    __table_args__ = (
        sa.Index(
            "uq_notification_unsent",
            "person_id",
            "tag",
            unique=True,
            sqlite_where=UNSENT,
            postgresql_where=UNSENT,
        ),
        sa.Index("ix_notification_due", "due_at", sqlite_where=UNSENT, postgresql_where=UNSENT),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    tag: Mapped[str] = mapped_column(sa.String(80))
    url: Mapped[str] = mapped_column(sa.String(200))
    urgent: Mapped[bool] = mapped_column(default=False)
    request_id: Mapped[str | None] = mapped_column(sa.String(16), default=tracing.current)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    fanned_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)


def turn() -> sa.ColumnElement[int]:
    """Return what notifications are ordered by: who is in a hurry before who came first."""
    kinds = {name: HURRIES.index(how.urgency) for name, how in KINDS.items()}
    return sa.case((Notification.urgent, 0), else_=sa.case(kinds, value=Notification.kind, else_=1))


def in_a_hurry() -> sa.ColumnElement[bool]:
    """Match the notifications that go before all others."""
    return turn() == 0


class PushSubscription(Model):
    """Where one phone of one person wants its messages. An endpoint has one owner at a time.

    ``resume_at`` is when the push service wants to hear from us again.
    """

    __tablename__ = "push_subscription"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    device_id: Mapped[str] = mapped_column(
        sa.ForeignKey("device.id", ondelete="CASCADE"), index=True
    )
    endpoint: Mapped[str] = mapped_column(sa.String(1000), unique=True)
    p256dh: Mapped[str] = mapped_column(sa.String(100))
    auth: Mapped[str] = mapped_column(sa.String(100))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    last_ok_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_status: Mapped[int | None]
    failures: Mapped[int] = mapped_column(default=0)
    resume_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    tested_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Delivery(Model):
    """One notification on its way to one phone.

    A worker owns it until ``lease_until``; when that passes without ``done_at``, the worker died
    and another takes over. ``attempts`` counts the claims, so that a worker which comes back late
    can tell that the delivery is no longer its own.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        *on_its_way(),
        sa.UniqueConstraint("notification_id", "subscription_id"),
        sa.Index("ix_delivery_due", "due_at", sqlite_where=UNDONE, postgresql_where=UNDONE),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    notification_id: Mapped[str] = mapped_column(
        sa.ForeignKey("notification.id", ondelete="CASCADE")
    )
    subscription_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("push_subscription.id", ondelete="SET NULL"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lease_owner: Mapped[str | None] = mapped_column(sa.String(100))
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    outcome: Mapped[str | None] = mapped_column(sa.String(20))
    status: Mapped[int | None]


class Preference(Model):
    """How one person wants to be told; what was never chosen is as the gemeente has it.

    ``channels`` holds a channel per topic. ``digest_on`` is the day of the last digest, so that
    nobody gets two on one day.
    """

    __tablename__ = "preference"

    person_id: Mapped[str] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    channels: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    quiet_from: Mapped[time | None] = mapped_column(sa.Time)
    quiet_until: Mapped[time | None] = mapped_column(sa.Time)
    digest_hour: Mapped[int | None]
    digest_on: Mapped[date | None] = mapped_column(sa.Date)


class MailAddress(Model):
    """Where somebody wants mail, once that was confirmed with the code that was sent there.

    The address is sealed; the code that waits to be typed lies under the same seal. This is not
    the address the gemeente's own sign-in is matched with: nobody sets that for themselves.
    ``refused_at`` is when the mail server would not have it.
    """

    __tablename__ = "mail_address"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), unique=True
    )
    address_sealed: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    asked: Mapped[int] = mapped_column(default=1)
    tries: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    refused_status: Mapped[int | None]


class MailDelivery(Model):
    """One notification on its way by mail, at most once per notification; leased as a Delivery."""

    __tablename__ = "mail_delivery"
    __table_args__ = (
        *on_its_way(),
        sa.Index("ix_mail_delivery_due", "due_at", sqlite_where=UNDONE, postgresql_where=UNDONE),
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    notification_id: Mapped[str] = mapped_column(
        sa.ForeignKey("notification.id", ondelete="CASCADE"), unique=True
    )
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lease_owner: Mapped[str | None] = mapped_column(sa.String(100))
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    outcome: Mapped[str | None] = mapped_column(sa.String(20))
    status: Mapped[int | None]
