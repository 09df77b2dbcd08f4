"""What reporters are owed: reminded of, taken over, told how soon, and asked whether it helped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from server import cards, workdays
from server.audit import AuditEvent
from server.db import db, new_id, now
from server.devices import service as devices
from server.feedback import absence, figures, owed
from server.feedback.models import AnswerFigures
from server.notify.models import Notification
from server.people.models import Person
from server.workdays import add_workdays, count_workdays, is_workday
from tests.factories import Phone, add_phone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 11, 23, 9, 1, tzinfo=AMSTERDAM)


@pytest.fixture
def clock(app: Flask) -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(MONDAY, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def desk(clock: time_machine.Coordinates, regisseur: Phone) -> Phone:
    return regisseur


def told(*people: Phone, kind: str = "reminder") -> list[int]:
    """Return how many messages of a kind each of these people has had."""
    db.session.expire_all()
    return [
        db.session.scalar(
            sa.select(sa.func.count(Notification.id)).where(
                Notification.person_id == person.person, Notification.kind == kind
            )
        )
        for person in people
    ]


def sent_on() -> None:
    """Take what waits as sent, so that what follows is seen apart."""
    db.session.execute(sa.update(Notification).values(fanned_at=now()))
    db.session.commit()


def answer(desk: Phone, observation: str, kind: str = "watching", text: str | None = None) -> str:
    feedback = new_id()
    body = {"id": feedback, "kind": kind, "text": text}
    given = desk.post(f"/observations/{observation}/feedback", body)
    assert given.status_code == 201, given.json
    return feedback


def put_away(by: Phone, person: Phone, **body: str | None) -> int:
    until = (now().astimezone(AMSTERDAM).date() + timedelta(days=10)).isoformat()
    path = f"/api/v1/absences/{person.person}"
    response = by.client.put(path, json={"until": until, **body})
    return response.status_code


# Working days


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


# The digest


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


# Too late


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


# Away


def test_a_substitute_takes_over_what_is_owed_and_each_is_in_the_log(
    desk: Phone, adviseur: Phone, boa: Phone
) -> None:
    observation = boa.send()
    desk.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    assert put_away(desk, desk, substitute=adviseur.person) == 200
    plain = adviseur.get(f"/observations/{observation}").json
    assert plain["assignee"]["id"] == adviseur.person
    assert plain["timeline"][-1]["kind"] == "taken_over"
    logged = db.session.scalars(sa.select(AuditEvent).filter_by(action="take_over")).all()
    assert [event.subject_id for event in logged] == [observation]
    boa.send()
    assert told(desk, adviseur, kind="observation") == [1, 1]
    assert told(adviseur) == [1]


def test_only_who_is_of_a_desk_and_there_can_replace(
    app: Flask, desk: Phone, adviseur: Phone, boa: Phone
) -> None:
    kernteam = add_phone(app, "kernteam", card=None)
    for person in (boa, kernteam, desk):
        assert put_away(desk, desk, substitute=person.person) == 400
    assert put_away(desk, adviseur) == 200
    assert put_away(desk, desk, substitute=adviseur.person) == 400
    assert put_away(desk, boa) == 404
    assert put_away(boa, desk) == 403


def test_reporters_see_that_nobody_is_there_and_until_when_without_a_name(
    desk: Phone, adviseur: Phone, boa: Phone
) -> None:
    observation = boa.send()
    assert boa.get("/expectations").json == {"usual_days": None, "away": [], "waiting": []}
    put_away(desk, desk)
    seen = boa.get("/expectations").json
    assert seen["away"] == [{"desk": "sociaal", "until": "2026-12-03", "replaced": False}]
    assert seen["waiting"] == [{"id": observation, "until": "2026-12-03", "replaced": False}]
    put_away(desk, desk, substitute=adviseur.person)
    assert boa.get("/expectations").json["away"][0]["replaced"]
    path = f"/api/v1/absences/{desk.person}"
    assert [desk.client.delete(path).status_code for _ in range(2)] == [204, 204]
    assert boa.get("/expectations").json["away"] == []


def test_a_substitute_who_left_replaces_nobody(
    app: Flask, desk: Phone, adviseur: Phone, boa: Phone
) -> None:
    put_away(desk, desk, substitute=adviseur.person)
    devices.end_access(None, db.session.get_one(Person, adviseur.person))
    boa.send()
    assert told(desk, kind="observation") == [1]
    assert not boa.get("/expectations").json["away"][0]["replaced"]


# Of use or not, and how soon


def test_a_tap_on_useful_is_kept_once_and_reaches_the_reporters_phones(
    desk: Phone, boa: Phone, teacher: Phone
) -> None:
    observation = boa.send()
    feedback = answer(desk, observation)
    path = f"/api/v1/feedback/{feedback}/usefulness"
    for useful in (True, True, False):
        assert boa.client.put(path, json={"useful": useful}).status_code == 204
    [change] = boa.sync().json["changes"]
    assert [one["useful"] for one in change["feedback"]] == [False]
    assert teacher.client.put(path, json={"useful": True}).status_code == 404
    assert boa.client.put(path, json={"useful": "ja"}).status_code == 400
    found = desk.get("/figures/answers").json
    assert (found["useful"], found["not_useful"]) == (0, 1)


def test_a_question_is_not_rated(desk: Phone, boa: Phone) -> None:
    feedback = answer(desk, boa.send(), "question", "Waar was dat?")
    response = boa.client.put(f"/api/v1/feedback/{feedback}/usefulness", json={"useful": True})
    assert response.status_code == 409


def test_reporters_hear_the_usual_time_only_when_there_are_five_answers(
    desk: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    observations = [boa.send() for _ in range(5)]
    clock.move_to(MONDAY.replace(day=25))
    for observation in observations[:4]:
        answer(desk, observation)
    figures.work_out()
    assert boa.get("/expectations").json["usual_days"] is None
    clock.move_to(MONDAY.replace(month=12, day=14))
    answer(desk, observations[4])
    figures.work_out()
    assert boa.get("/expectations").json["usual_days"] == 2
    found = desk.get("/figures/answers").json
    assert (found["answered"], found["on_time"], found["median_days"]) == (5, 4, 2)


# Everybody in a bundle at once


def bundle_of(desk: Phone, *observations: str) -> str:
    made = desk.post("/bundles", {"observations": list(observations)})
    assert made.status_code == 201, made.json
    return str(made.json["id"])


def answer_all(desk: Phone, bundle: str, *ids: str, **more: str) -> TestResponse:
    answers = [{"observation": one, "id": one} for one in ids]
    body = {"kind": "taken_up", "answers": answers, **more}
    return desk.post(f"/bundles/{bundle}/feedback", body)


def test_everybody_in_a_bundle_hears_the_same_once_and_each_of_the_own_report(
    desk: Phone, boa: Phone, teacher: Phone
) -> None:
    ids = [boa.send(), teacher.send(card="onderwijs", signals=["OND-05"])]
    bundle = bundle_of(desk, *ids)
    for _ in range(2):
        given = answer_all(desk, bundle, *ids, text="Dank je wel.")
        assert (given.status_code, given.json) == (201, {"answered": 2})
    for phone, observation in zip((boa, teacher), ids, strict=True):
        [change] = phone.sync().json["changes"]
        assert change["id"] == observation
        [heard] = change["feedback"]
        assert (heard["kind"], heard["text"]) == ("taken_up", "Dank je wel.")
        assert ids[1 - ids.index(observation)] not in str(change)
    assert told(boa, teacher, kind="feedback") == [1, 1]


def test_a_name_from_one_of_them_keeps_the_answer_from_all(
    desk: Phone, boa: Phone, teacher: Phone
) -> None:
    persons = [{"name": "Zwiep", "age": "12_15", "description": ""}]
    ids = [boa.send(), teacher.send(written={"v": 1, "what": "Iets.", "persons": persons})]
    bundle = bundle_of(desk, *ids)
    refused = answer_all(desk, bundle, *ids, text="We praten met Zwiep.")
    assert (refused.status_code, refused.json["code"]) == (400, "names_somebody")
    assert "answers.1" in [one["name"] for one in refused.json["invalid_params"]]
    assert told(boa, teacher, kind="feedback") == [0, 0]
    heard = [change for phone in (boa, teacher) for change in phone.sync().json["changes"]]
    assert all(change["feedback"] == [] for change in heard)


def test_who_is_not_in_the_bundle_any_more_keeps_the_answer_from_all(
    desk: Phone, boa: Phone, teacher: Phone
) -> None:
    ids = [boa.send(), teacher.send(), boa.send()]
    bundle = bundle_of(desk, *ids)
    desk.client.delete(f"/api/v1/bundles/{bundle}/members/{ids[2]}")
    refused = answer_all(desk, bundle, *ids)
    assert (refused.status_code, refused.json["code"]) == (409, "not_in_it")
    assert answer_all(desk, bundle, *ids[:2]).status_code == 201


def test_a_colleague_who_answered_one_of_them_just_now_is_seen_first(
    desk: Phone, adviseur: Phone, boa: Phone, teacher: Phone
) -> None:
    ids = [boa.send(), teacher.send()]
    bundle = bundle_of(desk, *ids)
    seen = {one: desk.get(f"/observations/{one}").json["version"] for one in ids}
    answer(adviseur, ids[1])
    answers = [{"observation": one, "id": new_id(), "version": seen[one]} for one in ids]
    body = {"kind": "watching", "answers": answers}
    refused = desk.post(f"/bundles/{bundle}/feedback", body)
    assert (refused.status_code, refused.json["code"]) == (409, "version")
    assert [one["name"] for one in refused.json["invalid_params"]] == ["answers.1"]
    assert told(boa, kind="feedback") == [0]


# What is kept, and for how long


def test_an_absence_is_forgotten_a_month_after_its_last_day(
    desk: Phone, adviseur: Phone, clock: time_machine.Coordinates
) -> None:
    put_away(desk, desk, substitute=adviseur.person)
    clock.shift(timedelta(days=40))
    assert absence.remove_old() == 0
    clock.shift(timedelta(days=1))
    assert absence.remove_old() == 1


def test_figures_are_kept_for_two_years(desk: Phone, clock: time_machine.Coordinates) -> None:
    figures.work_out()
    clock.shift(timedelta(days=731))
    figures.work_out()
    assert len(db.session.scalars(sa.select(AnswerFigures)).all()) == 2
    clock.shift(timedelta(days=1))
    figures.work_out()
    assert len(db.session.scalars(sa.select(AnswerFigures)).all()) == 2
