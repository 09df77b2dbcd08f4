"""Publish the figures of a quarter once it is over, and forget those of long ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from server import audit, cards
from server.db import db, reading, table
from server.people.models import Organisation, Person
from server.reports import crossing, models
from server.reports.counting import count_new
from server.reports.flows import FLOWS, STANDING, may_show
from server.reports.labels import TABLES
from server.reports.models import Counted, Figure, Tally
from server.reports.places import ON_TIME, Path, fitting, places
from server.reports.quarters import Quarter
from server.reports.reporters import REPORTER, REPORTER_OF_AREA, find_few
from server.reports.suppression import Node, hide

KEPT = 12  # quarters
CROSSING = "crossing"
# Few are late, so what was on time would be hidden beside them nearly always. How many days it took
# is therefore held against what was late, and of what was on time most can be told.
OPENED = {"answer": ON_TIME}

Counts = Mapping[Path, int]
Shown = dict[Path, int | None]


def publish_due() -> list[str]:
    """Publish every quarter that is over and was not published yet; return their ids.

    Each is published once. Nothing that happens later changes it, so that two dates never show the
    same observations in two ways. A quarter in which nothing happened is published as well: that it
    was missing would tell that its hidden numbers are zero.
    """
    count_new()
    published = []
    for quarter in _over():
        _publish(str(quarter))
        published.append(str(quarter))
    _remove_old()
    db.session.commit()
    return published


def _over() -> list[Quarter]:
    """Return the quarters that are over and counted to the end, from the first or the last one."""
    counted = db.session.scalar(sa.select(sa.func.min(Counted.until)))
    done = [Quarter.named(one) for one in db.session.scalars(sa.select(models.Quarter.id))]
    names = db.session.scalars(sa.select(Tally.quarter).distinct())
    found = [Quarter.named(name) for name in names]
    db.session.rollback()
    if counted is None or not (done or found):
        return []
    first = max(done).next() if done else min(found)
    row = [first.plus(number) for number in range(max(0, Quarter.at(counted) - first))]
    return [one for one in row if one.ends_at <= counted]


def _publish(name: str) -> None:
    """Work out what may be shown of a quarter, and only then hold up who writes."""
    with reading():
        tables = _hidden(name)
        db.session.rollback()
    db.session.add(models.Quarter(id=name))
    db.session.flush()
    rows = [
        {"quarter": name, "name": each, "path": "/".join(path), "count": count}
        for each, shown in tables.items()
        for path, count in shown.items()
    ]
    db.session.execute(sa.insert(table(Figure)), rows)
    # What was counted for a quarter that is published already is never published.
    db.session.execute(sa.delete(Tally).where(Tally.quarter <= name))
    audit.log(None, "publish_figures", "figures")
    db.session.commit()


def _hidden(quarter: str) -> dict[str, Shown]:
    """Return every table of a quarter as it may be shown."""
    tallies: dict[str, dict[Path, int]] = defaultdict(dict)
    for tally in db.session.scalars(sa.select(Tally).where(Tally.quarter == quarter)):
        tallies[tally.name][tuple(tally.path.split("/"))] = tally.count
    ways = _crossing(tallies[CROSSING])
    few = find_few(tallies[REPORTER], tallies[REPORTER_OF_AREA], ways)
    trees = {name: _tree(places(name), tallies[name], few.places.get(name, ())) for name in TABLES}
    shown = {
        name: hide_opened(tree, OPENED[name]) if name in OPENED else hide(tree)
        for name, tree in trees.items()
    }
    _hide_what_flows_tell(shown, trees)
    linked = {name: shown[name] for name in crossing.LINKED}
    if all(one[()] is not None for one in linked.values()):
        shown |= crossing.widen(linked, ways, _pairs(), few.pairs)
    return shown


def hide_opened(tree: Node, opened: str) -> Shown:
    """Hide a tree as if what is in one of its parts stood in the whole itself.

    That part is shown where everything in it is, as anybody could add it up, and where everything
    beside it is, as anybody could take that off the whole. Where a small number beside it would
    have hidden all that is in it, most of that can be shown.
    """
    inside: dict[Path, Node] = {
        (opened, key): part for key, part in tree.parts[opened].parts.items()
    }
    beside: dict[Path, Node] = {(key,): part for key, part in tree.parts.items() if key != opened}
    parts = {"/".join(path): part for path, part in (inside | beside).items()}
    hidden = hide(Node(tree.count, parts, tree.few))
    shown = {tuple("/".join(path).split("/")) if path else (): hidden[path] for path in hidden}
    inner, outer = (_sum(shown[path] for path in paths) for paths in (inside, beside))
    whole = shown[()]
    if inner is None and outer is not None and whole is not None:
        inner = whole - outer
    return {**shown, (opened,): inner}


def _sum(counts: Iterable[int | None]) -> int | None:
    """Return what these are together; None where one of them is hidden."""
    told = list(counts)
    return None if None in told else sum(one for one in told if one is not None)


def _hide_what_flows_tell(shown: dict[str, Shown], trees: Mapping[str, Node]) -> None:
    totals: dict[str, list[int | None]] = defaultdict(list)
    for name, count in db.session.execute(
        sa.select(Figure.name, Figure.count).where(Figure.path == "")
    ):
        totals[name].append(count)
    for out, into in FLOWS.items():
        if not may_show(trees[out].count, totals[out], [*totals[into], shown[into][()]]):
            shown[out] = dict.fromkeys(shown[out])
    for place, (into, outs) in STANDING.items():
        count = shown["overdue"][(place,)]
        went = [one for out in outs for one in (*totals[out], shown[out][()])]
        if count is not None and not may_show(count, went, [*totals[into], shown[into][()]]):
            shown["overdue"] = dict.fromkeys(shown["overdue"])


def _crossing(tallies: Counts) -> dict[crossing.Way, int]:
    """Return how many observations went through which organisation, card and signal."""
    found: dict[crossing.Way, int] = defaultdict(int)
    known = {name: places(name) for name in crossing.LINKED}
    for (organisation, card, *signal), count in tallies.items():
        way = (
            fitting(known["organisation"], (organisation,)),
            fitting(known["card"], (card,)),
            fitting(known["signal"], tuple(signal)),
        )
        found[way] += count
    return found


def _pairs() -> dict[str, set[tuple[Path, Path]]]:
    """Return which organisations and cards can go together, and which cards and signals."""
    people = db.session.execute(
        sa.select(Organisation.kind, Person.card)
        .join(Person, Person.organisation_id == Organisation.id)
        .where(Person.card.is_not(None))
        .distinct()
    )
    library = cards.library().cards
    signals = {
        ((name,), (one["group"], one["concept"]))
        for name, card in library.items()
        for one in card["signals"]
    }
    return {
        "organisation": {((kind,), (card,)) for kind, card in people if card in library},
        "signal": signals | {((name,), ("none",)) for name in library},
    }


def _tree(known: Collection[Path], tallies: Counts, few: Collection[Path] = ()) -> Node:
    """Return the tree of all places with what counts there.

    What was counted in a place that is no more, because a buurt was renamed or a card is gone,
    counts with the rest.
    """
    counts = dict.fromkeys(known, 0)
    for path, count in tallies.items():
        counts[fitting(known, path)] += count
    return grow(counts, few)


def grow(counts: Counts, few: Collection[Path] = (), above: Path = ()) -> Node:
    """Return the tree in which these numbers are the leaves."""
    under: dict[str, dict[Path, int]] = defaultdict(dict)
    for path, count in counts.items():
        if path:
            under[path[0]][path[1:]] = count
    parts = {name: grow(inside, few, (*above, name)) for name, inside in under.items()}
    count = counts.get((), 0) + sum(part.count for part in parts.values())
    return Node(count, parts, above in few)


def _remove_old() -> None:
    """Forget what was published longer ago than any page shows.

    The totals stay, because what goes out is held against all that came in (``flows``).
    """
    names = sorted(db.session.scalars(sa.select(models.Quarter.id)), key=Quarter.named)
    old = names[:-KEPT]
    db.session.execute(sa.delete(Figure).where(Figure.quarter.in_(old), Figure.path != ""))
