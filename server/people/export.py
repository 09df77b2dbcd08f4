"""Who takes part, as a file: for who goes through the roles every quarter."""

from __future__ import annotations

from server import audit, cards, spreadsheet
from server.db import db
from server.people import roster, service
from server.people.models import Session
from server.people.roster import Listed
from server.workdays import local_day

HEAD = ("naam", "rol", "organisatie", "soort", "stand", "sinds")
STATES = {
    "invited": "uitgenodigd",
    "expired": "uitnodiging verlopen",
    "joined": "doet mee",
    "ended": "gestopt",
}


def export_people(session: Session) -> str:
    """Return everybody somebody looks after as rows for a spreadsheet, and log that they got it."""
    found = roster.list_people(session.person)
    rows = [_row(one) for one in found]
    audit.log(session.person_id, "export", "person", count=len(found), device_id=session.device_id)
    db.session.commit()
    return spreadsheet.written(HEAD, rows)


def _row(one: Listed) -> tuple[object, ...]:
    labels = cards.library().gemeente["role_labels"]
    person = one.person
    return (
        service.name_of(person),
        labels.get(person.role, person.role),
        person.organisation.name,
        person.organisation.kind,
        STATES[one.state],
        local_day(one.joined_at) if one.joined_at else None,
    )
