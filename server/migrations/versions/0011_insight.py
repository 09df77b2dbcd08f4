"""Whether something went later than it should or unanswered, and what was done since counting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_insight"
down_revision = "0010_desk"
branch_labels = None
depends_on = None

GONE = sa.text("gone_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("receipt", sa.Column("gone_late", sa.Boolean(), nullable=True))
    op.add_column("receipt", sa.Column("gone_unheard", sa.Boolean(), nullable=True))
    op.create_index(
        "ix_receipt_gone",
        "receipt",
        ["gone_at"],
        unique=False,
        sqlite_where=GONE,
        postgresql_where=GONE,
    )


def downgrade() -> None:
    op.drop_index("ix_receipt_gone", table_name="receipt")
    op.drop_column("receipt", "gone_unheard")
    op.drop_column("receipt", "gone_late")
