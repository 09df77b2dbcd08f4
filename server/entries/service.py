"""Store what the desk enters, once, beside what comes through the app."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from server import audit, cards, sealing, workdays
from server.db import db, insert_into, now, table
from server.errors import Conflict, fault
from server.events import service as events
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.observations import keeping
from server.observations.models import ENTRY, NOBODY, Observation, ObservationEvent, Receipt
from server.observations.service import group_bits, tell_desk
from server.people.models import Session
from server.sealing import SealError

PLAIN = (
    *("card", "card_version", "signals", "protective", "area", "date"),
    *("basis", "desk", "urgency", "source", "made_at", "sealed"),
)


def enter(session: Session, entry: Mapping[str, Any]) -> Observation:
    """Store an entry under the id its screen gave it; the same one again changes nothing.

    The author of the envelope is who entered it. That is no reporter: no phone hears of it, and
    whoever entered it may handle it.
    """
    by = session.person
    _check(by.id, entry)
    if not _claim(session, entry):
        return _known(entry)
    observation = _observation(session, entry)
    db.session.add(observation)
    db.session.flush()
    db.session.add(
        ObservationEvent(
            observation_id=observation.id,
            at=observation.received_at,
            kind="received",
            by_id=by.id,
            detail=observation.source,
        )
    )
    tell_desk(observation.desk, "observation")
    events.note("observation")
    audit.log(
        by.id,
        "enter",
        "observation",
        observation.id,
        outcome=observation.source,
        device_id=session.device_id,
    )
    db.session.commit()
    return observation


def _observation(session: Session, entry: Mapping[str, Any]) -> Observation:
    """Return the row of an entry, with the terms that begin now."""
    moment = now()
    today = workdays.local_day(moment)
    terms = cards.library().gemeente["terms"]
    read_by = workdays.add_workdays(today, terms["read_days"])
    return Observation(
        **{name: entry[name] for name in PLAIN},
        id=entry["id"],
        author_id=session.person_id,
        device_id=session.device_id,
        signal_groups=group_bits(entry["card"], entry["signals"]),
        extra={},
        key_id=sealing.parse(entry["sealed"]).key_id,
        received_at=moment,
        state_at=moment,
        read_by=read_by,
        answer_by=workdays.add_workdays(today, terms["answer_days"]),
        due_on=read_by,
        no_feedback_reason=None if entry["reporter"] else NOBODY,
        keep_until=keeping.last_day(keeping.Terms.of_gemeente(), moment, moment),
    )


def _check(author: str, entry: Mapping[str, Any]) -> None:
    """Refuse what nobody could ever read or place: whoever enters it sits at the screen."""
    if not cards.library().knows(entry["card"]):
        raise fault("card", "Deze kaart is er niet. Kies een andere.")
    if entry["date"] > workdays.local_day(now()):
        raise fault("date", "Dit moment is nog niet geweest. Kies een eerder moment.")
    try:
        ring().open(entry["sealed"], "observation", entry["id"], author)
    except (UnknownKey, KeyDestroyed, SealError):
        raise fault(
            "sealed", "Verzegelen lukte niet. Laad de pagina opnieuw en probeer het nog eens."
        ) from None


def _claim(session: Session, entry: Mapping[str, Any]) -> bool:
    """Insert the receipt; False when there is one with this id already."""
    insert = insert_into(table(Receipt))
    row = {
        "item_id": entry["id"],
        "kind": ENTRY,
        "author_id": session.person_id,
        "device_id": session.device_id,
        "digest": _digest(session.person_id, entry),
        "received_at": now(),
        "change_number": None,
    }
    returned = insert.on_conflict_do_nothing().returning(table(Receipt).c.item_id)
    return db.session.scalar(returned, row) is not None


def _known(entry: Mapping[str, Any]) -> Observation:
    """Return what was stored under this id, when it is the same entry and still there."""
    receipt = db.session.get_one(Receipt, entry["id"])
    same = receipt.kind == ENTRY and receipt.digest == _digest(receipt.author_id, entry)
    observation = db.session.scalar(sa.select(Observation).where(Observation.id == entry["id"]))
    if not same or observation is None:
        raise Conflict("Onder dit nummer staat al iets anders. Voer het opnieuw in.", code="id")
    return observation


def _digest(author: str, entry: Mapping[str, Any]) -> bytes:
    text = json.dumps({**entry, "by": author}, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).digest()
