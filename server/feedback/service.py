"""What reporters may expect of the desk, and what they thought of an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, now
from server.errors import Conflict, NotFound
from server.feedback import figures
from server.observations.models import ANSWERS, Feedback, Observation
from server.observations.service import DESK_ROLES, hold, mark_changed
from server.people import absences
from server.people.models import Absence, Person, Session
from server.workdays import local_day


def rate(session: Session, feedback_id: str, *, useful: bool) -> None:
    """Keep whether an answer was of use to its reporter; the same tap twice changes nothing."""
    feedback = db.session.get(Feedback, feedback_id)
    observation = hold(feedback.observation_id) if feedback else None
    if feedback is None or observation is None or observation.author_id != session.person_id:
        raise NotFound("Dit antwoord is er niet meer, of is niet aan jou.")
    if feedback.kind not in ANSWERS:
        raise Conflict("Zeg dit bij een antwoord, niet bij een vraag.", code="kind")
    if feedback.useful is not useful:
        feedback.useful = useful
        mark_changed(observation.id, observation.author_id)
        audit.log(session.person_id, "rate", "feedback", feedback.id, device_id=session.device_id)
    db.session.commit()


def expectations(person: Person) -> dict[str, Any]:
    """Return how soon answers usually come, which desk nobody is at, and what of this person
    waits for somebody who is away."""
    today = local_day(now())
    away = absences.current(today)
    desks = _empty_desks(away)
    return {
        "usual_days": figures.usual_days(),
        "away": [{"desk": desk, **how} for desk, how in desks.items()],
        "waiting": _waiting(person, away, desks) if away else [],
    }


def _empty_desks(away: dict[str, Absence]) -> dict[str, dict[str, Any]]:
    """Return the desks of which everybody is away: until when, and whether somebody replaces."""
    found = {}
    colleagues = absences.colleagues() if away else []
    for desk, role in DESK_ROLES.items():
        its = [away.get(person.id) for person in colleagues if person.role == role]
        gone = [one for one in its if one is not None]
        if gone and len(gone) == len(its):
            found[desk] = _how(min(one.until for one in gone), gone)
    return found


def _waiting(
    person: Person, away: dict[str, Absence], desks: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    rows = db.session.execute(
        sa.select(Observation.id, Observation.assignee_id, Observation.desk)
        .where(
            Observation.author_id == person.id,
            Observation.source == "app",
            Observation.state != "closed",
            Observation.answered_at.is_(None),
            Observation.waiting_since.is_(None),
        )
        .limit(200)
    )
    found = []
    for row in rows:
        absence = away.get(row.assignee_id or "")
        if absence is not None:
            found.append({"id": row.id, **_how(absence.until, [absence])})
        elif row.assignee_id is None and row.desk in desks:
            found.append({"id": row.id, **desks[row.desk]})
    return found


def _how(until: date, gone: list[Absence]) -> dict[str, Any]:
    replaced = any(
        absences.is_at_a_desk(db.session.get(Person, one.substitute_id))
        for one in gone
        if one.substitute_id
    )
    return {"until": until, "replaced": replaced}
