"""When the kernteam meets, and what it decides there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_meetings"
down_revision = "0005_cases"
branch_labels = None
depends_on = None

UUID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "calendar_feed",
    "meeting_evaluation",
    "attendance",
    "agenda_unmasking",
    "agenda_guest",
    "agenda_item",
    "meeting",
)


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", UUID, nullable=False),
        sa.Column("slot", sa.Date(), nullable=True),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'running', 'ended', 'cancelled')", name=op.f("ck_meeting_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("slot", name=op.f("uq_meeting_slot")),
    )
    op.create_index(op.f("ix_meeting_starts_at"), "meeting", ["starts_at"])
    _make_agenda()
    op.create_table(
        "attendance",
        sa.Column("meeting_id", UUID, nullable=False),
        sa.Column("person_id", UUID, nullable=False),
        _of("attendance", "meeting_id", "meeting.id", "CASCADE"),
        _of("attendance", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "meeting_evaluation",
        sa.Column("id", UUID, nullable=False),
        sa.Column("meeting_id", UUID, nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("words_sealed", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(meeting_id IS NULL) <> (year IS NULL)", name=op.f("ck_meeting_evaluation_about")
        ),
        _of("meeting_evaluation", "meeting_id", "meeting.id", "CASCADE"),
        _of("meeting_evaluation", "by_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_evaluation")),
        sa.UniqueConstraint(
            "meeting_id", "by_id", name=op.f("uq_meeting_evaluation_meeting_id_by_id")
        ),
        sa.UniqueConstraint("year", "by_id", name=op.f("uq_meeting_evaluation_year_by_id")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _of("calendar_feed", "person_id", "person.id", "CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )


def _make_agenda() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", UUID, nullable=False),
        sa.Column("meeting_id", UUID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", UUID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("by_id", UUID, nullable=True),
        sa.Column("text_sealed", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('actions', 'bundle', 'case', 'evaluation', 'late', 'own', 'year', 'round')",
            name=op.f("ck_agenda_item_kind"),
        ),
        sa.CheckConstraint(
            "outcome IN ('discussed', 'case_started', 'following', 'referred', 'no_follow_up', "
            "'later')",
            name=op.f("ck_agenda_item_outcome"),
        ),
        _of("agenda_item", "meeting_id", "meeting.id", "CASCADE"),
        _of("agenda_item", "by_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint(
            "meeting_id",
            "kind",
            "subject_id",
            name=op.f("uq_agenda_item_meeting_id_kind_subject_id"),
        ),
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"])
    op.create_index(op.f("ix_agenda_item_subject_id"), "agenda_item", ["subject_id"])
    op.create_table(
        "agenda_guest",
        sa.Column("item_id", UUID, nullable=False),
        sa.Column("person_id", UUID, nullable=False),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of("agenda_guest", "item_id", "agenda_item.id", "CASCADE"),
        _of("agenda_guest", "person_id", "person.id", "CASCADE"),
        _of("agenda_guest", "by_id", "person.id"),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_agenda_guest")),
    )
    op.create_index(op.f("ix_agenda_guest_person_id"), "agenda_guest", ["person_id"])
    op.create_table(
        "agenda_unmasking",
        sa.Column("id", UUID, nullable=False),
        sa.Column("item_id", UUID, nullable=False),
        sa.Column("by_id", UUID, nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "reason IN ('who_knows', 'who_contacts', 'same_person')",
            name=op.f("ck_agenda_unmasking_reason"),
        ),
        _of("agenda_unmasking", "item_id", "agenda_item.id", "CASCADE"),
        _of("agenda_unmasking", "by_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_unmasking")),
    )
    op.create_index(op.f("ix_agenda_unmasking_item_id"), "agenda_unmasking", ["item_id"])


def _of(
    table: str, column: str, target: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
