"""Remind of what is owed to reporters: once a day, and the other desk when it waits too long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa

from server import audit, cards
from server.db import db, insert_into, now, reading
from server.feedback.models import Escalation
from server.notify import service as notify
from server.notify.models import Preference
from server.notify.preferences import DIGEST_HOUR
from server.observations.models import Observation, ObservationEvent
from server.observations.service import DESK_ROLES, hold
from server.people import absences
from server.people.models import Absence, Person
from server.workdays import AMSTERDAM, add_workdays, is_workday, local_day

# A clock that stood still catches up so long after somebody's hour; later, tomorrow's will do.
LATEST = 6
BATCH = 200
OTHER = {"sociaal": "veiligheid", "veiligheid": "sociaal"}


def send_digests() -> int:
    """Tell everybody of the desk once a working day, at their hour, when something is owed.

    Nobody is told that nothing is. The day is claimed before it is looked at, so that any number
    of clocks, and one that stood still for days, tell a person once.
    """
    moment = now().astimezone(AMSTERDAM)
    today = moment.date()
    if not is_workday(today):
        return 0
    with reading():
        away = absences.current(today)
        wanted = dict(
            db.session.execute(
                sa.select(Preference.person_id, Preference.digest_hour).where(
                    Preference.digest_hour.is_not(None)
                )
            ).all()
        )
        people = [(person.id, person.role) for person in absences.colleagues()]
        db.session.rollback()
    told = 0
    for person_id, role in people:
        hour = wanted.get(person_id) or DIGEST_HOUR
        if person_id in away or not hour <= moment.hour < hour + LATEST:
            continue
        if _claim(person_id, today) and _owes(person_id, role, away, today):
            notify.queue([person_id], "reminder", "digest", "/#/postvak")
            told += 1
        db.session.commit()
    return told


def escalate() -> int:
    """Tell the other desk of what is too long too late, once; return of how many observations."""
    today = local_day(now())
    if not is_workday(today):
        return 0
    days = cards.library().gemeente["terms"]["escalate_days"]
    told: dict[str, int] = {}
    for observation_id in _too_late(today, days):
        observation = hold(observation_id)
        if observation is not None and _waits(observation, today, days):
            _escalate(observation)
            told[observation.desk] = told.get(observation.desk, 0) + 1
        # A lock per author at a time: a phone takes them in another order.
        db.session.commit()
    for desk in sorted(told):
        others = absences.at_work(today, DESK_ROLES[OTHER[desk]])
        notify.queue(others, "escalation", f"escalation-{desk}", "/#/postvak")
    db.session.commit()
    return sum(told.values())


def _claim(person_id: str, today: date) -> bool:
    """Say whether this is the first look at somebody's digest of this day."""
    insert = insert_into(Preference).values(person_id=person_id, channels={}, digest_on=today)
    claimed = db.session.scalar(
        insert.on_conflict_do_update(
            index_elements=["person_id"],
            set_={"digest_on": today},
            where=sa.or_(Preference.digest_on.is_(None), Preference.digest_on < today),
        ).returning(Preference.person_id)
    )
    return claimed is not None


def _owes(person_id: str, role: str, away: Mapping[str, Absence], today: date) -> bool:
    """Say whether somebody has something that is late or nearly so.

    That is what they took up, and what nobody took up at their desk or at that of whom they
    replace. What somebody had who left is nobody's, so it is the whole desk's.
    """
    replaced = [one.person_id for one in away.values() if one.substitute_id == person_id]
    roles = {role, *db.session.scalars(sa.select(Person.role).where(Person.id.in_(replaced)))}
    desks = [desk for desk, its_role in DESK_ROLES.items() if its_role in roles]
    left = sa.select(Person.id).where(Person.ended_at.is_not(None))
    nobodys = sa.or_(Observation.assignee_id.is_(None), Observation.assignee_id.in_(left))
    owed = sa.exists().where(
        _unanswered(),
        Observation.due_on <= add_workdays(today, 1),
        sa.or_(
            Observation.assignee_id.in_([person_id, *replaced]),
            sa.and_(nobodys, Observation.desk.in_(desks)),
        ),
    )
    return bool(db.session.scalar(sa.select(owed)))


def _unanswered() -> sa.ColumnElement[bool]:
    return sa.and_(Observation.state != "closed", Observation.waiting_since.is_(None))


def _too_late(today: date, days: int) -> list[str]:
    known = sa.exists().where(
        Escalation.observation_id == Observation.id, Escalation.due_on == Observation.due_on
    )
    with reading():
        rows = db.session.execute(
            sa.select(Observation.id, Observation.due_on)
            .where(_unanswered(), Observation.due_on < today - timedelta(days=days), ~known)
            .order_by(Observation.due_on, Observation.id)
            .limit(BATCH)
        ).all()
        db.session.rollback()
    return [row.id for row in rows if add_workdays(row.due_on, days) < today]


def _waits(observation: Observation, today: date, days: int) -> bool:
    """Say whether it still waits, now that nobody else can change it."""
    unanswered = observation.state != "closed" and observation.waiting_since is None
    key = (observation.id, observation.due_on)
    return (
        unanswered
        and observation.due_on < today
        and add_workdays(observation.due_on, days) < today
        and db.session.get(Escalation, key) is None
    )


def _escalate(observation: Observation) -> None:
    db.session.add(Escalation(observation_id=observation.id, due_on=observation.due_on))
    db.session.add(
        ObservationEvent(observation_id=observation.id, at=now(), kind="escalated", by_id=None)
    )
    observation.version += 1
    audit.log(None, "escalate", "observation", observation.id)
