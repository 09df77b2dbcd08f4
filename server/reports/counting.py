"""Count what came in and what was answered, while it is there to be counted.

An observation is deleted weeks after its answer, long before its quarter is over, and a figure must
not depend on that. So every hour what is new is added to the tallies; a withdrawal or deletion
afterwards changes no figure, and no figure tells of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from server import areas, cards, workdays
from server.db import Model, db, now, table
from server.observations.models import Observation
from server.people.models import Organisation, Person
from server.reports.models import Counted, Tally
from server.reports.quarters import Quarter

# What is received is committed within half a minute, so after this long nothing comes in between.
SETTLED = timedelta(minutes=10)
BEGINNING = datetime(2000, 1, 1, tzinfo=workdays.AMSTERDAM)
NONE, OTHER = "none", "other"
WEIGHTS = ("ernstig", "opvallend", "licht")
# How long an answer took, in working days: up to and including each of these, or longer.
DAYS = (2, 5, 10)

Place = tuple[str, str, str]  # quarter, table, path


def count_new() -> int:
    """Add to the tallies what was received or answered since the last time; return how much."""
    until = now() - SETTLED
    received = _since("received", Observation.received_at, until)
    answered = _since("answered", Observation.answered_at, until)
    _add(place for seen in received for place in _places_of(seen))
    _add(_place_of_answer(seen) for seen in answered)
    db.session.commit()
    return len(received) + len(answered)


@dataclass(frozen=True)
class Seen:
    """An observation with the kind of organisation it came from."""

    observation: Observation
    organisation: str


def _since(what: str, at: sa.SQLColumnExpression[Any], until: datetime) -> list[Seen]:
    """Return what happened after the last count, and note that it is counted."""
    # Of two clocks that count at once the second waits here, and finds nothing left to count.
    first = _insert(Counted).values(what=what, until=BEGINNING).on_conflict_do_nothing()
    db.session.execute(first)
    held = db.session.get_one(Counted, what, with_for_update=True, populate_existing=True)
    begin = held.until
    held.until = max(begin, until)
    rows = db.session.execute(
        sa.select(Observation, Organisation.kind)
        .join(Person, Person.id == Observation.author_id)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(at > begin, at <= until)
    )
    return [Seen(observation, organisation) for observation, organisation in rows]


def _places_of(seen: Seen) -> Iterator[Place]:
    """Return where an observation counts: in one place of every table."""
    observation = seen.observation
    quarter = str(Quarter.of(workdays.local_day(observation.received_at)))
    card = observation.card if cards.library().knows(observation.card) else OTHER
    yield quarter, "card", card
    yield quarter, "organisation", seen.organisation
    yield quarter, "area", _area(observation.area)
    yield quarter, "signal", _signal(observation.card, observation.signals)


def _area(code: str | None) -> str:
    """Return the path of an area: its wijk, and in it its buurt."""
    if code is None:
        return NONE
    if code not in known_areas():
        return OTHER
    district = district_of(code)
    return f"{district}/{code if code != district else OTHER}"


def district_of(code: str) -> str:
    """Return the wijk of a buurt, or of itself; CBS writes the one within the other."""
    return f"WK{code[2:8]}"


def known_areas() -> dict[str, str]:
    """Return the name of every wijk and buurt there is now, by code."""
    about = [feature["properties"] for feature in areas.library().features]
    return {one["statcode"]: one["statnaam"] for one in about}


def _signal(card: str, ids: Iterable[str]) -> str:
    """Return the path of the most serious signal: its group, and in it its concept."""
    known = {one["id"]: one for one in cards.library().cards.get(card, {}).get("signals", ())}
    ticked = [known[one] for one in ids if one in known]
    if not ticked:
        return NONE
    first = min(ticked, key=lambda one: WEIGHTS.index(one["weight"]))
    return f"{first['group']}/{first['concept']}"


def _place_of_answer(seen: Seen) -> Place:
    """Return where an answer counts: in the quarter it was given, by how long it took."""
    observation = seen.observation
    came = workdays.local_day(observation.received_at)
    answered = workdays.local_day(observation.answered_at or observation.received_at)
    took = workdays.count_workdays(came, answered)
    bucket = next((str(days) for days in DAYS if took <= days), "longer")
    on_time = "on_time" if answered <= observation.answer_by else "late"
    return str(Quarter.of(answered)), "answer", f"{on_time}/{bucket}"


def _add(places: Iterable[Place]) -> None:
    insert = _insert(Tally)
    tally = table(Tally).c
    for (quarter, name, path), count in sorted(Counter(places).items()):
        row = {"quarter": quarter, "name": name, "path": path, "count": count}
        merge = insert.values(row).on_conflict_do_update(
            index_elements=["quarter", "name", "path"], set_={"count": tally.count + count}
        )
        db.session.execute(merge)


def _insert(model: type[Model]) -> postgresql.Insert | sqlite.Insert:
    if db.session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table(model))
    return sqlite.insert(table(model))
