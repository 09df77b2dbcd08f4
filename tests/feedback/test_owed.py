"""What reporters are owed: somebody is reminded of it, and the other desk hears when it is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server import cards, workdays
from server.audit import AuditEvent
from server.db import db, now
from server.devices import service as devices
from server.feedback import owed
from server.notify.models import Notification
from server.people.models import Person
from server.workdays import AMSTERDAM, add_workdays, count_workdays, is_workday
from tests.factories import Phone, add_phone
from tests.feedback.steps import MONDAY, answer, told


def sent_on() -> None:
    """Take what waits as sent, so that what follows is seen apart."""
    db.session.execute(sa.update(Notification).values(fanned_at=now()))
    db.session.commit()


def test_days_on_which_this_gemeente_is_closed_are_no_working_days() -> None:
    friday = date(2027, 5, 7)
    assert is_workday(friday)
    workdays.also_closed(lambda: ["2027-05-07"])
    try:
        assert not is_workday(friday)
        # Ascension Day is the Thursday before.
        assert add_workdays(date(2027, 5, 5), 1) == date(2027, 5, 10)
        assert count_workdays(date(2027, 5, 5), date(2027, 5, 10)) == 1
    finally:
        workdays.also_closed(lambda: cards.library().gemeente["desk_hours"]["closed"])


def test_one_digest_a_day_and_none_when_nothing_is_owed(
    desk: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    owed.send_digests()
    assert told(desk) == [0]
    clock.shift(timedelta(days=1))
    boa.send()
    clock.shift(timedelta(days=1))
    for _ in range(3):
        owed.send_digests()
        clock.shift(timedelta(hours=1))
    assert told(desk) == [1]
    sent_on()
    clock.shift(timedelta(hours=21))
    owed.send_digests()
    assert told(desk) == [2]


def test_a_digest_comes_at_the_hour_somebody_chose(
    desk: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    body = {"channels": {}, "quiet": None, "digest_hour": 14}
    assert desk.client.put("/api/v1/notifications/preferences", json=body).status_code == 200
    boa.send()
    clock.move_to(MONDAY.replace(day=24, hour=13, minute=59))
    owed.send_digests()
    assert told(desk) == [0]
    clock.move_to(MONDAY.replace(day=24, hour=14, minute=1))
    owed.send_digests()
    assert told(desk) == [1]


def test_after_two_days_without_a_clock_there_is_one_digest(
    desk: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    boa.send()
    clock.move_to(MONDAY.replace(day=26, hour=11))
    for _ in range(3):
        owed.send_digests()
    assert told(desk) == [1]
    # A clock that starts in the evening leaves it to the next morning.
    sent_on()
    clock.move_to(MONDAY.replace(day=27, hour=22))
    owed.send_digests()
    assert told(desk) == [1]


@pytest.mark.parametrize("day", ["2026-03-30", "2026-10-26"])
def test_the_hour_of_the_digest_is_that_on_the_wall_also_after_a_change(
    app: Flask, boa: Phone, regisseur: Phone, day: str
) -> None:
    start = datetime.fromisoformat(f"{day}T07:59").replace(tzinfo=AMSTERDAM)
    with time_machine.travel(start - timedelta(days=4), tick=False) as clock:
        boa.send()
        clock.move_to(start)
        owed.send_digests()
        assert told(regisseur) == [0]
        clock.shift(timedelta(minutes=1))
        owed.send_digests()
        assert told(regisseur) == [1]


def test_at_the_weekend_and_on_holidays_nobody_is_reminded(
    desk: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    boa.send()
    for day in (
        datetime(2026, 11, 28, 9, tzinfo=AMSTERDAM),
        datetime(2026, 12, 25, 9, tzinfo=AMSTERDAM),
    ):
        clock.move_to(day)
        owed.send_digests()
    assert told(desk) == [0]


def test_what_somebody_had_who_left_is_owed_by_the_whole_desk(
    app: Flask, desk: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    colleague = add_phone(app, "procesregisseur", card=None)
    observation = boa.send()
    colleague.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    clock.move_to(MONDAY.replace(month=12, day=7))
    owed.send_digests()
    assert told(desk, colleague) == [0, 1]
    devices.end_access(None, db.session.get_one(Person, colleague.person))
    clock.move_to(MONDAY.replace(month=12, day=8))
    owed.send_digests()
    assert told(desk, colleague) == [1, 1]


def test_the_other_desk_hears_once_of_what_waits_too_long(
    desk: Phone, adviseur: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    observation = boa.send()
    # Read within two working days; two more too late is Friday.
    clock.move_to(MONDAY.replace(day=27))
    assert owed.escalate() == 0
    clock.move_to(MONDAY.replace(day=30))
    assert (owed.escalate(), owed.escalate()) == (1, 0)
    assert told(desk, adviseur, kind="escalation") == [0, 1]
    timeline = desk.get(f"/observations/{observation}").json["timeline"]
    assert [event["kind"] for event in timeline] == ["received", "escalated"]
    logged = db.session.scalars(sa.select(AuditEvent).filter_by(action="escalate")).all()
    assert [event.subject_id for event in logged] == [observation]


def test_what_was_answered_is_not_escalated(
    desk: Phone, adviseur: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    answer(desk, boa.send())
    clock.move_to(MONDAY.replace(month=12, day=21))
    assert owed.escalate() == 0
