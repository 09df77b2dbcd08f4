"""What the kernteam found of a meeting, of a year, and how that went over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from server import audit, cards
from server.db import db, new_id, now
from server.errors import Conflict, Invalid, NotFound
from server.keyring import ring
from server.meetings import members
from server.meetings.models import Meeting, MeetingEvaluation
from server.meetings.sources import year_of
from server.people.models import Person, Session
from server.sealing import SealError
from server.workdays import local_day

ANSWERS = ("yes", "partly", "no")
# A meeting that lies further back nobody remembers.
MEETINGS_SHOWN = 26


@dataclass(frozen=True)
class Found:
    """How often each answer was given to each question about one meeting or year."""

    meeting: Meeting | None
    year: int | None
    at: datetime
    count: int
    answers: dict[str, dict[str, int]]


def evaluate(
    session: Session, meeting_id: str, answers: Mapping[str, str], words: str | None
) -> None:
    """Keep what somebody found of a meeting; doing it again replaces that."""
    meeting = members.hold(session.person, meeting_id)
    if meeting.state != "ended":
        raise Conflict("Vul dit in als het overleg voorbij is.", code="step")
    _check(answers, "meeting")
    mine = MeetingEvaluation.meeting_id == meeting.id
    row = _mine(session.person, mine) or MeetingEvaluation(id=new_id(), meeting_id=meeting.id)
    _keep(session, row, answers, words)


def evaluate_year(
    session: Session, year: int, answers: Mapping[str, str], words: str | None
) -> None:
    """Keep what somebody found of a year of meeting; doing it again replaces that."""
    if not members.is_member(session.person):
        raise NotFound(members.GONE)
    if not 0 < year <= current_year():
        raise Conflict("Dat jaar is nog niet om.", code="step")
    _check(answers, "year")
    row = _mine(session.person, MeetingEvaluation.year == year)
    _keep(session, row or MeetingEvaluation(id=new_id(), year=year), answers, words)


def current_year() -> int:
    """Return how many years of meeting are over."""
    first = db.session.scalar(
        sa.select(sa.func.min(Meeting.starts_at)).where(Meeting.state == "ended")
    )
    return year_of(local_day(first), local_day(now())) if first else 0


def over_time(by: Person) -> list[Found]:
    """Return how the answers went, the latest meeting first; who said what is not in it."""
    if not members.is_member(by):
        raise NotFound(members.GONE)
    meetings = db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.id.in_(sa.select(MeetingEvaluation.meeting_id)))
        .order_by(Meeting.starts_at.desc())
        .limit(MEETINGS_SHOWN)
    ).all()
    rows = db.session.scalars(
        sa.select(MeetingEvaluation).where(
            sa.or_(
                MeetingEvaluation.meeting_id.in_([one.id for one in meetings]),
                MeetingEvaluation.year.is_not(None),
            )
        )
    ).all()
    found = [
        _found([row for row in rows if row.meeting_id == one.id], meeting=one) for one in meetings
    ]
    years = sorted({row.year for row in rows if row.year is not None}, reverse=True)
    return [_found([row for row in rows if row.year == one], year=one) for one in years] + found


def open_words(session: Session, meeting_id: str | None, year: int | None) -> list[str]:
    """Return what people wrote beside their answers, without who, and log that it was read."""
    if not members.is_member(session.person):
        raise NotFound(members.GONE)
    about = (
        MeetingEvaluation.meeting_id == meeting_id if meeting_id else MeetingEvaluation.year == year
    )
    rows = db.session.scalars(
        sa.select(MeetingEvaluation)
        .where(about, MeetingEvaluation.words_sealed.is_not(None))
        # Not in the order in which people wrote.
        .order_by(MeetingEvaluation.id)
    ).all()
    audit.log(
        session.person_id,
        "open",
        "evaluation",
        meeting_id,
        purpose="read_evaluation",
        device_id=session.device_id,
        count=len(rows),
    )
    words = [one for one in map(_words, rows) if one]
    db.session.commit()
    return words


def _found(
    rows: list[MeetingEvaluation], *, meeting: Meeting | None = None, year: int | None = None
) -> Found:
    questions = cards.library().evaluation["year" if year else "meeting"]
    counted = {
        question["id"]: Counter(row.answers.get(question["id"]) for row in rows)
        for question in questions
    }
    return Found(
        meeting=meeting,
        year=year,
        at=meeting.starts_at if meeting else max(row.at for row in rows),
        count=len(rows),
        answers={
            name: {answer: counts[answer] for answer in ANSWERS} for name, counts in counted.items()
        },
    )


def _check(answers: Mapping[str, str], kind: str) -> None:
    known = {question["id"] for question in cards.library().evaluation[kind]}
    faults = [
        {"name": f"answers.{name}", "reason": "Kies een antwoord."}
        for name in sorted(known - answers.keys())
    ] + [
        {"name": f"answers.{name}", "reason": "Deze vraag kennen we niet."}
        for name in sorted(answers.keys() - known)
    ]
    if faults:
        raise Invalid("Geef op elke vraag een antwoord.", code="answers", invalid_params=faults)


def _mine(by: Person, about: sa.ColumnElement[bool]) -> MeetingEvaluation | None:
    return db.session.scalar(
        sa.select(MeetingEvaluation).where(MeetingEvaluation.by_id == by.id, about)
    )


def _keep(
    session: Session, row: MeetingEvaluation, answers: Mapping[str, str], words: str | None
) -> None:
    row.by_id, row.answers, row.at = session.person_id, dict(answers), now()
    row.words_sealed = (
        ring().seal("evaluation", row.id, row.by_id, {"v": 1, "text": words}) if words else None
    )
    db.session.add(row)
    audit.log(
        session.person_id,
        "evaluate",
        "meeting" if row.meeting_id else "year",
        row.meeting_id,
        device_id=session.device_id,
    )
    db.session.commit()


def _words(row: MeetingEvaluation) -> str | None:
    try:
        return str(ring().open(row.words_sealed or "", "evaluation", row.id, row.by_id)["text"])
    except SealError:
        return None
