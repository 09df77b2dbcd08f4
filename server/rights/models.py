"""What people asked about what is kept of them."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id, now

# Why the desk looks for somebody in what is sealed.
REASONS = ("access", "correction", "erasure", "objection", "calamity")
OBJECTIONS = ("objection", "restriction")
DECISIONS = ("upheld", "rejected")


class Objection(Model):
    """Somebody objects to being in an observation, or asks that it is not used for now.

    As long as ``decision`` is None the observation is marked with it at the desk.
    """

    __tablename__ = "objection"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(sa.String(20))
    made_on: Mapped[dt.date] = mapped_column(sa.Date)
    noted_by: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    decision: Mapped[str | None] = mapped_column(sa.String(20))
    decided_by: Mapped[str | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
