"""What has to be well for the installation to do its work; every answer is ok, or says why not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from server import areas, cards, sealing
from server.clock import process as clock
from server.config import Config
from server.db import db, now, reading
from server.keyring import KeyRingError, ring
from server.retention import service as retention

OK = "ok"
# Below the first an administrator has to look; below the second a process says it is not ready.
# Nothing is turned away: what is handed in is stored until a write fails.
LOW = 500 * 2**20
FULL = 20 * 2**20
NOBODY = "00000000-0000-4000-8000-000000000000"
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
# What keeps reports from being stored, or will in a moment. What is late is for people to look at.
SERIOUS = {
    "database": ("down",),
    "migrations": ("down", "behind"),
    "keys": ("down", "shut"),
    "disk": ("down", "full"),
}


def database() -> str:
    """Say whether the database answers."""
    with reading():
        db.session.execute(sa.select(1))
        db.session.rollback()
    return OK


def migrations() -> str:
    """Say whether the database has every table this version needs.

    A database that is ahead is well: the next version was set up while this one still serves.
    """
    found = _found()
    if not is_ahead(found) and _known()[1] not in found:
        return f"behind: {', '.join(sorted(found)) or 'empty'}"
    return OK


def is_ahead(found: set[str] | None = None) -> bool:
    """Say whether a later version than this one set the tables up."""
    return not (_found() if found is None else found) <= _known()[0]


def keys() -> str:
    """Say whether what is sealed now can be opened, and whether a key outlived its day."""
    try:
        sealed = ring().seal("check", NOBODY, NOBODY, {"v": 1})
        ring().open(sealed, "check", NOBODY, NOBODY)
    except (KeyRingError, sealing.SealError) as fault:
        return f"shut: {type(fault).__name__}"
    late = retention.late_keys()
    return f"behind: {', '.join(late)}" if late else OK


def tasks() -> str:
    """Say which jobs of the clock are late."""
    late = clock.late_jobs(now())
    return f"behind: {', '.join(late)}" if late else OK


def deleting() -> str:
    """Say what keeps deleting from being on time."""
    overdue = retention.behind()
    return f"behind: {overdue}" if overdue else OK


def content() -> str:
    """Say how many faults there are in content/."""
    faults = cards.faults() + areas.faults()
    return f"{len(faults)} faults" if faults else OK


def disk(config: Config) -> str:
    """Say how much room is left where SQLite writes; PostgreSQL minds its own disk."""
    free = free_bytes(config)
    if free is None or free >= LOW:
        return OK
    return f"{'full' if free < FULL else 'low'}: {free // 2**20} MB"


def free_bytes(config: Config) -> int | None:
    """Return the room left on the fullest disk that a store of SQLite lies on, if one does."""
    urls = [sa.make_url(url) for url in (config.database_url, config.key_ring_url)]
    files = [Path(url.database) for url in urls if _is_file(url) and url.database]
    return min((shutil.disk_usage(file.parent).free for file in files), default=None)


def look(config: Config) -> dict[str, str]:
    """Return what every check says, by name."""
    return {
        **_look_at_stores(config),
        "clock": answer(tasks),
        "retention": answer(deleting),
        "content": answer(content),
    }


def why_not_ready(config: Config) -> dict[str, str]:
    """Return what keeps this process from taking in reports, by name; empty when nothing does."""
    found = _look_at_stores(config)
    return {name: why for name, why in found.items() if is_serious(name, why)}


def is_serious(name: str, said: str) -> bool:
    """Say whether it is not safe to count on storing, going by what the check of this name says."""
    return said.startswith(SERIOUS.get(name, ()))


def answer(check: Callable[[], str]) -> str:
    """Return what a check says, also when what it looks at is away."""
    try:
        return check()
    except (sa.exc.SQLAlchemyError, OSError) as fault:
        db.session.rollback()
        return f"down: {type(fault).__name__}"


def _look_at_stores(config: Config) -> dict[str, str]:
    return {
        "database": answer(database),
        "migrations": answer(migrations),
        "keys": answer(keys),
        "disk": answer(lambda: disk(config)),
    }


def _found() -> set[str]:
    """Return the names of the migrations at which the database stands."""
    with reading():
        found = set(MigrationContext.configure(db.session.connection()).get_current_heads())
        db.session.rollback()
    return found


@lru_cache
def _known() -> tuple[frozenset[str], str | None]:
    """Return the names of all migrations of this version, and of the last."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    return frozenset(one.revision for one in scripts.walk_revisions()), scripts.get_current_head()


def _is_file(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"
