"""At night a reporter is left to sleep, on the clock people live by."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from server.db import db, now
from server.notify.fanout import fan_out_due
from server.notify.models import QuietHours
from server.notify.push import Sender
from server.people import sessions
from server.people.models import Session
from tests.factories import Phone
from tests.notify.telling import (
    NIGHT,
    NOON,
    bring,
    tell,
    the_delivery,
    turn_on,
)
from tests.push_service import Answer, Browser, PushService


def test_a_reporter_is_left_to_sleep_and_told_once_in_the_morning(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    clock.move_to(NIGHT)
    tell(phone.person)
    assert bring(sender) == 0
    clock.move_to(NIGHT + timedelta(hours=7, minutes=59))
    tell(phone.person)
    assert bring(sender) == 0
    clock.move_to(NIGHT + timedelta(hours=8))
    assert bring(sender) == 1
    assert len(pushes.received_by(browser)) == 1


def test_the_desk_is_told_at_night(
    clock: time_machine.Coordinates, regisseur: Phone, pushes: PushService, sender: Sender
) -> None:
    turn_on(regisseur, pushes)
    clock.move_to(NIGHT)
    tell(regisseur.person, kind="observation")
    assert bring(sender) == 1
    assert pushes.received[0].headers["urgency"] == "high"


def test_the_desk_is_told_after_its_session_of_a_working_day_ran_out(
    clock: time_machine.Coordinates, regisseur: Phone, pushes: PushService, sender: Sender
) -> None:
    turn_on(regisseur, pushes)
    db.session.execute(sa.update(Session).values(expires_at=now() + sessions.STAFF_TERM))
    db.session.commit()
    clock.shift(sessions.STAFF_TERM + timedelta(hours=8))
    assert regisseur.get("/inbox").status_code == 401
    tell(regisseur.person, kind="observation")
    assert bring(sender) == 1
    assert the_delivery().outcome == "accepted"


def test_what_is_urgent_wakes_a_reporter_also_when_it_joins_what_is_not(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    clock.move_to(NIGHT)
    tell(phone.person)
    assert bring(sender) == 0
    tell(phone.person, urgent=True)
    assert bring(sender) == 1
    assert pushes.received[0].headers["urgency"] == "high"


def test_a_repeat_does_not_fall_in_the_quiet_hours(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    clock.move_to(NOON.replace(hour=21, minute=59, second=59))
    pushes.answers.append(Answer(503))
    tell(phone.person)
    bring(sender)
    assert the_delivery().due_at == NOON.replace(day=24, hour=7)


def test_what_a_stopped_clock_left_lying_does_not_ring_at_night(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    tell(phone.person)
    fan_out_due()
    clock.move_to(NIGHT)
    bring(sender)
    assert pushes.asked == 0
    assert the_delivery().due_at == NOON.replace(day=24, hour=7)


@pytest.mark.parametrize(
    ("moment", "free"),
    [
        ("2026-11-23T20:59:59Z", "2026-11-23T20:59:59Z"),
        ("2026-11-23T21:00:00Z", "2026-11-24T06:00:00Z"),
        ("2026-11-24T05:59:59Z", "2026-11-24T06:00:00Z"),
        ("2026-11-24T06:00:00Z", "2026-11-24T06:00:00Z"),
        ("2026-07-01T20:00:00Z", "2026-07-02T05:00:00Z"),
        # The night in which an hour is skipped, and the one in which an hour comes twice.
        ("2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z"),
        ("2026-03-29T01:30:00Z", "2026-03-29T05:00:00Z"),
        ("2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z"),
        ("2026-10-25T00:30:00Z", "2026-10-25T06:00:00Z"),
        ("2026-10-25T01:30:00Z", "2026-10-25T06:00:00Z"),
    ],
)
def test_quiet_hours_follow_the_clock_on_the_wall(moment: str, free: str) -> None:
    until = QuietHours().until(datetime.fromisoformat(moment))
    assert until == datetime.fromisoformat(free)
    assert until.tzinfo is UTC


def test_quiet_hours_may_lie_within_one_day_or_not_exist() -> None:
    siesta, none = QuietHours(time(13), time(15)), QuietHours(time(0), time(0))
    assert siesta.until(NOON.replace(hour=14)) == NOON.replace(hour=15)
    assert siesta.until(NOON.replace(hour=15)) == NOON.replace(hour=15)
    assert none.until(NIGHT) == NIGHT
