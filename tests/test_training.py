"""Practising and training: a nudge for who wants one, and a wish that reaches the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.clock import process as clock
from server.db import db, new_id, now
from server.notify.models import Notification
from server.people.models import Person
from server.training import service as training
from tests.factories import Phone, add_phone

NUDGE = "/practice/nudge"
WISHES = "/training/wishes"


@pytest.fixture
def desk(app: Flask) -> Phone:
    return add_phone(app, "procesregisseur", card=None)


@pytest.fixture
def coach(app: Flask) -> Phone:
    return add_phone(app, "melder", name="Coen Nepstra", card="sport", kind="club")


def put(phone: Phone, body: object) -> int:
    return phone.client.put(f"/api/v1{NUDGE}", json=body).status_code


def queued(kind: str) -> dict[str, str]:
    rows = db.session.execute(
        sa.select(Notification.person_id, Notification.url).where(Notification.kind == kind)
    )
    return {row.person_id: row.url for row in rows}


def test_nobody_is_nudged_who_did_not_ask_for_it(coach: Phone) -> None:
    assert coach.get(NUDGE).json == {"wanted": False}
    assert training.nudge_all() == 0
    assert queued("practice") == {}


def test_who_wants_it_is_led_to_practise_with_the_own_card(coach: Phone, desk: Phone) -> None:
    for phone in (coach, desk):
        assert put(phone, {"wanted": True}) == 204
        assert put(phone, {"wanted": True}) == 204
        assert phone.get(NUDGE).json == {"wanted": True}
    assert training.nudge_all() == 2
    assert queued("practice") == {coach.person: "/#/oefenen/sport", desk.person: "/#/oefenen"}


def test_who_changed_their_mind_or_left_is_nudged_no_more(coach: Phone, desk: Phone) -> None:
    put(coach, {"wanted": True})
    put(coach, {"wanted": False})
    put(desk, {"wanted": True})
    db.session.get_one(Person, desk.person).ended_at = now()
    db.session.commit()
    assert coach.get(NUDGE).json == {"wanted": False}
    assert training.nudge_all() == 0


@pytest.mark.parametrize("wrong", [{}, {"wanted": None}, {"wanted": 1}, {"wanted": "ja"}, []])
def test_anything_but_yes_or_no_changes_nothing(coach: Phone, wrong: object) -> None:
    put(coach, {"wanted": True})
    assert put(coach, wrong) == 400
    assert coach.get(NUDGE).json == {"wanted": True}


def test_the_nudge_comes_once_a_month_on_a_tuesday_morning() -> None:
    (job,) = [job for job in clock.JOBS if job.name == "nudge-practice"]
    moment, due = datetime(2026, 1, 1, tzinfo=UTC), set()
    while moment.year == 2026:
        due.add(clock.last_due(job.trigger, moment))
        moment += timedelta(days=5)
    due = {one.astimezone(clock.AMSTERDAM) for one in due}
    assert {(one.isoweekday(), one.hour) for one in due} == {(2, 10)}
    assert all(one.day <= 7 for one in due)
    assert {one.month for one in due if one.year == 2026} == set(range(1, 13))


def test_a_wish_reaches_the_desk_with_who_asked(coach: Phone, desk: Phone) -> None:
    answer = coach.post(WISHES, {"kind": "training"})
    assert answer.status_code == 201
    (one,) = desk.get(WISHES).json["items"]
    assert one["id"] == answer.json["id"]
    assert (one["kind"], one["name"], one["role"]) == ("training", "Coen Nepstra", "melder")
    assert one["organisation"]
    assert queued("wish") == {desk.person: "/#/wensen"}


def test_asking_twice_is_asking_once(coach: Phone, desk: Phone) -> None:
    first = coach.post(WISHES, {"kind": "training"}).json
    assert coach.post(WISHES, {"kind": "training"}).json == first
    coach.post(WISHES, {"kind": "briefing"})
    assert len(desk.get(WISHES).json["items"]) == 2


def test_the_oldest_wish_stands_first(coach: Phone, desk: Phone) -> None:
    for days, kind in ((1, "training"), (3, "briefing")):
        with time_machine.travel(now() - timedelta(days=days), tick=False):
            training.wish(db.session.get_one(Person, coach.person), kind)
    assert [one["kind"] for one in desk.get(WISHES).json["items"]] == ["briefing", "training"]


def test_a_wish_that_was_dealt_with_is_gone(coach: Phone, desk: Phone) -> None:
    wish = coach.post(WISHES, {"kind": "briefing"}).json["id"]
    assert desk.client.delete(f"/api/v1{WISHES}/{wish}").status_code == 204
    assert desk.get(WISHES).json == {"items": []}
    again = desk.client.delete(f"/api/v1{WISHES}/{wish}")
    assert again.status_code == 404
    assert "collega" in again.json["detail"]


def test_only_the_desk_sees_wishes(coach: Phone) -> None:
    wish = coach.post(WISHES, {"kind": "briefing"}).json["id"]
    assert coach.get(WISHES).status_code == 403
    assert coach.client.delete(f"/api/v1{WISHES}/{wish}").status_code == 403
    assert coach.client.delete(f"/api/v1{WISHES}/{new_id()}").status_code == 403


def test_a_wish_of_a_year_ago_and_the_nudge_of_who_left_are_cleared_away(
    coach: Phone, desk: Phone
) -> None:
    with time_machine.travel(now() - timedelta(days=366), tick=False):
        training.wish(db.session.get_one(Person, coach.person), "briefing")
    coach.post(WISHES, {"kind": "training"})
    put(coach, {"wanted": True})
    put(desk, {"wanted": True})
    db.session.get_one(Person, coach.person).ended_at = now()
    db.session.commit()
    assert training.remove_old() == 2
    assert training.remove_old() == 0
    assert [one["kind"] for one in desk.get(WISHES).json["items"]] == ["training"]
    assert desk.get(NUDGE).json == {"wanted": True}
