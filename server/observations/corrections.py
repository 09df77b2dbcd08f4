"""What is added to an observation later: what was put right, and whom the desk brought in."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, Uuid, new_id, now


class Correction(Model):
    """What the desk put right in an observation; ``replaced`` when the words it had are gone."""

    __tablename__ = "correction"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    text_sealed: Mapped[str] = mapped_column(sa.Text)
    replaced: Mapped[bool] = mapped_column(default=False)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class Referral(Model):
    """That the desk brought somebody else in, on which ground, and what that other was told.

    ``to_id`` and ``ground`` are ids from the content. Nothing is sent: people tell each other.
    """

    __tablename__ = "referral"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True)
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    to_id: Mapped[str] = mapped_column(sa.String(40))
    ground: Mapped[str] = mapped_column(sa.String(40))
    text_sealed: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
