"""When the kernteam meets: the rhythm makes meetings, people make, move, start and end them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from server import audit
from server.db import db, new_id, now
from server.errors import Conflict, fault
from server.meetings import agenda, members
from server.meetings.models import AgendaItem, Attendance, Meeting, MeetingEvaluation
from server.people.models import Person, Session

PAST_SHOWN = 50
# What a meeting may become.
MOVES = {
    "planned": ("running", "cancelled"),
    "running": ("ended",),
    "ended": (),
    "cancelled": ("planned",),
}


@dataclass(frozen=True)
class Shown:
    """A meeting with how many points somebody sees on its agenda, and how many are done."""

    meeting: Meeting
    points: int
    done: int
    evaluated: bool


def list_meetings(by: Person) -> list[Shown]:
    """Return what somebody may know of: all for a member, else what has a point for them."""
    query = sa.select(Meeting).order_by(Meeting.starts_at.desc(), Meeting.id)
    points = sa.select(AgendaItem.meeting_id, AgendaItem.done_at).where(
        AgendaItem.removed_at.is_(None)
    )
    if not members.is_member(by):
        visible = members.put_before(by)
        query = query.where(
            Meeting.id.in_(sa.select(AgendaItem.meeting_id).where(AgendaItem.id.in_(visible)))
        )
        points = points.where(AgendaItem.id.in_(visible))
    coming = query.where(Meeting.starts_at > now() - timedelta(days=1))
    past = query.where(Meeting.starts_at <= now() - timedelta(days=1)).limit(PAST_SHOWN)
    meetings = [*db.session.scalars(coming), *db.session.scalars(past)]
    ids = [one.id for one in meetings]
    counted: dict[str, list[bool]] = {}
    for row in db.session.execute(points.where(AgendaItem.meeting_id.in_(ids))):
        counted.setdefault(row.meeting_id, []).append(row.done_at is not None)
    mine = set(
        db.session.scalars(
            sa.select(MeetingEvaluation.meeting_id).where(
                MeetingEvaluation.by_id == by.id, MeetingEvaluation.meeting_id.in_(ids)
            )
        )
    )
    return [
        Shown(one, len(counted.get(one.id, [])), sum(counted.get(one.id, [])), one.id in mine)
        for one in meetings
    ]


def make(session: Session, *, starts_at: datetime, minutes: int, place: str) -> Meeting:
    """Plan a meeting beside the rhythm."""
    members.check(session.person)
    _check_time(starts_at)
    meeting = Meeting(id=new_id(), starts_at=starts_at, minutes=minutes, place=place)
    db.session.add(meeting)
    db.session.flush()
    agenda.fill(meeting)
    _log(session, "make", meeting)
    db.session.commit()
    return meeting


def change(
    session: Session,
    meeting_id: str,
    *,
    version: int,
    starts_at: datetime,
    minutes: int,
    place: str,
) -> Meeting:
    """Move a planned meeting to another time or place."""
    meeting = members.hold(session.person, meeting_id)
    _check_version(meeting, version)
    if meeting.state != "planned":
        raise Conflict("Alleen een gepland overleg kun je verzetten.", code="step")
    _check_time(starts_at)
    if starts_at != meeting.starts_at:
        meeting.reminded_at = None
    meeting.starts_at, meeting.minutes, meeting.place = starts_at, minutes, place
    meeting.version += 1
    _log(session, "change", meeting)
    db.session.commit()
    return meeting


def change_state(session: Session, meeting_id: str, *, version: int, state: str) -> Meeting:
    """Start, end or cancel a meeting; what was not discussed goes to the next one."""
    meeting = members.hold(session.person, meeting_id)
    _check_version(meeting, version)
    if state not in MOVES[meeting.state]:
        raise Conflict("Die stap kan nu niet. Bekijk het overleg opnieuw.", code="step")
    meeting.state = state
    meeting.version += 1
    if state == "running":
        meeting.started_at = now()
        agenda.fill(meeting)
        db.session.merge(Attendance(meeting_id=meeting.id, person_id=session.person_id))
    if state == "ended":
        meeting.ended_at = now()
        following = _next_after(meeting)
        if following is not None:
            agenda.hand_over(meeting, following)
    _log(session, state, meeting)
    db.session.commit()
    return meeting


def set_attendance(session: Session, meeting_id: str, person_ids: Sequence[str]) -> Meeting:
    """Note who is there."""
    meeting = members.hold(session.person, meeting_id)
    if meeting.state not in {"running", "ended"}:
        raise Conflict("Wie er is, vul je in als het overleg is begonnen.", code="step")
    known = {one.id for one in members.possible(meeting)}
    if not set(person_ids) <= known:
        raise fault(
            "persons",
            "Kies mensen uit de lijst.",
            detail="Iemand op deze lijst hoort niet bij dit overleg.",
            code="person",
        )
    db.session.execute(sa.delete(Attendance).where(Attendance.meeting_id == meeting.id))
    db.session.add_all(
        Attendance(meeting_id=meeting.id, person_id=one) for one in sorted(set(person_ids))
    )
    _log(session, "attendance", meeting)
    db.session.commit()
    return meeting


def present(meeting: Meeting) -> list[Person]:
    """Return who was there."""
    return list(
        db.session.scalars(
            sa.select(Person)
            .join(Attendance, Attendance.person_id == Person.id)
            .where(Attendance.meeting_id == meeting.id)
            .order_by(Person.made_at, Person.id)
        )
    )


def _next_after(meeting: Meeting) -> Meeting | None:
    return db.session.scalar(
        sa.select(Meeting)
        .where(Meeting.state == "planned", Meeting.starts_at > now(), Meeting.id != meeting.id)
        .order_by(Meeting.starts_at)
        .limit(1)
    )


def _check_time(starts_at: datetime) -> None:
    if not now() - timedelta(days=1) < starts_at < now() + timedelta(days=730):
        raise fault(
            "starts_at",
            "Kies een ander moment.",
            detail="Kies een moment dat nog komt, binnen twee jaar.",
        )


def _check_version(meeting: Meeting, version: int) -> None:
    if meeting.version != version:
        raise Conflict(
            "Een collega heeft dit overleg net ook veranderd. Bekijk het opnieuw.", code="version"
        )


def _log(session: Session, action: str, meeting: Meeting) -> None:
    audit.log(
        session.person_id, f"meeting_{action}", "meeting", meeting.id, device_id=session.device_id
    )
