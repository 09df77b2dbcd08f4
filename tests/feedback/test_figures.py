"""Whether an answer was of use, and how soon it usually comes."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import time_machine

from server.db import db
from server.feedback import figures
from server.feedback.models import AnswerFigures
from tests.factories import Phone
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


def test_figures_are_kept_for_two_years(desk: Phone, clock: time_machine.Coordinates) -> None:
    figures.work_out()
    clock.shift(timedelta(days=731))
    figures.work_out()
    assert len(db.session.scalars(sa.select(AnswerFigures)).all()) == 2
    clock.shift(timedelta(days=1))
    figures.work_out()
    assert len(db.session.scalars(sa.select(AnswerFigures)).all()) == 2
