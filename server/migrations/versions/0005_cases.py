"""What the kernteam works on: cases, the network around them, decisions, actions and goals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_cases"
down_revision = "0004_bundles"
branch_labels = None
depends_on = None

UUID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "case_edge",
    "goal",
    "decision",
    "case_unmasking",
    "case_source",
    "case_participant",
    "case_node",
    "case_event",
    "action",
    "case_file",
)


def upgrade() -> None:
    _make_cases()
    _make_plans()
    _make_around()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _make_cases() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", UUID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("phase_at", MOMENT, nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("evaluate_on", sa.Date(), nullable=True),
        sa.Column("evaluation_told", sa.Date(), nullable=True),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('youth', 'group', 'place')", name=op.f("ck_case_file_kind")),
        sa.CheckConstraint(
            "outcome IN ('better', 'handed_over', 'no_ground', 'other')",
            name=op.f("ck_case_file_outcome"),
        ),
        sa.CheckConstraint(
            "phase IN ('signalling', 'analysis', 'decision', 'action', 'evaluation')",
            name=op.f("ck_case_file_phase"),
        ),
        sa.CheckConstraint(
            "closed_on IS NULL OR outcome IS NOT NULL", name=op.f("ck_case_file_closed")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_file_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("number", name=op.f("uq_case_file_number")),
    )
    op.create_index(op.f("ix_case_file_closed_on"), "case_file", ["closed_on"], unique=False)


def _make_plans() -> None:
    op.create_table(
        "decision",
        sa.Column("id", UUID, nullable=False),
        sa.Column("case_id", UUID, nullable=True),
        sa.Column("meeting_id", UUID, nullable=True),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_decision_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_decision_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_case_id"), "decision", ["case_id"], unique=False)
    op.create_index(op.f("ix_decision_meeting_id"), "decision", ["meeting_id"], unique=False)
    op.create_table(
        "action",
        sa.Column("id", UUID, nullable=False),
        sa.Column("case_id", UUID, nullable=True),
        sa.Column("meeting_id", UUID, nullable=True),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("pillar", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", UUID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "about IN ('case', 'school', 'club', 'area')", name=op.f("ck_action_about")
        ),
        sa.CheckConstraint(
            "pillar IN ('prevention', 'repression', 'care')", name=op.f("ck_action_pillar")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_action_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_action_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_action_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_case_id"), "action", ["case_id"], unique=False)
    op.create_index(op.f("ix_action_due_on"), "action", ["due_on"], unique=False)
    op.create_index(op.f("ix_action_meeting_id"), "action", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_action_owner_id"), "action", ["owner_id"], unique=False)
    op.create_table(
        "goal",
        sa.Column("id", UUID, nullable=False),
        sa.Column("case_id", UUID, nullable=True),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("term", sa.String(length=20), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "about IN ('case', 'school', 'club', 'area')", name=op.f("ck_goal_about")
        ),
        sa.CheckConstraint("term IN ('short', 'middle', 'long')", name=op.f("ck_goal_term")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_goal_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_goal_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_case_id"), "goal", ["case_id"], unique=False)


def _make_around() -> None:
    op.create_table(
        "case_event",
        sa.Column("id", UUID, nullable=False),
        sa.Column("case_id", UUID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=True),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('made', 'phase', 'closed', 'reopened', 'word')",
            name=op.f("ck_case_event_kind"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_event_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_event_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    op.create_index(op.f("ix_case_event_case_id"), "case_event", ["case_id"], unique=False)
    op.create_table(
        "case_node",
        sa.Column("id", UUID, nullable=False),
        sa.Column("case_id", UUID, nullable=False),
        sa.Column("identity_id", UUID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=20), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('person', 'place', 'group', 'institution')", name=op.f("ck_case_node_kind")
        ),
        sa.CheckConstraint(
            "zone IN ('subject', 'family', 'friends', 'school', 'club', 'area')",
            name=op.f("ck_case_node_zone"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_node_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_node_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_node")),
        sa.UniqueConstraint("case_id", "letter", name=op.f("uq_case_node_case_id_letter")),
    )
    op.create_index(op.f("ix_case_node_case_id"), "case_node", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_node_identity_id"), "case_node", ["identity_id"], unique=False)
    op.create_table(
        "case_participant",
        sa.Column("id", UUID, nullable=False),
        sa.Column("case_id", UUID, nullable=False),
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "part IN ('core', 'shell', 'agenda')", name=op.f("ck_case_participant_part")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_participant_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_case_participant_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_case_participant_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_participant")),
        sa.UniqueConstraint(
            "case_id", "person_id", name=op.f("uq_case_participant_case_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_case_participant_case_id"), "case_participant", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_case_participant_person_id"), "case_participant", ["person_id"], unique=False
    )
    op.create_table(
        "case_source",
        sa.Column("id", UUID, nullable=False),
        sa.Column("case_id", UUID, nullable=False),
        sa.Column("observation_id", UUID, nullable=False),
        sa.Column("bundle_id", UUID, nullable=True),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_source_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_source_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["observation.id"],
            name=op.f("fk_case_source_observation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_source")),
        sa.UniqueConstraint(
            "case_id", "observation_id", name=op.f("uq_case_source_case_id_observation_id")
        ),
    )
    op.create_index(op.f("ix_case_source_case_id"), "case_source", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_case_source_observation_id"), "case_source", ["observation_id"], unique=False
    )
    op.create_table(
        "case_unmasking",
        sa.Column("id", UUID, nullable=False),
        sa.Column("case_id", UUID, nullable=False),
        sa.Column("meeting_id", UUID, nullable=True),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "reason IN ('who_knows', 'who_contacts', 'same_person')",
            name=op.f("ck_case_unmasking_reason"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_unmasking_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_case_unmasking_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_unmasking")),
    )
    op.create_index(op.f("ix_case_unmasking_case_id"), "case_unmasking", ["case_id"], unique=False)
    op.create_table(
        "case_edge",
        sa.Column("id", UUID, nullable=False),
        sa.Column("case_id", UUID, nullable=False),
        sa.Column("from_id", UUID, nullable=False),
        sa.Column("to_id", UUID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('plain', 'support', 'unsure', 'new')", name=op.f("ck_case_edge_kind")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_edge_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_edge_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["case_node.id"], name=op.f("fk_case_edge_from_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["case_node.id"], name=op.f("fk_case_edge_to_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_edge")),
    )
    op.create_index(op.f("ix_case_edge_case_id"), "case_edge", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_edge_from_id"), "case_edge", ["from_id"], unique=False)
    op.create_index(op.f("ix_case_edge_to_id"), "case_edge", ["to_id"], unique=False)
