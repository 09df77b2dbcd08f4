"""Run migrations on the database of the running app, inside one transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from flask import current_app

from server.db import UTCDateTime, Uuid, db


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what they are on disk: a migration outlives today's code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Uuid):
        return "sa.Uuid(as_uuid=False)"
    return False


def run() -> None:
    """Bring the database to the wanted revision."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
