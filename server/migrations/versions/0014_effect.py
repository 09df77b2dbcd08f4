"""Goals of the approach with their values, and the survey among reporters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_effect"
down_revision = "0013_systems"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
UUID = sa.Uuid(as_uuid=False)
HALF = sa.String(length=7)


def upgrade() -> None:
    op.create_table(
        "effect_goal",
        sa.Column("goal", sa.String(length=20), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=False),
        sa.Column("baseline", sa.Integer(), nullable=True),
        sa.Column("baseline_few", sa.Boolean(), nullable=False),
        *_changed("effect_goal"),
        sa.PrimaryKeyConstraint("goal", name=op.f("pk_effect_goal")),
    )
    op.create_table(
        "effect_value",
        sa.Column("goal", sa.String(length=20), nullable=False),
        sa.Column("half", HALF, nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("few", sa.Boolean(), nullable=False),
        *_changed("effect_value"),
        sa.PrimaryKeyConstraint("goal", "half", name=op.f("pk_effect_value")),
    )
    op.create_table(
        "survey_asked",
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("half", HALF, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_survey_asked_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "half", name=op.f("pk_survey_asked")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_paper",
        sa.Column("id", UUID, nullable=False),
        sa.Column("half", HALF, nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_paper")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_result",
        sa.Column("half", HALF, nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("half", "question", "choice", name=op.f("pk_survey_result")),
    )


def downgrade() -> None:
    for name in ("result", "paper", "asked"):
        op.drop_table(f"survey_{name}")
    op.drop_table("effect_value")
    op.drop_table("effect_goal")


def _changed(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id")),
    ]
