"""Make the notes of a quarter once, tell who they are for, and show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from server import audit, workdays
from server.access.permissions import Scope, scope_of
from server.briefings.sheet import as_pdf
from server.db import db, insert_into, now
from server.errors import NotFound
from server.notes.composing import compose
from server.notes.counting import REPORTED, count_new
from server.notes.models import Note, NotedQuarter, NoteTally
from server.notes.telling import NOTHING, OfKind, tell
from server.notify import service as notify
from server.people.models import Organisation, Person, Session
from server.reports import service as reports
from server.reports.quarters import Quarter

REPORTERS = ("melder", "contactpersoon")
KEPT = 4  # quarters


def make_due() -> int:
    """Make the notes of the quarter that ended last, unless they are there; return how many.

    Of a quarter of longer ago nobody is told any more: what was counted for it just goes. Neither
    is there a note about so little that the figures do not even show how much came in.
    """
    count_new()
    quarter = str(Quarter.of(workdays.local_day(now())).plus(-1))
    made = 0
    if quarter in reports.periods() and _claim(quarter) and _has_figures(quarter):
        made = _make(quarter)
    _remove_old(quarter)
    db.session.commit()
    return made


def of_organisation(by: Person) -> list[Note]:
    """Return the notes for where somebody works, the newest first."""
    return _newest(sa.select(Note).where(Note.organisation_id == by.organisation_id))


def to_hand_out(by: Person) -> list[Note]:
    """Return the notes somebody brings on paper: of everybody, or of the own organisation."""
    if scope_of("hand_out_notes", by.role) is Scope.ORGANISATION:
        return of_organisation(by)
    return _newest(sa.select(Note))


def print_out(session: Session, note_id: str, pwa_dir: Path) -> bytes:
    """Return a note as a PDF, and log that it was made."""
    note = next((one for one in to_hand_out(session.person) if one.id == note_id), None)
    if note is None:
        raise NotFound("Deze brief is er niet, of is niet voor jou.")
    made = as_pdf(compose(note), pwa_dir)
    audit.log(session.person_id, "print", "note", note.id, device_id=session.device_id)
    db.session.commit()
    return made


def _has_figures(quarter: str) -> bool:
    whole = reports.figures(quarter, quarter).table("card").cell("")
    return whole is not None and bool(whole.value)


def _claim(quarter: str) -> bool:
    """Say whether this process is the one that makes the notes of a quarter."""
    insert = insert_into(NotedQuarter).values(quarter=quarter, of_kinds={}, made_at=now())
    mine = insert.on_conflict_do_nothing().returning(NotedQuarter.quarter)
    return db.session.scalar(mine) is not None


def _make(quarter: str) -> int:
    took_part = _taking_part(Quarter.named(quarter).ends_at)
    kinds = reports.figures(quarter, quarter).table("organisation")
    counted = _counted(quarter)
    told = {
        kind: tell(cell.value if (cell := kinds.cell(kind)) else None, of_kind)
        for kind, of_kind in counted.items()
    }
    for organisation, people in took_part.items():
        answers = {
            answer: of_each[organisation.id]
            for answer, of_each in told.get(organisation.kind, NOTHING).of_each.items()
            if organisation.id in of_each
        }
        db.session.add(Note(quarter=quarter, organisation_id=organisation.id, answers=answers))
        notify.queue(people, "note", f"note-{quarter.lower()}", "/#/brief")
    noted = db.session.get_one(NotedQuarter, quarter)
    noted.of_kinds = {kind: dict(one.of_kind) for kind, one in told.items()}
    audit.log(None, "make_notes", "note", count=max(1, len(took_part)))
    return len(took_part)


def _taking_part(before: datetime) -> dict[Organisation, list[str]]:
    """Return who reports and has access now, by organisation, where somebody did before a moment.

    An organisation that ended has nobody left, so it is not in here.
    """
    reporters = db.session.scalars(
        sa.select(Person)
        .where(Person.role.in_(REPORTERS), Person.ended_at.is_(None))
        .order_by(Person.organisation_id, Person.id)
    ).unique()
    found: dict[Organisation, list[Person]] = defaultdict(list)
    for person in reporters:
        found[person.organisation].append(person)
    return {
        organisation: [one.id for one in people]
        for organisation, people in found.items()
        if any(one.made_at < before for one in people)
    }


def _counted(quarter: str) -> Mapping[str, OfKind]:
    """Return by kind of organisation who reported, and who got which answer where."""
    found: dict[str, OfKind] = defaultdict(OfKind)
    rows = db.session.execute(
        sa.select(NoteTally, Organisation.kind)
        .join(Organisation, Organisation.id == NoteTally.organisation_id)
        .where(NoteTally.quarter == quarter)
    )
    for tally, kind in rows:
        of_kind = found[kind]
        if tally.kind == REPORTED:
            of_kind.reports[tally.person_id] = tally.count
        else:
            of_each = of_kind.answers.setdefault(tally.kind, {})
            of_each.setdefault(tally.organisation_id, {})[tally.person_id] = tally.count
    return found


def _remove_old(quarter: str) -> None:
    """Forget who got which answers, once it was told or is too long ago, and notes of long ago.

    A quarter that is over but was not published yet keeps its counts until it is.
    """
    told = sa.exists().where(NotedQuarter.quarter == NoteTally.quarter)
    db.session.execute(
        sa.delete(NoteTally).where(sa.or_(NoteTally.quarter < quarter, told)),
        execution_options={"synchronize_session": False},
    )
    oldest = str(Quarter.named(quarter).plus(1 - KEPT))
    db.session.execute(sa.delete(Note).where(Note.quarter < oldest))


def _newest(query: sa.Select[Note]) -> list[Note]:
    rows: Sequence[Note] = db.session.scalars(query.order_by(Note.quarter.desc())).unique().all()
    return sorted(rows, key=lambda one: (one.quarter, one.organisation.name), reverse=True)
