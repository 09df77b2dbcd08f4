"""Whether an answer was of use, and how soon it usually comes."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask

from server.db import db
from server.feedback import figures
from server.feedback.models import AnswerFigures
from tests.factories import Phone, add_phone
from tests.feedback.steps import MONDAY, answer


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


DECEMBER = MONDAY.replace(month=12, day=14)


def usual(phone: Phone) -> int | None:
    found: int | None = phone.get("/expectations").json["usual_days"]
    return found


def test_the_usual_time_is_told_only_of_five_answers_to_three_people(
    app: Flask, desk: Phone, boa: Phone, teacher: Phone, clock: time_machine.Coordinates
) -> None:
    coach = add_phone(app, "melder", card="sport", kind="club")
    sent = [boa.send() for _ in range(4)]
    last = [teacher.send(card="onderwijs"), coach.send(card="sport")]
    clock.move_to(MONDAY.replace(day=25))
    for observation in (*sent, last[0]):
        answer(desk, observation)
    assert told_when_december_begins(clock, boa) is None, "five answers to two people"
    clock.move_to(MONDAY.replace(day=25))
    answer(desk, last[1])
    assert told_when_december_begins(clock, boa) == 2


def told_when_december_begins(clock: time_machine.Coordinates, phone: Phone) -> int | None:
    clock.move_to(MONDAY.replace(day=30))
    figures.work_out()
    clock.move_to(MONDAY.replace(month=12, day=1))
    return usual(phone)


def test_four_answers_to_four_people_tell_no_usual_time(
    app: Flask, desk: Phone, clock: time_machine.Coordinates
) -> None:
    phones = [add_phone(app, "melder") for _ in range(4)]
    sent = [phone.send() for phone in phones]
    for observation in sent:
        answer(desk, observation)
    assert told_when_december_begins(clock, phones[0]) is None


def test_the_usual_time_does_not_change_the_night_after_an_answer(
    app: Flask, desk: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    phones = [boa, *(add_phone(app, "melder") for _ in range(4))]
    quick = [phone.send() for phone in phones]
    slow = [phone.send() for phone in (*phones, boa)]
    clock.move_to(MONDAY.replace(day=25))
    for observation in quick:
        answer(desk, observation)
    assert told_when_december_begins(clock, boa) == 2
    clock.move_to(DECEMBER)
    for observation in slow:
        answer(desk, observation)
    for _ in range(17):
        figures.work_out()
        assert usual(boa) == 2
        clock.shift(timedelta(days=1))
    clock.move_to(MONDAY.replace(year=2027, month=1, day=4))
    assert usual(boa) > 2


def test_the_desk_sees_each_answer_at_once(
    desk: Phone, boa: Phone, clock: time_machine.Coordinates
) -> None:
    observations = [boa.send() for _ in range(5)]
    clock.move_to(MONDAY.replace(day=25))
    for observation in observations[:4]:
        answer(desk, observation)
    clock.move_to(DECEMBER)
    answer(desk, observations[4])
    found = desk.get("/figures/answers").json
    assert (found["answered"], found["on_time"], found["median_days"]) == (5, 4, 2)


def test_figures_are_kept_for_two_years(desk: Phone, clock: time_machine.Coordinates) -> None:
    figures.work_out()
    clock.shift(timedelta(days=731))
    figures.work_out()
    assert len(db.session.scalars(sa.select(AnswerFigures)).all()) == 2
    clock.shift(timedelta(days=1))
    figures.work_out()
    assert len(db.session.scalars(sa.select(AnswerFigures)).all()) == 2
