"""From 'somebody has to know' to the phone: merged, held at night, repeated, never lost."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.app import ROOT
from server.config import Config
from server.db import db, now
from server.keyring import ring
from server.notify import courier, leases, service
from server.notify.models import KINDS, Delivery, Notification, PushSubscription, QuietHours
from server.notify.push import Sender
from server.people import invitations
from server.people.models import Device, Person, Session
from tests.factories import Phone, add_phone, sign_in
from tests.push_service import Answer, Browser, PushService

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 23, 12, tzinfo=AMSTERDAM)
NIGHT = NOON.replace(hour=23)


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """Monday at noon, until a test moves it."""
    with time_machine.travel(NOON, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def pushes(app: Flask) -> Iterator[PushService]:
    with PushService() as pushes:
        app.config["SIGNAALKAART"] = dataclasses.replace(
            app.config["SIGNAALKAART"], push_test_origin=pushes.origin
        )
        yield pushes


@pytest.fixture
def sender(pushes: PushService) -> Sender:
    return Sender(ring().vapid()[0], "beheer@gemeente.example", test_origin=pushes.origin)


@pytest.fixture
def phone(clock: time_machine.Coordinates, boa: Phone, pushes: PushService) -> Phone:
    """A reporter whose phone wants to be told."""
    return boa


@pytest.fixture
def browser(phone: Phone, pushes: PushService) -> Browser:
    return turn_on(phone, pushes)


def turn_on(phone: Phone, pushes: PushService) -> Browser:
    browser = pushes.subscribe()
    answer = phone.client.put("/api/v1/push/subscription", json=browser.to_json())
    assert answer.status_code == 204, answer.json
    return browser


def tell(*people_ids: str, kind: str = "feedback", tag: str = "a", **more: bool) -> None:
    service.queue(people_ids, kind, tag, f"/#/mijn/{tag}", **more)
    db.session.commit()


def bring(sender: Sender, **options: object) -> int:
    service.fan_out_due()
    return courier.deliver_due(sender, "test", **options)  # type: ignore[arg-type]


def deliveries() -> list[Delivery]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Delivery).order_by(Delivery.due_at)))


def the_delivery() -> Delivery:
    (delivery,) = deliveries()
    return delivery


def unsent() -> list[Notification]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Notification).filter_by(fanned_at=None)))


# Queueing


def test_what_is_unsent_under_a_tag_merges_and_the_newest_counts(phone: Phone) -> None:
    for kind in ("feedback", "feedback", "question"):
        service.queue([phone.person], kind, "a", f"/#/mijn/{kind}")
    db.session.commit()
    (row,) = unsent()
    assert (row.kind, row.url) == ("question", "/#/mijn/question")


def test_other_tags_and_other_people_do_not_merge(phone: Phone, regisseur: Phone) -> None:
    tell(phone.person, regisseur.person, tag="a")
    tell(phone.person, tag="b")
    assert len(unsent()) == 3


def test_what_comes_after_sending_is_told_again(
    phone: Phone, browser: Browser, pushes: PushService, sender: Sender
) -> None:
    for _ in range(2):
        tell(phone.person)
        bring(sender)
    assert len(pushes.received_by(browser)) == 2


def test_nothing_is_told_when_the_caller_rolls_back(phone: Phone) -> None:
    service.queue([phone.person], "feedback", "a", "/#/mijn/a")
    db.session.rollback()
    assert not unsent()


@pytest.mark.parametrize(
    ("kind", "tag", "url"),
    [
        ("gossip", "a", "/#/mijn/a"),
        ("feedback", "Zwiep is gezien", "/#/mijn/a"),
        ("feedback", "a", "/#/mijn/a?naam=Zwiep"),
        ("feedback", "a", "https://elsewhere.example/"),
    ],
)
def test_only_fixed_words_and_ids_can_be_queued(
    phone: Phone, kind: str, tag: str, url: str
) -> None:
    with pytest.raises(ValueError, match="known kind"):
        service.queue([phone.person], kind, tag, url)


@pytest.mark.parametrize("kind", KINDS)
def test_the_phone_has_words_for_every_kind(kind: str) -> None:
    words = (ROOT / "pwa" / "src" / "words.ts").read_text()
    assert re.search(rf"^  {kind}: {{ title: \w+, body: ", words, re.M)


# Turning on and off


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
    service.fan_out_due()
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


# Delivering


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


def test_no_transaction_is_open_while_a_push_service_thinks(
    phone: Phone, browser: Browser, pushes: PushService, sender: Sender
) -> None:
    engine = db.engine
    held: list[int] = []
    pushes.answers.append(Answer(201, before=lambda: held.append(engine.pool.checkedout())))
    tell(phone.person)
    bring(sender)
    assert held == [0]


@pytest.mark.parametrize("ending", ["session", "expired", "person", "device"])
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
    elif ending == "expired":
        session.expires_at = now()
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
    service.fan_out_due()
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
    service.fan_out_due()
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
    service.fan_out_due()
    with pytest.raises(RuntimeError, match="ours"):
        courier.deliver_due(Faulty(), "test")  # type: ignore[arg-type]
    assert [message["tag"] for message in pushes.received_by(browser)] == ["b"]
    assert sorted(str(delivery.outcome) for delivery in deliveries()) == ["None", "accepted"]


def test_a_worker_that_stops_leaves_the_rest_to_another(
    phone: Phone, browser: Browser, pushes: PushService, sender: Sender
) -> None:
    stop = threading.Event()
    stop.set()
    tell(phone.person)
    assert bring(sender, stop=stop) == 1
    assert pushes.asked == 0
    assert bring(sender) == 1
    assert the_delivery().outcome == "accepted"


KILLED = """
import os, sys
from server.app import ROOT, create_app
from server.app import ROOT
from server.config import Config
from server.notify import courier, service

