"""Meetings are planned by the clock, once, in the hours people live by."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine

from server import cards
from server.db import db, now
from server.meetings import planning
from server.meetings.models import Meeting
from server.meetings.rhythm import Rhythm
from server.notify.models import Notification
from server.workdays import AMSTERDAM, is_workday
from tests.factories import Phone
from tests.meetings.steps import MONDAY, TUESDAY, all_meetings, in_days, own


def years(first: int, last: int) -> tuple[date, date]:
    return date(first, 1, 1), date(last, 1, 1)


def test_the_rhythm_falls_every_so_many_weeks_on_the_weekday_of_the_first() -> None:
    days = list(TUESDAY.slots(date(2026, 11, 25), date(2027, 1, 20)))
    assert days == [date(2026, 12, 8), date(2026, 12, 22), date(2027, 1, 5), date(2027, 1, 19)]
    assert list(TUESDAY.slots(date(2026, 1, 1), date(2026, 11, 24))) == [date(2026, 11, 24)]


def test_on_a_holiday_the_meeting_is_the_next_working_day() -> None:
    christmas = Rhythm(date(2026, 12, 25), 1, time(9), 60, "")
    assert christmas.start(date(2026, 12, 25)).date() == date(2026, 12, 28)
    assert all(is_workday(TUESDAY.start(day).date()) for day in TUESDAY.slots(*years(2026, 2030)))


def test_nine_in_the_morning_is_nine_before_and_after_the_clock_changes() -> None:
    rhythm = Rhythm(date(2027, 3, 23), 1, time(9), 60, "")
    starts = [rhythm.start(day) for day in rhythm.slots(date(2027, 3, 23), date(2027, 3, 30))]
    assert [one.astimezone(UTC).hour for one in starts] == [8, 7]
    assert {one.astimezone(AMSTERDAM).hour for one in starts} == {9}


@time_machine.travel(MONDAY, tick=False)
def test_the_clock_plans_what_comes_and_doing_it_again_changes_nothing(regisseur: Phone) -> None:
    planning.prepare()
    first = [(one.id, one.slot, one.starts_at) for one in all_meetings()]
    assert [slot for _, slot, _ in first] == list(
        TUESDAY.slots(date(2026, 11, 23), date(2027, 2, 15))
    )
    planning.prepare()
    assert [(one.id, one.slot, one.starts_at) for one in all_meetings()] == first


def test_a_clock_that_stood_still_for_two_days_doubles_no_meeting_and_no_reminder(
    regisseur: Phone, team: Phone
) -> None:
    def told() -> int:
        return (
            db.session.scalar(sa.select(sa.func.count()).where(Notification.kind == "meeting")) or 0
        )

    with time_machine.travel(MONDAY - timedelta(days=2), tick=False) as clock:
        planning.prepare()
        planned = len(all_meetings())
        assert told() == 0
        clock.move_to(MONDAY)
        planning.prepare()
        assert told() == 2
        # The news has gone out, so that nothing would merge any more.
        db.session.execute(sa.update(Notification).values(fanned_at=now()))
        db.session.commit()
        planning.prepare()
        planning.prepare()
        assert told() == 2
        assert len(all_meetings()) == planned
        # Off from just before the meeting until long after it: too late to tell of that one.
        clock.move_to(MONDAY + timedelta(days=2))
        planning.prepare()
        assert told() == 2
        assert len({one.slot for one in all_meetings()}) == len(all_meetings())


@time_machine.travel(MONDAY, tick=False)
def test_a_meeting_that_was_moved_by_hand_is_not_planned_again(regisseur: Phone) -> None:
    planning.prepare()
    first = all_meetings()[0]
    body = {"starts_at": in_days(3), "minutes": 90, "place": "Kamer 2", "version": 1}
    answer = regisseur.client.put(f"/api/v1/meetings/{first.id}", json=body)
    assert (answer.status_code, answer.json["minutes"]) == (200, 90)
    count = len(all_meetings())
    planning.prepare()
    assert len(all_meetings()) == count
    assert db.session.get_one(Meeting, first.id).place == "Kamer 2"
    again = regisseur.client.put(f"/api/v1/meetings/{first.id}", json=body)
    assert (again.status_code, again.json["code"]) == (409, "version")


@time_machine.travel(MONDAY, tick=False)
def test_another_rhythm_leaves_no_meeting_of_the_old_one_but_what_somebody_wrote_at(
    regisseur: Phone,
) -> None:
    planning.prepare()
    touched = all_meetings()[1]
    own(regisseur, touched.id)
    before = cards.library().meeting
    settings = {**(before or {}), "first": "2026-11-26", "every_weeks": 4}
    object.__setattr__(cards.library(), "meeting", settings)
    planning.prepare()
    object.__setattr__(cards.library(), "meeting", before)
    days = {one.slot.weekday() for one in all_meetings() if one.slot and one.id != touched.id}
    assert days == {3}
    assert touched.id in {one.id for one in all_meetings()}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"starts_at": "morgen"},
        {"starts_at": "2020-01-01T09:00:00Z"},
        {"starts_at": "2099-01-01T09:00:00Z"},
        {"starts_at": "2026-12-01T09:00:00"},
        {"starts_at": "2026-12-01T09:00:00Z", "minutes": 0},
        {"starts_at": "2026-12-01T09:00:00Z", "place": "een\r\nATTENDEE:x"},
    ],
)
def test_a_meeting_without_a_time_that_can_be_is_refused(regisseur: Phone, body: Any) -> None:
    assert regisseur.post("/meetings", body).status_code == 400
    assert all_meetings() == []
