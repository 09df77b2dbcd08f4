"""What people asked about what is kept of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_rights"
down_revision = "0002_audit_and_retention"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("named_on", sa.Date()),
        ("informed_on", sa.Date()),
        ("not_informed_reason", sa.String(length=20)),
        ("remind_on", sa.Date()),
        ("objection_on", sa.Date()),
    ):
        op.add_column("observation", sa.Column(name, kind, nullable=True))
    op.create_index(op.f("ix_observation_remind_on"), "observation", ["remind_on"], unique=False)
    op.add_column(
        "person", sa.Column("removal_asked_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("observation_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("by_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_correction_by_id")),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["observation.id"],
            name=op.f("fk_correction_observation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(
        op.f("ix_correction_observation_id"), "correction", ["observation_id"], unique=False
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("observation_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("decided_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_objection_noted_by")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_objection_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["observation.id"],
            name=op.f("fk_objection_observation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(
        op.f("ix_objection_observation_id"), "objection", ["observation_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_objection_observation_id"), table_name="objection")
    op.drop_table("objection")
    op.drop_index(op.f("ix_correction_observation_id"), table_name="correction")
    op.drop_table("correction")
    op.drop_column("person", "removal_asked_at")
    op.drop_index(op.f("ix_observation_remind_on"), table_name="observation")
    for name in ("objection_on", "remind_on", "not_informed_reason", "informed_on", "named_on"):
        op.drop_column("observation", name)
