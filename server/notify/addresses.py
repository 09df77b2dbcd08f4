"""Where people want mail: an address counts once its code was typed, and goes with the account."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from server import audit
from server.db import db, new_id, now
from server.errors import Conflict, TooMany, fault
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.notify.models import MailAddress, MailDelivery, Notification
from server.notify.service import change
from server.people.models import Person
from server.sealing import SealError
from server.workdays import local_day

# A notification of this kind is the letter with the code; no phone hears of it.
CODE = "code"
VALID = timedelta(hours=24)
PAUSE = timedelta(minutes=1)
A_DAY = 5
TRIES = 5


@dataclass(frozen=True)
class Refused:
    """Somebody whose mail does not arrive; the address itself is not shown."""

    person: Person
    at: datetime
    status: int | None


def set_address(person: Person, mail: str) -> None:
    """Send a code to an address; until it is typed here, nothing else goes there."""
    moment = now()
    row = _row(person)
    asked = 1
    if row is not None:
        if row.asked_at > moment - PAUSE:
            raise TooMany(
                "Je hebt net al een code gevraagd. Wacht een minuut.",
                retry_after=int(PAUSE.total_seconds()),
            )
        if local_day(row.asked_at) == local_day(moment):
            asked = row.asked + 1
        if asked > A_DAY:
            raise TooMany(
                "Je hebt vandaag al vijf keer een code gevraagd. Probeer het morgen weer.",
                retry_after=int(timedelta(days=1).total_seconds()),
            )
        db.session.delete(row)
        db.session.flush()
    address_id = new_id()
    code = f"{secrets.randbelow(10**6):06d}"
    db.session.add(
        MailAddress(
            id=address_id,
            person_id=person.id,
            address_sealed=_seal(address_id, person.id, mail, code),
            asked_at=moment,
            asked=asked,
        )
    )
    _queue_code(person, moment)
    audit.log(person.id, "set_mail", "person", person.id)
    db.session.commit()


def confirm(person: Person, code: str) -> None:
    """Use an address from now on, when this is the code that was sent to it."""
    row = _row(person)
    if row is None or row.confirmed_at is not None:
        raise Conflict("Er is geen code om in te vullen. Vul eerst je mailadres in.", code="none")
    known = _open(row)
    if row.asked_at < now() - VALID or row.tries >= TRIES or known is None or not known[1]:
        raise Conflict("Deze code geldt niet meer. Vraag een nieuwe.", code="expired")
    if not secrets.compare_digest(known[1], code):
        row.tries += 1
        db.session.commit()
        raise fault(
            "code",
            "Dit is niet de code uit de mail.",
            detail="Deze code klopt niet. Kijk nog eens in de mail.",
            code="wrong",
        )
    row.confirmed_at = now()
    row.address_sealed = _seal(row.id, person.id, known[0], None)
    audit.log(person.id, "confirm_mail", "person", person.id)
    db.session.commit()


def remove(person: Person) -> None:
    """Forget an address; doing it twice changes nothing."""
    forget(person.id)
    db.session.commit()


def forget(person_id: str) -> None:
    """Forget somebody's address in the caller's transaction."""
    db.session.execute(sa.delete(MailAddress).where(MailAddress.person_id == person_id))


def show(person: Person) -> dict[str, str | None]:
    """Return somebody's own address and how it stands with it."""
    row = _row(person)
    known = _open(row) if row else None
    if row is None or known is None:
        return {"state": "none", "address": None}
    if row.refused_at is not None:
        state = "refused"
    else:
        state = "confirmed" if row.confirmed_at else "waiting"
    return {"state": state, "address": known[0]}


def refused() -> list[Refused]:
    """Return whose mail was refused, the last one first."""
    rows = db.session.execute(
        sa.select(Person, MailAddress)
        .join(MailAddress, MailAddress.person_id == Person.id)
        .where(MailAddress.refused_at.is_not(None), Person.ended_at.is_(None))
        .order_by(MailAddress.refused_at.desc(), Person.id)
        .limit(200)
    )
    return [
        Refused(person, address.refused_at, address.refused_status)
        for person, address in rows
        if address.refused_at is not None
    ]


def try_again(person_id: str) -> None:
    """Use a refused address again, because somebody looked what was wrong; or change nothing."""
    change(
        MailAddress,
        sa.and_(MailAddress.person_id == person_id, MailAddress.refused_at.is_not(None)),
        refused_at=None,
        refused_status=None,
    )
    db.session.commit()


def opened(row: MailAddress) -> tuple[str, str | None] | None:
    """Return the address and the code that waits, or None when the key is gone."""
    return _open(row)


def _row(person: Person) -> MailAddress | None:
    return db.session.scalar(sa.select(MailAddress).where(MailAddress.person_id == person.id))


def _seal(address_id: str, person_id: str, mail: str, code: str | None) -> str:
    return ring().seal("mail", address_id, person_id, {"v": 1, "mail": mail, "code": code})


def _open(row: MailAddress) -> tuple[str, str | None] | None:
    try:
        known = ring().open(row.address_sealed, "mail", row.id, row.person_id)
    except (UnknownKey, KeyDestroyed, SealError):
        return None
    return str(known["mail"]), known.get("code")


def _queue_code(person: Person, moment: datetime) -> None:
    notification = Notification(
        id=new_id(), person_id=person.id, kind=CODE, tag=CODE, url="/#/instellingen"
    )
    notification.fanned_at = moment
    db.session.add(notification)
    db.session.flush()
    db.session.add(MailDelivery(notification_id=notification.id))
