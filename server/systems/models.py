"""The key of each system; what opens it exists only as a hash here."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id, now


class SystemKey(Model):
    """What one system of the gemeente comes in with, until its last day or until it is revoked.

    ``used`` counts the requests since ``used_from``: how often a key may ask is kept here, so that
    all processes count the same.
    """

    __tablename__ = "system_key"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(sa.String(80))
    key_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    made_by: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    ends_on: Mapped[date]
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    used_from: Mapped[datetime | None] = mapped_column(UTCDateTime)
    used: Mapped[int] = mapped_column(default=0)
