"""The story that stands beside the figures of a quarter."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, now


class Story(Model):
    """What somebody wrote beside the figures: invented, or told so that nobody is recognised.

    It is meant for everybody to read, so it is not sealed. Who wrote it said to have looked for
    names. ``version`` is for two who write at once; an empty text is a story that was taken out.
    """

    __tablename__ = "story"

    quarter: Mapped[str] = mapped_column(sa.ForeignKey("quarter.id"), primary_key=True)
    text: Mapped[str] = mapped_column(sa.Text)
    version: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
