"""Who adds up, subtracts and compares all that was published still finds no hidden number."""

from __future__ import annotations

import pathlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.db import db
from server.reports import crossing, publishing, reporters, suppression
from server.reports.flows import FLOWS, may_show
from server.reports.labels import TABLES
from server.reports.models import Counted, Figure, Tally
from server.reports.models import Quarter as Published
from server.reports.places import Path, places
from server.reports.quarters import Quarter
from tests.equations import bounded, different, equations, links, solved, totals
from tests.factories import Phone, add_phone
from tests.test_suppression import splits

Totals = tuple[tuple[int | None, int | None], ...]
LEAST = suppression.LEAST


def worlds_through_time(quarters: int, most: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every way in which so many quarters can go, if nothing goes out that did not come in."""

    def go(
        left: int, stock: int, done: tuple[tuple[int, int], ...]
    ) -> Iterator[tuple[tuple[int, int], ...]]:
        if left == 0:
            yield done
            return
        for came in range(most + 1):
            for went in range(stock + came + 1):
                yield from go(left - 1, stock + came - went, (*done, (came, went)))

    return go(quarters, 0, ())


def totals_shown(world: tuple[tuple[int, int], ...], guarded: bool) -> Totals:
    shown: list[tuple[int | None, int | None]] = []
    for came, went in world:
        into = came if came >= LEAST else None
        out = went if went >= LEAST else None
        before = [one[1] for one in shown]
        if out and guarded and not may_show(out, before, [*(one[0] for one in shown), into]):
            out = None
        shown.append((into, out))
    return tuple(shown)


def totals_recovered(quarters: int, most: int, *, guarded: bool) -> set[Totals]:
    """Return what shows a hidden total: it is the same in every world that shows the same."""
    possible: dict[Totals, list[set[int]]] = {}
    for world in worlds_through_time(quarters, most):
        flat = [count for pair in world for count in pair]
        seen = possible.setdefault(totals_shown(world, guarded), [set() for _ in flat])
        for values, count in zip(seen, flat, strict=True):
            values.add(count)
    return {
        shown
        for shown, values in possible.items()
        if any(
            count is None and len(here) == 1
            for count, here in zip([one for pair in shown for one in pair], values, strict=True)
        )
    }


@pytest.mark.parametrize(
    ("quarters", "most"), [(2, 7), pytest.param(3, 7, marks=pytest.mark.thorough)]
)
def test_what_went_out_tells_nothing_of_a_hidden_quarter_in_which_it_came(
    quarters: int, most: int
) -> None:
    assert totals_recovered(quarters, most, guarded=True) == set()


def test_without_holding_it_against_what_came_in_a_hidden_quarter_is_found() -> None:
    """The attack itself is tried: five came, then five, and ten went in the second quarter."""
    assert ((5, None), (5, 10)) in totals_recovered(2, 7, guarded=False)


# Who has which card, and which concept stands on which: some go together with one thing only.
PAIRS = {
    "organisation": {
        (("gemeente",), ("boa",)),
        (("gemeente",), ("onderwijs",)),
        (("school",), ("onderwijs",)),
        (("club",), ("sport",)),
    },
    "signal": {
        (("boa",), ("contacten", "c1")),
        (("boa",), ("gedrag", "c2")),
        (("onderwijs",), ("contacten", "c1")),
        (("onderwijs",), ("gedrag", "c3")),
        (("sport",), ("gedrag", "c4")),
        (("sport",), ("contacten", "c5")),
    },
}
WAYS = sorted(
    (organisation, card, signal)
    for organisation, card in PAIRS["organisation"]
    for other, signal in PAIRS["signal"]
    if card == other
)


def publish_world(world: Mapping[crossing.Way, int], *, widened: bool = True) -> crossing.Tables:
    tables: dict[str, dict[Path, int]] = {name: {} for name in crossing.LINKED}
    for way, count in world.items():
        for name, path in zip(crossing.LINKED, way, strict=True):
            tables[name][path] = tables[name].get(path, 0) + count
    shown = {name: suppression.hide(publishing.grow(counts)) for name, counts in tables.items()}
    return crossing.widen(shown, world, PAIRS) if widened else shown


def worlds_of(total: int) -> Iterator[dict[crossing.Way, int]]:
    for counts in splits(total, len(WAYS)):
        yield dict(zip(WAYS, counts, strict=True))


def numbers(world: Mapping[crossing.Way, int]) -> dict[crossing.Spot, int]:
    """Return the real number of every place in the linked tables."""
    found: dict[crossing.Spot, int] = {}
    for way, count in world.items():
        for name, path in zip(crossing.LINKED, way, strict=True):
            for length in range(len(path) + 1):
                spot = (name, path[:length])
                found[spot] = found.get(spot, 0) + count
    return found


def crossed(total: int, *, widened: bool) -> list[str]:
    """Return every hidden number that is the same in all worlds with the numbers that are shown."""
    worlds = [(world, numbers(world)) for world in worlds_of(total)]
    published = {}
    for world, _ in worlds:
        tables = publish_world(world, widened=widened)
        spots = {
            (name, path): count for name, shown in tables.items() for path, count in shown.items()
        }
        published[tuple(sorted(spots.items(), key=repr))] = spots
    found = []
    for spots in published.values():
        told = [(spot, count) for spot, count in spots.items() if count is not None]
        alike = [real for _, real in worlds if all(real[spot] == count for spot, count in told)]
        for spot, count in spots.items():
            if count is None and len({real[spot] for real in alike}) == 1:
                found.append(f"{spot} is {alike[0][spot]} where {told}")
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("total", [4, 5, 6])
def test_three_tables_together_give_no_hidden_number_away(
    total: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a border of three instead of five, so that every world can be tried."""
    monkeypatch.setattr(suppression, "LEAST", 3)
    assert crossed(total, widened=True) == []


@pytest.mark.thorough
def test_three_tables_that_are_hidden_one_by_one_give_each_other_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The attack itself is tried: who knows that only a club has the card for sport finds it."""
    monkeypatch.setattr(suppression, "LEAST", 3)
    assert crossed(6, widened=False) != []


def known_by_the_rules(total: int, *, widened: bool) -> int:
    """Return in how many worlds a hidden number is the same in all that would be published so."""
    alike: dict[str, list[dict[crossing.Spot, int]]] = defaultdict(list)
    hidden: dict[str, list[crossing.Spot]] = {}
    for world in worlds_of(total):
        tables = publish_world(world, widened=widened)
        shown = repr(sorted((name, sorted(one.items())) for name, one in tables.items()))
        alike[shown].append(numbers(world))
        hidden[shown] = [
            (name, path)
            for name, one in tables.items()
            for path, count in one.items()
            if count is None
        ]
    return sum(
        len(worlds)
        for shown, worlds in alike.items()
        if any(len({world[spot] for world in worlds}) == 1 for spot in hidden[shown])
    )


@pytest.mark.thorough
def test_who_runs_the_rules_over_every_small_world_finds_what_decision_18_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(suppression, "LEAST", 3)
    found = [known_by_the_rules(8, widened=widened) for widened in (True, False)]
    total = sum(1 for _ in worlds_of(8))
    said = pathlib.Path(__file__).parents[1] / "docs/decisions/0018-figures-once-per-quarter.md"
    sentence = f"{found[0]} of {total:,} worlds, against {found[1]:,}"
    assert sentence in " ".join(said.read_text("utf-8").split())


@given(st.lists(st.integers(0, 30), min_size=len(WAYS), max_size=len(WAYS)))
@settings(max_examples=60, deadline=None)
def test_what_is_hidden_in_three_tables_can_each_time_be_something_else(counts: list[int]) -> None:
    world = dict(zip(WAYS, counts, strict=True))
    shown = publish_world(world)
    if shown["card"][()] is None:
        return
    bare = {
        name: {path: count if not path else None for path, count in one.items()}
        for name, one in shown.items()
    }
    alone = crossing.determined(bare, world, PAIRS)
    assert crossing.determined(shown, world, PAIRS) <= alone


FIRST = Quarter(2024, 1)
QUARTERS = [str(FIRST.plus(number)) for number in range(4)]
# Who has which card, with how many there are of them.
PEOPLE = {
    ("gemeente", "boa"): 6,
    ("gemeente", "gemeente-intern"): 1,
    ("gemeente", "onderwijs"): 1,
    ("school", "onderwijs"): 5,
    ("club", "sport"): 4,
    ("jongerenwerk", "jongerenwerk"): 3,
}
Real = dict[tuple[str, str, str], int]


def a_number(random: Random) -> int:
    return random.choice((0, random.randint(1, 6), random.randint(0, 40)))


def some_counts(random: Random, known: list[Path]) -> dict[Path, int]:
    """Return numbers in some of these places."""
    many = random.choice((1, 3, 5, len(known)))
    return {path: a_number(random) for path in random.sample(known, min(many, len(known)))}


def no_more_than(counts: dict[Path, int], most: int) -> dict[Path, int]:
    while sum(counts.values()) > most:
        counts = {path: count // 2 for path, count in counts.items()}
    return counts


def came_in(random: Random) -> dict[str, dict[Path, int]]:
    """Return what came in during a quarter in every table it counts in, with who reported it."""
    found: dict[str, Counter[Path]] = defaultdict(Counter)
    signals = sorted(publishing._pairs()["signal"])
    ways = [(*one, signal) for one in PEOPLE for (card,), signal in signals if card == one[1]]
    areas = random.sample(places("area"), random.choice((1, 4, len(places("area")))))
    for kind, card, signal in random.sample(ways, random.choice((3, 8, 20, 60))):
        for _ in range(a_number(random)):
            area = random.choice(areas)
            who = f"{kind}-{random.randrange(PEOPLE[kind, card])}"
            for name, path in {
                "organisation": (kind,),
                "card": (card,),
                "signal": signal,
                "area": area,
                "crossing": (kind, card, *signal),
                "reporter": (kind, card, *signal, who),
                "reporter-area": (*area, who),
            }.items():
                found[name][path] += 1
    return {name: dict(counts) for name, counts in found.items()}


def publish_random(random: Random) -> Real:
    """Publish random quarters of all tables in which the books are right; return real numbers."""
    real: Real = defaultdict(int)
    stock: Counter[str] = Counter()
    for model in (Figure, Tally, Published, Counted):
        db.session.execute(sa.delete(model))
    for quarter in QUARTERS:
        tables = came_in(random)
        for name in [*(one for one in TABLES if one not in FLOWS), *FLOWS]:
            known = places(name)
            counts = (
                tables.setdefault(name, some_counts(random, known))
                if (name not in reporters.RECEIVED)
                else tables.get(name, {})
            )
            if into := FLOWS.get(name):
                left = stock[into] - stock[name]
                # Now and then all there is goes out: then the books are the tightest.
                everything = {random.choice(known): left}
                counts = random.choice((no_more_than(counts, left), everything))
                tables[name] = counts
            stock[name] += sum(counts.values())
            for path, length in ((one, size) for one in known for size in range(len(one) + 1)):
                real[quarter, name, "/".join(path[:length])] += counts.get(path, 0)
        for name, counts in tables.items():
            for path, count in counts.items():
                if count:
                    row = Tally(quarter=quarter, name=name, path="/".join(path), count=count)
                    db.session.add(row)
    # A quarter in which nothing happened at all is seen by there being one after it.
    db.session.add(Tally(quarter=QUARTERS[0], name="nothing", path="none", count=0))
    db.session.commit()
    moment = datetime.combine(FIRST.plus(len(QUARTERS)).begins_on, datetime.min.time(), UTC)
    with time_machine.travel(moment.replace(hour=5), tick=False):
        assert publishing.publish_due() == QUARTERS
    return real


@dataclass(frozen=True)
class Attack:
    """What an attack found: numbers that follow, and places known to be more than zero."""

    hidden: int
    exact: set[tuple[str, str, str]]
    more_than_zero: set[tuple[str, str, str]]


def attack(phone: Phone, real: Real, *, eliminate: bool = True) -> Attack:
    """Read all there is, write down all that everybody knows, and see what follows.

    Eliminating takes most of the time, and bounds alone find something where nothing protects.
    """
    pairs = publishing._pairs()
    told = different(equations(phone, QUARTERS))
    alone = bounded(told)
    linked = different([*told, *totals(QUARTERS), *links(QUARTERS, pairs)])
    within, found = bounded(linked), solved(linked) if eliminate else {}
    hidden = {
        (quarter, name, path)
        for quarter, name, path, count in db.session.execute(
            sa.select(Figure.quarter, Figure.name, Figure.path, Figure.count)
        )
        if count is None and can_occur(name, path, pairs)
    }
    for spot, (least, most) in within.items():
        if spot in real:
            assert least <= real[spot] <= most, f"{spot}: the attacker knows something untrue"
    assert all(real[spot] == value for spot, value in found.items() if spot in real)
    exact = {spot for spot in hidden if spot in found or within[spot][0] == within[spot][1]}
    return Attack(len(hidden), exact, {one for one in hidden if alone[one][0] > shown_within(one)})


def shown_within(spot: tuple[str, str, str]) -> int:
    """Return what is shown in a hidden place, which anybody may know to be in it."""
    quarter, name, path = spot
    rows = sa.select(Figure.path, Figure.count).filter_by(quarter=quarter, name=name)
    return sum(
        count
        for part, count in db.session.execute(rows)
        if count is not None and part and part.rpartition("/")[0] == path
    )


def can_occur(name: str, path: str, pairs: Mapping[str, crossing.Pairs]) -> bool:
    """Say whether anything could count here: where nobody has the card everybody knows a zero."""
    place = tuple(path.split("/")) if path else ()
    if name not in crossing.LINKED:
        return True
    held = {card for _, card in pairs["organisation"]}
    reached = {
        "organisation": {kind for kind, _ in pairs["organisation"]},
        "card": held,
        "signal": {signal for card, signal in pairs["signal"] if card in held},
    }
    return any(one[: len(place)] == place for one in reached[name])


@pytest.fixture
def bestuur(app: Flask) -> Phone:
    for kind, card in PEOPLE:
        add_phone(app, "melder", card=card, kind=kind)
    return add_phone(app, "bestuur", card=None)


@pytest.mark.thorough
def test_adding_up_and_subtracting_every_period_finds_no_hidden_number(bestuur: Phone) -> None:
    """All tables of four quarters, with all that follows from them by equations and by bounds."""
    tried = []

    @given(st.integers(0, 2**32))
    # Here what was late or never answered is shown, and two parts of what was on time are not.
    @example(85)
    @settings(max_examples=10, deadline=None)
    def attacked(seed: int) -> None:
        found = attack(bestuur, publish_random(Random(seed)))
        assert found.exact == set()
        assert found.more_than_zero == set()
        tried.append(found.hidden)

    attacked()
    assert any(tried), "there was something to find"


OFF: dict[str, tuple[str, Any]] = {
    "company for the small": (
        "server.reports.suppression.hidden_parts",
        lambda counts, few=(): {key for key, count in counts.items() if count < LEAST},
    ),
    "what went out": ("server.reports.publishing.may_show", lambda *told: True),
    "tables together": (
        "server.reports.crossing.widen",
        lambda tables, crossing, pairs, few: dict(tables),
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", OFF)
def test_without_a_protection_the_same_attack_finds_something(
    bestuur: Phone, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*OFF[name])
    found = (attack(bestuur, publish_random(Random(seed)), eliminate=False) for seed in range(40))
    assert any(one.exact or one.more_than_zero for one in found)


def test_elimination_finds_what_follows() -> None:
    """The attack itself is tried: 12 together, of which 9 in the one, leaves 3 in the other."""
    found = solved([({"a": 1, "b": 1}, 12), ({"a": 1}, 9), ({"c": 1, "d": 1}, 7)])
    assert found == {"a": 9, "b": 3}


# One person of the gemeente has the card of the school's five; both cards hold both signals.
SHARED = {
    "organisation": {
        (("gemeente",), ("boa",)),
        (("gemeente",), ("onderwijs",)),
        (("school",), ("onderwijs",)),
    },
    "signal": {
        ((card,), ("gedrag", signal)) for card in ("boa", "onderwijs") for signal in ("a", "b")
    },
}


def follows_of_one_person(*, kept: bool) -> set[crossing.Spot | crossing.Edge]:
    """Return what follows of the one with that card, after hiding more or without."""
    world = {}
    for (kind, card), (other, signal) in product(SHARED["organisation"], SHARED["signal"]):
        if card == other:
            world[(kind, card, signal)] = {"boa": 20, "onderwijs": 15}[card[0]]
    world[(("gemeente",), ("onderwijs",), ("gedrag", "a"))] = 9
    world[(("gemeente",), ("onderwijs",), ("gedrag", "b"))] = 0
    few = {"organisation": {(("gemeente",), ("onderwijs",))}, "signal": ()}
    tables: dict[str, dict[Path, int]] = {name: {} for name in crossing.LINKED}
    for way, count in world.items():
        for name, path in zip(crossing.LINKED, way, strict=True):
            tables[name][path] = tables[name].get(path, 0) + count
    shown = {name: suppression.hide(publishing.grow(counts)) for name, counts in tables.items()}
    if kept:
        shown = crossing.widen(shown, world, SHARED, few)
    return crossing.determined(shown, world, SHARED, few)


def test_one_person_with_a_card_of_many_others_does_not_follow_from_two_tables() -> None:
    """School and card are shown, and the difference is whoever else has the card."""
    assert follows_of_one_person(kept=True) == set()


def test_without_hiding_more_the_one_with_a_card_of_many_others_is_found() -> None:
    assert follows_of_one_person(kept=False) != set()
