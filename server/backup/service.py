"""Copy the SQLite database while it is in use, put a copy back, and tell phones that it happened.

A phone throws its copy away some days after the server said 'stored'. Once an older database is put
back that word no longer holds for what came in since; a new epoch makes every phone hand in again
what it still keeps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from time import time

import sqlalchemy as sa

from server.backup import copies
from server.db import new_id
from server.keyring import MasterKey
from server.observations.models import Installation

ELSEWHERE = (
    "Deze installatie gebruikt PostgreSQL. Maak kopieën met pg_dump en signaalkaart encrypt-copy, "
    "en zet ze terug met signaalkaart decrypt-copy en pg_restore. Doe na het terugzetten: "
    "signaalkaart new-epoch"
)
DATABASE = frozenset({"installation", "alembic_version", "receipt"})
KEY_RING = frozenset({"seal_key"})
# Nobody works on a copy for so many seconds.
LEFT_BEHIND = 24 * 3600


class BackupError(Exception):
    """A copy cannot be made or put back; the Dutch text says why."""


def back_up(database_url: str, copy: Path) -> None:
    """Write a copy of the database as it is at this moment, for its owner's eyes only."""
    source = _file(database_url)
    if not source.is_file():
        raise BackupError(f"Er is geen database: {source} bestaat niet.")
    try:
        copy.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise BackupError(f"{copy} bestaat al. Kies een andere naam.") from None
    except OSError:
        raise BackupError(f"{copy} kan niet worden gemaakt. Bestaat de map?") from None
    _copy(source, copy)


def require_file(url: str) -> None:
    """Raise BackupError when this store is no file, and say what does the work there."""
    _file(url)


def require_ring(url: str) -> None:
    """Raise BackupError when no key ring lies there. Whoever opens one would make it.

    A ring without keys is no ring either: it would be in the way of the copy that is put back.
    """
    address = sa.make_url(url)
    missing = BackupError("Er is geen sleutelring. Er is niets gemaakt en niets onthouden.")
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise missing
    engine = sa.create_engine(address, hide_parameters=True, poolclass=sa.NullPool)
    try:
        tables = set(sa.inspect(engine).get_table_names())
    except sa.exc.DBAPIError:
        raise BackupError("De sleutelring is niet te openen. Er is niets onthouden.") from None
    if not tables >= KEY_RING:
        raise missing


def back_up_encrypted(url: str, copy: Path, master: MasterKey) -> None:
    """Write an encrypted copy of the database, or of the key ring, as it is at this moment."""
    plain = _beside(_file(url))
    try:
        if copy.exists():
            raise BackupError(f"{copy} bestaat al. Kies een andere naam.")
        back_up(url, plain)
        copies.encrypt_file(master, plain, copy)
    except FileNotFoundError:
        raise BackupError(f"{copy} kan niet worden gemaakt. Bestaat de map?") from None
    except (OSError, sqlite3.Error) as fault:
        raise BackupError(
            f"{copy} is niet gemaakt: {fault}. Is de schijf vol, en mag je daar schrijven?"
        ) from None
    finally:
        _remove(plain)


def restore_encrypted(database_url: str, copy: Path, master: MasterKey) -> None:
    """Do what ``restore`` does with a copy that was encrypted."""
    with _opened(_file(database_url), copy, master) as plain:
        restore(database_url, plain)


def restore_key_ring(url: str, copy: Path, master: MasterKey) -> None:
    """Put a copy of the key ring in the place of the key ring."""
    target = _file(url)
    with _opened(target, copy, master) as plain:
        fresh = _beside(target)
        try:
            fresh.touch(mode=0o600)
            if not _take(plain, fresh, KEY_RING):
                raise BackupError(f"{copy} is geen kopie van een sleutelring.")
            target.touch(mode=0o600)
            _copy(fresh, target)
        finally:
            _remove(fresh)


@contextmanager
def _opened(target: Path, copy: Path, master: MasterKey) -> Iterator[Path]:
    """Have what is in a copy in a file beside its target, as long as it takes to put it there."""
    plain = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copies.decrypt_file(master, copy, plain)
        yield plain
    except FileNotFoundError:
        raise BackupError(f"{copy} ontbreekt. Er is niets veranderd.") from None
    except copies.CopyError as fault:
        raise BackupError(f"{fault} Er is niets veranderd.") from None
    except PermissionError as fault:
        raise BackupError(
            f"{fault.filename} is niet te lezen of te maken. Geef dat bestand of die map met chown "
            "aan de gebruiker van de app. Er is niets veranderd."
        ) from None
    except (OSError, sqlite3.Error) as fault:
        raise BackupError(
            f"{copy} is niet teruggezet: {fault}. Is het een bestand, en is de schijf vol? "
            "Er is niets veranderd."
        ) from None
    finally:
        _remove(plain)


def _beside(target: Path) -> Path:
    """Return the name of a file that is made for a moment, on the same disk.

    What a power cut left of an earlier one goes: it would outlive what is deleted in the database.
    """
    for leftover in target.parent.glob(f".{target.name}.*"):
        with suppress(FileNotFoundError):
            if leftover.stat().st_mtime < time() - LEFT_BEHIND:
                leftover.unlink()
    return target.with_name(f".{target.name}.{token_hex(4)}")


def _remove(file: Path) -> None:
    for leftover in file.parent.glob(f"{file.name}*"):
        leftover.unlink()


def restore(database_url: str, copy: Path) -> None:
    """Put a copy in the place of the database in one step, as the beginning of a new epoch.

    Raise BackupError, with the database untouched, when the copy is damaged or is something else.
    """
    target = _file(database_url)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = _beside(target)
    try:
        fresh.touch(mode=0o600)
        if not copy.is_file() or not _take(copy, fresh, DATABASE):
            raise BackupError(
                f"{copy} ontbreekt, is beschadigd, of is geen database van de signaalkaart. "
                "Er is niets veranderd."
            )
        engine = sa.create_engine(f"sqlite:///{fresh}", poolclass=sa.NullPool)
        with engine.begin() as connection:
            begin_epoch(connection)
        target.touch(mode=0o600)
        _copy(fresh, target)
    finally:
        _remove(fresh)


def begin_epoch(connection: sa.Connection) -> None:
    """Let every phone start from the beginning and hand in again what it still keeps."""
    connection.execute(sa.update(Installation).values(epoch=new_id()))


def _file(database_url: str) -> Path:
    address = sa.make_url(database_url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise BackupError(ELSEWHERE)
    return Path(address.database)


def _copy(source: Path, target: Path) -> None:
    """Copy one database over another; whoever uses the other sees it change in one step."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)) as giver,
        closing(sqlite3.connect(target)) as taker,
    ):
        giver.backup(taker)


def _take(copy: Path, fresh: Path, tables: frozenset[str]) -> bool:
    """Read a copy, and say whether all of it is there and it is one of ours."""
    try:
        _copy(copy, fresh)
        with closing(sqlite3.connect(fresh)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
            named = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            ours = tables <= {name for (name,) in named}
    except sqlite3.DatabaseError:
        return False
    return found == ("ok",) and ours
