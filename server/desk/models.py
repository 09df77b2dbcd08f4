"""The filters that somebody kept, and who has an observation open at this moment."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id, now


class SavedFilter(Model):
    """What somebody narrows the inbox to, under a name of their own; ``asked`` holds the fields."""

    __tablename__ = "saved_filter"
    __table_args__ = (sa.UniqueConstraint("person_id", "name"),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(40))
    asked: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class Presence(Model):
    """Somebody has an observation open; a row that is not renewed says nothing after a minute."""

    __tablename__ = "presence"

    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    seen_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, index=True)
