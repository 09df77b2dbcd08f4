"""What was done, the chain that holds it together, and the signed points along it."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import BigCounter, Model, UTCDateTime, Uuid, now


class AuditEvent(Model):
    """One processing of personal data, reads included. It holds ids and fixed words, no text.

    ``person_id`` is who did it, or None for the system itself; ``purpose`` is one of the fixed
    purposes of the action. What somebody wrote beside it lies sealed with the record; here stands
    ``note_digest``, which says nothing once that record is gone.
    """

    __tablename__ = "audit_event"
    # What one person did lately is asked at every look.
    __table_args__ = (sa.Index("ix_audit_event_person", "person_id", "at"),)

    id: Mapped[int] = mapped_column(BigCounter, primary_key=True, autoincrement=True)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now, index=True)
    person_id: Mapped[str | None] = mapped_column(Uuid)
    device_id: Mapped[str | None] = mapped_column(Uuid)
    action: Mapped[str] = mapped_column(sa.String(40))
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[str | None] = mapped_column(Uuid, index=True)
    purpose: Mapped[str | None] = mapped_column(sa.String(40))
    outcome: Mapped[str] = mapped_column(sa.String(40), default="done")
    count: Mapped[int] = mapped_column(default=1)
    note_digest: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))


class AuditLink(Model):
    """The place of one event in the chain; its hash covers the event and all before it.

    Positions count from one without gaps. They follow the clock, not the ids of events: two
    transactions at once may commit in another order than they began.
    """

    __tablename__ = "audit_link"

    position: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(sa.BigInteger, unique=True)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


class AuditCheckpoint(Model):
    """Where the chain stood on a day, signed with a key that is not in this database.

    On a ``start`` the chain begins: what came before it was pruned.
    """

    __tablename__ = "audit_checkpoint"

    day: Mapped[dt.date] = mapped_column(sa.Date, primary_key=True)
    position: Mapped[int] = mapped_column(sa.BigInteger)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    start: Mapped[bool] = mapped_column(default=False)
    signature: Mapped[bytes] = mapped_column(sa.LargeBinary(64))


class AuditPruning(Model):
    """Up to which position rows may be deleted; there is a row only while that is being done."""

    __tablename__ = "audit_pruning"

    up_to: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
