"""Invite people, let them in on a device, let them out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from server.access.permissions import Scope, scope_of
from server.db import db, new_id, now, table
from server.errors import Conflict, NotAllowed, fault
from server.keyring import ring
from server.people import guesses, invitations, lists, sessions
from server.people.invitations import Issued
from server.people.models import (
    Device,
    DevicePerson,
    Organisation,
    Person,
    Session,
)
from server.people.sessions import Caller, SignedIn

UNSENT_TERM = timedelta(days=30)
# Asked whenever something is handed in, so it is built once.
persons = table(Person).c
WITH_ROLES = sa.select(persons.id).where(
    persons.role.in_(sa.bindparam("roles", expanding=True)), persons.ended_at.is_(None)
)
NO_NAME = "Naam gewist"


def name_of(person: Person) -> str:
    """Open the sealed name of a person; of who left long ago it is gone."""
    return str(known_of(person).get("name", NO_NAME))


def mail_of(person: Person) -> str | None:
    """Open the sealed mail address of a person, if there is one."""
    mail = known_of(person).get("mail")
    return str(mail) if mail else None


def known_of(person: Person) -> dict[str, Any]:
    """Open all that is sealed of a person: name, and perhaps a mail address."""
    if person.name_sealed is None:
        return {}
    return ring().open(person.name_sealed, "person", person.id, person.id)


def add_person(
    *,
    name: str,
    role: str,
    kind: str,
    organisation: str,
    card: str | None,
    mail: str | None = None,
    demo: bool = False,
) -> Person:
    """Add a person to an organisation, which is made when it does not exist yet."""
    place = db.session.scalar(sa.select(Organisation).filter_by(kind=kind, name=organisation))
    if place is None:
        place = Organisation(id=new_id(), kind=kind, name=organisation)
        db.session.add(place)
    person_id = new_id()
    known = {"v": 1, "name": name, **({"mail": mail} if mail else {})}
    person = Person(
        id=person_id,
        organisation=place,
        role=role,
        card=card,
        name_sealed=ring().seal("person", person_id, person_id, known),
        mail_hash=mail_hash(mail) if mail else None,
        demo=demo,
    )
    db.session.add(person)
    db.session.flush()
    return person


def mail_hash(mail: str) -> bytes:
    """Return the keyed hash under which a mail address is found."""
    return ring().lookup_hash("mail", mail)


def invite(
    by: Person | None,
    *,
    name: str,
    role: str,
    kind: str,
    organisation: str,
    card: str | None = None,
    mail: str | None = None,
) -> Issued:
    """Invite somebody new; a contactpersoon only invites melders of the own organisation."""
    if by is not None and scope_of("invite", by.role) is Scope.ORGANISATION:
        own = (by.organisation.kind, by.organisation.name)
        if role != "melder" or (kind, organisation) != own:
            raise NotAllowed("Je kunt alleen melders van je eigen school of club uitnodigen.")
    if not lists.fits(role, kind):
        raise fault(
            "organisation.kind",
            "Kies een andere soort.",
            detail="Deze rol hoort niet bij dit soort organisatie.",
            code="role_kind",
        )
    if mail and has_mail(mail):
        raise Conflict("Dit mailadres hoort al bij iemand.", code="mail_known")
    person = add_person(
        name=name, role=role, kind=kind, organisation=organisation, card=card, mail=mail
    )
    issued = invitations.issue(by, person)
    db.session.commit()
    return issued


def invite_all(by: Person, wishes: Sequence[lists.Wish]) -> list[Issued]:
    """Invite everybody on a list, or nobody."""
    known = [
        (wish.line, "Dit mailadres hoort al bij iemand.")
        for wish in wishes
        if wish.mail and has_mail(wish.mail)
    ]
    if known:
        raise lists.faulty(known)
    issued = [
        invitations.issue(
            by,
            add_person(
                name=wish.name,
                role=wish.role,
                kind=wish.kind,
                organisation=wish.organisation,
                card=wish.card,
                mail=wish.mail,
            ),
        )
        for wish in wishes
    ]
    db.session.commit()
    return issued


def has_mail(mail: str) -> bool:
    """Say whether a mail address belongs to somebody."""
    found = sa.exists().where(Person.mail_hash == mail_hash(mail))
    return bool(db.session.scalar(sa.select(found)))


def sign_in(*, token: str | None, code: str | None, caller: Caller) -> SignedIn:
    """Use an invitation once and open a session for its person on this device."""
    if code is not None:
        guesses.check(caller.device_id)
        if not invitations.has_code(code):
            guesses.missed(caller.device_id)
    person = invitations.claim(token=token, code=code, device_id=caller.device_id)
    return sessions.begin(person, caller, "invitation")


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
    return list(db.session.scalars(WITH_ROLES, {"roles": roles}))
