"""The database: one session, one way to store times and ids, and how SQLite is kept honest."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

# How long a writer waits for another before it gives up, in seconds.
PATIENCE = 30
# How long it naps before it looks again, in seconds.
NAP = 0.001
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables share one naming of constraints, so that migrations can name them."""

    metadata = sa.MetaData(naming_convention=NAMES)


db = SQLAlchemy(
    model_class=Base,
    # Error texts must not carry what people wrote. A connection that died with its server is
    # replaced before anybody's request runs into it.
    engine_options={"hide_parameters": True, "pool_pre_ping": True},
)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def table(model: type[Model]) -> sa.Table:
    """Return the table behind a model, for what is asked or written too often to go through it."""
    return cast(sa.Table, model.__table__)


def insert_into(
    into: type[Model] | sa.Table, dialect: str = ""
) -> postgresql.Insert | sqlite.Insert:
    """Return an insert that can say what happens when the row is there already.

    It is for the database in use, or for the dialect that is named.
    """
    name = dialect or db.session.get_bind().dialect.name
    return postgresql.insert(into) if name == "postgresql" else sqlite.insert(into)


def insert_rows(into: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows that name the same columns with one statement, in the caller's transaction.

    A column whose default Python makes must be named too. For the rest it does what
    ``session.execute(insert(into), rows)`` does, in a fraction of the time: values are made ready
    for the database column by column, and what repeats from row to row only once.
    """
    connection = db.session.connection()
    names = tuple(rows[0])
    text, order, ready = _insert_statement(into, names, connection.dialect)
    columns = {name: _ready(ready[name], [row[name] for row in rows]) for name in names}
    if order is None:
        made: list[Any] = [
            dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)
        ]
    else:
        made = list(zip(*(columns[name] for name in order), strict=True))
    connection.exec_driver_sql(text, made)


@lru_cache
def _insert_statement(
    into: sa.Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, Sequence[str] | None, dict[str, Any]]:
    """Return the text, the order of its parameters (None: by name), and what readies a column."""
    insert = sa.insert(into)
    compiled = insert.compile(dialect=dialect, column_keys=names, for_executemany=True)
    types = {name: into.c[name].type.dialect_impl(dialect) for name in names}
    ready = {name: kind.bind_processor(dialect) for name, kind in types.items()}
    return str(compiled), compiled.positiontup, ready


def _ready(ready: Callable[[Any], Any] | None, values: list[Any]) -> list[Any]:
    """Return a column's values as its database wants them."""
    if ready is None:
        return values
    made: list[Any] = []
    last, result = object(), None
    for value in values:
        if value is not last:
            last, result = value, ready(value)
        made.append(result)
    return made


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC, always aware: SQLite would otherwise drop the time zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Uuid(TypeDecorator[str]):
    """A UUID as lower-case text in Python and as the database's own kind of UUID on disk."""

    impl = sa.Uuid(as_uuid=False)
    cache_ok = True


# A 64-bit counter; SQLite only counts by itself in a column of type INTEGER.
BigCounter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a random id."""
    return str(uuid4())


_read_only: ContextVar[bool] = ContextVar("read_only", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Let transactions that begin inside this block only read.

    Everything else takes SQLite's write lock when it begins: a transaction that reads first and
    writes later would otherwise fail when somebody wrote in between.
    """
    token = _read_only.set(True)
    try:
        yield
    finally:
        _read_only.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Let a transaction that begins inside this block write, where the request otherwise reads."""
    token = _read_only.set(False)
    try:
        yield
    finally:
        _read_only.reset(token)


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        _prepare_sqlite(connection)
        return
    # In another zone a moment at the edge of the calendar, from a phone whose clock is far off,
    # cannot be read back.
    connection.execute("SET TIME ZONE 'UTC'")
    # A server may be set to answer before what was committed is on its disk.
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false) "
        "WHERE current_setting('synchronous_commit') = 'off'"
    )
    connection.commit()


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
    # The driver's own transaction control would begin too late and end too early.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    _use_wal(cursor)
    # The phone deletes its copy once it hears 'stored': that promise must survive a power cut.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def keep_few_pages() -> None:
    """Let a connection that this process opens from now on keep 256 kB of SQLite's pages, not 2 MB.

    For a process in which many threads ask little: the system has those pages anyway.
    """

    @event.listens_for(Engine, "connect")
    def keep_few(connection: Any, _record: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA cache_size = -256")


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Switch to the write-ahead log, also while other processes do so on a new file."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # The switch takes the whole file, and for that SQLite does not wait by itself.
            if not _is_busy(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if _read_only.get():
        connection.exec_driver_sql("BEGIN")
    else:
        _begin_to_write(connection)


def _begin_to_write(connection: Connection) -> None:
    """Take SQLite's write lock soon after whoever has it lets go.

    SQLite itself waits in naps that grow to 100 ms: with many writers everybody would be asleep a
    third of the time.
    """
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    [patience] = driver.execute("PRAGMA busy_timeout").fetchone()
    until = time.monotonic() + patience / 1000
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while time.monotonic() < until:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not _is_busy(error):
                    raise
                time.sleep(NAP)
            else:
                return
        # The last try is SQLAlchemy's, so that the fault is one of its own.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout = {patience}")


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
