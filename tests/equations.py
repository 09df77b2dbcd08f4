"""Everything that anybody can read of the figures as equations, and what follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import accumulate, product
from math import ceil, floor, inf
from typing import Any

from server.reports.flows import FLOWS
from server.reports.places import Path, places
from server.reports.reporters import RECEIVED
from tests.factories import Phone

Equation = tuple[dict[Any, int], int]


def equations(phone: Phone, quarters: list[str]) -> Iterator[tuple[dict[Any, int], int]]:
    """Yield all that anybody can read: every period, each quarter, and that parts are a whole."""
    for first, last in product(quarters, repeat=2):
        if first > last:
            continue
        answer = phone.get(f"/figures?first={first}&last={last}").json
        for period in filter(None, (answer["shown"], answer["compared"])):
            for table in period["tables"]:
                for cell in table["cells"]:
                    own = [(one, table["name"], cell["key"]) for one in period["quarters"]]
                    if cell["value"] is not None:
                        yield dict.fromkeys(own, 1), cell["value"]
                    shown = [
                        (spot, count)
                        for spot, count in zip(own, cell["by_quarter"], strict=True)
                        if count is not None
                    ]
                    least = (
                        (quarter, table["name"], key)
                        for at, quarter in enumerate(period["quarters"])
                        for key in least_of(table, cell["key"], at)
                    )
                    yield dict.fromkeys(least, 1), cell["at_least"]
                    yield from (({spot: 1}, count) for spot, count in shown)
                    yield from parts_of(table, cell, own)


def least_of(table: Any, key: str, at: int) -> Iterator[str]:
    """Yield what is shown of a number in one quarter: itself, or else what is shown in it."""
    cells = {one["key"]: one for one in table["cells"]}
    if cells[key]["by_quarter"][at] is not None:
        yield key
        return
    for part in cells:
        if part and part.rpartition("/")[0] == key:
            yield from least_of(table, part, at)


def parts_of(table: Any, cell: Any, own: list[Any]) -> Iterator[tuple[dict[Any, int], int]]:
    depth = len(cell["key"].split("/")) if cell["key"] else 0
    start = f"{cell['key']}/" if cell["key"] else ""
    inside = [
        one["key"]
        for one in table["cells"]
        if one["key"].startswith(start) and one["key"].count("/") == depth and one["key"]
    ]
    for quarter, name, key in own if inside else ():
        yield {(quarter, name, key): -1} | {(quarter, name, part): 1 for part in inside}, 0


def solved(found: list[tuple[dict[Any, int], int]]) -> dict[Any, Fraction]:
    """Return every number that follows from the equations, by elimination."""
    pivots: dict[Any, tuple[dict[Any, Fraction], Fraction]] = {}
    for left, right in found:
        row, value = {spot: Fraction(one) for spot, one in left.items()}, Fraction(right)
        for spot in [one for one in row if one in pivots]:
            row, value = minus(row, value, *pivots[spot], row.get(spot, Fraction(0)))
        if not row:
            assert value == 0, "what is shown contradicts itself"
            continue
        pivot = next(iter(row))
        scale = row[pivot]
        row, value = {spot: one / scale for spot, one in row.items()}, value / scale
        for spot, (other, told) in list(pivots.items()):
            if pivot in other:
                pivots[spot] = minus(other, told, row, value, other[pivot])
        pivots[pivot] = (row, value)
    return {spot: value for spot, (row, value) in pivots.items() if len(row) == 1}


def minus(
    row: dict[Any, Fraction],
    value: Fraction,
    other: dict[Any, Fraction],
    told: Fraction,
    times: Fraction,
) -> tuple[dict[Any, Fraction], Fraction]:
    spots = {**row, **other}
    left = {
        spot: row.get(spot, Fraction(0)) - times * other.get(spot, Fraction(0)) for spot in spots
    }
    return {spot: one for spot, one in left.items() if one}, value - times * told


def totals(quarters: list[str]) -> Iterator[Equation]:
    """Yield what everybody knows of totals: the same came in, and nothing goes out before that.

    What is still there is a number as well, and no less than zero.
    """
    for quarter in quarters:
        first, *others = RECEIVED
        yield from (({(quarter, one, ""): 1, (quarter, first, ""): -1}, 0) for one in others)
    for out, into in FLOWS.items():
        for until in accumulate(([one] for one in quarters), list.__add__):
            came = {(one, into, ""): 1 for one in until}
            went = {(one, out, ""): -1 for one in until}
            yield came | went | {(until[-1], "left of", out): -1}, 0


def links(
    quarters: list[str], pairs: Mapping[str, Iterable[tuple[Path, Path]]]
) -> Iterator[Equation]:
    """Yield what everybody knows of who has which card, and of which signals stand on it."""
    sides = (
        ("organisation", "organisation", 0),
        ("card", "organisation", 1),
        ("card", "signal", 0),
        ("signal", "signal", 1),
    )
    for quarter, (name, kind, side) in product(quarters, sides):
        for place in places(name):
            through = {(quarter, kind, one): 1 for one in pairs[kind] if one[side] == place}
            yield {(quarter, name, "/".join(place)): -1} | through, 0


def different(found: Iterable[Equation]) -> list[Equation]:
    """Return each equation once, what tells most ahead."""
    once = {(frozenset(left.items()), right): (left, right) for left, right in found}
    return sorted(once.values(), key=lambda one: len(one[0]))


def bounded(found: Iterable[Equation]) -> dict[Any, tuple[float, float]]:
    """Return how small and how large every number can be, which is no less than zero.

    Each equation narrows what is in it until nothing changes any more.
    """
    kept = list(found)
    among: dict[Any, set[int]] = defaultdict(set)
    for number, (left, _) in enumerate(kept):
        for spot in left:
            among[spot].add(number)
    bounds: dict[Any, tuple[float, float]] = dict.fromkeys(among, (0, inf))
    waiting = set(range(len(kept)))
    while waiting:
        left, right = kept[waiting.pop()]
        for spot, narrowed in _narrowed(left, right, bounds).items():
            bounds[spot] = narrowed
            waiting |= among[spot]
    return bounds


def _narrowed(
    left: Mapping[Any, int], right: int, bounds: Mapping[Any, tuple[float, float]]
) -> dict[Any, tuple[float, float]]:
    """Return what one equation leaves of the bounds in it, where that is less."""
    ends = {spot: sorted(times * bound for bound in bounds[spot]) for spot, times in left.items()}
    found = {}
    for spot, times in left.items():
        least = right - sum(ends[one][1] for one in left if one != spot)
        most = right - sum(ends[one][0] for one in left if one != spot)
        low, high = sorted((least / times, most / times))
        was = bounds[spot]
        now = (max(was[0], _whole(ceil, low)), min(was[1], _whole(floor, high)))
        assert now[0] <= now[1], "what is shown contradicts itself"
        if now != was:
            found[spot] = now
    return found


def _whole(way: Any, number: float) -> float:
    return number if number in (inf, -inf) else way(number)
