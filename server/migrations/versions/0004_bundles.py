"""Observations that belong together, and what was said of each suggestion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_bundles"
down_revision = "0003_rights"
branch_labels = None
depends_on = None

UUID = sa.Uuid(as_uuid=False)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IN_IT = sa.text("removed_at IS NULL")


def upgrade() -> None:
    _make_bundles()
    _make_index()


def downgrade() -> None:
    for table in (
        "overlap_pair",
        "overlap_mark",
        "overlap_entry",
        "rejection",
        "bundle_member",
        "bundle",
    ):
        op.drop_table(table)


def _make_bundles() -> None:
    op.create_table(
        "bundle",
        sa.Column("id", UUID, nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("note_sealed", sa.Text(), nullable=True),
        sa.Column("key_id", sa.String(length=40), nullable=True),
        sa.Column("made_by", UUID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", UUID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("bundle", "made_by", "person"),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["bundle.id"],
            name=op.f("fk_bundle_merged_into_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
    )
    op.create_index(op.f("ix_bundle_ended_at"), "bundle", ["ended_at"], unique=False)
    op.create_index(op.f("ix_bundle_merged_into_id"), "bundle", ["merged_into_id"], unique=False)
    op.create_table(
        "bundle_member",
        sa.Column("id", COUNTER, autoincrement=True, nullable=False),
        sa.Column("bundle_id", UUID, nullable=False),
        sa.Column("observation_id", UUID, nullable=False),
        sa.Column("added_by", UUID, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by", UUID, nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        _reference("bundle_member", "added_by", "person"),
        _reference("bundle_member", "bundle_id", "bundle", goes=True),
        _reference("bundle_member", "observation_id", "observation", goes=True),
        _reference("bundle_member", "removed_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_member")),
    )
    for column in ("bundle_id", "observation_id"):
        op.create_index(op.f(f"ix_bundle_member_{column}"), "bundle_member", [column])
    op.create_index(
        "ix_bundle_member_live",
        "bundle_member",
        ["observation_id"],
        unique=True,
        sqlite_where=IN_IT,
        postgresql_where=IN_IT,
    )
    op.create_table(
        "rejection",
        *_two("rejection"),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("rejection", "by_id", "person"),
    )
    op.create_index(op.f("ix_rejection_other_id"), "rejection", ["other_id"], unique=False)


def _make_index() -> None:
    op.create_table(
        "overlap_entry",
        sa.Column("id", COUNTER, autoincrement=True, nullable=False),
        sa.Column("observation_id", UUID, nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("concepts", sa.JSON(), nullable=False),
        _reference("overlap_entry", "observation_id", "observation", goes=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overlap_entry")),
        sa.UniqueConstraint("observation_id", name=op.f("uq_overlap_entry_observation_id")),
    )
    op.create_index("ix_overlap_entry_place", "overlap_entry", ["area", "date"], unique=False)
    op.create_index(op.f("ix_overlap_entry_key_id"), "overlap_entry", ["key_id"], unique=False)
    op.create_table(
        "overlap_mark",
        sa.Column("hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("entry_id", COUNTER, nullable=False),
        sa.Column("part", sa.Boolean(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        _reference("overlap_mark", "entry_id", "overlap_entry", goes=True),
        sa.PrimaryKeyConstraint("hash", "entry_id", name=op.f("pk_overlap_mark")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_overlap_mark_entry_id"), "overlap_mark", ["entry_id"], unique=False)
    op.create_table(
        "overlap_pair",
        *_two("overlap_pair"),
        sa.Column("reasons", sa.JSON(), nullable=False),
    )
    op.create_index(op.f("ix_overlap_pair_other_id"), "overlap_pair", ["other_id"], unique=False)


def _reference(table: str, column: str, to: str, *, goes: bool = False) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{to}.id"],
        name=op.f(f"fk_{table}_{column}"),
        ondelete="CASCADE" if goes else None,
    )


def _two(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Return the columns of a pair of observations, which is its own key."""
    return (
        sa.Column("one_id", UUID, nullable=False),
        sa.Column("other_id", UUID, nullable=False),
        _reference(table, "one_id", "observation", goes=True),
        _reference(table, "other_id", "observation", goes=True),
        sa.CheckConstraint("one_id < other_id", name=op.f(f"ck_{table}_order")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f(f"pk_{table}")),
    )
