"""What the tests of the log do to it."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from server import audit
from server.audit import chain
from server.audit.models import AuditLink
from server.db import db

BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)


def fill(count: int = 3) -> list[int]:
    """Write some rows, link them, and return their ids."""
    for _ in range(count):
        audit.log(None, "open", "observation", purpose="handle")
    db.session.commit()
    chain.extend()
    ids = list(db.session.scalars(sa.select(AuditLink.event_id).order_by(AuditLink.position)))
    db.session.commit()
    return ids


def around_the_guards(statement: sa.Executable) -> None:
    """Do what the database refuses, the way somebody with all its rights would."""
    db.session.commit()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
            connection.execute(statement)
            connection.exec_driver_sql("SET session_replication_role = DEFAULT")
            return
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, text in triggers:
            connection.exec_driver_sql(text)
