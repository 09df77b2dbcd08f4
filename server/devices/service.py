"""Show devices, notice which need help, and shut one out without losing what waits on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased, lazyload

from server import audit
from server.db import db, now
from server.errors import Conflict, NotFound
from server.keyring import Act, ring
from server.notify import addresses
from server.notify.models import PushSubscription
from server.people import sessions
from server.people.models import Device, DevicePerson, Passkey, Person, Session

# A phone with something to send is heard of within the hour, if all is well.
SILENT = timedelta(days=2)
# A push service that refuses this often will not come round by itself.
FAILING = 3


@dataclass(frozen=True)
class Seen:
    """A device of one person. ``push`` is ``off``, ``on`` or ``failing``."""

    device: Device
    person: Person
    signed_in: bool
    seen_at: datetime | None
    push: str

    @property
    def needs(self) -> list[str]:
        """Return what is wrong with it, in fixed words."""
        heard = self.device.synced_at or self.device.made_at
        found = []
        if self.device.unsent and heard < now() - SILENT:
            found.append("unsent")
        if self.push == "failing":
            found.append("push")
        return found


def of(person: Person) -> list[Seen]:
    """Return the devices of a person that were not shut out, the last one used first."""
    seen = _seen(DevicePerson.person_id == person.id)
    return sorted(seen, key=lambda one: one.seen_at or one.device.made_at, reverse=True)


def in_need() -> list[Seen]:
    """Return the devices that somebody has to look at, of people who may still come in."""
    heard = sa.func.coalesce(Device.synced_at, Device.made_at)
    waiting = sa.and_(Device.unsent > 0, heard < now() - SILENT)
    refused = aliased(PushSubscription)
    failing = sa.exists().where(refused.device_id == Device.id, refused.failures >= FAILING)
    found = _seen(sa.and_(sa.or_(waiting, failing), Person.ended_at.is_(None)))
    return [one for one in found if one.needs]


def revoke(by: Session, person: Person, device_id: str) -> None:
    """Shut a person out on one device; see ``_shut``."""
    _shut(by, person, [_own(person, device_id)])
    db.session.commit()


def revoke_others(by: Session) -> int:
    """Shut who is signed in out on all devices but this one; return how many."""
    others = [one.device for one in of(by.person) if one.device.id != by.device_id]
    _shut(by, by.person, others)
    db.session.commit()
    return len(others)


def end_access(by: Session | None, person: Person) -> None:
    """Let a person in no more, on no device and with no passkey, and send them nothing.

    What their phones still hold is handed in and goes to the late box.
    """
    if by is not None and by.person_id == person.id:
        raise Conflict("Je kunt je eigen toegang niet stoppen.", code="self")
    _end(by, person)
    db.session.commit()


def leave(session: Session) -> None:
    """Let somebody end the own access, in the caller's transaction; see ``end_access``."""
    session.person.removal_asked_at = now()
    _end(session, session.person)
    ring().lasting.note(Act("account", session.person_id))


def end_again(person_id: str, at: datetime, *, asked: bool) -> bool:
    """End the access that an older database gave back; return whether that was still to be done.

    ``asked`` when it was the person who wanted to be forgotten.
    """
    person = db.session.get(Person, person_id)
    if person is None:
        return False
    if asked and person.removal_asked_at is None:
        person.removal_asked_at = at
    if person.ended_at is not None:
        return False
    _end(None, person)
    person.ended_at = at
    return True


def shut_again(person_id: str, device_id: str) -> bool:
    """Shut a person out on a device that an older database let in; return whether that was so."""
    link = db.session.get(DevicePerson, (device_id, person_id))
    if link is None:
        return False
    device = db.session.get_one(Device, device_id)
    if device.revoked_at is not None:
        return False
    _shut(None, db.session.get_one(Person, person_id), [device])
    return True


def _end(by: Session | None, person: Person) -> None:
    moment = now()
    person.ended_at = moment
    # Somebody who comes back is somebody new.
    person.mail_hash = person.subject_hash = None
    for model in (Session, Passkey):
        db.session.execute(
            sa.update(model)
            .where(model.person_id == person.id, model.ended_at.is_(None))
            .values(ended_at=moment)
        )
    _shut(by, person, [one.device for one in of(person)])
    db.session.execute(sa.delete(PushSubscription).where(PushSubscription.person_id == person.id))
    addresses.forget(person.id)
    ring().lasting.note(Act("person", person.id))
    _log(by, "end_access", "person", person.id)


def _shut(by: Session | None, person: Person, devices: Sequence[Device]) -> None:
    """End a person's sessions, passkeys and messages on these devices.

    A device on which nobody else may come in is wiped, once it has handed in all it holds.
    """
    moment = now()
    for device in devices:
        for model in (Session, Passkey):
            db.session.execute(
                sa.update(model)
                .where(
                    model.person_id == person.id,
                    model.device_id == device.id,
                    model.ended_at.is_(None),
                )
                .values(ended_at=moment)
            )
        db.session.execute(
            sa.delete(PushSubscription).where(
                PushSubscription.person_id == person.id, PushSubscription.device_id == device.id
            )
        )
        if not _has_others(device, person):
            device.revoked_at = moment
        ring().lasting.note(Act("device", device.id, person.id))
        _log(by, "revoke", "device", device.id)


def _log(by: Session | None, action: str, kind: str, subject_id: str) -> None:
    device_id = by.device_id if by else None
    audit.log(by.person_id if by else None, action, kind, subject_id, device_id=device_id)


def _own(person: Person, device_id: str) -> Device:
    device = db.session.get(Device, device_id)
    link = db.session.get(DevicePerson, (device_id, person.id))
    if device is None or link is None or device.revoked_at is not None:
        raise NotFound("Dit toestel is er niet, of niet meer.")
    return device


def _has_others(device: Device, person: Person) -> bool:
    others = sa.exists().where(
        DevicePerson.device_id == device.id,
        DevicePerson.person_id == Person.id,
        Person.id != person.id,
        Person.ended_at.is_(None),
    )
    return bool(db.session.scalar(sa.select(others)))


def _seen(which: sa.ColumnElement[bool]) -> list[Seen]:
    rows = db.session.execute(
        sa.select(
            Device,
            Person,
            sa.func.max(Session.seen_at).label("seen_at"),
            sa.func.max(sa.case((sa.and_(*sessions.living(now())), 1), else_=0)).label("alive"),
            sa.func.max(PushSubscription.failures).label("failures"),
        )
        .join(DevicePerson, DevicePerson.device_id == Device.id)
        .join(Person, Person.id == DevicePerson.person_id)
        .outerjoin(Session, sa.and_(Session.device_id == Device.id, Session.person_id == Person.id))
        .outerjoin(
            PushSubscription,
            sa.and_(
                PushSubscription.device_id == Device.id, PushSubscription.person_id == Person.id
            ),
        )
        .where(which, Device.revoked_at.is_(None))
        .group_by(Device.id, Person.id)
        .options(lazyload(Person.organisation))
    ).all()
    return [
        Seen(row.Device, row.Person, bool(row.alive), row.seen_at, _push(row.failures))
        for row in rows
    ]


def _push(failures: int | None) -> str:
    if failures is None:
        return "off"
    return "failing" if failures >= FAILING else "on"
