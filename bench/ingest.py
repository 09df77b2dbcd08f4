"""How fast the server takes items in, beside plain inserts of the very same rows."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.server import Person, Town, sign_in
from bench.table import Line, percentile

BATCH = 50
A_DAY = 200
ROUNDS = A_DAY // BATCH
DEVICES = 50
CLIENTS = 4
TABLES = ("receipt", "observation", "observation_event", "audit_event")


@dataclass
class Device:
    """A phone that hands in a full day; it remembers up to where it heard what changed."""

    headers: dict[str, str]
    bodies: list[bytes]
    heard: bytes = b'"cursor":0,"epoch":null,'

    def take(self) -> bytes:
        """Return the next request; it was serialised beforehand, but for the cursor."""
        return b"{" + self.heard + self.bodies.pop()

    def hear(self, answer: dict[str, Any]) -> None:
        self.heard = b'"cursor":%d,"epoch":"%s",' % (answer["cursor"], answer["epoch"].encode())


def measure(town: Town) -> list[Line]:
    """Let all devices send once, insert the rows that came of it in a copy, and so on in turns.

    What else the machine does then hinders both.
    """
    devices = _prepare(town)
    copy = town.folder / "copy.sqlite"
    _copy(town.database, copy)
    took, plain_took, latencies = 0.0, 0.0, list[float]()
    for _ in range(ROUNDS):
        marks = {table: _last(town.database, table) for table in TABLES}
        took += _send(town, devices, latencies)
        rows = {table: _rows_after(town.database, table, marks[table]) for table in TABLES}
        items = DEVICES * BATCH
        assert len(rows["receipt"]) == len(rows["observation"]) == items, len(rows["receipt"])
        plain_took += _insert(copy, rows)
    items = ROUNDS * DEVICES * BATCH
    ours, plain = items / took, items / plain_took
    return [
        Line(
            f"ingest, {BATCH} items a request, seals checked, {CLIENTS} clients",
            f"{ours:,.0f} items/s (request p95 {percentile(latencies, 0.95):.0f} ms)",
            "≥ 25 % of plain SQL",
            ours / plain >= 0.25,
            f"plain SQL: {plain:,.0f} items/s",
            f"{ours / plain:.0%}",
            "both: SQLite WAL, synchronous=FULL, a commit per 50",
        )
    ]


def _prepare(town: Town) -> list[Device]:
    """Make devices, each with as much as it may hand in a day."""
    people = [sign_in(town, "melder", f"Melder {number}", "boa") for number in range(DEVICES)]
    key = people[0].key()
    return [
        Device(
            {"Content-Type": "application/json", **person.headers},
            [_body(person, key) for _ in range(ROUNDS)],
        )
        for person in people
    ]


def _body(person: Person, key: Any) -> bytes:
    request = person.request([person.observation(key) for _ in range(BATCH)])
    del request["cursor"], request["epoch"]
    return json.dumps(request, separators=(",", ":")).encode().removeprefix(b"{")


def _send(town: Town, devices: list[Device], latencies: list[float]) -> float:
    """Let each device send once; add how long each waited, and return how long all took."""
    faults: list[str] = []
    waiting = iter(devices)
    lock = threading.Lock()
    where = urlsplit(town.url).netloc

    def work() -> None:
        while device := _next(waiting, lock):
            start = time.perf_counter()
            # Each device has a connection of its own, as phones have.
            with closing(HTTPConnection(where, timeout=60)) as line:
                line.request("POST", "/api/v1/sync", device.take(), device.headers)
                answer = line.getresponse()
                said = answer.read()
            latencies.append((time.perf_counter() - start) * 1000)
            told = json.loads(said)
            stored = sum(one["result"] == "stored" for one in told["outcomes"])
            if answer.status != 200 or stored != BATCH or b'"late:' in said:
                faults.append(f"{answer.status} {said[:300]!r}")
            device.hear(told)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    assert not faults, faults[0]
    return took


def _next(waiting: Iterator[Device], lock: threading.Lock) -> Device | None:
    with lock:
        return next(waiting, None)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _last(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0)


def _rows_after(database: Path, table: str, mark: int) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        sql = f"SELECT * FROM {table} WHERE rowid > ? ORDER BY rowid"
        return connection.execute(sql, [mark]).fetchall()


def _insert(database: Path, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        batches = [list(_in_batches(rows[table])) for table in TABLES]
        commands = [
            f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[table][0]))})"
            for table in TABLES
        ]
        start = time.perf_counter()
        for parts in zip(*batches, strict=True):
            connection.execute("BEGIN IMMEDIATE")
            for command, part in zip(commands, parts, strict=True):
                connection.executemany(command, part)
            connection.execute("COMMIT")
        return time.perf_counter() - start


def _in_batches(rows: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Divide the rows over as many transactions as there were requests, also one of the clock's."""
    ends = [len(rows) * number // DEVICES for number in range(DEVICES + 1)]
    for begin, end in pairwise(ends):
        yield rows[begin:end]
