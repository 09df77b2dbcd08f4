"""Several workers deliver: each message once, also when one of them dies."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.clock import process as clock
from server.config import Config
from server.db import db, now
from server.notify import courier, leases
from server.notify.fanout import fan_out_due
from server.notify.models import Delivery, Notification
from server.notify.push import Sender
from tests.factories import Phone, add_phone
from tests.notify.telling import (
    bring,
    deliveries,
    tell,
    the_delivery,
    turn_on,
)
from tests.push_service import Answer, Browser, PushService

pytestmark = pytest.mark.thorough


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


def test_what_comes_in_while_others_are_brought_does_not_wait_for_the_end_of_them(
    app: Flask,
    phone: Phone,
    browser: Browser,
    pushes: PushService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(courier, "BATCH", 1)

    def something_new() -> None:
        with app.app_context():
            tell(phone.person, kind="observation", tag="new")

    pushes.answers.append(Answer(201, before=something_new))
    tell(phone.person, tag="old")
    clock.deliver()
    assert [message["tag"] for message in pushes.received_by(browser)] == ["old", "new"]


def test_what_is_in_a_hurry_does_not_wait_for_runs_that_a_silent_service_holds_up(
    app: Flask, phone: Phone, browser: Browser, pushes: PushService
) -> None:
    heard, silent = threading.Event(), threading.Event()

    def keep_silent() -> None:
        heard.set()
        silent.wait(5)

    def bring_the_rest() -> None:
        with app.app_context():
            clock.deliver()

    pushes.answers.append(Answer(201, before=keep_silent))
    tell(phone.person, kind="reminder", tag="old")
    held_up = threading.Thread(target=bring_the_rest)
    held_up.start()
    assert heard.wait(5)
    tell(phone.person, kind="reminder", tag="later")
    tell(phone.person, kind="observation", tag="new")
    clock.deliver_hurried()
    outcomes = dict(
        db.session.execute(
            sa.select(Notification.tag, Delivery.outcome).outerjoin(
                Delivery, Delivery.notification_id == Notification.id
            )
        ).all()
    )
    db.session.rollback()
    silent.set()
    held_up.join()
    assert outcomes == {"old": None, "later": None, "new": "accepted"}
    assert [message["tag"] for message in pushes.received_by(browser)] == ["new", "old"]


KILLED = """
import os, sys
from server.app import ROOT, create_app
from server.config import Config
from server.notify import courier
from server.notify.fanout import fan_out_due

class Dies:
    def send(self, *message, **more):
        os._exit(9)

with create_app(Config.from_env(dict(os.environ), ROOT)).app_context():
    fan_out_due()
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
    fan_out_due()
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
            while fan_out_due(limit=7) + courier.deliver_due(sender, owner, 5):
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
