"""Being away from the desk: reporters are told, and a substitute takes over what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from server import audit
from server.db import db, new_id, now
from server.errors import NotFound, fault
from server.notify import service as notify
from server.observations.models import Observation, ObservationEvent
from server.observations.service import hold
from server.people import absences
from server.people.models import Absence, Person, Session
from server.workdays import local_day

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Colleague:
    """Somebody of the desk, with their absence when they are away."""

    person: Person
    absence: Absence | None
    substitute: Person | None


def colleagues() -> list[Colleague]:
    """Return everybody of the desk, and who of them is away."""
    away = absences.current(local_day(now()))
    found = absences.colleagues()
    by_id = {person.id: person for person in found}
    return [
        Colleague(person, absence, by_id.get(absence.substitute_id or "") if absence else None)
        for person in found
        for absence in [away.get(person.id)]
    ]


def go_away(session: Session, person_id: str, until: date, substitute_id: str | None) -> int:
    """Note that somebody is away; return how much their substitute took over, each in the log."""
    person = _colleague(person_id)
    today = local_day(now())
    if not today <= until <= today + LONGEST:
        raise fault("until", "Kies een dag van vandaag tot over een jaar.")
    if substitute_id is not None:
        _check_substitute(person, substitute_id, today)
    absences.end(person.id, ended_at=now())
    db.session.add(
        Absence(id=new_id(), person_id=person.id, until=until, substitute_id=substitute_id)
    )
    _log(session, "go_away", person)
    taken = _take_over(session, person, substitute_id) if substitute_id else 0
    if substitute_id and substitute_id != session.person_id and taken:
        notify.queue([substitute_id], "reminder", "taken-over", "/#/postvak")
    db.session.commit()
    return taken


def come_back(session: Session, person_id: str) -> None:
    """Note that somebody is back; what was taken over stays where it is. Twice changes nothing."""
    person = _colleague(person_id)
    if absences.end(person.id, ended_at=now()):
        _log(session, "come_back", person)
    db.session.commit()


def remove_old() -> int:
    """Forget absences that are over for a month; return how many."""
    over = local_day(now()) - timedelta(days=30)
    removed = db.session.scalars(
        sa.delete(Absence).where(Absence.until < over).returning(Absence.id)
    ).all()
    db.session.commit()
    return len(removed)


def _colleague(person_id: str) -> Person:
    person = db.session.get(Person, person_id)
    if person is None or not absences.is_at_a_desk(person):
        raise NotFound("Deze collega is niet (meer) van het loket.")
    return person


def _check_substitute(person: Person, substitute_id: str, today: date) -> None:
    if substitute_id == person.id:
        raise fault("substitute", "Kies een ander dan wie er niet is.")
    if not absences.is_at_a_desk(db.session.get(Person, substitute_id)):
        raise fault("substitute", "Vervangen kan alleen wie van een loket is.")
    if substitute_id in absences.current(today):
        raise fault("substitute", "Deze collega is zelf ook afwezig.")


def _take_over(session: Session, person: Person, substitute_id: str) -> int:
    """Give the substitute everything open that this person had taken up."""
    owed = db.session.execute(
        sa.select(Observation.id)
        .where(Observation.assignee_id == person.id, Observation.state != "closed")
        # Everybody locks people in the same order.
        .order_by(Observation.author_id, Observation.id)
    ).scalars()
    taken = 0
    for observation_id in owed.all():
        observation = hold(observation_id)
        if observation is None or observation.assignee_id != person.id:
            continue
        observation.assignee_id = substitute_id
        observation.version += 1
        db.session.add(
            ObservationEvent(
                observation_id=observation.id, at=now(), kind="taken_over", by_id=substitute_id
            )
        )
        audit.log(
            session.person_id,
            "take_over",
            "observation",
            observation.id,
            device_id=session.device_id,
        )
        taken += 1
    return taken


def _log(session: Session, action: str, person: Person) -> None:
    audit.log(session.person_id, action, "person", person.id, device_id=session.device_id)
