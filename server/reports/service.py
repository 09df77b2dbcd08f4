"""The only door to figures: screens, papers, exports and the API get them here and nowhere else.

What comes out was published before and is at most added up; nothing is counted here, so nothing
that is hidden can come out, however often and in whatever order somebody asks. Who needs another
figure adds a table that the clock tallies (``counting``, ``publishing``), never a query.

``periods`` says which quarters there are, ``figures`` gives the tables of a row of them,
``compared`` those of a row of the same length to lay beside it, ``changes`` tells in sentences
what is new or rising between two, and ``WARNING`` and ``HIDING`` belong beside every figure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from server import workdays
from server.db import db, now
from server.errors import fault
from server.reports import models
from server.reports.counting import SETTLED
from server.reports.labels import TABLES, label
from server.reports.models import Figure
from server.reports.places import Path, current, wholes_first
from server.reports.quarters import Quarter
from server.reports.suppression import LEAST

WARNING = (
    "Het zijn registraties. Meer meldingen kan betekenen dat er meer gebeurt. Het kan ook "
    "betekenen dat mensen beter opletten."
)
HIDING = (
    f"Aantallen onder de {LEAST} zijn verborgen, en soms een ander aantal ernaast. Zo is niemand "
    "terug te vinden."
)
# So many more, and half as many again: below that it is chance as easily as change.
MORE, TIMES = 5, 1.5
# The tables in which something can be new or rising, and of how many places of each it is told.
CHANGING = ("signal", "area", "card")
MOST = 2
LONGEST = 12  # quarters in one period


@dataclass(frozen=True)
class Cell:
    """One number of a table. ``key`` leads from the whole to the part; ``""`` is the total.

    ``value`` is None where a number is hidden. ``at_least`` is what of it was shown: in a longer
    period other quarters may show what one hides, and of a hidden whole parts may be shown. On
    paper: "verborgen" or "ten minste 12". ``by_quarter`` is the number of each of
    ``Figures.quarters``, for a line through time, and ``least_by_quarter`` what is shown of it.
    """

    key: str
    label: str
    value: int | None
    at_least: int
    by_quarter: tuple[int | None, ...]
    least_by_quarter: tuple[int, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """Return the steps from the whole to this part."""
        return tuple(self.key.split("/")) if self.key else ()


@dataclass(frozen=True)
class Table:
    """One table: a tree of places, each whole before its parts."""

    name: str
    title: str
    of: str
    cells: tuple[Cell, ...]

    def cell(self, key: str) -> Cell | None:
        """Return one cell by its key, or None when there is no such place."""
        return next((one for one in self.cells if one.key == key), None)


@dataclass(frozen=True)
class Figures:
    """The figures of a row of quarters, added up from what each of them shows.

    ``quarters`` are those that were published, ``missing`` those of the period that were not.
    """

    first: str
    last: str
    begins_on: date
    ends_on: date
    quarters: tuple[str, ...]
    missing: tuple[str, ...]
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """Return one table by its name (``labels.TABLES``)."""
        return next(one for one in self.tables if one.name == name)


def periods() -> list[str]:
    """Return the quarters that were published, such as ``2026-Q4``, the newest first."""
    ids = db.session.scalars(sa.select(models.Quarter.id))
    return sorted(ids, key=Quarter.named, reverse=True)[:LONGEST]


def figures(first: str, last: str) -> Figures:
    """Return the figures of the quarters from ``first`` up to and including ``last``.

    A period in which nothing was published has no tables' numbers: ``quarters`` is empty then.
    Raises Invalid, with a Dutch sentence, when the period cannot be.
    """
    begin, end = _named(first, "first"), _named(last, "last")
    if end < begin:
        raise fault("last", "De periode eindigt voordat hij begint. Draai de kwartalen om.")
    names = [str(one) for one in _row(begin, end)]
    there = set(periods())
    shown = tuple(one for one in names if one in there)
    return Figures(
        first=first,
        last=last,
        begins_on=begin.begins_on,
        ends_on=end.next().begins_on - timedelta(days=1),
        quarters=shown,
        missing=tuple(one for one in names if one not in there),
        tables=tuple(_tables(shown)),
    )


def compared(shown: Figures, first: str | None = None) -> Figures | None:
    """Return a period of the same length to compare with: from ``first``, or just ahead of it.

    None when nothing can be compared: of either a quarter was not published.
    """
    length = len(_row(Quarter.named(shown.first), Quarter.named(shown.last)))
    begin = (
        _named(first, "against") if first is not None else Quarter.named(shown.first).plus(-length)
    )
    other = figures(str(begin), str(begin.plus(length - 1)))
    return None if other.missing or shown.missing else other


def changes(shown: Figures, earlier: Figures, tables: Iterable[str] = CHANGING) -> list[str]:
    """Return in sentences what is new or rising, from what both periods show and nothing else.

    What grew most comes first. ``tables`` are those that may be told of.
    """
    found = [one for name in tables for one in _risen(shown.table(name), earlier.table(name))]
    # Where a part grew as much as its whole, the part says more.
    found.sort(key=lambda one: (-one.growth, -len(one.cell.path)))
    told: list[_Risen] = []
    for one in found:
        of_this = [other for other in told if other.table == one.table]
        if len(of_this) < MOST and not any(_are_nested(one.cell, other.cell) for other in of_this):
            told.append(one)
    return [_sentence(one) for one in told]


def newest() -> str:
    """Return the last quarter that was published, or else the one that ended last."""
    return next(iter(periods()), str(Quarter.of(workdays.local_day(now())).plus(-1)))


def next_quarter() -> tuple[str, datetime]:
    """Return the quarter that lasts now, and from when its figures are there."""
    quarter = Quarter.of(workdays.local_day(now()))
    return str(quarter), quarter.ends_at + SETTLED


@dataclass(frozen=True)
class _Risen:
    table: str
    cell: Cell
    count: int
    was: int

    @property
    def growth(self) -> int:
        return self.count - self.was


def _risen(table: Table, earlier: Table) -> Iterable[_Risen]:
    """Yield each part of a table that both periods show and that is new or rose."""
    was_there = {one.key: one.value for one in earlier.cells}
    for cell in table.cells:
        # A card that was made or a buurt that was split since was no place where nothing happened.
        was = was_there.get(cell.key)
        if not cell.key or cell.value is None or was is None or "other" in cell.path:
            continue
        if _is_more(cell.value, was) if was else cell.value:
            yield _Risen(table.name, cell, cell.value, was)


def _are_nested(one: Cell, other: Cell) -> bool:
    """Say whether one is a part of the other: both would tell the same reports twice."""
    steps = min(len(one.path), len(other.path))
    return one.path[:steps] == other.path[:steps]


def _sentence(one: _Risen) -> str:
    if one.was:
        return f"Meer dan ervoor: {one.cell.label}, van {one.was} naar {one.count}."
    return f"Nieuw in de cijfers: {one.cell.label}, {one.count}."


def _is_more(count: int, was: int) -> bool:
    return count - was >= MORE and count >= TIMES * was


def _named(name: str, field: str) -> Quarter:
    if not re.fullmatch(r"2[0-9]{3}-Q[1-4]", name):
        raise fault(field, "Schrijf een kwartaal als 2026-Q4.")
    return Quarter.named(name)


def _row(first: Quarter, last: Quarter) -> list[Quarter]:
    length = last - first + 1
    if length > LONGEST:
        raise fault("first", "Kies ten hoogste twaalf kwartalen.")
    return [first.plus(number) for number in range(length)]


def _tables(quarters: Sequence[str]) -> list[Table]:
    rows = db.session.execute(
        sa.select(Figure.quarter, Figure.name, Figure.path, Figure.count).where(
            Figure.quarter.in_(quarters)
        )
    )
    # By table, place and quarter; an area counts as what CBS calls it now.
    counts: dict[str, dict[Path, dict[str, int | None]]] = {name: {} for name in TABLES}
    for quarter, name, key, count in rows:
        place = current(tuple(key.split("/"))) if key else ()
        here = counts[name].setdefault(place, {})
        before = here.get(quarter, 0)
        here[quarter] = None if count is None or before is None else before + count
    return [
        Table(name, about.title, about.of, tuple(_cells(name, counts[name], quarters)))
        for name, about in TABLES.items()
    ]


def _cells(
    name: str, counts: Mapping[Path, Mapping[str, int | None]], quarters: Sequence[str]
) -> Iterable[Cell]:
    order = {path: number for number, path in enumerate(wholes_first(name))}
    last = len(order)
    parts: dict[Path, list[Path]] = defaultdict(list)
    for path in counts:
        if path:
            parts[path[:-1]].append(path)

    def least(path: Path, quarter: str) -> int:
        # A place that was not there yet held nothing then.
        count = counts[path].get(quarter, 0)
        return sum(least(part, quarter) for part in parts[path]) if count is None else count

    for path, found in sorted(
        counts.items(),
        key=lambda one: (order.get(one[0][:1], last), order.get(one[0], last)),
    ):
        by_quarter = tuple(found.get(quarter, 0) for quarter in quarters)
        told = tuple(least(path, quarter) for quarter in quarters)
        whole = None if None in by_quarter else sum(told)
        yield Cell("/".join(path), label(name, path), whole, sum(told), by_quarter, told)
