"""Find what two tables of one quarter give away together, and hide more until nothing follows.

An observation counts in the tables of organisations, cards and signals at once, and everybody can
know which go together: only a club has the card for sport, and a concept stands on that card only.
So what one table hides may follow from another. ``determined`` is the attacker: it knows every pair
that can occur, and finds each hidden number that no other world could have.

The three tables are a network through which observations flow, from the kind of organisation
through the card to the signal and up its tree. A number that is shown is fixed. A hidden one can be
something else if and only if some circle of hidden ones passes through it along which one
observation more can flow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from server.reports.places import Path

Shown = Mapping[Path, int | None]
Tables = Mapping[str, Shown]
Vertex = tuple[str, Path]
Edge = tuple[Vertex, Vertex]
Spot = tuple[str, Path]  # a table and a place in it

LINKED = ("organisation", "card", "signal")
START, END = ("start", ()), ("end", ())

Way = tuple[Path, Path, Path]  # of an organisation, with a card, to a signal

# How many observations went each way.
Crossing = Mapping[Way, int]
Pairs = Collection[tuple[Path, Path]]
NO_PAIRS: Mapping[str, Pairs] = {"organisation": (), "signal": ()}


def determined(
    tables: Tables,
    crossing: Crossing,
    pairs: Mapping[str, Pairs],
    few: Mapping[str, Pairs] = NO_PAIRS,
) -> set[Spot | Edge]:
    """Return every hidden place whose number follows from what is shown.

    ``pairs`` are the organisations and cards, and the cards and signals, that can go together.
    ``few`` are those of them that so few people reported that no number may follow there either,
    although no table has them.
    """
    flow = _flow(crossing)
    ways = _ways(tables, flow, pairs)
    spots = _spots(tables)
    hidden: dict[Edge, Spot | Edge] = {
        edge: spot for edge, spot in spots.items() if _is_hidden(tables, spot)
    }
    hidden |= {edge: edge for edge in _pair_edges(few) if flow.get(edge)}
    return {
        spot
        for edge, spot in hidden.items()
        if _can_occur(edge, flow, pairs) and not _can_change(edge, flow, ways)
    }


def widen(
    tables: Tables,
    crossing: Crossing,
    pairs: Mapping[str, Pairs],
    few: Mapping[str, Pairs] = NO_PAIRS,
) -> dict[str, dict[Path, int | None]]:
    """Hide more of the linked tables until nothing hidden follows from them together."""
    found = {name: dict(shown) for name, shown in tables.items()}
    # What follows from the total alone, because only one kind takes part, no hiding helps.
    bare = {
        name: {path: None if path else found[name][path] for path in found[name]} for name in found
    }
    known = determined(bare, crossing, pairs, few)
    while follows := determined(found, crossing, pairs, few) - known:
        best = min(
            _choices(found),
            key=lambda spot: (
                len(determined(_without(found, spot), crossing, pairs, few) - known)
                >= len(follows),
                found[spot[0]][spot[1]],
                spot,
            ),
        )
        for alike in _alike(found, best):
            found = _without(found, alike)
    return found


def _alike(tables: Tables, spot: Spot) -> list[Spot]:
    """Return the places beside one with the same number: which one went would tell something."""
    name, path = spot
    return [
        (name, other)
        for other, count in tables[name].items()
        if len(other) == len(path) and other[:-1] == path[:-1] and count == tables[name][path]
    ]


def _choices(tables: Tables) -> list[Spot]:
    return [
        (name, path)
        for name in LINKED
        for path, count in tables[name].items()
        if path and count is not None
    ]


def _without(tables: Tables, spot: Spot) -> dict[str, dict[Path, int | None]]:
    """Return the tables with one place hidden more, and all that is in it."""
    name, hidden = spot
    found = {each: dict(shown) for each, shown in tables.items()}
    for path in found[name]:
        if path[: len(hidden)] == hidden:
            found[name][path] = None
    return found


def _is_hidden(tables: Tables, spot: Spot) -> bool:
    name, path = spot
    return tables[name][path] is None


def _steps(organisation: Path, card: Path, signal: Path) -> Iterator[Edge]:
    """Yield the way of one observation through the network."""
    up = [("signal", signal[:length]) for length in range(len(signal), 0, -1)]
    yield from pairwise(
        [START, ("organisation", organisation), ("card", card), ("ticked", card), *up, END]
    )


def _flow(crossing: Crossing) -> dict[Edge, int]:
    flow: dict[Edge, int] = defaultdict(int)
    for way, count in crossing.items():
        for edge in _steps(*way):
            flow[edge] += count
    return flow


def _spots(tables: Tables) -> dict[Edge, Spot]:
    """Return for each edge that a table tells of which place that is."""
    found: dict[Edge, Spot] = {}
    for path in tables["organisation"]:
        if path:
            found[(START, ("organisation", path))] = ("organisation", path)
    for path in tables["card"]:
        if path:
            found[(("card", path), ("ticked", path))] = ("card", path)
    for path in tables["signal"]:
        if path:
            above = ("signal", path[:-1]) if len(path) > 1 else END
            found[(("signal", path), above)] = ("signal", path)
    return found


def _pair_edges(pairs: Mapping[str, Pairs]) -> Iterator[Edge]:
    for organisation, card in pairs["organisation"]:
        yield ("organisation", organisation), ("card", card)
    for card, signal in pairs["signal"]:
        yield ("ticked", card), ("signal", signal)


def _ways(
    tables: Tables, flow: Mapping[Edge, int], pairs: Mapping[str, Pairs]
) -> dict[Vertex, set[Vertex]]:
    """Return along what one observation more or less can flow; against a flow is one less."""
    spots = _spots(tables)
    free = {edge for edge in spots if _is_hidden(tables, spots[edge])}
    free |= {*_pair_edges(pairs), *(edge for edge in flow if edge not in spots)}
    ways: dict[Vertex, set[Vertex]] = defaultdict(set)
    for begin, end in free:
        ways[begin].add(end)
        if flow.get((begin, end)):
            ways[end].add(begin)
    return ways


def _can_occur(edge: Edge, flow: Mapping[Edge, int], pairs: Mapping[str, Pairs]) -> bool:
    """Say whether anything could count here at all; of a place nobody can reach all is known."""
    if flow.get(edge):
        return True
    ends = {vertex for pair in _pair_edges(pairs) for vertex in pair}
    begin, end = edge
    if begin[0] == "signal":
        return any(kind == "signal" and path[: len(begin[1])] == begin[1] for kind, path in ends)
    return (end if begin == START else begin) in ends


def _can_change(edge: Edge, flow: Mapping[Edge, int], ways: Mapping[Vertex, set[Vertex]]) -> bool:
    begin, end = edge
    more = _reaches(end, begin, edge, ways)
    return more or bool(flow.get(edge) and _reaches(begin, end, edge, ways))


def _reaches(
    first: Vertex, last: Vertex, without: Edge, ways: Mapping[Vertex, set[Vertex]]
) -> bool:
    """Say whether there is a way that does not use this edge in either direction."""
    seen, ahead = {first}, [first]
    while ahead:
        here = ahead.pop()
        for there in ways.get(here, ()):
            if there in seen or {here, there} == set(without):
                continue
            if there == last:
                return True
            seen.add(there)
            ahead.append(there)
    return False
