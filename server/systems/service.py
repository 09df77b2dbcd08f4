"""Keys of systems: made by the beheerder, shown once, ended on a day, and counted at each use."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from server import audit
from server.db import db, now, writing
from server.errors import Conflict, NotFound, NotSignedIn, TooMany, fault
from server.keyring import Act, ring
from server.people.models import Session
from server.systems.models import SystemKey
from server.workdays import local_day

# So that whoever finds one in a file knows what it opens.
PREFIX = "signaalkaart-systeem-"
LONGEST = timedelta(days=366)
MOST = 20
PER_HOUR = 60
HOUR = timedelta(hours=1)


class UnknownSystem(NotSignedIn):
    challenge = 'Bearer realm="signaalkaart"'


@dataclass(frozen=True)
class Made:
    """A fresh key; ``secret`` is shown now and never again."""

    key: SystemKey
    secret: str


def make(by: Session, name: str, ends_on: date) -> Made:
    """Make a key for a system that works until a day, that day included."""
    today = local_day(now())
    if not today <= ends_on <= today + LONGEST:
        raise fault(
            "ends_on",
            "Kies een dag binnen een jaar.",
            detail="Kies een dag vanaf vandaag, hooguit een jaar vooruit.",
        )
    if sum(state_of(one) == "works" for one in all_keys()) >= MOST:
        raise Conflict(f"Er zijn al {MOST} sleutels. Trek er eerst een in.", code="many")
    secret = PREFIX + secrets.token_urlsafe(32)
    key = SystemKey(name=name, key_hash=_digest(secret), made_by=by.person_id, ends_on=ends_on)
    db.session.add(key)
    db.session.flush()
    audit.log(by.person_id, "make_key", "system_key", key.id, device_id=by.device_id)
    db.session.commit()
    return Made(key, secret)


def revoke(by: Session, key_id: str) -> None:
    """Let a key open nothing from now on; revoked once more changes nothing."""
    key = db.session.scalar(sa.select(SystemKey).filter_by(id=key_id).with_for_update())
    if key is None:
        raise NotFound("Deze sleutel is er niet.")
    if key.revoked_at is None:
        key.revoked_at = now()
        ring().lasting.note(Act("system_key", key.id))
        audit.log(by.person_id, "revoke_key", "system_key", key.id, device_id=by.device_id)
    db.session.commit()


def all_keys() -> list[SystemKey]:
    """Return every key there is or was, the newest first."""
    newest = sa.select(SystemKey).order_by(SystemKey.made_at.desc(), SystemKey.id)
    return list(db.session.scalars(newest))


def state_of(key: SystemKey) -> str:
    """Return ``works``, ``ended`` or ``revoked``."""
    if key.revoked_at is not None:
        return "revoked"
    return "works" if local_day(now()) <= key.ends_on else "ended"


def admit(secret: str | None) -> str:
    """Let a system in for one request, log that, and return the id of its key.

    The request itself only reads; that it came is written first, in a transaction of its own.
    """
    _find(secret)
    db.session.rollback()
    with writing():
        key = _find(secret, hold=True)
        wait = _count(key)
        key_id = key.id
        db.session.commit()
    if wait:
        raise TooMany(
            "Deze sleutel vraagt te vaak. De cijfers veranderen één keer per kwartaal.",
            code="system_limit",
            retry_after=wait,
        )
    return key_id


def _find(secret: str | None, *, hold: bool = False) -> SystemKey:
    """Return the living key that belongs to this secret; who has none only ever reads."""
    looked = sa.select(SystemKey).filter_by(key_hash=_digest(secret or ""))
    found = db.session.scalar(looked.with_for_update() if hold else looked)
    if not found or state_of(found) != "works":
        raise UnknownSystem("Deze sleutel werkt niet. Vraag de beheerder om een nieuwe.")
    return found


def _count(key: SystemKey) -> int:
    """Count one request; return how many seconds to wait when there were too many already."""
    moment = now()
    if key.used_from is None or not key.used_from <= moment < key.used_from + HOUR:
        key.used_from, key.used = moment, 0
    over = key.used >= PER_HOUR
    # The first refusal of an hour is logged; who goes on asking cannot fill the log.
    if key.used <= PER_HOUR:
        key.used += 1
        outcome = "limit" if over else "done"
        audit.log(None, "read_figures", "system_key", key.id, outcome=outcome)
    if over:
        return max(1, math.ceil((key.used_from + HOUR - moment).total_seconds()))
    key.last_used_at = moment
    return 0


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
