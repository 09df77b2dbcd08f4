"""Who reported. The desk sees it, unless the reporter asked to be shielded.

Whatever shows a reporter asks ``shown``; whatever shows who did something asks ``hides``. Of who is
shielded not even role or organisation is told: a small school has one mentor.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from server import audit, cards
from server.db import db, now
from server.errors import Conflict, NotFound
from server.observations import limits
from server.observations.models import LateItem, Observation, ObservationEvent
from server.observations.service import hold
from server.people import service as people
from server.people.models import Person, Session

# To ask something, because somebody may be in danger, or because a law or judge says so.
PURPOSES = ("contact", "safety", "legal")
SHIELDED = "Afgeschermde melder"
ENTERED = "Ingevoerd door het loket"
# What only the reporter does.
DEEDS = ("received", "addition", "withdrawal_requested")


def shown(observation: Observation) -> dict[str, Any]:
    """Return what everybody at the desk may know of who reported this."""
    if observation.source != "app":
        # Who reported stands in the envelope, if it is known; the author only wrote it down.
        return {"name": ENTERED, "role_label": None, "organisation": None, "shielded": False}
    if observation.shielded:
        return {"name": SHIELDED, "role_label": None, "organisation": None, "shielded": True}
    return {**_named(db.session.get_one(Person, observation.author_id)), "shielded": False}


def sender(item: LateItem) -> dict[str, Any] | None:
    """Return what a desk may know of who sent a late item, or None when nobody knows who it is."""
    person = db.session.get(Person, item.author_id)
    if person is None:
        return None
    if is_shielded(item):
        return {"name": SHIELDED, "role_label": None, "organisation": None, "shielded": True}
    return {**_named(person), "shielded": False}


def is_shielded(item: LateItem) -> bool:
    """Say whether the desk may not know who sent a late item.

    An addition does not say whether the report it belonged to was shielded: it is taken to be,
    unless that report is there to say no. Who is shielded anywhere stays it here.
    """
    if item.kind == "observation":
        return item.body.get("shielded", False) is not False
    mine = Observation.author_id == item.author_id
    elsewhere = sa.exists().where(mine, Observation.shielded.is_(True))
    parent = sa.exists().where(mine, Observation.id == _parent_of(item))
    return bool(db.session.scalar(sa.select(sa.or_(elsewhere, ~parent))))


def _parent_of(item: LateItem) -> str | None:
    """Return the id of the report an addition says it belongs to, if that can be read."""
    try:
        return str(UUID(str(item.body.get("parent"))))
    except ValueError:
        return None


def hides(observation: Observation, event: ObservationEvent) -> bool:
    """Say whether a line of the timeline would give a shielded reporter away."""
    return observation.shielded and event.kind in DEEDS


def open_reporter(session: Session, observation_id: str, purpose: str) -> dict[str, Any]:
    """Tell who a shielded reporter is, once, and log that with the reason.

    It changes nothing for others, and is told anew only by opening it again.
    """
    limits.check(session, "open_reporter")
    observation = hold(observation_id)
    if observation is None:
        raise NotFound("Deze melding bestaat niet meer.")
    if not observation.shielded:
        raise Conflict("Deze melder is niet afgeschermd.", code="not_shielded")
    by = session.person
    moment = now()
    db.session.add(
        ObservationEvent(
            observation_id=observation.id,
            at=moment,
            kind="reporter_opened",
            by_id=by.id,
            detail=purpose,
        )
    )
    audit.log(
        by.id,
        "open_reporter",
        "observation",
        observation.id,
        purpose=purpose,
        device_id=session.device_id,
    )
    named = _named(db.session.get_one(Person, observation.author_id))
    db.session.commit()
    return {"id": observation.id, "opened_at": moment, **named}


def _named(person: Person) -> dict[str, str]:
    labels = cards.library().gemeente["role_labels"]
    return {
        "name": people.name_of(person),
        "role_label": labels.get(person.role, person.role),
        "organisation": person.organisation.name,
    }
