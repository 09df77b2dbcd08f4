"""What is still to be said to a system outside, and what came of it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id

KINDS = ("observation", "feedback")


class OutgoingEvent(Model):
    """That something of this kind happened. Its id is of its own and leads to nothing here.

    It does not hold when, only in which quarter: until ``released_at`` it waits for others of its
    kind, and then all of them get the same moment. A table without row numbers lies in the order of
    random ids, so that not even its order says which observation a row came along with.

    ``outcome`` is ``delivered``, ``given_up`` or ``gone`` (the other side wants no more).
    """

    __tablename__ = "outgoing_event"
    __table_args__ = (
        sa.Index(
            "ix_outgoing_event_due",
            "due_at",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(sa.String(20))
    quarter: Mapped[str] = mapped_column(sa.String(7))
    released_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lease_owner: Mapped[str | None] = mapped_column(sa.String(100))
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[str | None] = mapped_column(sa.String(20))
    status: Mapped[int | None]
