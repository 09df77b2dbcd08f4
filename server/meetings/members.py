"""Who belongs to the kernteam, and who only sees what is put before them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from server import cards
from server.access.permissions import ACTIONS, Scope, scope_of
from server.cases.models import Participant
from server.db import db, now
from server.errors import NotFound
from server.meetings.models import ABOUT_A_CASE, AgendaGuest, AgendaItem, Meeting
from server.people.covenant import Covenant, may_see_cases
from server.people.models import Organisation, Person
from server.workdays import local_day

# Until so long after a meeting its points open; then the minutes, and the case itself, are there.
LOOK_BACK = timedelta(days=14)
# On the agenda, not at the table: they see what was put before them, whatever their role.
AGENDA_ONLY = ("om",)
GONE = "Dit overleg bestaat niet, of je doet er niet aan mee."


def check(by: Person) -> None:
    """Refuse who works elsewhere, unless a covenant says that they work along."""
    if not may_take_part(by):
        raise NotFound(GONE)


def may_take_part(person: Person) -> bool:
    """Say whether somebody's organisation takes part in cases today."""
    covenant = Covenant.of(cards.library().covenant)
    return may_see_cases(person, covenant, local_day(now()))


def is_member(person: Person) -> bool:
    """Say whether somebody sees whole agendas."""
    whole = scope_of("see_meetings", person.role) is Scope.ALL
    return whole and person.organisation.kind not in AGENDA_ONLY and may_take_part(person)


def find(by: Person, meeting_id: str) -> Meeting:
    """Return a meeting that somebody may know of."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or not may_know(by, meeting):
        raise NotFound(GONE)
    return meeting


def hold(by: Person, meeting_id: str) -> Meeting:
    """Return a meeting of a member's that nobody else changes until commit."""
    meeting = db.session.scalar(
        sa.select(Meeting).where(Meeting.id == meeting_id).with_for_update()
    )
    if meeting is None or not is_member(by):
        raise NotFound(GONE)
    return meeting


def may_know(by: Person, meeting: Meeting) -> bool:
    """Say whether somebody may know that there is this meeting."""
    if is_member(by):
        return True
    mine = put_before(by).where(AgendaItem.meeting_id == meeting.id)
    return may_take_part(by) and db.session.scalar(mine.limit(1)) is not None


def put_before(by: Person) -> sa.Select[str]:
    """Return the query for the ids of the points that are put before somebody.

    A guest looks back until some time after the meeting, and at a case only while working on it.
    """
    query = (
        sa.select(AgendaGuest.item_id)
        .join(AgendaItem, AgendaItem.id == AgendaGuest.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaGuest.person_id == by.id, AgendaItem.removed_at.is_(None), ~_is_over())
    )
    if by.organisation.kind in AGENDA_ONLY:
        return query
    works_on_it = _works_on(by, AgendaItem.subject_id)
    return query.where(sa.or_(AgendaItem.kind.not_in(ABOUT_A_CASE), works_on_it))


def is_over(meeting: Meeting) -> bool:
    """Say whether it is so long after a meeting that its minutes are what is left to read."""
    return (meeting.ended_at or meeting.starts_at) <= now() - LOOK_BACK


def _is_over() -> sa.ColumnElement[bool]:
    since = now() - LOOK_BACK
    ended, never = Meeting.ended_at.is_not(None), Meeting.ended_at.is_(None)
    return sa.or_(
        sa.and_(ended, Meeting.ended_at <= since), sa.and_(never, Meeting.starts_at <= since)
    )


def everybody() -> list[Person]:
    """Return the members of today."""
    whole = [role for role, scope in ACTIONS["see_meetings"].may.items() if scope is Scope.ALL]
    people = db.session.scalars(
        sa.select(Person)
        .where(Person.ended_at.is_(None), Person.role.in_(whole))
        .order_by(Person.made_at, Person.id)
    )
    return [one for one in people if is_member(one)]


def candidates(meeting: Meeting) -> list[Person]:
    """Return who is no member and may be shown a point: the OM, and who works along on a case."""
    along = (
        sa.select(Participant.person_id)
        .join(AgendaItem, AgendaItem.subject_id == Participant.case_id)
        .where(AgendaItem.meeting_id == meeting.id, Participant.ended_at.is_(None))
    )
    people = db.session.scalars(
        sa.select(Person)
        .join(Person.organisation)
        .where(
            Person.ended_at.is_(None),
            sa.or_(
                sa.and_(Organisation.kind.in_(AGENDA_ONLY), Person.role == "kernteam"),
                Person.id.in_(along),
            ),
        )
        .order_by(Person.made_at, Person.id)
    )
    return [one for one in people if may_take_part(one) and not is_member(one)]


def may_be_shown(person: Person, item: AgendaItem) -> bool:
    """Say whether a point may be put before somebody: of a case only to who works on it."""
    if not may_take_part(person) or is_member(person):
        return False
    if person.organisation.kind in AGENDA_ONLY or item.kind not in ABOUT_A_CASE:
        return True
    return bool(db.session.scalar(sa.select(_works_on(person, item.subject_id))))


def _works_on(person: Person, case: Any) -> sa.Exists:
    """Match when somebody works along on a case, which is an id or a column of ids."""
    return sa.exists().where(
        Participant.case_id == case,
        Participant.person_id == person.id,
        Participant.ended_at.is_(None),
    )


def possible(meeting: Meeting) -> list[Person]:
    """Return who may be at a meeting: its members, and whom a point was put before."""
    guests = db.session.scalars(
        sa.select(Person)
        .join(AgendaGuest, AgendaGuest.person_id == Person.id)
        .join(AgendaItem, AgendaItem.id == AgendaGuest.item_id)
        .where(AgendaItem.meeting_id == meeting.id)
    )
    return list({one.id: one for one in (*everybody(), *guests)}.values())
