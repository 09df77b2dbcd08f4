"""From the queue to the phone: without content, repeated, never lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
import sqlalchemy as sa
import time_machine

from server.db import db, now
from server.notify import courier, leases
from server.notify.fanout import fan_out_due
from server.notify.models import PushSubscription
from server.notify.push import Sender
from server.people.models import Device, Person, Session
from server.people.sessions import LISTENS
from tests.factories import Phone
from tests.notify.telling import (
    bring,
    deliveries,
    tell,
    the_delivery,
    turn_on,
)
from tests.push_service import Answer, Browser, PushService


def test_a_message_holds_kind_tag_and_address_and_nothing_of_the_text(
    phone: Phone, browser: Browser, regisseur: Phone, pushes: PushService, sender: Sender
) -> None:
    desk = turn_on(regisseur, pushes)
    observation = phone.send()
    answer = regisseur.post(
        f"/observations/{observation}/feedback",
        {"id": observation, "kind": "contact", "text": "We gaan in gesprek."},
    )
    assert answer.status_code == 201, answer.json
    bring(sender)
    to_desk, to_reporter = pushes.received_by(desk), pushes.received_by(browser)
    assert [message["kind"] for message in to_desk] == ["observation"]
    assert to_reporter == [
        {
            "kind": "feedback",
            "tag": f"feedback-{observation}",
            "url": f"/#/mijn/{observation}",
        }
    ]
    assert set(to_desk[0]) == {"kind", "tag", "url"}


def test_what_was_accepted_is_not_sent_again(
    phone: Phone, browser: Browser, pushes: PushService, sender: Sender
) -> None:
    tell(phone.person)
    assert bring(sender) == 1
    assert bring(sender) == 0
    delivery = the_delivery()
    assert (delivery.outcome, delivery.status, delivery.attempts) == ("accepted", 201, 1)
    subscription = db.session.scalars(sa.select(PushSubscription)).one()
    assert (subscription.last_ok_at, subscription.failures) == (now(), 0)


@pytest.mark.parametrize("taken", [1, 5])
def test_what_is_in_a_hurry_goes_before_whatever_waited_longer(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
    monkeypatch: pytest.MonkeyPatch,
    taken: int,
) -> None:
    monkeypatch.setattr(courier, "THREADS", 1)
    for kind in ("practice", "reminder", "observation", "feedback"):
        tell(phone.person, kind=kind, tag=kind)
        clock.shift(1)
    tell(phone.person, kind="reminder", tag="red", urgent=True)
    # One at a time is as when far more wait than are taken at once.
    while fan_out_due(limit=taken):
        pass
    while courier.deliver_due(sender, "test", taken):
        pass
    told = [message["tag"] for message in pushes.received_by(browser)]
    assert told == ["observation", "red", "reminder", "feedback", "practice"]


def test_no_transaction_is_open_while_a_push_service_thinks(
    phone: Phone, browser: Browser, pushes: PushService, sender: Sender
) -> None:
    engine = db.engine
    held: list[int] = []
    pushes.answers.append(Answer(201, before=lambda: held.append(engine.pool.checkedout())))
    tell(phone.person)
    bring(sender)
    assert held == [0]


@pytest.mark.parametrize("ending", ["session", "long ago", "person", "device"])
def test_a_phone_without_a_living_session_is_not_told(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    ending: str,
) -> None:
    session = db.session.scalars(sa.select(Session).filter_by(device_id=phone.device)).one()
    if ending == "session":
        session.ended_at = now()
    elif ending == "long ago":
        session.expires_at = now() - LISTENS
    elif ending == "person":
        db.session.get_one(Person, phone.person).ended_at = now()
    else:
        db.session.get_one(Device, phone.device).revoked_at = now()
    tell(phone.person)
    bring(sender)
    assert the_delivery().outcome == "signed_out"
    assert pushes.asked == 0


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_removed(
    phone: Phone, browser: Browser, pushes: PushService, sender: Sender, status: int
) -> None:
    pushes.answers.append(Answer(status))
    tell(phone.person)
    bring(sender)
    delivery = the_delivery()
    assert (delivery.outcome, delivery.status) == ("gone", status)
    assert db.session.scalars(sa.select(PushSubscription)).all() == []


def test_failures_are_tried_again_after_ever_longer_waits(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    tell(phone.person)
    waits = []
    for _ in range(5):
        pushes.answers.append(Answer(503))
        assert bring(sender) == 1
        waits.append(the_delivery().due_at - now())
        clock.move_to(the_delivery().due_at)
    assert all(long > 1.4 * short for short, long in pairwise(waits))
    bring(sender)
    assert the_delivery().outcome == "accepted"


def test_the_wait_has_a_ceiling_and_some_chance_in_it() -> None:
    waits = {courier.wait_after(50) for _ in range(20)}
    assert max(waits) <= courier.LONGEST_WAIT
    assert len(waits) > 1


def test_a_push_service_is_left_alone_for_as_long_as_it_asks(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    pushes.answers.append(Answer(429, {"Retry-After": "600"}))
    tell(phone.person, tag="a")
    bring(sender)
    tell(phone.person, tag="b")
    clock.shift(599)
    assert bring(sender) == 0
    clock.shift(1)
    assert bring(sender) == 2
    assert {delivery.outcome for delivery in deliveries()} == {"accepted"}


def test_after_a_day_it_is_given_up_and_that_is_recorded(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    pushes.answers.append(Answer(503, {"Retry-After": "90000"}))
    tell(phone.person)
    bring(sender)
    delivery = the_delivery()
    assert (delivery.outcome, delivery.status) == ("given_up", 503)


def test_a_message_that_lay_for_a_day_is_not_sent_any_more(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    tell(phone.person)
    fan_out_due()
    clock.shift(leases.TTL)
    bring(sender)
    assert the_delivery().outcome == "given_up"
    assert pushes.asked == 0


def test_the_lifetime_counts_down_while_a_message_is_tried(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    tell(phone.person)
    fan_out_due()
    clock.shift(3600)
    bring(sender)
    assert pushes.received[0].headers["ttl"] == str(23 * 3600)


def test_a_message_nobody_can_send_is_dropped_after_three_tries(
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    sender: Sender,
    clock: time_machine.Coordinates,
) -> None:
    tell(phone.person)
    for _ in range(courier.BROKEN_TRIES):
        pushes.answers.append(Answer(403))
        bring(sender)
        clock.move_to(the_delivery().due_at)
    delivery = the_delivery()
    assert (delivery.outcome, delivery.status, pushes.asked) == ("broken", 403, 3)
    subscription = db.session.scalars(sa.select(PushSubscription)).one()
    assert (subscription.failures, subscription.last_status) == (3, 403)


def test_a_fault_of_our_own_stops_one_message_and_is_not_hidden(
    phone: Phone, browser: Browser, pushes: PushService, sender: Sender
) -> None:
    class Faulty:
        def send(self, destination: object, message: dict[str, str], **more: object) -> object:
            if message["tag"] == "a":
                raise RuntimeError("ours")
            return sender.send(destination, message, **more)  # type: ignore[arg-type]

    tell(phone.person, tag="a")
    tell(phone.person, tag="b")
    fan_out_due()
    with pytest.raises(RuntimeError, match="ours"):
        courier.deliver_due(Faulty(), "test")  # type: ignore[arg-type]
    assert [message["tag"] for message in pushes.received_by(browser)] == ["b"]
    assert sorted(str(delivery.outcome) for delivery in deliveries()) == ["None", "accepted"]
