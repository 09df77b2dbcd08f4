"""The meetings in somebody's own calendar: when and where, and not a word of what about."""

from __future__ import annotations

import secrets
from datetime import timedelta

import icalendar
import sqlalchemy as sa

from server import audit, cards
from server.db import db, now
from server.errors import NotFound
from server.meetings import members
from server.meetings.models import CalendarFeed, Meeting
from server.people.invitations import digest
from server.people.models import Person, Session

SUMMARY = "Overleg kernteam"
SHOWN_BACK = timedelta(days=60)
STATUS = {"planned": "CONFIRMED", "running": "CONFIRMED", "ended": "CONFIRMED"}


def make(session: Session) -> str:
    """Return the token of a new feed for this person; the one they had stops."""
    if not members.is_member(session.person):
        raise NotFound(members.GONE)
    token = secrets.token_urlsafe(32)
    _remove(session.person_id)
    db.session.add(CalendarFeed(person_id=session.person_id, token_hash=digest(token)))
    _log(session, "make")
    db.session.commit()
    return token


def revoke(session: Session) -> None:
    """Stop this person's feed; stopping it twice changes nothing."""
    _remove(session.person_id)
    _log(session, "revoke")
    db.session.commit()


def of(person: Person) -> CalendarFeed | None:
    """Return the feed of this person, if there is one."""
    return db.session.get(CalendarFeed, person.id)


def read(token: str) -> bytes:
    """Return the calendar behind a token, as long as its owner takes part."""
    person = db.session.scalar(
        sa.select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(CalendarFeed.token_hash == digest(token), Person.ended_at.is_(None))
    )
    if person is None or not members.is_member(person):
        raise NotFound("Deze agenda is er niet meer. Maak in de app een nieuwe koppeling.")
    meetings = db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.starts_at > now() - SHOWN_BACK)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return write(list(meetings), str(cards.library().gemeente["name"]))


def write(meetings: list[Meeting], place: str) -> bytes:
    """Return meetings as iCalendar (RFC 5545); times are in UTC, so no summer time shifts them."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//signaalkaart//overleg//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{SUMMARY} {place}")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{meeting.id}@signaalkaart")
    event.add("dtstamp", now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("summary", SUMMARY)
    event.add("sequence", meeting.version - 1)
    event.add("status", STATUS.get(meeting.state, "CANCELLED"))
    event.add("class", "PRIVATE")
    if meeting.place:
        event.add("location", meeting.place)
    return event


def _remove(person_id: str) -> None:
    db.session.execute(sa.delete(CalendarFeed).where(CalendarFeed.person_id == person_id))


def _log(session: Session, action: str) -> None:
    audit.log(
        session.person_id,
        f"calendar_{action}",
        "person",
        session.person_id,
        device_id=session.device_id,
    )
