"""Actions and goals: in a case, or for a school, a club or a wijk without one."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from server import audit, cards
from server.access.permissions import DESK, Scope, scope_of
from server.cases import members, words
from server.cases.models import Action, Case, Goal, Participant
from server.db import db, now
from server.errors import Conflict, NotFound, fault
from server.notify import service as notify
from server.observations import limits
from server.people.models import Person, Session
from server.workdays import local_day


def plan(
    session: Session,
    *,
    action_id: str,
    kind: str,
    text: str,
    owner: str,
    due_on: date,
    case: str | None = None,
    about: str = "case",
    meeting: str | None = None,
) -> Action:
    """Let somebody do something before a day; the same id again changes nothing."""
    by = session.person
    held = _place(by, case, about)
    known = db.session.get(Action, action_id)
    if known is not None:
        return known if known.by_id == by.id else _taken()
    pillar = {one["id"]: one["pillar"] for one in cards.library().casework["actions"]}.get(kind)
    if pillar is None:
        raise fault("kind", "Kies een soort actie uit de lijst.")
    _check_owner(owner, held)
    action = Action(
        id=action_id,
        case_id=case,
        meeting_id=meeting,
        about=about if case is None else "case",
        pillar=pillar,
        kind=kind,
        owner_id=owner,
        due_on=due_on,
        by_id=by.id,
        text_sealed=words.seal("action", action_id, by.id, text=text),
    )
    db.session.add(action)
    if owner != by.id:
        notify.queue([owner], "reminder", f"action-{action_id}", "/#/acties")
    _log(session, "plan", "action", action_id)
    db.session.commit()
    return action


def change(
    session: Session, action_id: str, *, version: int, owner: str, due_on: date, done: bool
) -> Action:
    """Give an action to somebody else, another day, or note that it is done."""
    action = db.session.scalar(
        sa.select(Action).where(Action.id == action_id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if action is None or not _may_change(session.person, action):
        raise NotFound("Deze actie bestaat niet, of is niet van jou.")
    if action.version != version:
        raise Conflict("Een collega heeft deze actie net ook veranderd.", code="version")
    if owner != action.owner_id:
        held = db.session.get(Case, action.case_id) if action.case_id else None
        _check_owner(owner, held)
    if (owner, due_on) != (action.owner_id, action.due_on):
        action.reminded_on = None
    action.owner_id, action.due_on = owner, due_on
    action.done_on = (action.done_on or local_day(now())) if done else None
    action.version += 1
    _log(session, "change", "action", action_id)
    db.session.commit()
    return action


def set_goal(
    session: Session,
    *,
    goal_id: str,
    term: str,
    text: str,
    case: str | None = None,
    about: str = "case",
) -> Goal:
    """Say what is to be reached; the same id again changes nothing."""
    _place(session.person, case, about)
    known = db.session.get(Goal, goal_id)
    if known is not None:
        return known if known.by_id == session.person_id else _taken()
    goal = Goal(
        id=goal_id,
        case_id=case,
        about=about if case is None else "case",
        term=term,
        by_id=session.person_id,
        text_sealed=words.seal("goal", goal_id, session.person_id, text=text),
    )
    db.session.add(goal)
    _log(session, "set", "goal", goal_id)
    db.session.commit()
    return goal


def reach(session: Session, goal_id: str, *, version: int, reached: bool) -> Goal:
    """Note that a goal was reached, or that it was not after all."""
    goal = db.session.scalar(sa.select(Goal).where(Goal.id == goal_id).with_for_update())
    if goal is None or not _may_plan(session.person, goal.case_id):
        raise NotFound("Dit doel bestaat niet, of is niet van jou.")
    if goal.version != version:
        raise Conflict("Een collega heeft dit doel net ook veranderd.", code="version")
    goal.reached_on = local_day(now()) if reached else None
    goal.version += 1
    _log(session, "reach", "goal", goal_id)
    db.session.commit()
    return goal


def actions(by: Person, case_id: str | None = None) -> list[Action]:
    """Return the actions of which somebody may know, what is due first."""
    query = sa.select(Action).where(_seen(by, Action)).order_by(Action.due_on, Action.id)
    return list(db.session.scalars(query.where(Action.case_id == case_id) if case_id else query))


def goals(by: Person, case_id: str | None = None) -> list[Goal]:
    """Return the goals of which somebody may know, the oldest first."""
    query = sa.select(Goal).where(_seen(by, Goal)).order_by(Goal.made_at, Goal.id)
    return list(db.session.scalars(query.where(Goal.case_id == case_id) if case_id else query))


def open_loose(session: Session) -> dict[str, str | None]:
    """Open what is written of actions and goals without a case, and of the own actions."""
    by = session.person
    if not members.may_take_part(by):
        raise NotFound("Dit is er niet, of het is niet van jou.")
    limits.check(session, "open")
    # Whoever left a case sees that there was something to do for it, and not what.
    seen = set(db.session.scalars(sa.select(Case.id).where(members.visible(by))))
    loose = [
        one
        for one in actions(by)
        if _is_loose(by, one) or (one.owner_id == by.id and one.case_id in {None, *seen})
    ]
    aims = [one for one in goals(by) if _is_loose(by, one)]
    _log(session, "open", "plans")
    db.session.commit()
    return {
        **{one.id: _text(one, "action") for one in loose},
        **{one.id: _text(one, "goal") for one in aims},
    }


def orphaned(action: Action) -> bool:
    """Say whether nobody does an action, because its owner's access ended."""
    return action.done_on is None and (
        db.session.get_one(Person, action.owner_id).ended_at is not None
    )


