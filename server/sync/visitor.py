"""Who comes to hand in: a device, and perhaps somebody who is signed in on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.db import UTCDateTime, db, now, reading, table
from server.errors import Invalid, UnknownDevice
from server.people.invitations import digest
from server.people.models import Device, Person, Session
from server.people.sessions import opened_by

# Every round trip asks these, so they are built once and load no more than it needs.
devices = table(Device).c
KNOWN = (
    devices.id,
    devices.revoked_at,
    devices.synced_at,
    devices.app_version,
    devices.unsent,
)
BY_KEY = sa.select(*KNOWN).where(devices.delivery_key_hash == sa.bindparam("key"))
BY_ID = sa.select(*KNOWN).where(devices.id == sa.bindparam("id"))
SIGNED_IN = (
    sa.select(Session.id, Session.person_id, Session.device_id, Session.seen_at)
    .join(Person, Person.id == Session.person_id)
    .join(Device, Device.id == Session.device_id)
    .where(*opened_by(sa.bindparam("token"), sa.bindparam("moment", type_=UTCDateTime)))
)


@dataclass(frozen=True)
class Visitor:
    """A device and who is signed in on it, as they were when the request came."""

    device_id: str
    revoked: bool
    synced_at: datetime | None
    app_version: str | None
    unsent: int
    session_id: str | None = None
    person_id: str | None = None
    seen_at: datetime | None = None


def find(device_id: str, *, delivery_key: str | None, token: str | None) -> Visitor:
    """Return who shows this delivery key, session token or both, on the device they speak of.

    A revoked device still delivers. This only reads, in a transaction of its own: no stranger ever
    holds SQLite's write lock.
    """
    with reading():
        session = _session(token)
        device = _device(BY_KEY, key=digest(delivery_key)) if delivery_key else None
        if device is None and session is not None:
            device = _device(BY_ID, id=session.device_id)
        db.session.rollback()
    if device is None:
        raise UnknownDevice("We kennen dit toestel niet. Log in; je meldingen blijven bewaard.")
    if device.id != device_id:
        raise Invalid("Deze bezorgsleutel hoort bij een ander toestel.", code="other_device")
    known = (
        device.id,
        device.revoked_at is not None,
        device.synced_at,
        device.app_version,
        device.unsent,
    )
    if session is None or session.device_id != device.id:
        return Visitor(*known)
    return Visitor(*known, session.id, session.person_id, session.seen_at)


def _session(token: str | None) -> sa.Row[*tuple[Any, ...]] | None:
    if token is None:
        return None
    asked = {"token": digest(token), "moment": now()}
    found: sa.Row[*tuple[Any, ...]] | None = db.session.execute(SIGNED_IN, asked).one_or_none()
    return found


def _device(query: sa.Select[Any], **shown: object) -> sa.Row[*tuple[Any, ...]] | None:
    return db.session.execute(query, shown).one_or_none()
