"""Give people all that is kept of them, and let them go when they ask."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server import audit, cards
from server.db import Model, db, now, reading
from server.desk.models import SavedFilter
from server.devices import service as devices
from server.observations import looks, opening
from server.observations.models import LateItem, Observation, Receipt
from server.observations.service import receipt_code
from server.people import service as people
from server.people.models import Passkey, Person, Session, SurveyAsked

MOST_LOOKS = 1000


def export(session: Session) -> dict[str, Any]:
    """Return all that is kept of who asks, opened; that is logged before anything is opened."""
    person_id, device = session.person_id, session.device_id
    held = db.session.scalar(sa.select(sa.func.count()).where(_reported_by(person_id)))
    audit.log(
        person_id, "export", "person", person_id, purpose="own", count=held or 0, device_id=device
    )
    db.session.commit()
    with reading():
        told = _told(db.session.get_one(Person, person_id), device)
        db.session.rollback()
    return told


def remove(session: Session) -> None:
    """End the own access for good; the name is erased once nothing is owed to it any more.

    What phones still hold is handed in and goes to the late box; then they erase themselves.
    """
    devices.leave(session)
    audit.log(
        session.person_id,
        "remove_account",
        "person",
        session.person_id,
        purpose="own",
        device_id=session.device_id,
    )
    db.session.commit()


def _told(person: Person, device_id: str) -> dict[str, Any]:
    passkeys = _mine(Passkey, Passkey.person_id == person.id, Passkey.made_at)
    observations = _mine(Observation, _reported_by(person.id), Observation.received_at)
    return {
        "made_at": now(),
        "person": _account(person),
        "devices": [one.device for one in devices.of(person)],
        "passkeys": [one for one in passkeys if one.ended_at is None],
        "filters": _mine(SavedFilter, SavedFilter.person_id == person.id, SavedFilter.name),
        "asked": [
            one.half
            for one in _mine(SurveyAsked, SurveyAsked.person_id == person.id, SurveyAsked.half)
        ],
        "observations": [
            {
                "receipt": receipt_code(row.id),
                "plain": row,
                **opening.contents(row, own=True),
            }
            for row in observations
        ],
        "late_items": [
            {
                "receipt": receipt_code(row.id),
                "kind": row.kind,
                "received_at": row.received_at,
                "opened": opening.late_contents(row)["opened"],
            }
            for row in _mine(LateItem, LateItem.author_id == person.id, LateItem.received_at)
        ],
        "gone": [
            {
                "receipt": receipt_code(row.item_id),
                "received_at": row.received_at,
                "gone_at": row.gone_at,
            }
            for row in _mine(Receipt, _is_gone(person), Receipt.received_at)
        ],
        "looks": looks.own_log(person, device_id, None, MOST_LOOKS).events,
    }


def _account(person: Person) -> dict[str, Any]:
    labels = cards.library().gemeente["role_labels"]
    return {
        "id": person.id,
        "name": people.name_of(person),
        "mail": people.mail_of(person),
        "role_label": labels.get(person.role, person.role),
        "organisation": person.organisation.name,
        "made_at": person.made_at,
    }


def _reported_by(person_id: str) -> sa.ColumnElement[bool]:
    """Return what somebody reported; what the desk entered was told by somebody else."""
    return sa.and_(Observation.author_id == person_id, Observation.source == "app")


def _is_gone(person: Person) -> sa.ColumnElement[bool]:
    return sa.and_(
        Receipt.author_id == person.id,
        Receipt.kind == "observation",
        Receipt.gone_at.is_not(None),
    )


def _mine(model: type[Model], where: sa.ColumnElement[bool], order: Any) -> list[Any]:
    return list(db.session.scalars(sa.select(model).where(where).order_by(order)))
