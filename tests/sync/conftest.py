"""A look at what the database is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from server.db import db


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement that reached the database since the list was last cleared."""
    seen: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest) -> None:
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(db.engine, "before_cursor_execute", note)
