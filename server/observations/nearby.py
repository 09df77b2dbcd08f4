"""What else happened around the same time, here or of the same kind: from the plain part alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from server import cards
from server.db import db
from server.observations.models import Observation

NEAR = ("area", "district", "concept")
WEEKS = timedelta(weeks=3)
# So many are looked at on each side of the day, and so many are shown.
LOOKED_AT = 200
SHOWN = 10


@dataclass(frozen=True)
class Near:
    """Another observation and what is the same about it; ``days`` is how much later it was."""

    observation: Observation
    reasons: tuple[str, ...]
    days: int
    signals: int


def nearby(observation: Observation) -> list[Near]:
    """Return what was seen within three weeks in the same place or of the same kind.

    The same place comes first, then the most that is the same, then the nearest day. It says
    nothing about people, and nothing is added up.
    """
    concepts = _concepts(observation)
    found: dict[str, Near] = {}
    for other in _around(observation):
        same = len(concepts & _concepts(other))
        reasons = tuple(_reasons(observation, other, same))
        if reasons:
            days = (other.date - observation.date).days
            found[other.id] = Near(other, reasons, days, same)
    ranked = sorted(
        found.values(), key=lambda one: ("area" not in one.reasons, -one.signals, abs(one.days))
    )
    return ranked[:SHOWN]


def _around(observation: Observation) -> Iterator[Observation]:
    """Yield what was dated nearest: in this area, and anywhere."""
    day = observation.date
    first, last = _day(day, -WEEKS), _day(day, WEEKS)
    places = [Observation.area == observation.area] if observation.area else []
    for where in (*places, sa.true()):
        for side in (
            sa.select(Observation)
            .where(where, Observation.date.between(day, last))
            .order_by(Observation.date),
            sa.select(Observation)
            .where(where, Observation.date >= first, Observation.date < day)
            .order_by(Observation.date.desc()),
        ):
            for other in db.session.scalars(side.limit(LOOKED_AT)):
                if other.id != observation.id:
                    yield other


def _day(day: date, distance: timedelta) -> date:
    """Return a day so far away; a phone may have sent the very first or last day there is."""
    try:
        return day + distance
    except OverflowError:
        return date.max if distance > timedelta() else date.min


def _reasons(observation: Observation, other: Observation, same: int) -> Iterator[str]:
    if observation.area and other.area:
        if observation.area == other.area:
            yield "area"
        elif _district(observation.area) == _district(other.area):
            yield "district"
    if same:
        yield "concept"


def _district(area: str) -> str:
    """Return the wijk in which a buurt lies: its first six digits (CBS)."""
    return area[2:8]


def _concepts(observation: Observation) -> frozenset[str]:
    return cards.library().concepts_of(observation.card, observation.signals)
