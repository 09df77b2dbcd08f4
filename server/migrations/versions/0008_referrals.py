"""That the desk brought somebody else in, and what that other was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_referrals"
down_revision = "0007_channels"
branch_labels = None
depends_on = None

UUID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "referral",
        sa.Column("id", UUID, nullable=False),
        sa.Column("observation_id", UUID, nullable=False),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("to_id", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_referral_by_id")),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["observation.id"],
            name=op.f("fk_referral_observation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(
        op.f("ix_referral_observation_id"), "referral", ["observation_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_referral_observation_id"), table_name="referral")
    op.drop_table("referral")
