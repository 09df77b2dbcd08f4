"""What the key ring's own store holds, and how it comes into being."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from server.db import NAMES, UTCDateTime
from server.keyring.master import KeyRingError, MasterKey

VERSION = "1"
# Any number will do, as long as all processes of this app take the same one.
CREATION_LOCK = 7_302_118

metadata = sa.MetaData(naming_convention=NAMES)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

# One row per calendar month in Amsterdam, such as 2026-11; what took over halfway is 2026-11.2. A
# destroyed key leaves its row without its private half.
seal_key = sa.Table(
    "seal_key",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("month", sa.String(12), nullable=False, unique=True),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("wrapped_private", sa.LargeBinary),
    sa.Column("made_at", UTCDateTime, nullable=False),
    sa.Column("publish_from", UTCDateTime, nullable=False),
    sa.Column("seal_until", UTCDateTime, nullable=False),
    sa.Column("destroy_on", sa.Date, nullable=False),
    sa.Column("destroyed_at", UTCDateTime),
)


def _pair(name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("wrapped_private", sa.LargeBinary, nullable=False),
        sa.Column("made_at", UTCDateTime, nullable=False),
    )


# The pair this server proves itself with to push services, and the one that signs the log.
vapid_pair = _pair("vapid_pair")
audit_pair = _pair("audit_pair")

# What was done that no older database may undo; see ``lasting``.
lasting_act = sa.Table(
    "lasting_act",
    metadata,
    sa.Column("act", sa.String(20), primary_key=True),
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("person_id", sa.String(36), primary_key=True),
    sa.Column("subject", sa.String(40), primary_key=True),
    sa.Column("at", UTCDateTime, nullable=False),
)


def open_store(url: str, master_key: MasterKey) -> sa.Engine:
    """Return an engine on a store that is ready for use and was made with this master key.

    Makes the store when there is none. Raises KeyRingError when it cannot be reached or is newer
    than this code, MasterKeyError when it belongs to another master key.
    """
    address = sa.make_url(url)
    try:
        if address.get_backend_name() == "sqlite" and address.database:
            file = Path(address.database)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
        engine = sa.create_engine(address, hide_parameters=True, pool_pre_ping=True)
        found = _create(engine, master_key)
    except (OSError, sa.exc.DBAPIError) as error:
        raise KeyRingError(f"De sleutelring {address!r} is niet te openen.") from error
    # A process that forks from here on must not share this connection with its children.
    engine.dispose()
    if found["version"] != VERSION:
        raise KeyRingError("De sleutelring is van een andere versie van Signaalkaart.")
    master_key.unwrap("check", "ring", base64.b64decode(found["check"]))
    return engine


def add(connection: sa.Connection, table: sa.Table, **values: Any) -> None:
    """Insert a row unless another process was first."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(table).values(values).on_conflict_do_nothing())


def shred(engine: sa.Engine) -> None:
    """Leave nothing in the files of what was overwritten in the table of keys."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM FULL seal_key")
        return
    # Only outside a transaction, and SQLAlchemy always begins one.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _create(engine: sa.Engine, master_key: MasterKey) -> dict[str, str]:
    check = base64.b64encode(master_key.wrap("check", "ring", b"signaalkaart")).decode()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # "If not exists" does not help two processes that create at the same moment.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(CREATION_LOCK)))
        metadata.create_all(connection)
        add(connection, meta, name="version", value=VERSION)
        add(connection, meta, name="check", value=check)
        return {row.name: row.value for row in connection.execute(sa.select(meta))}