class Dies:
    def send(self, *message, **more):
        os._exit(9)

with create_app(Config.from_env(dict(os.environ), ROOT)).app_context():
    service.fan_out_due()
    courier.deliver_due(Dies(), "killed")
"""


def test_what_a_killed_worker_held_is_delivered_by_another_after_its_lease(
    boa: Phone, pushes: PushService, sender: Sender, config: Config
) -> None:
    browser = turn_on(boa, pushes)
    tell(boa.person, urgent=True)
    environ = {
        "DATABASE_URL": config.database_url,
        "KEY_RING_URL": config.key_ring_url,
        "MASTER_KEY_FILE": str(config.master_key_file),
    }
    died = subprocess.run([sys.executable, "-c", KILLED], env=environ, check=False)
    assert died.returncode == 9
    assert bring(sender) == 0
    with time_machine.travel(now() + leases.LEASE + timedelta(seconds=1), tick=False):
        assert bring(sender) == 1
    assert len(pushes.received_by(browser)) == 1
    assert (the_delivery().attempts, the_delivery().outcome) == (2, "accepted")


def test_a_worker_that_lost_its_lease_does_not_overwrite_what_another_did(
    phone: Phone, browser: Browser, sender: Sender, clock: time_machine.Coordinates
) -> None:
    tell(phone.person)
    service.fan_out_due()
    (slow,) = leases.claim("slow", 10)
    db.session.commit()
    clock.shift(leases.LEASE)
    assert courier.deliver_due(sender, "quick") == 1
    leases.put_back(slow, "slow", now())
    db.session.commit()
    assert the_delivery().outcome == "accepted"


def test_several_workers_deliver_everything_once(
    app: Flask, clock: time_machine.Coordinates, pushes: PushService, sender: Sender
) -> None:
    phones = [add_phone(app, "melder") for _ in range(5)]
    browsers = [turn_on(phone, pushes) for phone in phones]
    for number in range(12):
        tell(*[phone.person for phone in phones], tag=str(number))
    db.session.remove()

    def work(owner: str) -> None:
        with app.app_context():
            while service.fan_out_due(limit=7) + courier.deliver_due(sender, owner, 5):
                pass

    workers = [threading.Thread(target=work, args=(f"worker-{n}",)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    # What one worker wrote out after the others had looked is left for the next round.
    bring(sender)
    for browser in browsers:
        tags = [int(message["tag"]) for message in pushes.received_by(browser)]
        assert sorted(tags) == list(range(12))
    assert {(d.outcome, d.attempts) for d in deliveries()} == {("accepted", 1)}


def test_what_was_told_a_month_ago_is_removed_and_the_rest_stays(
    phone: Phone, browser: Browser, sender: Sender, clock: time_machine.Coordinates
) -> None:
    tell(phone.person, tag="old")
    bring(sender)
    clock.shift(service.KEPT + timedelta(seconds=1))
    tell(phone.person, tag="new")
    assert service.remove_old() == 1
    assert deliveries() == []
    assert [row.tag for row in unsent()] == ["new"]


# Quiet hours


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
    service.fan_out_due()
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
