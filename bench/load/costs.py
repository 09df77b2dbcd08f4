"""What one of everything costs: bytes in the database, processor time, connections, memory."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench import machine
from bench.load.city import POSTGRES, City
from bench.load.phones import Phone, Tally, in_threads
from bench.record import Run
from bench.server import Person
from bench.table import Line
from server.app import create_app
from server.clock import process

FILE = Path(__file__).resolve().parent.parent / "costs.json"
DEVICES = 40
ITEMS = 50
TURNS = 200
# Within what one account of the desk may open in an hour, and how many accounts.
ANSWERED, DESKS = 30, 8
# What the clock does about observations; it is done here at its moment, so that it falls in the
# part that it belongs to, and ends.
WORKS = ("deliver", "find-overlap", "chain-log", "count-figures")
# The clock starts with everything that is due; after so long it is at rest, and is looked at for
# two whole minutes.
REST, IDLE = 20.0, 120.0
CROWD = 24


class Meter:
    """Reads processor time and bytes before and after some work."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.found: dict[str, float] = {}
        self.app = create_app(city.config)

    @contextmanager
    def cpu(self, name: str, times: int) -> Iterator[None]:
        """Note the milliseconds of the web, and of the database server, for each time."""
        web, stored = self.city.cpu()["web"], self.city.database_cpu()
        yield
        self.found[f"{name}: web ms"] = (self.city.cpu()["web"] - web) / times * 1000
        if self.city.kind == POSTGRES:
            used = (self.city.database_cpu() - stored) / times * 1000
            self.found[f"{name}: database ms"] = used

    @contextmanager
    def bytes(self, name: str, times: int) -> Iterator[None]:
        """Note how much there is more for each time, with what the clock makes of it."""
        self.clock()
        before = self._live()
        yield
        self.clock()
        self.found[f"{name}: bytes"] = (self._live() - before) / times

    def clock(self) -> float:
        """Do what the clock has to do until nothing is left; return the processor time it took."""
        works = {job.name: job.function for job in process.JOBS}
        begin = time.process_time()
        with self.app.app_context():
            for name in WORKS:
                works[name]()
            while works["find-overlap"]():
                pass
            works["chain-log"]()
        return time.process_time() - begin

    def _live(self) -> int:
        """Return the bytes of what is there: what was overwritten is no cost of one more."""
        if self.city.kind == POSTGRES:
            with self.city.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(
                    "VACUUM (FULL, ANALYZE)"
                )
        return self.city.bytes()


def measure(city: City, run: Run, *, keep: bool) -> list[Line]:
    """Measure one after the other, alone, and keep it for the simulation."""
    meter = Meter(city)
    _all_threads(city)
    time.sleep(REST)
    before = city.cpu()["clock"]
    time.sleep(IDLE)
    used = city.cpu()["clock"] - before
    meter.found["clock, nothing to do: ms a minute"] = used / IDLE * 60_000
    meter.found["clock: bytes of memory"] = city.memory()["clock"]
    if city.kind == POSTGRES:
        meter.found["connections, two workers and a clock"] = city.connections()
    city.stop_clock()
    with meter.bytes("device", 200), meter.cpu("sign-in with invitation", 200):
        people = city.people(200)
    phones = [Phone(one, city.where, Tally()) for one in people[:DEVICES]]
    for phone in phones:
        phone.wake()
    _hand_in(city, meter, phones)
    _use(city, meter, phones)
    _answer(city, meter, phones)
    meter.found["web worker: bytes of memory"] = max(city.memory().values())
    for phone in phones:
        if not phone.tally.clean:
            raise AssertionError(phone.tally.faults)
    if keep:
        _keep(city.kind, meter.found, run)
    return [_line(city.kind, meter.found)]


def _all_threads(city: City) -> None:
    """Have so many ask at once that every thread of the web worked and keeps its connection."""
    phones = [Phone(one, city.where, Tally()) for one in city.people(CROWD)]
    for _ in range(3):
        in_threads(CROWD, lambda number: phones[number].wake())


