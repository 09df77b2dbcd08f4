"""Ten thousand phones have to be told at once, by push services of every kind."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from bench.load.city import City
from bench.load.phones import Phone, Tally
from bench.load.services import MOODS, Moody
from bench.server import Person
from bench.table import Line, percentile
from server.db import new_id, now, table
from server.notify.models import Notification, PushSubscription
from server.people.models import Device, Session
from server.people.models import Person as PersonRow
from tests.push_service import Browser

COUNT = 10_000
KEYS = 50
PATIENCE = 900.0
ALONE = 10.0
EVERY = 0.2
# From handing in until the desk's phone has the message; each so many seconds.
FRESH_EVERY = 5.0
FRESH_PATIENCE = 120.0
CHUNK = 1_000


def measure(city: City, push: Moody, count: int = COUNT) -> list[Line]:
    """Fill the outbox, and look what becomes of it while people go on working."""
    reporter, desk = city.people(1)[0], city.people(1, "procesregisseur", None)[0]
    endpoint = f"{push.origin}/push/quick-desk"
    told = Browser(endpoint).to_json()
    desk.call("PUT", "/push/subscription", {"endpoint": endpoint, "keys": told["keys"]})
    alone = _work(city, reporter, threading.Event(), ALONE)
    names = _fill(city, push, count)
    before = city.cpu()["clock"]
    start = time.monotonic()
    done = threading.Event()
    beside = _Beside(city, reporter, push, done)
    beside.start()
    try:
        left = _wait(city)
    finally:
        done.set()
        beside.join()
    took = time.monotonic() - start
    cost = (city.cpu()["clock"] - before) / len(names) * 1000
    return _lines(city, push, names, took, left, cost, alone, beside)


class _Beside(threading.Thread):
    """Goes on working while the backlog is brought: rounds of a phone, and something fresh."""

    def __init__(self, city: City, reporter: Person, push: Moody, done: threading.Event) -> None:
        super().__init__(daemon=True)
        self.city, self.reporter, self.push, self.done = city, reporter, push, done
        self.tally = Tally()
        self.fresh: list[float] = []

    def run(self) -> None:
        worker = threading.Thread(target=self._fresh, daemon=True)
        worker.start()
        self.tally = _work(self.city, self.reporter, self.done, PATIENCE)
        worker.join()

    def _fresh(self) -> None:
        """Hand in one after the other and wait until the desk's phone has been told."""
        phone = Phone(self.reporter, self.city.where, Tally())
        key = self.city.seal_key(self.reporter)
        arrived = self.push.arrived["quick-desk"]
        while not self.done.is_set():
            heard = len(arrived)
            with phone.line() as line:
                start = time.monotonic()
                phone.sync(line, phone.body([self.reporter.observation(key)]))
            while len(arrived) == heard and time.monotonic() - start < FRESH_PATIENCE:
                time.sleep(0.05)
            self.fresh.append(time.monotonic() - start)
            self.done.wait(max(0.0, FRESH_EVERY - (time.monotonic() - start)))


def _work(city: City, reporter: Person, done: threading.Event, seconds: float) -> Tally:
    """Do a round trip with nothing new now and then, until it is done."""
    tally = Tally()
    phone = Phone(reporter, city.where, tally)
    end = time.monotonic() + seconds
    while time.monotonic() < end and not done.wait(EVERY):
        with phone.line() as line:
            phone.sync(line, phone.body([]))
    return tally


def _wait(city: City) -> int:
    """Wait until nothing is under way; return how much still is when patience ends."""
    # What the desk is told meanwhile is always under way, and is none of these.
    sql = (
        "SELECT (SELECT count(*) FROM notification WHERE fanned_at IS NULL AND kind = 'reminder')"
        " + (SELECT count(*) FROM delivery JOIN notification"
        " ON notification.id = delivery.notification_id"
        " WHERE delivery.done_at IS NULL AND notification.kind = 'reminder')"
    )
    end = time.monotonic() + PATIENCE
    left = -1
    while left and time.monotonic() < end:
        time.sleep(1)
        left = int(city.query(sql)[0][0])
    return left


