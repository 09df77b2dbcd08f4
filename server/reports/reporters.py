"""Remember who reported in a quarter while it lasts, and find where they were too few to show.

A number of fewer than ``FEWEST`` people is about one of them, however large it is. What counts is
who reported there in that quarter, not who may: of ten people who have a card nine can have kept
silent. An observation may be deleted before its quarter is over, so who it came from is kept as a
tally, which goes when the quarter is published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from server.reports.crossing import Way
from server.reports.places import Path, fitting, places, wholes_first

REPORTER, REPORTER_OF_AREA = "reporter", "reporter-area"
# What came in counts in these; every number there is about who reported it.
RECEIVED = ("signal", "area", "card", "organisation")
# Of two people who report each knows the other's number by taking off their own.
FEWEST = 3


@dataclass(frozen=True)
class Few:
    """Where fewer than ``FEWEST`` people reported.

    ``places`` are those of each table. ``pairs`` are ways from one table to the next that only they
    went: no table shows those, and they may not follow from two tables either.
    """

    places: Mapping[str, Collection[Path]]
    pairs: Mapping[str, Collection[tuple[Path, Path]]]


def tallied(person: str, way: Path, area: Path) -> dict[str, Path]:
    """Return the tallies that remember who reported along this way and about this area."""
    who = (_known_as(person),)
    return {REPORTER: way + who, REPORTER_OF_AREA: area + who}


def who_of(path: str) -> str:
    """Return what tells one person from another, of a tally as it is stored."""
    return path.rpartition("/")[2]


def _known_as(person: str) -> str:
    """Return what tells one person from another, and is short enough to stand behind a place."""
    return blake2b(person.encode(), digest_size=8).hexdigest()


def find_few(ways: Iterable[Path], from_areas: Iterable[Path], crossing: Iterable[Way]) -> Few:
    """Return where too few people reported.

    ``ways`` and ``from_areas`` are the paths that were tallied, ``crossing`` says along what
    observations went. Where nobody is known to have reported they are too few as well.
    """
    people = _people(ways, from_areas)

    def few(*spot: Path) -> bool:
        return len(people[spot]) < FEWEST

    held, ticked = set(), set()
    for organisation, card, signal in crossing:
        if few(("organisation", *organisation), ("card", *card)):
            held.add((organisation, card))
        if few(("card", *card), ("signal", *signal)):
            ticked.add((card, signal))
    found = {name: {path for path in wholes_first(name) if few((name, *path))} for name in RECEIVED}
    return Few(found, {"organisation": held, "signal": ticked})


def _people(ways: Iterable[Path], from_areas: Iterable[Path]) -> dict[tuple[Path, ...], set[str]]:
    """Return who reported in each place of a table, and in each pair of places of two."""
    known = {name: places(name) for name in RECEIVED}
    people: dict[tuple[Path, ...], set[str]] = defaultdict(set)
    for kind, card, *signal, person in ways:
        kind_at = ("organisation", *fitting(known["organisation"], (kind,)))
        card_at = ("card", *fitting(known["card"], (card,)))
        signal_at = ("signal", *fitting(known["signal"], tuple(signal)))
        for spot in (*_wholes(kind_at), *_wholes(card_at), *_wholes(signal_at)):
            people[(spot,)].add(person)
        people[(kind_at, card_at)].add(person)
        people[(card_at, signal_at)].add(person)
    for *area, person in from_areas:
        for spot in _wholes(("area", *fitting(known["area"], tuple(area)))):
            people[(spot,)].add(person)
    return people


def _wholes(spot: Path) -> Iterator[Path]:
    """Yield a place in a table with the wholes it is in, of which the table is the first."""
    yield from (spot[:length] for length in range(1, len(spot) + 1))
