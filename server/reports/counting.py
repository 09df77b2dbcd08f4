"""Count what came in and what was done with it, while it is there to be counted.

An observation is deleted weeks after its answer, long before its quarter is over, and a figure must
not depend on that. So every hour what is new is added to the tallies; a withdrawal or deletion
afterwards changes no figure, and no figure tells of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

import sqlalchemy as sa

from server import cards, workdays
from server.db import UTCDateTime, db, insert_into, now, table
from server.observations.models import Observation
from server.people.models import Organisation, Person
from server.reports import places, reporters, work
from server.reports.models import Counted, Tally
from server.reports.places import ENTERED, LATE, ON_TIME, OTHER, Path
from server.reports.quarters import Quarter

# What is received is committed within half a minute, so after this long nothing comes in between.
SETTLED = timedelta(minutes=10)
BEGINNING = datetime(2000, 1, 1, tzinfo=workdays.AMSTERDAM)
AT_ONCE = 500

# One thing that happened: the quarter it counts in, and its place in each table.
Happened = tuple[Quarter, Mapping[str, Path]]


def count_new() -> int:
    """Add to the tallies what happened since the last time; return how much."""
    until, happened = now() - SETTLED, 0
    for what, find in _FIND.items():
        begin = _claim(what, until)
        counts: Counter[tuple[str, str, str]] = Counter()
        for quarter, where in find(begin, max(begin, until)):
            happened += 1
            counts.update((str(quarter), name, "/".join(path)) for name, path in where.items())
        _add(counts)
    db.session.commit()
    return happened


def are_enough(quarter: str) -> bool:
    """Return whether so many people are known to have reported that the total will be shown.

    Who is tallied stays so until the quarter is published, so what is true once stays true.
    """
    paths = sa.select(Tally.path).where(Tally.quarter == quarter, Tally.name == reporters.REPORTER)
    people = {reporters.who_of(path) for path in db.session.scalars(paths)}
    return len(people) >= reporters.FEWEST


def ahead_of(remove: Callable[[], object]) -> Callable[[], None]:
    """Have what is removed be counted first: afterwards nobody can tell that it was there.

    What must go does not wait for a figure, so it goes as well when counting fails.
    """

    def run() -> None:
        try:
            count_new()
        finally:
            db.session.rollback()
            remove()

    return run


def _claim(what: str, until: datetime) -> datetime:
    """Return since when something is to be counted, and note that it is counted."""
    # Of two clocks that count at once the second waits here, and finds nothing left to count.
    first = insert_into(table(Counted)).values(what=what, until=BEGINNING).on_conflict_do_nothing()
    db.session.execute(first)
    held = db.session.get_one(Counted, what, with_for_update=True, populate_existing=True)
    begin = held.until
    held.until = max(begin, until)
    return begin


def _received(begin: datetime, until: datetime) -> Iterator[Happened]:
    """Yield what came in, which counts in one place of every table about it."""
    rows = db.session.execute(
        sa.select(
            Observation.received_at,
            Observation.card,
            Observation.area,
            Observation.signals,
            Observation.source,
            Observation.id,
            Observation.author_id,
            Organisation.kind,
        )
        .join(Person, Person.id == Observation.author_id)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(Observation.received_at > begin, Observation.received_at <= until)
        .execution_options(yield_per=AT_ONCE)
    )
    library = cards.library()
    for received_at, card, area, signals, source, one, author, organisation in rows:
        where = {
            "card": (card if library.knows(card) else OTHER,),
            # Whoever entered it at the desk is not who saw it.
            "organisation": (organisation if source == "app" else ENTERED,),
            "area": places.of_area(area),
            "signal": places.of_signals(card, signals),
        }
        way = where["organisation"] + where["card"] + where["signal"]
        # Nobody knows who called or wrote, so each counts as somebody.
        who = author if source == "app" else one
        where |= {"crossing": way, **reporters.tallied(who, way, where["area"])}
        yield Quarter.at(received_at), where


def _answered(begin: datetime, until: datetime) -> Iterator[Happened]:
    """Yield the answers, which count in the quarter they were given by how long they took."""
    _workdays.cache_clear()
    rows = db.session.execute(
        sa.select(
            Observation.received_at,
            sa.type_coerce(Observation.answered_at, UTCDateTime).label("answered_at"),
            Observation.answer_by,
        )
        .where(Observation.answered_at > begin, Observation.answered_at <= until)
        .execution_options(yield_per=AT_ONCE)
    )
    for received_at, answered_at, answer_by in rows:
        answered = workdays.local_day(answered_at)
        took = _workdays(workdays.local_day(received_at), answered)
        bucket = next((str(days) for days in places.DAYS if took <= days), "longer")
        share = ON_TIME if answered <= answer_by else LATE
        yield Quarter.of(answered), {"answer": (share, bucket)}


# Many reports share their days.
_workdays = lru_cache(maxsize=4096)(workdays.count_workdays)


def _work(
    find: Callable[[datetime, datetime], Iterator[work.Done]],
) -> Callable[[datetime, datetime], Iterator[Happened]]:
    def found(begin: datetime, until: datetime) -> Iterator[Happened]:
        for at, name, path in find(begin, until):
            yield Quarter.at(at), {name: path}

    return found


# In this order every clock takes their rows.
_FIND: Mapping[str, Callable[[datetime, datetime], Iterator[Happened]]] = {
    "received": _received,
    "answered": _answered,
    **{what: _work(find) for what, find in work.FIND.items()},
}


def _add(counts: Counter[tuple[str, str, str]]) -> None:
    insert = insert_into(table(Tally))
    tally = table(Tally).c
    for (quarter, name, path), count in sorted(counts.items()):
        row = {"quarter": quarter, "name": name, "path": path, "count": count}
        merge = insert.values(row).on_conflict_do_update(
            index_elements=["quarter", "name", "path"], set_={"count": tally.count + count}
        )
        db.session.execute(merge)
