"""What people asked about what is kept of them."""

from __future__ import annotations

revision = "0003_rights"
down_revision = "0002_audit_and_retention"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
