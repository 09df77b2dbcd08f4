"""Who works with the signaalkaart, for the people who let them in: joined or not, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from server.access.permissions import Scope, scope_of
from server.audit import AuditEvent
from server.audit.looking import READING_LIMIT
from server.db import db, now
from server.errors import NotFound
from server.people import invitations
from server.people.invitations import Issued
from server.people.models import DevicePerson, Invitation, Person

LIMITED_SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class Listed:
    """A person on the roster. ``state`` is ``invited``, ``expired``, ``joined`` or ``ended``.

    ``limited_at`` is when they last read so much that they had to wait, if that was this month.
    """

    person: Person
    state: str
    joined_at: datetime | None
    expires_at: datetime | None
    limited_at: datetime | None


def looked_after(by: Person) -> sa.ColumnElement[bool]:
    """Return whom somebody may see and end: everybody, or the melders of the own school or club."""
    if scope_of("look_after_people", by.role) is Scope.ORGANISATION:
        return sa.and_(Person.organisation_id == by.organisation_id, Person.role == "melder")
    return sa.true()


def managed(by: Person, person_id: str) -> Person:
    """Return a person whom somebody looks after; any other is not there."""
    person = db.session.scalar(sa.select(Person).where(Person.id == person_id, looked_after(by)))
    if person is None or person.ended_at is not None:
        raise NotFound("Deze persoon is er niet, of niet meer.")
    return person


def list_people(by: Person) -> list[Listed]:
    """Return everybody somebody looks after, the newest first."""
    people = db.session.scalars(
        sa.select(Person).where(looked_after(by)).order_by(Person.made_at.desc(), Person.id)
    ).unique()
    joined = _latest(DevicePerson.person_id, sa.func.min(DevicePerson.signed_in_at))
    unused = Invitation.used_at.is_(None)
    invited = _latest(Invitation.person_id, sa.func.max(Invitation.expires_at), unused)
    limited = _latest(
        AuditEvent.person_id,
        sa.func.max(AuditEvent.at),
        AuditEvent.outcome == READING_LIMIT,
        AuditEvent.at > now() - LIMITED_SHOWN,
    )
    return [_listed(person, joined, invited, limited) for person in people]


def invite_again(by: Person, person_id: str) -> Issued:
    """Make a new invitation for a person who is there already; an unused one before it ends."""
    person = managed(by, person_id)
    moment = now()
    db.session.execute(
        sa.update(Invitation)
        .where(
            Invitation.person_id == person.id,
            Invitation.used_at.is_(None),
            Invitation.expires_at > moment,
        )
        .values(expires_at=moment)
    )
    issued = invitations.issue(by, person)
    db.session.commit()
    return issued


def _listed(
    person: Person,
    joined: dict[str, datetime],
    invited: dict[str, datetime],
    limited: dict[str, datetime],
) -> Listed:
    until = invited.get(person.id)
    if person.ended_at:
        state = "ended"
    elif person.id in joined:
        state = "joined"
    else:
        state = "invited" if until and until > now() else "expired"
    return Listed(person, state, joined.get(person.id), until, limited.get(person.id))


def _latest(
    person: sa.orm.InstrumentedAttribute[str] | sa.orm.InstrumentedAttribute[str | None],
    moment: sa.Function[datetime],
    *where: sa.ColumnElement[bool],
) -> dict[str, datetime]:
    rows = db.session.execute(
        sa.select(person.label("person"), moment.label("moment")).where(*where).group_by(person)
    )
    return {row.person: row.moment for row in rows}
