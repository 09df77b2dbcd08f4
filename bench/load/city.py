"""An installation on either database, with whoever uses it and what its processes use."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from bench.server import Person, Town, sign_in
from server.config import Config
from server.sealing import SealKey
from tests.browser.installation import ROOT, end
from tests.postgres import SETTINGS, running_postgres

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
DATABASES = (SQLITE, POSTGRES)
# As a gemeente runs it: what was said to be stored is on the disk.
DURABLE = {
    **SETTINGS,
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "128MB",
}
# PostgreSQL's own catalogue grows and shrinks with what it notes about them.
TABLES = """
SELECT sum(pg_total_relation_size(pg_class.oid)) FROM pg_class
JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = 'public' AND relkind = 'r'
"""
TICKS = os.sysconf("SC_CLK_TCK")


class City(Town):
    """An installation on one of the two databases."""

    def __init__(self, folder: Path, push_origin: str, kind: str, stores: dict[str, str]) -> None:
        super().__init__(folder, push_origin)
        self.kind = kind
        self.environ |= stores
        # Many people, one pool of connections: making a client each would take longer than asking.
        self.http = httpx.Client(base_url=self.url, timeout=60)

    @property
    def where(self) -> str:
        """The host and port that the web listens on."""
        return f"127.0.0.1:{self.port}"

    @cached_property
    def config(self) -> Config:
        return Config.from_env(self.environ, ROOT)

    @cached_property
    def engine(self) -> sa.Engine:
        return sa.create_engine(self.config.database_url)

    def people(self, count: int, role: str = "melder", card: str | None = "boa") -> list[Person]:
        """Let invented people sign in, each on a device of their own."""
        return [
            sign_in(self, role, f"Verzonnen {number}", card, http=self.http)
            for number in range(count)
        ]

    def seal_key(self, person: Person) -> SealKey:
        told = person.call("POST", "/sync", person.request([]))["seal_key"]
        return SealKey(told["id"], base64.b64decode(told["public_key"]))

    def query(self, sql: str, **values: Any) -> Sequence[sa.Row[Any]]:
        """Ask the database something beside the running server."""
        with self.engine.connect() as connection:
            return connection.execute(sa.text(sql), values).all()

    def bytes(self) -> int:
        """Return how large the database is, its indexes included and what is free left out."""
        if self.kind == POSTGRES:
            return int(self.query(TABLES)[0][0])
        with self.engine.connect() as connection:
            ask = connection.exec_driver_sql
            pages = (
                ask("PRAGMA page_count").scalar_one() - ask("PRAGMA freelist_count").scalar_one()
            )
            return int(pages * ask("PRAGMA page_size").scalar_one())

    def connections(self) -> int:
        """Return how many connections the web and the clock hold on PostgreSQL."""
        [(count,)] = self.query(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND application_name = ''"
        )
        return int(count)

    def database_cpu(self) -> float:
        """Return the seconds that PostgreSQL used until now, of all that work for it."""
        [(backend,)] = self.query("SELECT pg_backend_pid()") if self.kind == POSTGRES else [(0,)]
        if not backend:
            return 0.0
        postmaster = int(_fields(backend)[1])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        own = _fields(postmaster)
        # Who ended is counted with the parent.
        ticks = sum(int(own[place]) for place in range(11, 15))
        for child in children:
            used = _fields(int(child))
            ticks += int(used[11]) + int(used[12])
        return ticks / TICKS

    def pids(self) -> dict[str, int]:
        """Return the processes by name: the workers of the web, and the clock."""
        master = self.processes["web"].pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        found = {f"web {number}": int(pid) for number, pid in enumerate(children, 1)}
        if "clock" in self.processes:
            found["clock"] = self.processes["clock"].pid
        return found

    def stop_clock(self) -> None:
        end(self.processes.pop("clock"))

    def cpu(self) -> dict[str, float]:
        """Return the seconds of processor time that web and clock used until now."""
        used = {"web": 0.0, "clock": 0.0}
        for name, pid in self.pids().items():
            fields = _fields(pid)
            used[name.split()[0]] += (int(fields[11]) + int(fields[12])) / TICKS
        return used

    def memory(self) -> dict[str, int]:
        """Return the bytes that each process has in memory now."""
        return {name: _resident(pid) for name, pid in self.pids().items()}

    def close(self) -> None:
        self.http.close()
        self.engine.dispose()
        self.stop()


def _fields(pid: int) -> list[str]:
    """Return what the system says of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


@contextmanager
def open_city(kind: str, folder: Path, push_origin: str) -> Iterator[City]:
    """Start an installation with nobody in it on this kind of database, and end it."""
    with ExitStack() as stack:
        stores = {}
        if kind == POSTGRES:
            server = stack.enter_context(running_postgres(DURABLE))
            stores = {
                "DATABASE_URL": server.url(server.create()),
                "KEY_RING_URL": server.url(server.create()),
            }
        city = City(folder, push_origin, kind, stores)
        stack.callback(city.close)
        city.start()
        # What a process does for the first time takes longer; at 08:00 it runs since long.
        for _ in range(40):
            city.http.get("/api/v1/health").raise_for_status()
        time.sleep(1)
        yield city
