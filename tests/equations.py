"""Everything that anybody can read of the figures as equations, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from tests.factories import Phone


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
                    yield {spot: 1 for spot, _ in shown}, cell["at_least"]
                    yield from (({spot: 1}, count) for spot, count in shown)
                    yield from parts_of(table, cell, own)


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
