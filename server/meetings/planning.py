"""What time asks for: meetings are planned, their agendas filled, their members told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from server import cards
from server.db import db, insert_into, new_id, now
from server.meetings import agenda, members
from server.meetings.models import Meeting, MeetingEvaluation
from server.meetings.rhythm import Rhythm
from server.notify import service as notify
from server.observations.keeping import Terms, add_months
from server.workdays import AMSTERDAM, local_day

# So far ahead the meetings stand in the calendar.
AHEAD = timedelta(weeks=12)
# So long before a meeting its agenda begins to fill, and its members are told of it.
FILLED_BEFORE = timedelta(weeks=2)
TOLD_BEFORE = timedelta(hours=24)
# Nobody wants to hear of a meeting that is about to begin, or already began.
TOLD_UNTIL = timedelta(hours=1)


def prepare() -> None:
    """Do what time asks for: plan, fill the agenda of what is near, tell the members.

    Every step looks at what is there, so doing it again, or late, changes nothing twice.
    """
    _keep_rhythm()
    for meeting in _planned_until(now() + FILLED_BEFORE):
        agenda.fill(meeting)
        db.session.commit()
    _tell_members()


def forget_old() -> int:
    """Forget what was said a term ago, and what was said of what is gone; return how many points.

    When the kernteam met, and how it judged that, stays.
    """
    day = add_months(local_day(now()), -Terms.of_gemeente().case_months)
    over = datetime.combine(day, datetime.min.time(), AMSTERDAM)
    old = sa.select(Meeting.id).where(Meeting.starts_at < over)
    forgotten = agenda.forget(old)
    db.session.execute(
        sa.update(MeetingEvaluation)
        .where(MeetingEvaluation.at < over, MeetingEvaluation.words_sealed.is_not(None))
        .values(words_sealed=None),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()
    return forgotten


def _keep_rhythm() -> None:
    rhythm = Rhythm.of(cards.library().meeting)
    today = local_day(now())
    wanted = (
        {}
        if rhythm is None
        else {
            slot: rhythm.start(slot)
            for slot in rhythm.slots(today, today + AHEAD)
            if rhythm.start(slot) > now()
        }
    )
    known = {
        one.slot: one
        for one in db.session.scalars(
            sa.select(Meeting).where(Meeting.slot >= today).with_for_update()
        )
    }
    for slot, meeting in known.items():
        if _is_untouched(meeting) and slot not in wanted:
            db.session.delete(meeting)
    if rhythm is not None:
        for slot, starts_at in wanted.items():
            _plan(rhythm, slot, starts_at, known.get(slot))
    db.session.commit()


def _plan(rhythm: Rhythm, slot: date, starts_at: datetime, known: Meeting | None) -> None:
    if known is not None:
        if _is_untouched(known):
            known.starts_at, known.minutes, known.place = starts_at, rhythm.minutes, rhythm.place
        return
    # Another clock may be just as late.
    db.session.execute(
        insert_into(Meeting)
        .values(
            id=new_id(),
            slot=slot,
            starts_at=starts_at,
            minutes=rhythm.minutes,
            place=rhythm.place,
            state="planned",
            version=1,
        )
        .on_conflict_do_nothing(index_elements=["slot"])
    )


def _is_untouched(meeting: Meeting) -> bool:
    """Say whether nobody but the rhythm had a hand in a meeting that is still to come."""
    if meeting.state != "planned" or meeting.version > 1 or meeting.starts_at <= now():
        return False
    return not agenda.is_touched(meeting)


def _tell_members() -> None:
    moment = now()
    soon = db.session.scalars(
        sa.select(Meeting)
        .where(
            Meeting.state == "planned",
            Meeting.reminded_at.is_(None),
            Meeting.starts_at <= moment + TOLD_BEFORE,
            Meeting.starts_at > moment + TOLD_UNTIL,
        )
        .with_for_update()
    ).all()
    for meeting in soon:
        meeting.reminded_at = moment
        ids = [one.id for one in members.everybody()]
        notify.queue(ids, "meeting", f"meeting:{meeting.id}", f"/#/overleg/{meeting.id}")
    db.session.commit()


def _planned_until(moment: datetime) -> list[Meeting]:
    return list(
        db.session.scalars(
            sa.select(Meeting)
            .where(
                Meeting.state == "planned", Meeting.starts_at <= moment, Meeting.starts_at > now()
            )
            .order_by(Meeting.starts_at)
            # Only the nearest: what it leaves undone comes back on the one after it.
            .limit(1)
        )
    )
