"""The start of a shift: 300 people take their phone out of a pocket at 08:00."""

from __future__ import annotations

import random
import time
from itertools import count
from uuid import uuid4

from bench.load.city import City
from bench.load.phones import Phone, Tally, in_threads
from bench.server import Person
from bench.table import Line, percentile

DEVICES = 300
ITEMS = 3
# Seconds within which all of them come: as a shift begins, and as nobody ever saw it.
WITHIN = (5, 1)
SEED = 800
numbers = count()


def measure(city: City) -> list[Line]:
    """Let all come twice, each time with new items and with answers of the desk waiting."""
    people = city.people(DEVICES)
    desk = city.people(1, "procesregisseur", None)[0]
    phones = [Phone(person, city.where, Tally()) for person in people]
    for phone in phones:
        phone.wake()
    return [_line(city, phones, desk, within) for within in WITHIN]


def _line(city: City, phones: list[Phone], desk: Person, within: int) -> Line:
    """Prepare what waits, let everybody come within so many seconds, and say how long it took."""
    key = city.seal_key(phones[0].person)
    _answer_half(city, phones, desk)
    tally = Tally()
    bodies = []
    for phone in phones:
        phone.tally = tally
        bodies.append(
            phone.body([phone.person.observation(key, next(numbers)) for _ in range(ITEMS)])
        )
    rng = random.Random(SEED + within)
    moments = [rng.uniform(0, within) for _ in phones]
    stored, visits = [0] * len(phones), [0.0] * len(phones)
    begin = time.perf_counter() + 0.5

    def come(number: int) -> None:
        phone, moment = phones[number], begin + moments[number]
        time.sleep(max(0.0, moment - time.perf_counter()))
        stored[number] = _visit(phone, bodies[number], moment)
        visits[number] = (time.perf_counter() - moment) * 1000

    in_threads(len(phones), come)
    whole = time.perf_counter() - begin
    missing = len(phones) * ITEMS - sum(stored)
    p95, visit = tally.p95(), percentile(visits, 0.95)
    met = p95 < 1000 and tally.clean and not missing
    return Line(
        f"{DEVICES} devices within {within} s, {city.kind}",
        f"request p95 {p95:.0f} ms of {len(tally.all()):,} (longest {max(tally.all()):.0f}), whole "
        f"visit p95 {visit:.0f} ms, all done after {whole:.1f} s; {tally.trouble()}, "
        f"{missing} items missing",
        "p95 < 1 s, no 429, no error" if within == WITHIN[0] else "–",
        met if within == WITHIN[0] else None,
        durability="each on the disk before its answer",
    )


def _visit(phone: Phone, body: bytes, moment: float) -> int:
    """Do what the app does when it is opened: who am I, are the cards new, send and hear."""
    with phone.line() as line:
        phone.ask(line, "GET", "/session", since=moment)
        phone.ask(line, "GET", "/cards")
        stored = phone.sync(line, body)
        phone.ask(line, "GET", "/areas")
        phone.sync(line, phone.body([]))
    return stored


def _answer_half(city: City, phones: list[Phone], desk: Person) -> None:
    """Have the desk answer what half of the phones handed in yesterday."""
    key = city.seal_key(phones[0].person)
    for phone in phones[::2]:
        item = phone.person.observation(key, next(numbers))
        with phone.line() as line:
            phone.sync(line, phone.body([item]))
            # Hear of the own report now: what waits at 08:00 is the answer.
            phone.sync(line, phone.body([]))
        body = {"id": str(uuid4()), "kind": "watching"}
        desk.call("POST", f"/observations/{item['id']}/feedback", body)
