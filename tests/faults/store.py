"""Where a run keeps its databases: files of SQLite, or a PostgreSQL that can be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Protocol

import psycopg
import sqlalchemy as sa

from server.backup import service as backup
from tests import postgres


class Store(Protocol):
    """The databases of one run."""

    urls: dict[str, str]

    def kill(self, dice: Random, whole: bool) -> bool: ...
    def keep(self, number: int) -> None: ...
    def put_back(self, number: int) -> None: ...
    def close(self) -> None: ...


class Files:
    """SQLite: there is no process to kill, and a copy can be made at any moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = f"sqlite:///{folder / 'signaalkaart.sqlite'}"
        self.urls = {
            "DATABASE_URL": self._file,
            "KEY_RING_URL": f"sqlite:///{folder / 'keyring.sqlite'}",
        }

    def kill(self, dice: Random, whole: bool) -> bool:
        return False

    def keep(self, number: int) -> None:
        """Make a copy, the way the administrator does."""
        backup.back_up(self._file, self._folder / f"copy-{number}")

    def put_back(self, number: int) -> None:
        """Put it back, as the beginning of a new epoch."""
        backup.restore(self._file, self._folder / f"copy-{number}")

    def close(self) -> None:
        """Leave the files to whoever made the folder."""


class Cluster:
    """PostgreSQL, with what it promised on disk before it says so.

    The disk itself does not fail in a run, so what the system took over counts as written.
    """

    def __init__(self) -> None:
        postgres.SETTINGS |= {"synchronous_commit": "on", "full_page_writes": "on"}
        self._cluster = postgres.Cluster()
        self._server = postgres.Postgres(self._cluster.start())
        self._names = {name: self._server.create() for name in ("DATABASE_URL", "KEY_RING_URL")}
        self.urls = {name: self._server.url(one) for name, one in self._names.items()}

    def kill(self, dice: Random, whole: bool) -> bool:
        """Kill a process that serves somebody, so that all are ended, or the whole of it."""
        master = int((self._cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
        if whole:
            with contextlib.suppress(ProcessLookupError):
                os.kill(master, signal.SIGKILL)
            self._start_again()
            return True
        serving = _serving(master)
        if not serving:
            return False
        try:
            os.kill(dice.choice(serving), signal.SIGKILL)
        except ProcessLookupError:
            # It ended by itself, just now.
            return False
        return True

    def _start_again(self) -> None:
        for _attempt in range(100):
            try:
                self._cluster.start()
            except AssertionError:
                # What was left of it still holds its memory.
                time.sleep(0.1)
            else:
                return
        raise TimeoutError((self._cluster.folder / "log").read_text()[-2000:])

    def keep(self, number: int) -> None:
        """Copy the database while nobody is let in."""
        self._until_it_works(lambda admin: self._keep(admin, f"copy_{number}"))

    def put_back(self, number: int) -> None:
        """Put a copy in its place, as the beginning of a new epoch."""
        self._until_it_works(lambda admin: self._put_back(admin, f"copy_{number}"))
        address = self.urls["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:")
        engine = sa.create_engine(address, poolclass=sa.NullPool)

        def begin(_admin: psycopg.Connection) -> None:
            with engine.begin() as connection:
                backup.begin_epoch(connection)

        self._until_it_works(begin)

    def _until_it_works(self, work: Callable[[psycopg.Connection], None]) -> None:
        for _attempt in range(60):
            self._server.close()
            try:
                with psycopg.connect(self._url("postgres"), autocommit=True) as admin:
                    work(admin)
            except (psycopg.Error, sa.exc.OperationalError) as fault:
                # A kill of a moment ago is not over yet.
                last = fault
                time.sleep(0.5)
            else:
                return
        raise TimeoutError(f"the database did not come back: {last}")

    def _keep(self, admin: psycopg.Connection, copy: str) -> None:
        name = self._shut_out(admin)
        try:
            admin.execute(f"DROP DATABASE IF EXISTS {copy}")
            admin.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
        finally:
            admin.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")

    def _put_back(self, admin: psycopg.Connection, copy: str) -> None:
        # At a try before this one it may have been taken away already.
        if admin.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [self._names["DATABASE_URL"]]
        ).fetchone():
            admin.execute(f"DROP DATABASE {self._shut_out(admin)} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {self._names['DATABASE_URL']} TEMPLATE {copy}")

    def _shut_out(self, admin: psycopg.Connection) -> str:
        """Let nobody in any more and end who is in; return the name of the database."""
        name = self._names["DATABASE_URL"]
        admin.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        return name

    def _url(self, name: str) -> str:
        return self._server.url(name)

    def close(self) -> None:
        self._server.close()
        self._cluster.stop()
        self._cluster.remove()


def _serving(master: int) -> list[int]:
    listing = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(master)], capture_output=True, text=True
    ).stdout
    return [int(line.split()[0]) for line in listing.splitlines() if "127.0.0.1" in line]
