"""How each person wants to be told, and the mail that is on its way."""

from __future__ import annotations

revision = "0007_channels"
down_revision = "0006_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
