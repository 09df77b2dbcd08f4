"""Over how many people an entered percentage is; what was entered before does not say it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_effect_over"
down_revision = "0014_effect"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("effect_goal", sa.Column("baseline_over", sa.Integer(), nullable=True))
    op.add_column("effect_value", sa.Column("over", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("effect_value") as table:
        table.drop_column("over")
    with op.batch_alter_table("effect_goal") as table:
        table.drop_column("baseline_over")
