"""Twenty phones hand in or fetch a great deal at once: who asks something small does not wait."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask

from server.db import db, new_id
from tests.factories import Phone, add_phone
from tests.web import Web

pytestmark = pytest.mark.thorough

PHONES = 20
ROUNDS = 4
ITEMS = 50
# What a new phone of somebody who reported for a year has to hear, and how much of it was answered.
HISTORY = 100
ANSWERED = 10


@pytest.fixture
def web(environ: dict[str, str], tmp_path: Path, boa: Phone) -> Iterator[Web]:
    db.session.commit()
    with Web(environ, tmp_path, as_deployed=True) as web:
        yield web


def test_twenty_first_syncs_of_a_full_day_delay_no_quick_request(
    app: Flask, web: Web, boa: Phone, regisseur: Phone
) -> None:
    phones = [add_phone(app, "melder", name=f"Verzonnen {number}") for number in range(PHONES)]
    days_work = {
        phone.device: [[phone.observation() for _ in range(ITEMS)] for _ in range(ROUNDS)]
        for phone in phones
    }
    own = boa.observation()
    db.session.commit()

    def hand_in(phone: Phone) -> int:
        stored = 0
        for items in days_work[phone.device]:
            outcomes = web.sync(phone, *items).json()["outcomes"]
            stored += sum(outcome["result"] == "stored" for outcome in outcomes)
        return stored

    took, lasted, done = asked_during(
        [partial(hand_in, phone) for phone in phones], quick_requests(web, boa, own, regisseur)
    )
    assert done == [ROUNDS * ITEMS] * PHONES
    assert_nobody_waited(took, lasted)


def test_twenty_new_phones_that_fetch_all_there_is_delay_no_quick_request(
    app: Flask, web: Web, boa: Phone, regisseur: Phone
) -> None:
    phones = [add_phone(app, "melder", name=f"Verzonnen {number}") for number in range(PHONES)]
    for phone in phones:
        reports = [phone.observation() for _ in range(HISTORY)]
        for first in range(0, HISTORY, ITEMS):
            phone.sync(*reports[first : first + ITEMS])
        # What was answered is opened for the phone one by one.
        for report in reports[:ANSWERED]:
            answer = {"id": new_id(), "kind": "watching", "text": "Dank je wel."}
            said = regisseur.post(f"/observations/{report['id']}/feedback", answer)
            assert said.status_code == 201
    own = boa.observation()
    db.session.commit()

    def fetch_all(phone: Phone) -> int:
        cards = web.client.get("/cards", headers=phone.headers())
        assert cards.status_code == 200
        heard, cursor, more = 0, 0, True
        while more:
            answer = web.sync(phone, cursor=cursor).json()
            heard += len(answer["changes"])
            cursor, more = answer["cursor"], answer["more"]
        known = {**phone.headers(), "If-None-Match": cards.headers["ETag"]}
        assert web.client.get("/cards", headers=known).status_code == 304
        return heard

    took, lasted, done = asked_during(
        [partial(fetch_all, phone) for phone in phones], quick_requests(web, boa, own, regisseur)
    )
    assert done == [HISTORY] * PHONES
    assert_nobody_waited(took, lasted)


def quick_requests(
    web: Web, boa: Phone, own: dict[str, Any], regisseur: Phone
) -> list[Callable[[], httpx.Response]]:
    """Return what is asked meanwhile, each asked before: the first time takes longer."""
    quick: list[Callable[[], httpx.Response]] = [
        lambda: web.client.get("/health"),
        lambda: web.sync(boa, own),
        lambda: web.client.get("/inbox", headers=regisseur.headers()),
    ]
    for ask in quick * 4:
        ask()
    return quick


def asked_during(
    rush: list[Callable[[], int]], quick: list[Callable[[], httpx.Response]]
) -> tuple[list[float], float, list[int]]:
    """Do all of the rush at once; return how long each quick request and the whole took."""
    took: list[float] = []
    start = time.monotonic()
    with ThreadPoolExecutor(len(rush)) as pool:
        under_way = [pool.submit(work) for work in rush]
        while not all(work.done() for work in under_way):
            for ask in quick:
                before = time.monotonic()
                assert ask().status_code == 200
                took.append(time.monotonic() - before)
    return took, time.monotonic() - start, [work.result() for work in under_way]


def assert_nobody_waited(took: list[float], lasted: float) -> None:
    """How long all of it takes depends on the machine; that nobody waits for its end does not."""
    assert statistics.median(took) < max(1, lasted / 8), (took, lasted)
    assert max(took) < max(1, lasted * 0.75), (took, lasted)
