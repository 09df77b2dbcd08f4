"""Every migration keeps what is there: step by step, with rows in every table there is so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask

from server.db import Base, db
from server.health.checks import MIGRATIONS

pytestmark = pytest.mark.thorough

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
# The first of the words that a check allows, on SQLite and on PostgreSQL.
CHOICE = re.compile(r"^\W*(\w+)\b.*?(?:\bIN\b|= ANY)[^']*'([\w-]+)'", re.DOTALL)
# What a check asks for that no list of words says.
ASKED: dict[str, dict[str, Any]] = {
    "receipt": {"digest": b"\x01" * 32},
    "meeting_evaluation": {"year": 2026},
}
ALONE = {"installation", "rejection", "overlap_pair"}
Rows = dict[str, list[dict[str, Any]]]


def steps() -> list[str]:
    scripts = ScriptDirectory(str(MIGRATIONS))
    return [one.revision for one in reversed(list(scripts.walk_revisions()))]


@pytest.fixture
def empty(app: Flask) -> Iterator[None]:
    """A database in which no migration was ever run."""
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    yield
    db.session.remove()


class Filler:
    """Makes rows for tables from nothing but what the database says of them."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self._numbers = count(1)

    def fill(self) -> None:
        """Add rows to every table that has none yet, parents first."""
        for table in there().sorted_tables:
            if table.name in self.rows or table.name == "alembic_version":
                continue
            made = [self._row(table, number) for number in range(1 if table.name in ALONE else 2)]
            with db.engine.begin() as connection:
                connection.execute(sa.insert(table), made)
            self.rows[table.name] = stored(table, made)

    def lost(self) -> list[str]:
        """Return what is not any more what it was when it was written."""
        now, faults = there().tables, []
        for name, rows in self.rows.items():
            if name not in now:
                continue
            found = stored(now[name], rows)
            for before, after in zip(rows, found, strict=True):
                same = before.keys() & after.keys()
                faults += [f"{name}.{one}" for one in same if before[one] != after[one]]
        return faults

    def _row(self, table: sa.Table, number: int) -> dict[str, Any]:
        checks = sa.inspect(db.engine).get_check_constraints(table.name)
        found = [CHOICE.match(str(check["sqltext"])) for check in checks]
        chosen = {match[1]: match[2] for match in found if match}
        row = dict(ASKED.get(table.name, {}))
        for column in table.columns:
            if column.name in row or (column.nullable and not column.primary_key):
                continue
            row[column.name] = chosen.get(column.name) or self._value(table, column, number)
        if "other_id" in row and "one_id" in row:
            row["one_id"], row["other_id"] = sorted(one["id"] for one in self.rows["observation"])
        return row

    def _value(self, table: sa.Table, column: sa.Column[Any], number: int) -> Any:
        for key in column.foreign_keys:
            of = self.rows.get(key.column.table.name)
            if of is not None:
                return of[min(number, len(of) - 1)][key.column.name]
        if table.name == "installation" and column.name == "id":
            return 1
        return of_kind(column.type, next(self._numbers))


def of_kind(kind: Any, number: int) -> Any:
    """Return a value of a kind of column that no other call returned."""
    length = getattr(kind, "length", None)
    if isinstance(kind, sa.Uuid):
        return uuid4()
    if isinstance(kind, sa.LargeBinary):
        return number.to_bytes(16)
    if isinstance(kind, sa.String):
        return uuid4().hex if length == 32 else f"x{number}"[: length or 20]
    if isinstance(kind, sa.DateTime):
        return MOMENT + timedelta(minutes=number)
    if isinstance(kind, sa.Date):
        return date(2026, 1, 1) + timedelta(days=number)
    if isinstance(kind, sa.Time):
        return time(8)
    if isinstance(kind, sa.JSON):
        return {}
    return False if isinstance(kind, sa.Boolean) else number


def there() -> sa.MetaData:
    found = sa.MetaData()
    found.reflect(db.engine)
    return found


def stored(table: sa.Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return these rows as the database has them now, found by their keys."""
    found = []
    with db.engine.connect() as connection:
        for row in rows:
            where = [column == row[column.name] for column in table.primary_key]
            found.append(dict(connection.execute(sa.select(table).where(*where)).one()._mapping))
    return found


def test_a_database_with_rows_in_every_table_comes_through_every_migration(empty: None) -> None:
    filler = Filler()
    for step in steps():
        flask_migrate.upgrade(revision=step)
        assert filler.lost() == [], step
        filler.fill()
    assert filler.rows.keys() == there().tables.keys() - {"alembic_version"}
    # What was written under an older version can be read by the models of this one.
    for mapper in Base.registry.mappers:
        assert db.session.scalars(sa.select(mapper.class_)).unique().all(), mapper.class_
    db.session.remove()


def test_every_migration_can_be_taken_back_with_rows_in_every_table(empty: None) -> None:
    filler = Filler()
    flask_migrate.upgrade()
    filler.fill()
    for step in [*reversed(steps()[:-1]), "base"]:
        flask_migrate.downgrade(revision=step)
        assert filler.lost() == [], step
    assert there().tables.keys() == {"alembic_version"}
