"""What a meeting has to talk about: it follows from what is there today, and names nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from server import areas
from server.bundles.models import Bundle, BundleMember
from server.cases.models import PHASES, Action, Case, CaseSource
from server.db import db, now
from server.meetings.models import AgendaItem, Meeting, MeetingEvaluation
from server.observations.models import Observation
from server.public.drawing import MONTHS
from server.workdays import local_day

PHASE_WORDS = {
    "signalling": "signalering",
    "analysis": "analyse",
    "decision": "besluitvorming",
    "action": "actie",
    "evaluation": "evaluatie",
}


@dataclass(frozen=True)
class Point:
    """Something to talk about; ``subject_id`` is the bundle or case, or the meeting itself."""

    kind: str
    subject_id: str
    title: str
    detail: str = ""


def points(meeting: Meeting) -> list[Point]:
    """Return what belongs on the agenda of a meeting at this moment."""
    return [
        *_actions(meeting),
        *_bundles(meeting),
        *_cases(meeting),
        *_late(meeting),
        *_year(meeting),
        Point("round", meeting.id, "Rondvraag"),
    ]


def _actions(meeting: Meeting) -> list[Point]:
    """Return one point for all actions whose day has passed."""
    late = db.session.scalar(
        sa.select(sa.func.count(Action.id)).where(
            Action.done_on.is_(None), Action.due_on < local_day(now())
        )
    )
    title = "Acties die over tijd zijn"
    return [Point("actions", meeting.id, title, _count(late, "actie", "s"))] if late else []


def _cases(meeting: Meeting) -> list[Point]:
    """Return the open cases in the order of their phases, and those whose evaluation is due."""
    cases = db.session.execute(
        sa.select(Case.id, Case.number, Case.phase, Case.evaluate_on)
        .where(Case.closed_on.is_(None))
        .order_by(Case.number)
    ).all()
    day = local_day(meeting.starts_at)
    due = [one for one in cases if one.evaluate_on is not None and one.evaluate_on <= day]
    rest = sorted((one for one in cases if one not in due), key=lambda one: PHASES.index(one.phase))
    return [
        *(Point("case", one.id, f"Casus {one.number}", PHASE_WORDS[one.phase]) for one in rest),
        *(
            Point("evaluation", one.id, f"Evaluatie casus {one.number}", _on(one.evaluate_on))
            for one in due
        ),
    ]


def _on(day: date) -> str:
    return f"gepland op {day.day} {MONTHS[day.month - 1]}"


def _bundles(meeting: Meeting) -> list[Point]:
    """Return the bundles that no meeting has dealt with yet."""
    dealt_with = (
        sa.select(AgendaItem.subject_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.kind == "bundle",
            AgendaItem.done_at.is_not(None),
            AgendaItem.outcome != "later",
            Meeting.id != meeting.id,
        )
    )
    in_a_case = sa.select(CaseSource.bundle_id).where(CaseSource.bundle_id.is_not(None))
    rows = db.session.execute(
        sa.select(Bundle.id, Observation.area)
        .join(BundleMember, BundleMember.bundle_id == Bundle.id)
        .join(Observation, Observation.id == BundleMember.observation_id)
        .where(
            Bundle.ended_at.is_(None),
            BundleMember.removed_at.is_(None),
            Bundle.id.not_in(dealt_with),
            Bundle.id.not_in(in_a_case),
        )
        .order_by(Bundle.made_at, Bundle.id, Observation.received_at)
    ).all()
    places: dict[str, list[str | None]] = {}
    for row in rows:
        places.setdefault(row.id, []).append(row.area)
    return [
        Point("bundle", name, f"Bundel {_area(found)}", _count(len(found), "melding"))
        for name, found in places.items()
        if len(found) > 1
    ]


def _area(codes: list[str | None]) -> str:
    """Return the name of the buurt that most of them are about."""
    known = Counter(code for code in codes if code)
    if not known:
        return "zonder plek"
    code = known.most_common(1)[0][0]
    return next(
        (
            str(area["properties"]["statnaam"])
            for area in areas.library().features
            if area["properties"]["statcode"] == code
        ),
        code,
    )


def _late(meeting: Meeting) -> list[Point]:
    late = db.session.scalar(
        sa.select(sa.func.count(Observation.id)).where(
            Observation.state != "closed",
            Observation.waiting_since.is_(None),
            Observation.due_on < local_day(now()),
        )
    )
    return [Point("late", meeting.id, "Meldingen te laat", _count(late, "melding"))] if late else []


def _year(meeting: Meeting) -> list[Point]:
    """Return the evaluation of the year, once the kernteam has been meeting for one."""
    first = db.session.scalar(
        sa.select(sa.func.min(Meeting.starts_at)).where(Meeting.state == "ended")
    )
    if first is None:
        return []
    year = year_of(local_day(first), local_day(meeting.starts_at))
    written = db.session.scalar(
        sa.select(sa.func.count(MeetingEvaluation.id)).where(MeetingEvaluation.year == year)
    )
    return [Point("year", meeting.id, f"Terugblik op jaar {year}")] if year and not written else []


def year_of(first: date, day: date) -> int:
    """Return how many whole years the kernteam has been meeting on a day."""
    return day.year - first.year - ((day.month, day.day) < (first.month, first.day))


def _count(number: int, what: str, more: str = "en") -> str:
    return f"{number} {what}{'' if number == 1 else more}"
