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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

from bench.load.city import City
from bench.load.phones import Phone, Tally
from bench.table import Line
from server.audit import chain
from server.sealing import SealKey

# As many whatever the time they get; an hour is five a second.
TURNS = 18_000
REPORTERS, DESKS = 150, 14
# With so many the desk stays within what one account may open in an hour.
OPENINGS_EACH = 30
THREADS = 16
SAMPLES = 60
# What a process may grow for every thousand turns, once it is warm.
GOAL = 200_000
# Before that its caches fill: of the statements, of the database's pages, of what the allocator
# keeps. The web takes these turns for it, the clock one round with a log of a full batch.
WARM_UP = 16_000
WARM_PACE = 0.05
WARM_AT_MOST = 600.0
# So many wait at most; when it goes slower than it should, it takes longer.
WAITING = 64
SEED = 7
VIEWS = ("all", "new", "mine", "late", "waiting", "expiring")


Turn = Callable[[], None]


@dataclass(frozen=True)
class Memory:
    """What every process held: cold, and from when it was warm, by turns done."""

    cold: dict[str, int]
    warmed: int
    samples: list[tuple[float, dict[str, int]]]

    @property
    def first(self) -> dict[str, int]:
        return self.samples[0][1]

    @property
    def last(self) -> dict[str, int]:
        return self.samples[-1][1]

    def slopes(self) -> dict[str, float]:
        """Return the bytes that each process grew for every thousand turns."""
        done = [number for number, _ in self.samples]
        return {
            name: statistics.linear_regression(done, [held[name] for _, held in self.samples]).slope
            * 1000
            for name in self.last
        }


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

    def next(self) -> Turn:
        """Choose somebody and something to do, as often as it happens."""
        works: list[tuple[int, Turn]] = [
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
    """Ask as many things as in an hour, spread evenly over these minutes, of warm processes."""
    tally = Tally()
    reporters = [Phone(one, city.where, tally) for one in city.people(REPORTERS)]
    desks = [Phone(one, city.where, tally) for one in city.people(DESKS, "procesregisseur", None)]
    for phone in reporters:
        phone.wake()
    day = Day(reporters, desks, city.seal_key(reporters[0].person))
    pace = minutes * 60 / turns
    cold = city.memory()
    with _working(tally) as give:
        warmed = _warm_up(city, day, give, min(pace, WARM_PACE), min(WARM_UP, turns))
        tally.times.clear()
        begin = time.perf_counter()
        samples = _run(city, day, give, pace, turns)
    took = (time.perf_counter() - begin) / 60
    return [_line(city, tally, Memory(cold, warmed, samples), took, turns)]


@contextmanager
def _working(tally: Tally) -> Iterator[Callable[[Turn], None]]:
    """Give what hands a turn to whoever is free; at the end all of them are done."""
    waiting: queue.Queue[Turn | None] = queue.Queue(WAITING)

    def work() -> None:
        while (task := waiting.get()) is not None:
            try:
                task()
            except Exception as fault:  # noqa: BLE001
                # One that fails is counted; the others go on.
                tally.fail("task", fault)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    yield waiting.put
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()


def _warm_up(city: City, day: Day, give: Callable[[Turn], None], pace: float, turns: int) -> int:
    """Go on until the web had so many turns and the clock chained a full batch of the log."""
    begin = time.perf_counter()
    number, chained = 0, False
    while number < turns or not chained:
        if time.perf_counter() > begin + WARM_AT_MOST:
            raise TimeoutError(f"{number} turns, and the clock did not chain the log")
        number += 1
        time.sleep(max(0.0, begin + number * pace - time.perf_counter()))
        give(day.next())
        if number % 100 == 0 and not chained:
            chained = city.query("SELECT count(*) FROM audit_link")[0][0] >= chain.BATCH
    return number


def _run(
    city: City, day: Day, give: Callable[[Turn], None], pace: float, turns: int
) -> list[tuple[float, dict[str, int]]]:
    """Do everything at its moment; look at the memory now and then, by requests done."""
    samples = [(0.0, city.memory())]
    begin = time.perf_counter()
    for number in range(1, turns + 1):
        time.sleep(max(0.0, begin + number * pace - time.perf_counter()))
        give(day.next())
        if number % max(1, turns // SAMPLES) == 0:
            samples.append((number, city.memory()))
    return samples


def _line(city: City, tally: Tally, memory: Memory, minutes: float, turns: int) -> Line:
    slopes = memory.slopes()
    for fault in tally.faults[:5]:
        sys.stderr.write(f"{fault}\n")
    told = " · ".join(
        f"{name} {memory.cold[name] / 1e6:.0f} → {memory.first[name] / 1e6:.1f} → "
        f"{memory.last[name] / 1e6:.1f} MB, {slope / 1000:+.0f} kB per 1,000"
        for name, slope in slopes.items()
    )
    met = max(slopes.values()) < GOAL and tally.clean
    return Line(
        f"{turns:,} turns of mixed use in {minutes:.1f} min, {city.kind}",
        f"memory cold → after {memory.warmed:,} turns → at the end: {told}; p95 "
        f"{tally.p95():.0f} ms of {len(tally.all()):,} requests; {tally.trouble()}",
        f"once warm < {GOAL // 1000} kB per 1,000, no error",
        met,
    )
