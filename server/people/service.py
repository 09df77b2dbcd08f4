"""Invite people, let them in on a device, let them out again."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa

from server import audit
from server.db import db, new_id, now
from server.errors import NotAllowed
from server.keyring import ring
from server.people import invitations, sessions
from server.people.invitations import Issued, digest
from server.people.models import (
    Device,
    DevicePerson,
    Organisation,
    Person,
    Session,
)
from server.people.sessions import Caller, SignedIn

UNSENT_TERM = timedelta(days=30)


def name_of(person: Person) -> str:
    """Open the sealed name of a person."""
    return str(ring().open(person.name_sealed, "person", person.id, person.id)["name"])


def initials_of(name: str) -> str:
    """Return at most two letters that stand for a name."""
    words = [word for word in re.split(r"[\s-]+", name) if word]
    return "".join(word[0] for word in (words[:1] + words[-1:] if words[1:] else words)).upper()


def add_person(
    *, name: str, role: str, kind: str, organisation: str, card: str | None, demo: bool = False
) -> Person:
    """Add a person to an organisation, which is made when it does not exist yet."""
    place = db.session.scalar(sa.select(Organisation).filter_by(kind=kind, name=organisation))
    if place is None:
        place = Organisation(id=new_id(), kind=kind, name=organisation)
        db.session.add(place)
    person_id = new_id()
    sealed = ring().seal("person", person_id, person_id, {"v": 1, "name": name})
    person = Person(
        id=person_id, organisation=place, role=role, card=card, name_sealed=sealed, demo=demo
    )
    db.session.add(person)
    db.session.flush()
    return person


def invite(
    by: Person | None,
    *,
    name: str,
    role: str,
    kind: str,
    organisation: str,
    card: str | None = None,
) -> Issued:
    """Invite somebody new; a contactpersoon only invites melders of the own organisation."""
    if by is not None and by.role == "contactpersoon":
        own = (by.organisation.kind, by.organisation.name)
        if role != "melder" or (kind, organisation) != own:
            raise NotAllowed("Je kunt alleen melders van je eigen school of club uitnodigen.")
    person = add_person(name=name, role=role, kind=kind, organisation=organisation, card=card)
    issued = invitations.issue(by, person)
    db.session.commit()
    return issued


def sign_in(*, token: str | None, code: str | None, caller: Caller) -> SignedIn:
    """Use an invitation once and open a session for its person on this device."""
    person = invitations.claim(token=token, code=code, device_id=caller.device_id)
    return sessions.begin(person, caller, "invitation")


def find_device(delivery_key: str | None) -> Device | None:
    """Return the device this delivery key belongs to, revoked or not: delivery always goes on."""
    if not delivery_key:
        return None
    return db.session.scalar(sa.select(Device).filter_by(delivery_key_hash=digest(delivery_key)))


def people_on(device: Device) -> dict[str, Person]:
    """Return everybody who ever signed in on this device, by id."""
    rows = db.session.scalars(
        sa.select(Person)
        .join(DevicePerson, DevicePerson.person_id == Person.id)
        .where(DevicePerson.device_id == device.id)
    )
    return {person.id: person for person in rows.unique()}


def unsent_elsewhere(session: Session) -> int:
    """Return how many items other devices of this person last said they still held.

    A browser may throw a phone's storage away; then this is the only trace of what it held.
    """
    return (
        db.session.scalar(
            sa.select(sa.func.coalesce(sa.func.sum(Device.unsent), 0))
            .join(DevicePerson, DevicePerson.device_id == Device.id)
            .where(
                DevicePerson.person_id == session.person_id,
                Device.id != session.device_id,
                Device.synced_at > now() - UNSENT_TERM,
            )
        )
        or 0
    )


def with_roles(*roles: str) -> list[str]:
    """Return the ids of the people who have one of these roles now."""
    return list(
        db.session.scalars(
            sa.select(Person.id).where(Person.role.in_(roles), Person.ended_at.is_(None))
        )
    )


def end_access(by: Person | None, person: Person) -> None:
    """Let a person in no more; what their phone still holds goes to the late box."""
    person.ended_at = now()
    db.session.execute(
        sa.update(Session)
        .where(Session.person_id == person.id, Session.ended_at.is_(None))
        .values(ended_at=now())
    )
    audit.log(by.id if by else None, "end_access", "person", person.id)
    db.session.commit()
