"""Publish the figures of a quarter once it is over, and forget those of long ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa

from server import audit, cards
from server.cards.kinds import GROUPS
from server.db import db, table
from server.people.models import ORGANISATION_KINDS
from server.reports import models
from server.reports.counting import DAYS, NONE, OTHER, count_new, district_of, known_areas
from server.reports.models import Counted, Figure, Tally
from server.reports.quarters import Quarter
from server.reports.suppression import Node, hide

TABLES = ("card", "organisation", "area", "signal", "answer")
KEPT = 12  # quarters


def publish_due() -> list[str]:
    """Publish every quarter that is over and was not published yet; return their ids.

    Each is published once. Nothing that happens later changes it, so that two dates never show the
    same observations in two ways.
    """
    count_new()
    published = []
    for quarter in _over():
        _publish(quarter)
        published.append(str(quarter))
    _remove_old()
    db.session.commit()
    return published


def _over() -> list[Quarter]:
    """Return the quarters that have tallies, are over and are counted to the end."""
    counted = db.session.scalar(sa.select(sa.func.min(Counted.until)))
    names = db.session.scalars(sa.select(Tally.quarter).distinct()).all()
    quarters = sorted(Quarter.named(name) for name in names)
    return [one for one in quarters if counted is not None and one.ends_at <= counted]


def _publish(quarter: Quarter) -> None:
    name = str(quarter)
    tallies: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for tally in db.session.scalars(sa.select(Tally).where(Tally.quarter == name)):
        tallies[tally.name][tuple(tally.path.split("/"))] = tally.count
    db.session.add(models.Quarter(id=name))
    db.session.flush()
    rows = [
        {"quarter": name, "name": each, "path": "/".join(path), "count": count}
        for each in TABLES
        for path, count in hide(_tree(_places(each), tallies[each])).items()
    ]
    db.session.execute(sa.insert(table(Figure)), rows)
    db.session.execute(sa.delete(Tally).where(Tally.quarter == name))
    audit.log(None, "publish_figures", "figures")


def _places(name: str) -> list[tuple[str, ...]]:
    """Return every place there is in a table, whether anything counts there or not.

    A place that showed only when something counts there would tell that something does.
    """
    library = cards.library()
    if name == "card":
        return [*((card,) for card in library.cards), (OTHER,)]
    if name == "organisation":
        return [*((kind,) for kind in ORGANISATION_KINDS), (OTHER,)]
    if name == "area":
        wijken = sorted({district_of(code) for code in known_areas()})
        buurten = [code for code in known_areas() if code not in wijken]
        inside = [(district_of(code), code) for code in sorted(buurten)]
        return [*inside, *((wijk, OTHER) for wijk in wijken), (NONE,), (OTHER,)]
    if name == "signal":
        return [*_concepts(), *((group, OTHER) for group in GROUPS), (NONE,), (OTHER,)]
    took = [*(str(days) for days in DAYS), "longer"]
    return [(share, days) for share in ("on_time", "late") for days in took]


def _concepts() -> list[tuple[str, ...]]:
    """Return each concept in each group that a card has it in."""
    signals = (one for card in cards.library().cards.values() for one in card["signals"])
    return sorted({(one["group"], one["concept"]) for one in signals})


def _tree(places: Collection[tuple[str, ...]], tallies: Mapping[tuple[str, ...], int]) -> Node:
    """Return the tree of all places with what counts there.

    What was counted in a place that is no more, because a buurt was renamed or a card is gone,
    counts with the rest.
    """
    counts = dict.fromkeys(places, 0)
    for path, count in tallies.items():
        rest = (path[0], OTHER) if (path[0], OTHER) in counts else (OTHER,)
        counts[path if path in counts else rest] += count
    return _grow(counts)


def _grow(counts: Mapping[tuple[str, ...], int]) -> Node:
    under: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for path, count in counts.items():
        if path:
            under[path[0]][path[1:]] = count
    parts = {key: _grow(inside) for key, inside in under.items()}
    return Node(counts.get((), 0) + sum(part.count for part in parts.values()), parts)


def _remove_old() -> None:
    """Forget what was published longer ago than any page shows."""
    names = sorted(db.session.scalars(sa.select(models.Quarter.id)), key=Quarter.named)
    old = names[:-KEPT]
    if old:
        db.session.execute(sa.delete(Figure).where(Figure.quarter.in_(old)))
        db.session.execute(sa.delete(models.Quarter).where(models.Quarter.id.in_(old)))
