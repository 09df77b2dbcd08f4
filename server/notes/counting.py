"""Count the answers that reporters got, by organisation, while they are there to be counted.

Only what could be shown later is counted: answers that tell where a report led, to reporters who
did not ask to be shielded, through the app.
"""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from server import workdays
from server.db import db, insert_into, now, table
from server.notes.models import NotesCounted, NoteTally
from server.observations.models import Feedback, Observation
from server.people.models import Person
from server.reports.counting import BEGINNING, SETTLED
from server.reports.quarters import Quarter

# To have read something or to ask something is not yet where it leads.
LED_TO = ("taken_up", "contact", "watching", "no_follow_up")
ONLY = 1


def count_new() -> int:
    """Add to the tallies which answers were given since the last time; return how many."""
    until = now() - SETTLED
    # Of two clocks that count at once the second waits here, and finds nothing left to count.
    first = insert_into(NotesCounted).values(id=ONLY, until=BEGINNING).on_conflict_do_nothing()
    db.session.execute(first)
    held = db.session.get_one(NotesCounted, ONLY, with_for_update=True, populate_existing=True)
    begin = held.until
    held.until = max(begin, until)
    rows = db.session.execute(
        sa.select(Feedback.at, Feedback.kind, Person.organisation_id, Person.id)
        .join(Observation, Observation.id == Feedback.observation_id)
        .join(Person, Person.id == Observation.author_id)
        .where(
            Feedback.at > begin,
            Feedback.at <= until,
            Feedback.kind.in_(LED_TO),
            Observation.source == "app",
            ~Observation.shielded,
        )
    )
    counts = Counter(
        (str(Quarter.of(workdays.local_day(at))), organisation_id, person_id, kind)
        for at, kind, organisation_id, person_id in rows
    )
    _add(counts)
    db.session.commit()
    return counts.total()


def _add(counts: Counter[tuple[str, str, str, str]]) -> None:
    tally = table(NoteTally).c
    keys = ("quarter", "organisation_id", "person_id", "kind")
    for place, count in sorted(counts.items()):
        insert = insert_into(NoteTally).values(**dict(zip(keys, place, strict=True)), count=count)
        merge = insert.on_conflict_do_update(
            index_elements=keys, set_={"count": tally.count + count}
        )
        db.session.execute(merge)
