"""From one club to all gemeenten: what was measured, multiplied, and a morning played out.

``python -m bench.scale`` prints the tables of docs/scale.md, and the sentences that follow from
them, and writes them there. What goes in are the costs that ``make load`` left in costs.json and
the assumptions below; nothing else is made up.
"""

from __future__ import annotations

import heapq
import json
import random
import re
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

from bench import marked
from bench.table import percentile, table

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "bench" / "costs.json"
LOAD = ROOT / "bench" / "load.json"
PAGE = ROOT / "docs" / "scale.md"
SQLITE, POSTGRES = "SQLite", "PostgreSQL"
SEED = 8

# Assumed. A gemeente of 45,000 gets 2,000 observations a year at most, and has 300 devices.
OBSERVATIONS_PER_PERSON = 2_000 / 45_000
DEVICES_PER_PERSON = 300 / 45_000
# What lies there at any time: on average a year and a half of observations.
YEARS_KEPT = 1.5
ROUND_TRIPS_A_DAY = 40
STARTS_A_DAY = 4
# What the app asks when it is opened with nothing to send.
START = ("session", "cards, not changed", "cards, not changed", "round trip, nothing new")
# The day in which people work; devices ask in it, and everything is answered in it.
HOURS_A_DAY = 8
WORKERS = 2
# Netherlands: 342 gemeenten and 18 million people (CBS, 2025); the largest has some 930,000.
GEMEENTEN = 342
COUNTRY = 18_000_000
PLACES = (
    ("a club", 0),
    ("gemeente of 20,000", 20_000),
    ("gemeente of 45,000", 45_000),
    ("gemeente of 160,000", 160_000),
    ("the largest gemeente", 930_000),
    (f"all {GEMEENTEN}", COUNTRY),
)
CLUB_DEVICES, CLUB_OBSERVATIONS = 30, 20
# How soon everybody comes in the morning, and with how many processors.
MORNINGS = ((300, 5), (1_000, 60), (6_200, 60), (6_200, 300), (120_000, 900))
CORES = (1, 2, 4, 8, 16, 32)
MEASURED_ON = 2


@dataclass(frozen=True)
class Costs:
    """What one of everything costs on one kind of database."""

    kind: str
    found: dict[str, float]

    def cpu(self, name: str) -> float:
        """Return the milliseconds of processor time, of the web and the database together."""
        return self.found[f"{name}: web ms"] + self.found.get(f"{name}: database ms", 0)

    def start(self) -> float:
        """Return what it costs when somebody opens the app with nothing to send."""
        return sum(self.cpu(name) for name in START)

    def visit(self) -> float:
        """Return what it costs when somebody opens the app with three items to send."""
        # Two more items than the one that was measured alone.
        more = 2 * self.cpu("item, 50 in a request")
        return self.start() + self.cpu("round trip with one item") + more

    def day(self, devices: float, yearly: float) -> float:
        """Return what a day of so many devices costs, in which their observations are handled."""
        used = STARTS_A_DAY * self.start()
        used += ROUND_TRIPS_A_DAY * self.cpu("round trip, nothing new")
        life = self.cpu("round trip with one item") + self.cpu("opening and answer")
        # Who takes up one observation looked at the list for it.
        life += self.cpu("page of the desk's list")
        return devices * used + yearly / 365 * (life + self.found["observation: clock ms"])

    def idle(self) -> float:
        """Return the part of a processor that a clock with nothing to do uses."""
        return self.found["clock, nothing to do: ms a minute"] / 60_000

    def memory(self, workers: int) -> float:
        """Return the bytes of memory of so many web processes and a clock."""
        found = self.found
        return workers * found["web worker: bytes of memory"] + found["clock: bytes of memory"]

    def observation(self) -> float:
        """Return the bytes of an observation with its whole life: in, opened, answered, heard."""
        return self.found["observation: bytes"] + self.found["opened, answered and heard: bytes"]


def load() -> dict[str, Costs]:
    """Return what was measured, by kind of database."""
    kept = json.loads(FILE.read_text())
    return {kind: Costs(kind, kept[kind]) for kind in (SQLITE, POSTGRES)}


def measured_on() -> str:
    told: dict[str, list[str]] = json.loads(FILE.read_text())["measured on"]
    return "\n".join(f"- {kind}: {line}" for kind in (SQLITE, POSTGRES) for line in told[kind])


def costs_table(costs: dict[str, Costs]) -> str:
    """Return every measured cost, side by side."""
    names = sorted({name for one in costs.values() for name in one.found})
    rows = [
        [name, *(_number(costs[kind].found.get(name)) for kind in (SQLITE, POSTGRES))]
        for name in names
    ]
    return table(["one of each", SQLITE, POSTGRES], rows)


def sizes_table(costs: Costs) -> str:
    """Return what places of every size need, on one kind of database."""
    rows = []
    for name, people in PLACES:
        devices, yearly = size(people)
        kept = yearly * YEARS_KEPT
        data = kept * costs.observation() + devices * costs.found["device: bytes"]
        asked = STARTS_A_DAY * len(START) + ROUND_TRIPS_A_DAY
        requests = devices * asked + yearly / 365
        rows.append(
            [
                name,
                f"{devices:,.0f}",
                f"{yearly:,.0f}",
                _bytes(data),
                f"{costs.day(devices, yearly) / 60_000:,.1f} min",
                f"{requests / HOURS_A_DAY / 3600:,.2f}",
            ]
        )
    heads = [
        "",
        "devices",
        "observations a year",
        "database",
        "processor a day",
        "requests a second",
    ]
    return table(heads, rows)


def size(people: int) -> tuple[float, float]:
    """Return how many devices and yearly observations a place of so many people has."""
    if people == 0:
        return CLUB_DEVICES, CLUB_OBSERVATIONS
    return people * DEVICES_PER_PERSON, people * OBSERVATIONS_PER_PERSON


