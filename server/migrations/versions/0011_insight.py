"""Whether something was removed later than it should, and what was done since the last count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_insight"
down_revision = "0010_desk"
branch_labels = None
depends_on = None

REMOVED = sa.text("gone_late IS NOT NULL")


def upgrade() -> None:
    op.add_column("receipt", sa.Column("gone_late", sa.Boolean(), nullable=True))
    op.create_index(
        "ix_receipt_removed",
        "receipt",
        ["gone_at"],
        unique=False,
        sqlite_where=REMOVED,
        postgresql_where=REMOVED,
    )


def downgrade() -> None:
    op.drop_index("ix_receipt_removed", table_name="receipt")
    op.drop_column("receipt", "gone_late")
