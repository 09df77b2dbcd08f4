"""The story beside the figures of a quarter, and what organisations are told of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_briefings"
down_revision = "0011_insight"
branch_labels = None
depends_on = None

UUID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "story",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_story_by_id")),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.id"], name=op.f("fk_story_quarter")),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_story")),
    )
    op.create_table(
        "note_tally",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("organisation_id", UUID, nullable=False),
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_note_tally_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_note_tally_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "quarter", "organisation_id", "person_id", "kind", name=op.f("pk_note_tally")
        ),
    )
    op.create_table(
        "notes_counted",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes_counted")),
    )
    op.create_table(
        "noted_quarter",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("of_kinds", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.id"], name=op.f("fk_noted_quarter_quarter")),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_noted_quarter")),
    )
    op.create_table(
        "note",
        sa.Column("id", UUID, nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("organisation_id", UUID, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_note_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.id"], name=op.f("fk_note_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint(
            "organisation_id", "quarter", name=op.f("uq_note_organisation_id_quarter")
        ),
    )
    op.create_index(op.f("ix_note_quarter"), "note", ["quarter"], unique=False)
    op.create_index(op.f("ix_feedback_at"), "feedback", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_feedback_at"), table_name="feedback")
    op.drop_index(op.f("ix_note_quarter"), table_name="note")
    for name in ("note", "noted_quarter", "notes_counted", "note_tally", "story"):
        op.drop_table(name)