def _fill(city: City, push: Moody, count: int) -> list[str]:
    """Write people with a phone each, and one message for each of them, into the database."""
    names = [
        f"{mood}-{number}"
        for mood, how in MOODS.items()
        for number in range(round(count * how.share))
    ]
    city.people(1)
    keys = [Browser("").to_json()["keys"] for _ in range(KEYS)]
    with city.engine.begin() as connection:
        rows = _templates(connection)
        for start in range(0, len(names), CHUNK):
            batch: dict[Any, list[dict[str, Any]]] = {model: [] for model in rows}
            batch[PushSubscription], batch[Notification] = [], []
            for number, name in enumerate(names[start : start + CHUNK], start):
                endpoint = f"{push.origin}/push/{name}"
                _add(batch, rows, endpoint, keys[number % KEYS])
            for model, made in batch.items():
                connection.execute(sa.insert(table(model)), made)
    return names


def _templates(connection: sa.Connection) -> dict[Any, dict[str, Any]]:
    """Return the rows of somebody who signed in, to make others like."""
    session = dict(connection.execute(_newest(Session)).mappings().one())
    rows: dict[Any, dict[str, Any]] = {}
    for model, key in ((PersonRow, "person_id"), (Device, "device_id")):
        found = sa.select(table(model)).where(table(model).c.id == session[key])
        rows[model] = dict(connection.execute(found).mappings().one())
    return {**rows, Session: session}


def _newest(model: Any) -> sa.Select[Any]:
    return sa.select(table(model)).order_by(table(model).c.made_at.desc()).limit(1)


def _add(
    batch: dict[Any, list[dict[str, Any]]],
    rows: dict[Any, dict[str, Any]],
    endpoint: str,
    keys: dict[str, str],
) -> None:
    person, device, moment = new_id(), new_id(), now()
    batch[PersonRow].append({**rows[PersonRow], "id": person})
    batch[Device].append({**rows[Device], "id": device, "delivery_key_hash": os.urandom(32)})
    ids = {"id": new_id(), "person_id": person, "device_id": device}
    batch[Session].append({**rows[Session], **ids, "token_hash": os.urandom(32)})
    batch[PushSubscription].append(
        {**ids, "id": new_id(), "endpoint": endpoint, **keys, "made_at": moment, "failures": 0}
    )
    batch[Notification].append(
        {
            "id": new_id(),
            "person_id": person,
            "kind": "reminder",
            "tag": f"reminder:{uuid4()}",
            "url": "/#/mijn",
            "urgent": False,
            "created_at": moment,
            "due_at": moment,
        }
    )


def _lines(
    city: City,
    push: Moody,
    names: list[str],
    took: float,
    left: int,
    cost: float,
    alone: Tally,
    beside: _Beside,
) -> list[Line]:
    outcomes = Counter(
        {
            row.outcome: row.count
            for row in city.query(
                "SELECT outcome, count(*) AS count FROM delivery GROUP BY outcome"
            )
        }
    )
    due = [name for name in names if MOODS[name.partition("-")[0]].ends == "accepted"]
    handed = sum(push.accepted[name] > 0 for name in due)
    twice = sum(push.accepted[name] > 1 for name in names)
    ended = outcomes["gone"]
    gone = len(names) - len(due)
    kept = int(city.query("SELECT count(*) FROM push_subscription")[0][0]) - 1
    right = handed == len(due) and ended == gone and kept == len(due) and not left and not twice
    for status in set(push.wrong):
        sys.stderr.write(f"the push service did not like {push.wrong.count(status)}: {status}\n")
    p95, before = beside.tally.p95(), alone.p95()
    fresh = percentile(beside.fresh, 0.95) if beside.fresh else float("inf")
    shares = ", ".join(f"{how.share:.0%} {mood}" for mood, how in MOODS.items())
    return [
        Line(
            f"{len(names):,} subscriptions told at once, {city.kind}",
            f"{took:.0f} s ({len(names) / took:.0f}/s, {cost:.1f} ms of processor time each): "
            f"{handed:,} handed over, {ended:,} ended as gone, {left} left, {twice} twice",
            "all handed over or ended, none twice",
            right and not push.wrong,
            durability=shares,
        ),
        Line(
            f"a phone's round trip meanwhile, {city.kind}",
            f"p95 {p95:.0f} ms of {len(beside.tally.all())}; {beside.tally.trouble()}",
            "p95 < 1 s, no error",
            p95 < 1000 and beside.tally.clean,
            f"before: p95 {before:.0f} ms of {len(alone.all())}",
            f"{p95 / before:.1f}× as long",
        ),
        Line(
            f"handed in → the desk's phone told meanwhile, {city.kind}",
            f"p95 {fresh:.1f} s of {len(beside.fresh)}",
            "p95 < 10 s",
            fresh < 10,
        ),
    ]
