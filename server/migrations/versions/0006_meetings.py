"""When the kernteam meets, and what it decides there."""

from __future__ import annotations

revision = "0006_meetings"
down_revision = "0005_cases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
