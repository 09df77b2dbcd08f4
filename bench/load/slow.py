"""Phones on 2G behind the nginx of docs/deploy: does anybody else wait for them?"""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from bench.load.city import City
from bench.load.phones import in_threads
from bench.server import Person
from bench.table import Line, percentile
from tests.proxies import NAME, Proxy

SLOW = 60
# Bytes a second, up and down, as on GPRS.
SPEED = 4_000
STEP = 0.25
ITEMS = 30
# One that asks something small this often is beside them.
EVERY = 0.1
ALONE = 15.0
# Beside them nobody may wait longer than so many times what it takes without, or so much more.
TIMES, MORE = 1.5, 50.0


def measure(city: City, folder: Path) -> list[Line]:
    """Time small requests without slow phones, and beside as many as send and read slowly."""
    people = city.people(SLOW + 1)
    key = city.seal_key(people[0])
    bodies = [
        json.dumps(person.request([person.observation(key) for _ in range(ITEMS)])).encode()
        for person in people[:SLOW]
    ]
    folder.mkdir(exist_ok=True)
    with Proxy("nginx", folder, city.port) as proxy:
        for _ in range(20):
            proxy.request("GET", "/api/v1/health").raise_for_status()
        alone = _beside(proxy, people[-1], threading.Event(), ALONE)
        done, took = threading.Event(), [0.0] * SLOW
        faults: list[str] = []
        watch = _Watch(proxy, people[-1], done)
        watch.start()

        def crawl(number: int) -> None:
            start = time.perf_counter()
            try:
                _crawl(proxy, people[number], bodies[number], upload=number % 2 == 0)
            except (OSError, ValueError) as fault:
                faults.append(f"{type(fault).__name__} {fault}")
            took[number] = time.perf_counter() - start

        in_threads(SLOW, crawl)
        done.set()
        watch.join()
    return [_line(city, alone, watch.took, took, faults)]


class _Watch(threading.Thread):
    """Asks small things until the slow ones are done."""

    def __init__(self, proxy: Proxy, person: Person, done: threading.Event) -> None:
        super().__init__(daemon=True)
        self.proxy, self.person, self.done = proxy, person, done
        self.took: list[float] = []

    def run(self) -> None:
        self.took = _beside(self.proxy, self.person, self.done, 600)


def _beside(proxy: Proxy, person: Person, done: threading.Event, seconds: float) -> list[float]:
    took = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end and not done.wait(EVERY):
        start = time.perf_counter()
        answer = proxy.request(
            "POST", "/api/v1/sync", json=person.request([]), headers=person.headers
        )
        took.append((time.perf_counter() - start) * 1000)
        answer.raise_for_status()
    return took


def _crawl(proxy: Proxy, person: Person, body: bytes, *, upload: bool) -> None:
    """Send a full round trip slowly, or read all cards slowly."""
    head = [
        "POST /api/v1/sync HTTP/1.1" if upload else "GET /api/v1/cards HTTP/1.1",
        f"Host: {NAME}",
        "Connection: close",
        *(f"{name}: {value}" for name, value in person.headers.items()),
    ]
    if upload:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    with _narrow(proxy) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode())
        if upload:
            part = int(SPEED * STEP)
            for start in range(0, len(body), part):
                line.sendall(body[start : start + part])
                time.sleep(STEP)
        said = _read_slowly(line)
    status = said.split(b"\r\n", 1)[0]
    if b" 200 " not in status:
        raise ValueError(status)
    if upload and said.count(b'"stored"') != ITEMS:
        raise ValueError("not all of it was stored")


def _narrow(proxy: Proxy) -> ssl.SSLSocket:
    """Return a line on which little fits that was not read yet, as on a phone's."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.settimeout(120)
    plain.connect(("127.0.0.1", proxy.https))
    return proxy.trust.wrap_socket(plain, server_hostname=NAME)


def _read_slowly(line: ssl.SSLSocket) -> bytes:
    said = b""
    while part := line.recv(int(SPEED * STEP)):
        said += part
        time.sleep(STEP * len(part) / (SPEED * STEP))
    return said


def _line(
    city: City,
    alone: Sequence[float],
    beside: Sequence[float],
    took: Sequence[float],
    faults: Sequence[str],
) -> Line:
    without, with_them = percentile(alone, 0.95), percentile(beside, 0.95)
    met = with_them < max(without * TIMES, without + MORE) and not faults
    return Line(
        f"a small request beside {SLOW} phones on 2G, behind nginx, {city.kind}",
        f"p95 {with_them:.0f} ms of {len(beside)} (longest {max(beside):.0f}); the slow ones took "
        f"{min(took):.0f}–{max(took):.0f} s, {len(faults)} failed",
        f"≤ {TIMES:g}× or {MORE:g} ms more",
        met,
        f"without them: p95 {without:.0f} ms of {len(alone)} (longest {max(alone):.0f})",
        f"{with_them / without:.1f}× as long",
    )
