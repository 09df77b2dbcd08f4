"""Keys of systems that read figures, and what is still to be said to a system outside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_systems"
down_revision = "0012_briefings"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
UUID = sa.Uuid(as_uuid=False)
OPEN = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "system_key",
        sa.Column("id", UUID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_by", UUID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("used_from", MOMENT, nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_system_key_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_system_key_key_hash")),
    )
    op.create_table(
        "outgoing_event",
        sa.Column("id", UUID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("lease_owner", sa.String(length=100), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_event")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_outgoing_event_due",
        "outgoing_event",
        ["due_at"],
        unique=False,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("outgoing_event")
    op.drop_table("system_key")
