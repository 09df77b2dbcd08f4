"""What is counted while a quarter lasts, and what was published when it was over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_figures"
down_revision = "0008_referrals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", "name", "path", name=op.f("pk_tally")),
    )
    op.create_table(
        "counted",
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_counted")),
    )
    op.create_table(
        "quarter",
        sa.Column("id", sa.String(length=7), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarter")),
    )
    op.create_table(
        "figure",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.id"], name=op.f("fk_figure_quarter")),
        sa.PrimaryKeyConstraint("quarter", "name", "path", name=op.f("pk_figure")),
    )
    op.create_index("ix_observation_received", "observation", ["received_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_observation_received", table_name="observation")
    op.drop_table("figure")
    op.drop_table("quarter")
    op.drop_table("counted")
    op.drop_table("tally")
