"""Who adds up, subtracts and compares all that was published still finds no hidden number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from server.db import db
from server.reports import crossing, publishing, suppression
from server.reports.flows import may_show
from server.reports.models import Counted, Figure, Tally
from server.reports.models import Quarter as Published
from server.reports.places import Path, places
from server.reports.quarters import Quarter
from tests.equations import equations, solved
from tests.factories import add_phone
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


SOME = ("card", "organisation", "answer", "case", "outcome", "action")
FIRST = Quarter(2024, 1)
COUNT = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 40))


def fill(quarter: Quarter, name: str, counts: Mapping[Path, int]) -> None:
    for path, count in counts.items():
        if count:
            row = Tally(quarter=str(quarter), name=name, path="/".join(path), count=count)
            db.session.add(row)


def publish_random(draw: Any, quarters: int) -> dict[tuple[str, str, str], int]:
    """Publish random quarters in which the books are right; return the real numbers."""
    real: dict[tuple[str, str, str], int] = {}
    stock: dict[str, int] = {}
    for model in (Figure, Tally, Published, Counted):
        db.session.execute(sa.delete(model))
    for number in range(quarters):
        quarter = FIRST.plus(number)
        for name in SOME:
            known = places(name)
            counts = {path: draw(COUNT) for path in draw(st.permutations(known))[:4]}
            into = {"answer": "card", "outcome": "case"}.get(name)
            if name == "organisation":
                counts = spread(stock["last card"], list(counts))
            if into:
                while sum(counts.values()) > stock[into]:
                    counts = {path: count // 2 for path, count in counts.items()}
            total = sum(counts.values())
            stock[name] = stock.get(name, 0) + total
            stock[f"last {name}"] = total
            if into:
                stock[into] -= total
            fill(quarter, name, counts)
            for path in known:
                for length in range(len(path) + 1):
                    key = (str(quarter), name, "/".join(path[:length]))
                    real[key] = real.get(key, 0) + counts.get(path, 0)
    db.session.commit()
    moment = datetime.combine(FIRST.plus(quarters).begins_on, datetime.min.time(), UTC)
    with time_machine.travel(moment.replace(hour=5), tick=False):
        publishing.publish_due()
    return real


def spread(total: int, over: list[Path]) -> dict[Path, int]:
    """Spread a number unevenly."""
    found = {}
    for path in over[:-1]:
        found[path] = total - total // 3 if len(found) == 0 else total // 2
        total -= found[path]
    return found | {over[-1]: total}


@pytest.mark.thorough
def test_adding_up_and_subtracting_every_period_finds_no_hidden_number(app: Flask) -> None:
    bestuur = add_phone(app, "bestuur", card=None)
    tried = []

    @given(st.data())
    @settings(max_examples=12, deadline=None)
    def attack(data: st.DataObject) -> None:
        real = publish_random(data.draw, 4)
        quarters = [str(FIRST.plus(number)) for number in range(4)]
        hidden = {
            (quarter, name, path)
            for quarter, name, path, count in db.session.execute(
                sa.select(Figure.quarter, Figure.name, Figure.path, Figure.count)
            )
            if count is None
        }
        found = solved(list(equations(bestuur, quarters)))
        assert {spot for spot in hidden if spot in found} == set()
        assert all(real[spot] == value for spot, value in found.items() if spot in real)
        tried.append((len(hidden), len(found)))

    attack()
    assert any(hidden and shown for hidden, shown in tried), "there was something to find"


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