def play(devices: int, within: float, cores: int, cost: float) -> float:
    """Play a morning: visits come by chance, processors take them in turn; return the p95 in ms.

    Everybody comes: of a part in as much less time the queue would be as much shorter.
    """
    rng = random.Random(SEED)
    free = [0.0] * cores
    heapq.heapify(free)
    waits = []
    for moment in sorted(rng.uniform(0, within * 1000) for _ in range(devices)):
        begin = max(moment, heapq.heappop(free))
        heapq.heappush(free, begin + cost)
        waits.append(begin + cost - moment)
    return percentile(waits, 0.95)


def mornings_table(costs: Costs) -> str:
    """Return how long a visit lasts in the morning, for so many processors."""
    rows = []
    for devices, within in MORNINGS:
        lasts = [play(devices, within, cores, costs.visit()) for cores in CORES]
        rows.append(
            [f"{devices:,} devices within {_time(within)}", *(_milliseconds(one) for one in lasts)]
        )
    return table(["", *(f"{cores} cores" if cores > 1 else "1 core" for cores in CORES)], rows)


def measured_morning(costs: Costs) -> str:
    """Say what the morning lasted that was measured with real requests, beside the one played."""
    devices, within = MORNINGS[0]
    lines = json.loads(LOAD.read_text())[f"shift, {costs.kind}"]["lines"]
    what = f"{devices} devices within {_time(within)}, {costs.kind}"
    [told] = [line["ours"] for line in lines if line["what"] == what]
    [lasted] = re.findall(r"whole visit p95 ([\d,]+) ms", told)
    real = _milliseconds(float(lasted.replace(",", "")))
    played = _milliseconds(play(devices, within, MEASURED_ON, costs.visit()))
    return _told(
        f"The first of these was measured with real requests too, on {MEASURED_ON} cores, which "
        f"the {devices} devices that asked had to share: {real} where {played} was played. Take "
        "the table as the least it takes."
    )


def country_table(costs: Costs) -> str:
    """Return what all gemeenten need when each has a database and processes of its own."""
    connections = GEMEENTEN * costs.found["connections, two workers and a clock"]
    rows = [
        [f"web processes, two for each of {GEMEENTEN}", f"{GEMEENTEN * WORKERS:,}"],
        ["memory of web and clock", _bytes(GEMEENTEN * costs.memory(WORKERS))],
        ["connections to PostgreSQL, database and key ring", f"{connections:,.0f}"],
        ["processors that clocks use with nothing to do", f"{GEMEENTEN * costs.idle():.1f}"],
    ]
    return table(["all at once", ""], rows)


def shares(costs: Costs) -> str:
    """Say how the processor time of a request is divided."""
    names = {name.removesuffix(": web ms") for name in costs.found if name.endswith(": web ms")}
    parts = [costs.found[f"{name}: web ms"] / costs.cpu(name) for name in names]
    return _told(
        f"On {costs.kind} the web takes between {min(parts):.0%} and {max(parts):.0%} of the "
        "processor time of a request, and the database the rest."
    )


def beside(costs: Costs) -> str:
    """Say what a clock costs that has nothing to do, beside the work of a small gemeente."""
    name, people = PLACES[1]
    idle, work = costs.idle() * 24 * 60, costs.day(*size(people)) / 60_000
    return _told(
        f"That is the work. Beside it a clock with nothing to do uses {idle:,.1f} minutes of a "
        f"processor a day, whatever the size: {idle / work:,.1f} times the work of a {name}."
    )


def apart(costs: Costs) -> str:
    """Say what keeping all gemeenten apart costs, beside what they do."""
    idle = GEMEENTEN * costs.idle()
    work = costs.day(*size(COUNTRY)) / 1000 / 3600 / HOURS_A_DAY
    one, two = (_bytes(GEMEENTEN * costs.memory(workers)) for workers in (1, WORKERS))
    larger = "more than" if idle > work else "less than"
    return _told(
        f"With nothing to do, {GEMEENTEN} apart use {two} of memory and {idle:.1f} processors. All "
        f"that they do is {work:.1f} processors, over {HOURS_A_DAY} hours a day: the clocks that "
        f"wait use {larger} the work. That is the price of keeping gemeenten apart, and it divides "
        "over as many machines as one likes. With one worker instead of two for each, memory is "
        f"{one}."
    )


def parts() -> dict[str, str]:
    """Return what the document holds, by the names of its places."""
    costs = load()
    return {
        "measured on": measured_on(),
        "costs": costs_table(costs),
        "shares": shares(costs[POSTGRES]),
        "sizes": sizes_table(costs[POSTGRES]),
        "beside": beside(costs[POSTGRES]),
        "mornings": mornings_table(costs[POSTGRES]),
        "measured morning": measured_morning(costs[POSTGRES]),
        "country": country_table(costs[POSTGRES]),
        "apart": apart(costs[POSTGRES]),
    }


def rewrite() -> None:
    """Write the tables into the document."""
    marked.rewrite(PAGE, parts())


def _told(text: str) -> str:
    return textwrap.fill(text, 100, break_on_hyphens=False)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


def _bytes(value: float) -> str:
    units = ["TB", "GB", "MB", "kB"]
    value /= 1000
    while value >= 1000 and len(units) > 1:
        value /= 1000
        units.pop()
    return f"{value:,.1f} {units[-1]}"


def _time(seconds: int) -> str:
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min"


def _milliseconds(value: float) -> str:
    return f"{value:,.0f} ms" if value < 1000 else f"{value / 1000:,.1f} s"


if __name__ == "__main__":
    for part in parts().values():
        sys.stdout.write(f"{part}\n\n")
    rewrite()
