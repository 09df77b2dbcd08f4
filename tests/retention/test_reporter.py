"""What a reporter hears of it, and who counts as missed."""

from __future__ import annotations

import pytest
from flask import Flask

from server.db import db, now
from server.observations.models import (
    Receipt,
)
from server.observations.service import receipt_code
from server.people import invitations
from server.people.models import Person
from tests.factories import Phone, sign_in
from tests.retention.terms import GOES, Clock, desk, queued, respond, there, told, week_and_day

pytestmark = pytest.mark.thorough


def test_who_never_got_an_answer_is_told_so_and_it_counts_as_missed(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    week_and_day(moving, GOES)
    assert told(boa) == [
        {
            "kind": "removed",
            "id": observation,
            "receipt": receipt_code(observation),
            "reason": "missed",
            "at": now(),
        }
    ]
    assert queued(boa.person) == ["feedback"]
    assert db.session.get_one(Receipt, observation).gone_reason == "missed"


def test_a_phone_hears_it_over_the_wire(moving: Clock, app: Flask, boa: Phone) -> None:
    observation = boa.send()
    week_and_day(moving, GOES)
    token = invitations.issue(None, db.session.get_one(Person, boa.person)).token
    db.session.commit()
    (change,) = sign_in(app, token).sync().json["changes"]
    assert change["at"].startswith("2026-07-05T")
    assert (change["kind"], change["id"], change["reason"]) == ("removed", observation, "missed")


def test_who_got_an_answer_sees_that_it_is_gone_and_is_not_woken(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    respond(app, observation, "watching")
    before = queued(boa.person)
    week_and_day(moving, GOES)
    assert told(boa)[0]["reason"] == "expired"
    assert queued(boa.person) == before


def test_an_addition_that_was_never_answered_counts_as_missed(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    respond(app, observation, "watching")
    boa.sync(boa.addition(observation))
    week_and_day(moving, GOES)
    assert told(boa)[0]["reason"] == "missed"


def test_a_question_that_waited_for_the_reporter_does_not(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    respond(app, observation, "question", text="Waar was dit?")
    week_and_day(moving, GOES)
    assert told(boa)[0]["reason"] == "expired"


def test_nobody_who_cannot_be_reached_counts_as_missed(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    one = desk(app)
    one.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    version = there(observation).version
    body = {"state": "closed", "version": version, "reason": "told_by_phone"}
    assert one.post(f"/observations/{observation}/states", body).status_code == 201
    week_and_day(moving, GOES)
    assert told(boa)[0]["reason"] == "expired"
