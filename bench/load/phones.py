"""Phones that ask as the app asks, on connections of their own, and what they heard."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from bench.server import Person
from bench.table import percentile

PATIENCE = 60


class Tally:
    """How long every request took and what went wrong; threads may share it."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)
        self.faults: list[str] = []
        self.too_many = 0
        self._lock = threading.Lock()

    def add(self, what: str, took: float, status: int, said: bytes) -> None:
        with self._lock:
            self.times[what].append(took * 1000)
            if status == 429:
                self.too_many += 1
            elif status not in {200, 201, 204, 304}:
                self.faults.append(f"{what}: {status} {said[:200]!r}")

    def fail(self, what: str, fault: Exception) -> None:
        with self._lock:
            self.faults.append(f"{what}: {type(fault).__name__} {fault}")

    def all(self) -> list[float]:
        return [one for times in self.times.values() for one in times]

    def p95(self) -> float:
        return percentile(self.all(), 0.95)

    def trouble(self) -> str:
        """Say in words how often somebody was turned away or something failed."""
        return f"{self.too_many} times 429, {len(self.faults)} errors"

    @property
    def clean(self) -> bool:
        return not self.faults and not self.too_many


@dataclass
class Phone:
    """The app on one device: it remembers what it heard and asks only for what is new."""

    person: Person
    where: str
    tally: Tally
    cursor: int = 0
    epoch: str | None = None
    etags: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def line(self) -> Iterator[HTTPConnection]:
        """Open a connection of its own, as a phone that wakes up does."""
        connection = HTTPConnection(self.where, timeout=PATIENCE)
        try:
            yield connection
        finally:
            connection.close()

    def ask(
        self,
        line: HTTPConnection,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        since: float | None = None,
        root: str = "/api/v1",
    ) -> bytes:
        """Ask one thing and note how long it took, from ``since`` if it had to wait before."""
        headers = dict(self.person.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
        if method == "GET" and path in self.etags:
            headers["If-None-Match"] = self.etags[path]
        what = f"{method} {path}" if path.count("/") < 2 else f"{method} …/{path.rsplit('/')[-1]}"
        start = time.perf_counter() if since is None else since
        try:
            line.request(method, f"{root}{path}", body, headers)
            answer = line.getresponse()
            said = answer.read()
        except (OSError, HTTPException) as fault:
            self.tally.fail(what, fault)
            line.close()
            return b""
        self.tally.add(what, time.perf_counter() - start, answer.status, said)
        if etag := answer.headers.get("ETag"):
            self.etags[path] = etag
        return said

    def body(self, items: list[dict[str, Any]]) -> bytes:
        """Return a round trip's body, made before anybody measures."""
        request = {**self.person.request(items), "cursor": self.cursor, "epoch": self.epoch}
        return json.dumps(request, separators=(",", ":")).encode()

    def sync(self, line: HTTPConnection, body: bytes, *, since: float | None = None) -> int:
        """Do one round trip; return how many of its items the server has now."""
        said = self.ask(line, "POST", "/sync", body, since=since)
        if b'"outcomes"' not in said:
            return 0
        told = json.loads(said)
        self.cursor, self.epoch = told["cursor"], told["epoch"]
        return sum(one["result"] in {"stored", "known"} for one in told["outcomes"])

    def wake(self) -> None:
        """Do once what a phone does that was used before: hear everything, know the cards."""
        with self.line() as line:
            self.sync(line, self.body([]))
            for path in ("/cards", "/areas"):
                self.ask(line, "GET", path)


def in_threads(count: int, work: Any) -> None:
    """Do ``work(number)`` in this many threads that start together, and wait for all of them."""
    threads = [
        threading.Thread(target=work, args=(number,), daemon=True) for number in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
