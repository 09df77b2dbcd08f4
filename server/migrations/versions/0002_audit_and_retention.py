"""The log is chained and the database itself keeps it; observations know how long they stay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_audit_and_retention"
down_revision = "0001_start"
branch_labels = None
depends_on = None

# Which rows stay, in terms of OLD: all, but for what is being pruned at this moment.
KEPT = {
    "audit_event": (
        "NOT EXISTS (SELECT 1 FROM audit_link, audit_pruning "
        "WHERE event_id = OLD.id AND position <= up_to)"
    ),
    "audit_link": "NOT EXISTS (SELECT 1 FROM audit_pruning WHERE OLD.position <= up_to)",
    "audit_checkpoint": "NOT EXISTS (SELECT 1 FROM audit_pruning WHERE OLD.position <= up_to)",
}
REFUSAL = "the log is only ever added to"


def upgrade() -> None:
    op.add_column("audit_event", sa.Column("note_digest", sa.LargeBinary(32), nullable=True))
    op.create_table(
        "audit_link",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_link_event_id")),
    )
    op.create_table(
        "audit_checkpoint",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("start", sa.Boolean(), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_audit_checkpoint")),
    )
    op.create_table(
        "audit_pruning",
        sa.Column("up_to", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("up_to", name=op.f("pk_audit_pruning")),
    )
    op.create_table(
        "opening_note",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("observation_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("by_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_opening_note_by_id")),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["observation.id"],
            name=op.f("fk_opening_note_observation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_note")),
    )
    op.create_index(
        op.f("ix_opening_note_observation_id"), "opening_note", ["observation_id"], unique=False
    )
    op.add_column("receipt", sa.Column("gone_reason", sa.String(length=20), nullable=True))
    op.add_column("observation", sa.Column("keep_until", sa.Date(), nullable=True))
    op.add_column(
        "observation",
        sa.Column("case_open", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("observation", sa.Column("case_closed_on", sa.Date(), nullable=True))
    op.add_column("observation", sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_observation_keep_until", "observation", ["keep_until", "received_at", "id"])
    op.add_column(
        "installation", sa.Column("time_seen_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("installation", sa.Column("terms", sa.JSON(), nullable=True))
    _keep_the_log()


def downgrade() -> None:
    _let_the_log_go()
    op.drop_column("installation", "terms")
    op.drop_column("installation", "time_seen_at")
    op.drop_index("ix_observation_keep_until", table_name="observation")
    op.drop_column("observation", "warned_at")
    op.drop_column("observation", "case_closed_on")
    op.drop_column("observation", "case_open")
    op.drop_column("observation", "keep_until")
    op.drop_column("receipt", "gone_reason")
    op.drop_index(op.f("ix_opening_note_observation_id"), table_name="opening_note")
    op.drop_table("opening_note")
    op.drop_table("audit_pruning")
    op.drop_table("audit_checkpoint")
    op.drop_table("audit_link")
    op.drop_column("audit_event", "note_digest")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _keep_the_log() -> None:
    for table, kept in KEPT.items():
        if _on_postgresql():
            _guard_on_postgresql(table, kept)
            continue
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        op.execute(f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN {kept} {refuse}")


def _guard_on_postgresql(table: str, kept: str) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN "
        f"IF NOT ({kept}) THEN RETURN OLD; END IF; "
        "END IF; "
        f"RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_guard()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()"
    )


def _let_the_log_go() -> None:
    for table in KEPT:
        if _on_postgresql():
            op.execute(f"DROP FUNCTION {table}_guard() CASCADE")
        else:
            op.execute(f"DROP TRIGGER {table}_unchanged")
            op.execute(f"DROP TRIGGER {table}_kept")
