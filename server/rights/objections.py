"""Somebody objects to being in an observation: noted, seen at the desk, and decided by people."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from server.db import db, now
from server.errors import Conflict, Invalid, NotFound
from server.people.models import Session
from server.rights.models import Objection
from server.rights.service import hold, log, note
from server.workdays import local_day


def note_objection(session: Session, observation_id: str, kind: str, made_on: dt.date) -> None:
    """Note that somebody objects, or asks to leave it unused; the desk sees that it is pending."""
    observation = hold(observation_id)
    if made_on > local_day(now()):
        raise Invalid("Kies een dag die al geweest is.", code="made_on")
    db.session.add(
        Objection(
            observation_id=observation.id,
            kind=kind,
            made_on=made_on,
            noted_by=session.person_id,
        )
    )
    observation.objection_on = min(made_on, observation.objection_on or made_on)
    observation.version += 1
    note(observation, "objection", session.person_id, kind)
    log(session, "object", observation.id, outcome=kind)
    db.session.commit()


def decide_objection(session: Session, objection_id: str, decision: str) -> None:
    """Note what was decided on an objection; the last one that is decided takes the mark away."""
    objection = db.session.get(Objection, objection_id)
    if objection is None:
        raise NotFound("Dit bezwaar is er niet meer.")
    observation = hold(objection.observation_id)
    if objection.decision is not None:
        raise Conflict("Hierover is al besloten. Laad de melding opnieuw.", code="decided")
    objection.decision, objection.decided_at = decision, now()
    objection.decided_by = session.person_id
    db.session.flush()
    observation.objection_on = db.session.scalar(
        sa.select(sa.func.min(Objection.made_on)).where(
            Objection.observation_id == observation.id, Objection.decision.is_(None)
        )
    )
    observation.version += 1
    note(observation, "objection_decided", session.person_id, decision)
    log(session, "decide_objection", observation.id, outcome=decision)
    db.session.commit()


def objections(observation_id: str) -> list[Objection]:
    """Return every objection to an observation, oldest first."""
    return list(
        db.session.scalars(
            sa.select(Objection)
            .where(Objection.observation_id == observation_id)
            .order_by(Objection.noted_at)
        )
    )