def _hand_in(city: City, meter: Meter, phones: list[Phone]) -> None:
    """Hand in as a phone does that was away, and one at a time; look when all was indexed."""
    key = city.seal_key(phones[0].person)
    number = count()
    full = [
        phone.body([phone.person.observation(key, next(number)) for _ in range(ITEMS)])
        for phone in phones
    ]
    single = [phones[0].body([phones[0].person.observation(key, next(number))]) for _ in range(100)]
    items = len(phones) * ITEMS
    with meter.bytes("observation", items):
        with meter.cpu("item, 50 in a request", items):
            for phone, body in zip(phones, full, strict=True):
                with phone.line() as line:
                    assert phone.sync(line, body) == ITEMS
        meter.found["observation: clock ms"] = meter.clock() / items * 1000
    with meter.cpu("round trip with one item", len(single)), phones[0].line() as line:
        for body in single:
            assert phones[0].sync(line, body) == 1


def _use(city: City, meter: Meter, phones: list[Phone]) -> None:
    def repeat(name: str, work: Callable[[Phone, Any], object]) -> None:
        with meter.cpu(name, TURNS):
            for turn in range(TURNS):
                phone = phones[turn % len(phones)]
                with phone.line() as line:
                    work(phone, line)

    for phone in phones:
        phone.wake()
    repeat("round trip, nothing new", lambda phone, line: phone.sync(line, phone.body([])))
    repeat("session", lambda phone, line: phone.ask(line, "GET", "/session"))
    repeat("cards, not changed", lambda phone, line: phone.ask(line, "GET", "/cards"))
    desk = Phone(city.people(1, "procesregisseur", None)[0], city.where, Tally())
    repeat("page of the desk's list", lambda _, line: desk.ask(line, "GET", "/inbox"))


def _answer(city: City, meter: Meter, phones: list[Phone]) -> None:
    """Open, answer, and have the reporter hear of it: the rest of an observation's life."""
    desks = city.people(DESKS, "procesregisseur", None)
    key = city.seal_key(phones[0].person)
    work = list(zip(desks, phones[-DESKS:], strict=True))
    given: list[tuple[Person, str]] = []
    for turn, (desk, phone) in enumerate(work):
        first = 2_100 + turn * ANSWERED
        items = [phone.person.observation(key, first + one) for one in range(ANSWERED)]
        with phone.line() as line:
            assert phone.sync(line, phone.body(items)) == ANSWERED
        given += [(desk, item["id"]) for item in items]
    with meter.bytes("opened, answered and heard", len(given)):
        with meter.cpu("opening and answer", len(given)):
            for desk, item_id in given:
                path = f"/observations/{item_id}"
                desk.call("POST", f"{path}/openings", {"purpose": "handle"})
                body = {"id": str(uuid4()), "kind": "watching"}
                desk.call("POST", f"{path}/feedback", body)
        for _, phone in work:
            with phone.line() as line:
                phone.sync(line, phone.body([]))


def _keep(kind: str, found: dict[str, float], run: Run) -> None:
    kept = json.loads(FILE.read_text()) if FILE.exists() else {}
    loads = f"{run.load:.1f} to {machine.load():.1f}"
    kept.setdefault("measured on", {})[kind] = [
        *run.machine,
        f"commit {run.commit}, {run.begun} UTC, load of the last minute {loads}",
    ]
    kept[kind] = {name: round(value, 2) for name, value in found.items()}
    FILE.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")


def _line(kind: str, found: dict[str, float]) -> Line:
    return Line(
        f"what one of each costs, {kind}",
        f"observation {found['observation: bytes'] / 1000:.1f} kB and "
        f"{found['round trip with one item: web ms']:.1f} ms alone, "
        f"{found['item, 50 in a request: web ms']:.2f} ms among fifty; device "
        f"{found['device: bytes'] / 1000:.1f} kB; round trip with nothing new "
        f"{found['round trip, nothing new: web ms']:.1f} ms",
        durability="processor time of the web processes; all of it in bench/costs.json",
    )
