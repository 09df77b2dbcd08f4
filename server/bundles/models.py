"""What belongs together, what does not, and the index in which it is found without being read."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import BigCounter, Model, UTCDateTime, Uuid, new_id, now

# Why two observations look alike, in the order in which it is told. No number is made of them.
REASONS = (
    "same_area",
    "same_wijk",
    "within_week",
    "within_3_weeks",
    "within_2_months",
    "signals_1",
    "signals_2",
    "signals_3",
    "same_name",
    "like_name",
    "by_hand",
)
HASH = 16  # bytes of a mark; two names share one by chance less than once in a world's lifetime


class Bundle(Model):
    """Observations that somebody put together. It ends once fewer than two are left in it.

    ``reasons`` are words from ``REASONS``; what was written beside them is sealed. All that was in
    it may be in another bundle now, ``merged_into_id``.
    """

    __tablename__ = "bundle"

    id: Mapped[str] = mapped_column(Uuid, primary_key=True, default=new_id)
    reasons: Mapped[list[str]] = mapped_column(sa.JSON)
    note_sealed: Mapped[str | None] = mapped_column(sa.Text)
    key_id: Mapped[str | None] = mapped_column(sa.String(40))
    made_by: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime, index=True)
    merged_into_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("bundle.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)


class BundleMember(Model):
    """One stay of an observation in a bundle, over or not; it is in one bundle at a time."""

    __tablename__ = "bundle_member"

    id: Mapped[int] = mapped_column(BigCounter, primary_key=True, autoincrement=True)
    bundle_id: Mapped[str] = mapped_column(
        sa.ForeignKey("bundle.id", ondelete="CASCADE"), index=True
    )
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), index=True
    )
    added_by: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)
    removed_by: Mapped[str | None] = mapped_column(sa.ForeignKey("person.id"))
    removed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)


IN_IT = BundleMember.removed_at.is_(None)
sa.Index(
    "ix_bundle_member_live",
    BundleMember.observation_id,
    unique=True,
    sqlite_where=IN_IT,
    postgresql_where=IN_IT,
)


class Rejection(Model):
    """Somebody decided that two observations do not belong together; the lower id comes first."""

    __tablename__ = "rejection"
    __table_args__ = (sa.CheckConstraint("one_id < other_id", name="order"),)

    one_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime, default=now)


class OverlapEntry(Model):
    """That an observation is in the index, with what is plain of it: where, when and about what.

    ``key_id`` is the period whose key its marks are hashed with. Once that key is gone the entry
    goes too, and what still lives is read anew.
    """

    __tablename__ = "overlap_entry"
    __table_args__ = (sa.Index("ix_overlap_entry_place", "area", "date"),)

    id: Mapped[int] = mapped_column(BigCounter, primary_key=True, autoincrement=True)
    observation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), unique=True
    )
    key_id: Mapped[str] = mapped_column(sa.String(64), index=True)
    area: Mapped[str | None] = mapped_column(sa.String(20))
    date: Mapped[dt.date] = mapped_column(sa.Date)
    concepts: Mapped[list[str]] = mapped_column(sa.JSON)


class OverlapMark(Model):
    """One way to write a name, as a keyed hash: nobody reads it, and the same name gives the same.

    ``part`` marks one word of a longer name. Where and when stand here as well as with the entry,
    so that of a first name that thousands have only what is near is looked at.
    """

    __tablename__ = "overlap_mark"
    # There are some thirty to an observation: the key is all there is to find them by.
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(HASH), primary_key=True)
    entry_id: Mapped[int] = mapped_column(
        sa.ForeignKey("overlap_entry.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    part: Mapped[bool] = mapped_column(sa.Boolean)
    area: Mapped[str | None] = mapped_column(sa.String(20))
    date: Mapped[dt.date] = mapped_column(sa.Date)


class OverlapPair(Model):
    """Two observations that look alike, and why; found once, when the second came in.

    The lower id comes first.
    """

    __tablename__ = "overlap_pair"
    __table_args__ = (sa.CheckConstraint("one_id < other_id", name="order"),)

    one_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[str] = mapped_column(
        sa.ForeignKey("observation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    reasons: Mapped[list[str]] = mapped_column(sa.JSON)
