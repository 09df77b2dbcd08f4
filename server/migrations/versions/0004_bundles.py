"""Observations that belong together, and what was said of each suggestion."""

from __future__ import annotations

revision = "0004_bundles"
down_revision = "0003_rights"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
