"""Count what reporters handed in and which answers they got, while it is there to be counted.

Of the answers only what could be shown later is counted: those that tell where a report led, to
reporters who did not ask to be shielded, through the app. The reports are those of the figures, and
are counted to hold the answers against.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import sqlalchemy as sa

from server.db import db, insert_into, now, table
from server.notes.models import NotesCounted, NoteTally
from server.observations.models import Feedback, Observation
from server.people.models import Person
from server.reports.counting import AT_ONCE, BEGINNING, SETTLED
from server.reports.quarters import Quarter

# To have read something or to ask something is not yet where it leads.
LED_TO = ("taken_up", "contact", "watching", "no_follow_up")
# Stands in the tallies beside the kinds of answers.
REPORTED = "reported"
ONLY = 1


def count_new() -> int:
    """Add to the tallies what was handed in and answered since the last time; return how much."""
    until = now() - SETTLED
    # Of two clocks that count at once the second waits here, and finds nothing left to count.
    first = insert_into(NotesCounted).values(id=ONLY, until=BEGINNING).on_conflict_do_nothing()
    db.session.execute(first)
    held = db.session.get_one(NotesCounted, ONLY, with_for_update=True, populate_existing=True)
    begin = held.until
    held.until = max(begin, until)
    counts = Counter(
        (str(Quarter.at(at)), organisation_id, person_id, kind)
        for query in (_answers(), _reports())
        for at, kind, organisation_id, person_id in _between(query, begin, until)
    )
    _add(counts)
    db.session.commit()
    return counts.total()


def _answers() -> sa.Select[datetime, str, str, str]:
    """Return when somebody got which answer, where they work and who they are."""
    return (
        sa.select(Feedback.at, Feedback.kind, Person.organisation_id, Person.id)
        .join(Observation, Observation.id == Feedback.observation_id)
        .join(Person, Person.id == Observation.author_id)
        .where(Feedback.kind.in_(LED_TO), Observation.source == "app", ~Observation.shielded)
    )


def _reports() -> sa.Select[datetime, str, str, str]:
    """Return the same of what somebody handed in; the figures count what a desk entered apart."""
    reported = sa.literal(REPORTED)
    return (
        sa.select(Observation.received_at, reported, Person.organisation_id, Person.id)
        .join(Person, Person.id == Observation.author_id)
        .where(Observation.source == "app")
    )


def _between(
    query: sa.Select[datetime, str, str, str], begin: datetime, until: datetime
) -> sa.Result[datetime, str, str, str]:
    at = query.selected_columns[0]
    rows = query.where(at > begin, at <= until)
    return db.session.execute(rows.execution_options(yield_per=AT_ONCE))


def _add(counts: Counter[tuple[str, str, str, str]]) -> None:
    tally = table(NoteTally).c
    keys = ("quarter", "organisation_id", "person_id", "kind")
    for place, count in sorted(counts.items()):
        insert = insert_into(NoteTally).values(**dict(zip(keys, place, strict=True)), count=count)
        merge = insert.on_conflict_do_update(
            index_elements=keys, set_={"count": tally.count + count}
        )
        db.session.execute(merge)
