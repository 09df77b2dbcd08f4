"""Sessions: one person on one device, behind a token that exists only as a hash here."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from server import audit
from server.access.permissions import FRESH
from server.db import db, new_id, now
from server.errors import Conflict, NotAllowed
from server.keyring import Act, ring
from server.people.invitations import digest
from server.people.models import Device, DevicePerson, Person, Session

# Reporters come back to hear what became of it; who works with what others wrote signs in anew
# every working day. A session without a passkey behind it is shorter.
REPORTERS = ("melder", "contactpersoon")
REPORTER_TERM = timedelta(days=90)
INVITED_TERM = timedelta(days=30)
STAFF_TERM = timedelta(hours=12)
# A session that ran out shuts what there is to read, not the word that there is something: the desk
# signs in every working day, and is told at night. A phone that lay still for longer is nobody's.
LISTENS = timedelta(days=30)
KINDS = (
    ("iphone", r"iPhone|iPod"),
    ("ipad", r"iPad"),
    ("android", r"Android"),
    ("windows", r"Windows"),
    ("mac", r"Macintosh"),
    ("linux", r"Linux|X11"),
)
KIND_NAMES = (*(kind for kind, _ in KINDS), "other")


@dataclass(frozen=True)
class Caller:
    """The device that somebody signs in on, as it presents itself."""

    device_id: str
    delivery_key: str | None
    app_version: str
    user_agent: str = ""


@dataclass(frozen=True)
class SignedIn:
    """A fresh session; ``delivery_key`` is None when the device already had one."""

    session: Session
    token: str
    delivery_key: str | None


def term_of(person: Person, method: str) -> timedelta:
    """Return how long a session of this person lasts."""
    if person.role not in REPORTERS:
        return STAFF_TERM
    return INVITED_TERM if method == "invitation" else REPORTER_TERM


def begin(
    person: Person, caller: Caller, method: str, *, proven_at: datetime | None = None
) -> SignedIn:
    """Open a session on this device, where any earlier one ends, and commit.

    ``proven_at`` is when the person proved to be there, where that was not now. The token is always
    a new one: whatever the browser held before opens nothing.
    """
    moment = now()
    device, fresh_key = _admit(caller, method)
    if db.session.get(DevicePerson, (device.id, person.id)) is None:
        db.session.add(DevicePerson(device_id=device.id, person_id=person.id))
    db.session.execute(
        sa.update(Session)
        .where(Session.device_id == device.id, Session.ended_at.is_(None))
        .values(ended_at=moment)
    )
    token = secrets.token_urlsafe(32)
    session = Session(
        id=new_id(),
        token_hash=digest(token),
        person=person,
        device=device,
        expires_at=moment + term_of(person, method),
        method=method,
        confirmed_at=None if method == "invitation" else proven_at or moment,
    )
    db.session.add(session)
    audit.log(person.id, "sign_in", "device", device.id, purpose=method, device_id=device.id)
    db.session.commit()
    if method == "invitation":
        # Whoever was shut out here before is let in again on purpose.
        ring().lasting.forget(Act("device", device.id, person.id))
    return SignedIn(session, token, fresh_key)


def confirm(session: Session, method: str) -> str:
    """Note that the person proved to be there; return the new token, for the old one ends."""
    moment = now()
    token = secrets.token_urlsafe(32)
    session.token_hash = digest(token)
    session.method = method
    session.confirmed_at = moment
    session.expires_at = moment + term_of(session.person, method)
    return token


def is_fresh(session: Session, within: timedelta = FRESH) -> bool:
    """Say whether the person proved to be there not long ago."""
    return session.confirmed_at is not None and session.confirmed_at > now() - within


def find(token: str) -> Session | None:
    """Return the living session this token opens, or None."""
    return db.session.scalar(
        sa.select(Session)
        .join(Session.person)
        .join(Session.device)
        .where(*opened_by(digest(token), now()))
        .options(joinedload(Session.person), joinedload(Session.device))
    )


def opened_by(
    token_hash: bytes | sa.BindParameter[bytes], moment: datetime | sa.BindParameter[datetime]
) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what the living session behind a token answers to, with its person and device."""
    return (
        Session.token_hash == token_hash,
        *living(moment),
        Person.ended_at.is_(None),
        Device.revoked_at.is_(None),
    )


def living(moment: datetime | sa.BindParameter[datetime]) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what a session that is neither ended nor expired answers to."""
    return Session.ended_at.is_(None), Session.expires_at > moment


def sign_out(session: Session | None) -> None:
    """End a session; ending it twice changes nothing."""
    if session is None:
        return
    session.ended_at = now()
    audit.log(
        session.person_id, "sign_out", "device", session.device_id, device_id=session.device_id
    )
    db.session.commit()


def _admit(caller: Caller, method: str) -> tuple[Device, str | None]:
    """Return the device and, unless it showed its own key, a fresh delivery key."""
    device = db.session.get(Device, caller.device_id)
    key = caller.delivery_key
    if device is not None and key and device.delivery_key_hash == digest(key):
        if device.revoked_at is not None and method != "invitation":
            raise NotAllowed(
                "Dit toestel is afgemeld. Vraag een nieuwe uitnodiging.", code="device_revoked"
            )
        device.app_version = caller.app_version
        device.revoked_at = None
        return device, None
    fresh = secrets.token_urlsafe(32)
    if device is None:
        device = Device(id=caller.device_id, delivery_key_hash=digest(fresh))
        device.kind = _kind_of(caller.user_agent)
        device.app_version = caller.app_version
        db.session.add(device)
    elif device.synced_at is None and device.revoked_at is None:
        # The phone never heard the answer that held its first key.
        device.delivery_key_hash = digest(fresh)
    else:
        raise Conflict(
            "Dit toestel is al bekend onder een andere sleutel. Zet de app opnieuw op je "
            "beginscherm en probeer het weer.",
            code="device_taken",
        )
    db.session.flush()
    return device, fresh


def _kind_of(user_agent: str) -> str:
    """Return what people call this device; no more than that is kept of what a browser says."""
    return next((kind for kind, words in KINDS if re.search(words, user_agent)), "other")