def _text(row: Any, kind: str) -> str | None:
    return words.read(row.text_sealed, kind, row.id, row.by_id).get("text")


def _is_loose(by: Person, row: Action | Goal) -> bool:
    return row.case_id is None and scope_of("plan", by.role) is not None


def _seen(by: Person, model: type[Action] | type[Goal]) -> sa.ColumnElement[bool]:
    if not members.may_take_part(by):
        return sa.false()
    mine = [Action.owner_id == by.id] if model is Action else []
    if scope_of("see_plans", by.role) is Scope.ALL:
        cases = sa.select(Case.id).where(members.known(by))
        return sa.or_(model.case_id.is_(None), model.case_id.in_(cases), *mine)
    return sa.or_(
        model.case_id.in_(sa.select(Case.id).where(members.visible(by))), sa.false(), *mine
    )


def _place(by: Person, case_id: str | None, about: str) -> Case | None:
    """Return the case this belongs to, held; without one it must be about something else."""
    if not members.may_take_part(by):
        raise NotFound(members.GONE)
    if case_id is not None:
        return members.hold(by, case_id)
    if about == "case":
        raise fault("about", "Kies een casus, of een school, een club of een wijk.")
    return None


def _may_plan(by: Person, case_id: str | None) -> bool:
    if case_id is None:
        return members.may_take_part(by) and scope_of("plan", by.role) is not None
    case = db.session.get(Case, case_id)
    return case is not None and members.may_see(by, case) and case.closed_on is None


def _may_change(by: Person, action: Action) -> bool:
    own = action.owner_id == by.id and members.may_take_part(by)
    return own or _may_plan(by, action.case_id)


def _check_owner(person_id: str, case: Case | None) -> None:
    owner = db.session.get(Person, person_id)
    if owner is None or owner.ended_at is not None or not members.may_take_part(owner):
        raise fault("owner", "Deze persoon kan nu geen actie doen. Kies iemand anders.")
    if case is not None and not members.may_see(owner, case):
        raise fault("owner", "Deze persoon werkt niet mee aan deze casus.")


def owners(case_id: str | None = None) -> list[Person]:
    """Return who could do an action: the kernteam and the desk, and who works along on a case."""
    query = sa.select(Person).where(
        Person.ended_at.is_(None),
        sa.or_(
            Person.role.in_((*DESK, "kernteam", "projectleider")),
            Person.id.in_(
                sa.select(Participant.person_id).where(
                    Participant.case_id == case_id, Participant.ended_at.is_(None)
                )
            ),
        ),
    )
    found = db.session.scalars(query.order_by(Person.made_at, Person.id))
    return [one for one in found if members.may_take_part(one)]


def _log(session: Session, action: str, kind: str, subject_id: str | None = None) -> None:
    audit.log(session.person_id, action, kind, subject_id, device_id=session.device_id)


def _taken() -> Any:
    raise Conflict("Dit id is al gebruikt.", code="known_id")
