"""Who is named must hear of it within a month: when that was, or why not yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, now
from server.errors import Invalid, NotFound
from server.notify import service as notify
from server.observations.models import Observation, ObservationEvent
from server.observations.service import DESK_ROLES, hold
from server.people import service as people
from server.people.models import Session
from server.workdays import local_day

# The law gives a month (article 14 AVG); three weeks leave time to do it.
FIRST = timedelta(weeks=3)
AGAIN = timedelta(weeks=1)
# Who was not told for a reason may be told once that is over.
AFTER_A_REASON = timedelta(weeks=4)
MOST = 200


def note_names(observation: Observation, opened: dict[str, Any] | None) -> None:
    """Note that a desk read a name in it, the first time; that there is one is all that is kept."""
    if observation.named_on is not None or not _holds_names(opened):
        return
    observation.named_on = local_day(now())
    observation.remind_on = observation.named_on + FIRST


def note_informing(
    session: Session, observation_id: str, *, informed_on: date | None, reason: str | None
) -> Observation:
    """Note the day on which somebody was told, or why that has to wait; neither takes it back."""
    observation = hold(observation_id)
    if observation is None:
        raise NotFound("Deze melding bestaat niet meer.")
    today = local_day(now())
    if informed_on is not None and informed_on > today:
        raise Invalid("Kies een dag die al geweest is.", code="informed_on")
    observation.named_on = observation.named_on or today
    observation.informed_on = informed_on
    observation.not_informed_reason = None if informed_on else reason
    if informed_on:
        observation.remind_on, outcome = None, "informed"
    elif reason:
        observation.remind_on, outcome = today + AFTER_A_REASON, f"not_yet:{reason}"
    else:
        observation.remind_on, outcome = max(today, observation.named_on + FIRST), "open"
    observation.version += 1
    db.session.add(
        ObservationEvent(
            observation_id=observation.id,
            at=now(),
            kind="informing",
            by_id=session.person_id,
            detail=outcome,
        )
    )
    audit.log(
        session.person_id,
        "note_informing",
        "observation",
        observation.id,
        outcome=outcome,
        device_id=session.device_id,
    )
    db.session.commit()
    return observation


def to_inform() -> list[Observation]:
    """Return the observations in which somebody is named who has not heard of it, oldest first."""
    waiting = (
        sa.select(Observation)
        .where(Observation.remind_on.is_not(None))
        .order_by(Observation.named_on, Observation.id)
        .limit(MOST)
    )
    return list(db.session.scalars(waiting))


def remind() -> int:
    """Remind each desk once of whom it still has to tell; return how many observations that are.

    Next week it is reminded again, until somebody noted a day or a reason.
    """
    today = local_day(now())
    due = sa.select(Observation.id).where(Observation.remind_on <= today)
    reminded = db.session.execute(
        sa.update(Observation)
        .where(Observation.id.in_(due.with_for_update(skip_locked=True)))
        .values(remind_on=today + AGAIN)
        .returning(Observation.desk),
        execution_options={"synchronize_session": False},
    ).all()
    for desk in sorted({row.desk for row in reminded}):
        to_tell = people.with_roles(DESK_ROLES[desk])
        notify.queue(to_tell, "reminder", f"informing-{desk}", "/#/rechten/informeren")
    db.session.commit()
    return len(reminded)


def _holds_names(opened: dict[str, Any] | None) -> bool:
    persons = (opened or {}).get("persons")
    return isinstance(persons, list) and any(
        isinstance(person, dict) and person.get("name") for person in persons
    )
