"""Turning messages on and off on a phone, and trying them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.db import db
from server.notify.fanout import fan_out_due
from server.notify.models import PushSubscription
from server.notify.push import Sender
from server.people import invitations
from server.people.models import Person
from tests.factories import Phone, sign_in
from tests.notify.telling import (
    bring,
    tell,
    the_delivery,
    turn_on,
)
from tests.push_service import Browser, PushService


def test_a_phone_that_sends_its_subscription_again_keeps_one(
    phone: Phone, browser: Browser
) -> None:
    for _ in range(2):
        assert (
            phone.client.put("/api/v1/push/subscription", json=browser.to_json()).status_code == 204
        )
    assert db.session.scalar(sa.select(sa.func.count(PushSubscription.id))) == 1


def test_a_new_subscription_of_a_phone_replaces_the_old_one(
    phone: Phone, browser: Browser, pushes: PushService
) -> None:
    fresh = turn_on(phone, pushes)
    assert db.session.scalars(sa.select(PushSubscription.endpoint)).all() == [fresh.endpoint]


def test_who_signs_in_on_a_phone_takes_its_subscription_over(
    phone: Phone, browser: Browser, regisseur: Phone, pushes: PushService, sender: Sender
) -> None:
    tell(phone.person)
    fan_out_due()
    answer = regisseur.client.put("/api/v1/push/subscription", json=browser.to_json())
    assert answer.status_code == 204
    bring(sender)
    assert the_delivery().outcome == "unsubscribed"
    assert pushes.asked == 0


def test_a_phone_that_turned_messages_off_gets_none(
    phone: Phone, browser: Browser, pushes: PushService, sender: Sender
) -> None:
    for _ in range(2):
        assert phone.client.delete("/api/v1/push/subscription").status_code == 204
    tell(phone.person)
    bring(sender)
    assert pushes.asked == 0


def test_a_subscription_at_an_address_inside_is_refused_in_dutch(phone: Phone) -> None:
    body = {**Browser("https://10.0.0.5/x").to_json()}
    answer = phone.client.put("/api/v1/push/subscription", json=body)
    assert answer.status_code == 400
    assert answer.json["code"] == "subscription"
    assert answer.json["invalid_params"][0]["name"] == "endpoint"


def test_a_subscription_without_keys_is_refused(phone: Phone) -> None:
    answer = phone.client.put("/api/v1/push/subscription", json={"endpoint": "https://a.example"})
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["put", "delete"])
def test_who_is_not_signed_in_turns_nothing_on_or_off(app: Flask, method: str) -> None:
    answer = app.test_client().open("/api/v1/push/subscription", method=method, json={})
    assert answer.status_code == 401


def test_a_test_message_reaches_this_phone_only(
    app: Flask, phone: Phone, browser: Browser, pushes: PushService, sender: Sender
) -> None:
    person = db.session.get_one(Person, phone.person)
    issued = invitations.issue(None, person)
    db.session.commit()
    other = sign_in(app, issued.token)
    elsewhere = turn_on(other, pushes)
    assert phone.post("/push/tests", {}).status_code == 202
    bring(sender)
    assert [message["kind"] for message in pushes.received_by(browser)] == ["test"]
    assert pushes.received_by(elsewhere) == []


def test_a_second_test_within_ten_seconds_is_turned_down(
    phone: Phone, browser: Browser, clock: time_machine.Coordinates
) -> None:
    assert phone.post("/push/tests", {}).status_code == 202
    answer = phone.post("/push/tests", {})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")
    clock.shift(10)
    assert phone.post("/push/tests", {}).status_code == 202


def test_a_test_without_subscription_says_to_turn_it_on(phone: Phone) -> None:
    answer = phone.post("/push/tests", {})
    assert (answer.status_code, answer.json["code"]) == (409, "not_subscribed")
