"""A day of mixed use, pressed together: does memory grow, does anything fail?"""

from __future__ import annotations

import json
import queue
import random
import statistics
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

from bench.load.city import City
from bench.load.phones import Phone, Tally
from bench.table import Line
from server.sealing import SealKey

# As many whatever the time they get; an hour is five a second.
TURNS = 18_000
REPORTERS, DESKS = 150, 14
# With so many the desk stays within what one account may open in an hour.
OPENINGS_EACH = 30
THREADS = 16
SAMPLES = 60
# What a process may grow for every thousand requests, in the second half of the run.
GOAL = 200_000
SEED = 7
VIEWS = ("all", "new", "mine", "late", "waiting", "expiring")


@dataclass
class Day:
    """Who there are, what came in, and what the next one does."""

    reporters: list[Phone]
    desks: list[Phone]
    key: SealKey
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))
    arrived: deque[str] = field(default_factory=lambda: deque(maxlen=2000))
    openings: int = 0
    numbers: count[int] = field(default_factory=count)

    def next(self) -> Callable[[], None]:
        """Choose somebody and something to do, as often as it happens."""
        works: list[tuple[int, Callable[[], None]]] = [
            (50, self._hear),
            (17, self._hand_in),
            (9, self._start),
            (10, self._list),
            (3, self._open),
            (5, self._answer),
            (4, self._public),
            (2, self._own),
        ]
        return self.rng.choices([one for _, one in works], [weight for weight, _ in works])[0]

    def _reporter(self) -> Phone:
        return self.rng.choice(self.reporters)

    def _desk(self) -> Phone:
        return self.rng.choice(self.desks)

    def _hear(self) -> None:
        phone = self._reporter()
        with phone.line() as line:
            phone.sync(line, phone.body([]))

    def _hand_in(self) -> None:
        phone = self._reporter()
        items = [
            phone.person.observation(self.key, next(self.numbers))
            for _ in range(self.rng.randint(1, 3))
        ]
        with phone.line() as line:
            if phone.sync(line, phone.body(items)) == len(items):
                self.arrived.extend(item["id"] for item in items)

    def _start(self) -> None:
        phone = self._reporter()
        with phone.line() as line:
            for path in ("/session", "/cards", "/areas"):
                phone.ask(line, "GET", path)

    def _list(self) -> None:
        phone = self._desk()
        with phone.line() as line:
            phone.ask(line, "GET", f"/inbox?view={self.rng.choice(VIEWS)}")

    def _open(self) -> None:
        if not self.arrived or self.openings >= DESKS * OPENINGS_EACH:
            return self._list()
        phone = self.desks[self.openings % len(self.desks)]
        self.openings += 1
        with phone.line() as line:
            path = f"/observations/{self.arrived[-1]}/openings"
            phone.ask(line, "POST", path, b'{"purpose":"handle"}')
        return None

    def _answer(self) -> None:
        if not self.arrived:
            return
        phone, body = self._desk(), {"id": str(uuid4()), "kind": "watching"}
        with phone.line() as line:
            path = f"/observations/{self.arrived.popleft()}/feedback"
            phone.ask(line, "POST", path, json.dumps(body).encode())

    def _public(self) -> None:
        phone = self._reporter()
        with phone.line() as line:
            phone.ask(line, "GET", "/ouders", root="")

    def _own(self) -> None:
        phone = self._reporter()
        with phone.line() as line:
            phone.ask(line, "GET", "/session")


def measure(city: City, minutes: float, turns: int = TURNS) -> list[Line]:
    """Ask as many things as in an hour, spread evenly over these minutes."""
    tally = Tally()
    reporters = [Phone(one, city.where, tally) for one in city.people(REPORTERS)]
    desks = [Phone(one, city.where, tally) for one in city.people(DESKS, "procesregisseur", None)]
    for phone in reporters:
        phone.wake()
    day = Day(reporters, desks, city.seal_key(reporters[0].person))
    tally.times.clear()
    samples = _run(city, day, tally, minutes * 60, turns)
    return [_line(city, tally, samples, minutes, turns)]


def _run(
    city: City, day: Day, tally: Tally, seconds: float, turns: int
) -> list[tuple[float, dict[str, int]]]:
    """Do everything at its moment; look at the memory now and then, by requests done."""
    waiting: queue.Queue[Callable[[], None] | None] = queue.Queue()

    def work() -> None:
        while (task := waiting.get()) is not None:
            try:
                task()
            except Exception as fault:  # noqa: BLE001
                # One that fails is counted; the others go on.
                tally.fail("task", fault)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    samples = [(0.0, city.memory())]
    begin = time.perf_counter()
    for number in range(1, turns + 1):
        time.sleep(max(0.0, begin + number * seconds / turns - time.perf_counter()))
        waiting.put(day.next())
        if number % (turns // SAMPLES) == 0:
            samples.append((number, city.memory()))
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    samples.append((float(turns), city.memory()))
    return samples


def _line(
    city: City,
    tally: Tally,
    samples: list[tuple[float, dict[str, int]]],
    minutes: float,
    turns: int,
) -> Line:
    half = samples[len(samples) // 2 :]
    slopes = {}
    for name in samples[-1][1]:
        done = [number for number, _ in half]
        held = [memory[name] for _, memory in half]
        slopes[name] = statistics.linear_regression(done, held).slope * 1000
        sys.stderr.write(
            f"{name}: {samples[0][1][name] / 1e6:.1f} MB at the start, {held[0] / 1e6:.1f} half "
            f"way, {held[-1] / 1e6:.1f} at the end, {slopes[name] / 1000:+.0f} kB per 1,000\n"
        )
    for fault in tally.faults[:5]:
        sys.stderr.write(f"{fault}\n")
    told = ", ".join(
        f"{name} {samples[0][1][name] / 1e6:.0f} → {samples[-1][1][name] / 1e6:.0f} MB "
        f"({slope / 1000:+.0f} kB per 1,000)"
        for name, slope in slopes.items()
    )
    met = max(slopes.values()) < GOAL and tally.clean
    return Line(
        f"{turns:,} turns of mixed use in {minutes:g} min, {city.kind}",
        f"memory: {told}; p95 {tally.p95():.0f} ms of {len(tally.all()):,} requests; "
        f"{tally.trouble()}",
        f"second half < {GOAL // 1000} kB per 1,000, no error",
        met,
    )
