"""What the tests of the key ring share: a secret, a place for a seal, and ways to look inside."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import sqlalchemy as sa

from server.db import reading
from server.keyring import (
    KeyRing,
)
from server.keyring.store import seal_key
from tests.conftest import lies_in
from tests.factories import Phone

SECRET = bytes(range(32))
PLACE = ("observation", "0b9f6a1e-6a53-4a6e-9d3c-0f8a4f7b2c11", "5d0c4a52-2f0e-4a9e-8a55-64c1f3a7")
MID_NOVEMBER = datetime(2026, 11, 14, 12, tzinfo=UTC)
# In winter Amsterdam is an hour ahead of UTC.
DECEMBER_BEGINS = datetime(2026, 11, 30, 23, tzinfo=UTC)


def rows(ring: KeyRing, table: sa.Table) -> list[sa.Row]:
    with reading(), ring._engine.begin() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c[0])))


def destroy(ring: KeyRing, key_id: str) -> None:
    with ring._engine.begin() as connection:
        connection.execute(
            seal_key.update()
            .where(seal_key.c.id == key_id)
            .values(wrapped_private=None, destroyed_at=MID_NOVEMBER)
        )
    # It happened a while ago, in another process.
    ring._current = None


def raw_files(url: str, *, logs: bool = True) -> bytes:
    """Return what lies on the disk of the database: its files, not only its rows."""
    found = lies_in(url)
    if url.startswith("sqlite:///"):
        return found
    address = url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        folder, number = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    connection.close()
    places = [Path(folder) / "base" / str(number)]
    if logs:
        places.append(Path(folder) / "pg_wal")
    files = [file for place in places if place.is_dir() for file in place.iterdir()]
    return found + b"".join(file.read_bytes() for file in files if file.is_file())


def fill(boa: Phone, adviseur: Phone) -> str:
    """Write the seeded names wherever somebody can write."""
    observation = boa.send()
    boa.sync(boa.addition(observation, "Ook Kwibus was erbij."))
    adviseur.post(
        f"/observations/{observation}/openings",
        {"purpose": "consult", "note": "Gebeld over Flierefluit."},
    )
    adviseur.post(
        f"/observations/{observation}/feedback",
        {"id": PLACE[1], "kind": "watching", "text": "Dank, Wiebelaar doet mee."},
    )
    return observation
