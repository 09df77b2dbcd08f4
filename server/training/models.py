"""Who wants to be reminded to practise, and who asked for a training."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.db import Model, UTCDateTime, Uuid, new_id, now
from server.people.models import Person

WISHES = ("briefing", "training")


class Nudge(Model):
    """This person wants to hear once a month that there is something to practise; no row is no."""

    __tablename__ = "practice_nudge"

    person_id: Mapped[str] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Wish(Model):
    """A school, club or team asks to be told more. Gone once somebody dealt with it."""

    __tablename__ = "training_wish"
    __table_args__ = (sa.UniqueConstraint("person_id", "kind"),)

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)

    person: Mapped[Person] = relationship(lazy="joined")
