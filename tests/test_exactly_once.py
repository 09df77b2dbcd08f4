"""Whatever the network repeats, and however many at once: one row, and the same answer for all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from server.audit import AuditEvent
from server.db import db, new_id
from server.notify.models import Notification
from server.observations.models import Observation, ObservationEvent, Receipt
from tests.factories import Phone
from tests.web import Web, at_once

pytestmark = pytest.mark.thorough

MANY = 20


@pytest.fixture
def web(environ: dict[str, str], tmp_path: Path, boa: Phone) -> Iterator[Web]:
    with Web(environ, tmp_path, workers=4) as web:
        yield web


def results(answers: list[httpx.Response]) -> Counter[str]:
    assert {answer.status_code for answer in answers} == {200}
    return Counter(outcome["result"] for a in answers for outcome in a.json()["outcomes"])


def count(table: Any, **values: Any) -> int:
    found = db.session.scalar(sa.select(sa.func.count()).select_from(table).filter_by(**values))
    # An open transaction would keep the web processes from SQLite's write lock.
    db.session.commit()
    return found or 0


def assert_received_once(item: dict[str, Any]) -> None:
    assert count(Receipt, item_id=item["id"]) == 1
    assert count(Observation, id=item["id"]) == 1
    assert count(ObservationEvent, observation_id=item["id"], kind="received") == 1
    assert count(AuditEvent, subject_id=item["id"], action="receive") == 1


def test_twenty_posts_of_one_item_at_once_store_it_once(
    web: Web, boa: Phone, regisseur: Phone
) -> None:
    item = boa.observation()
    answers = at_once(MANY, lambda number: web.sync(boa, item))
    assert results(answers) == {"stored": 1, "known": MANY - 1}
    assert len({answer.json()["outcomes"][0]["receipt"] for answer in answers}) == 1
    assert_received_once(item)
    assert count(Notification, person_id=regisseur.person) == 1


def test_without_any_check_of_the_app_the_primary_key_still_holds(
    environ: dict[str, str], tmp_path: Path, boa: Phone
) -> None:
    item = boa.observation()
    db.session.commit()
    with Web(environ, tmp_path, app="tests.sabotage:unguarded()", workers=4) as web:
        answers = at_once(MANY, lambda number: web.sync(boa, item))
    assert results(answers) == {"stored": 1, "known": MANY - 1}
    assert len({answer.json()["outcomes"][0]["receipt"] for answer in answers}) == 1
    assert_received_once(item)


def test_of_twenty_different_items_with_one_id_exactly_one_is_stored(web: Web, boa: Phone) -> None:
    item = boa.observation()
    others = [{**item, "date": f"2026-11-{day:02}"} for day in range(1, MANY + 1)]
    answers = at_once(MANY, lambda number: web.sync(boa, others[number]))
    assert results(answers) == {"stored": 1, "conflict": MANY - 1}
    assert_received_once(item)
    again = [web.sync(boa, other) for other in others]
    assert results(again) == {"known": 1, "conflict": MANY - 1}


def test_an_answer_lost_five_times_leaves_one_row_and_one_receipt(web: Web, boa: Phone) -> None:
    item = boa.observation()
    db.session.commit()
    web.cut(boa, item)
    end = time.monotonic() + 30
    while not count(Receipt, item_id=item["id"]) and time.monotonic() < end:
        time.sleep(0.02)
    for _ in range(5):
        web.cut(boa, item)
    answers = [web.sync(boa, item) for _ in range(2)]
    assert results(answers) == {"known": 2}
    assert_received_once(item)


def test_the_same_items_in_another_order_at_once_all_get_through(web: Web, boa: Phone) -> None:
    # Their authors are unknown here, so no author's lock puts the requests in a row.
    items = [boa.observation(by=new_id()) for _ in range(20)]
    orders = [items, items[::-1]]
    answers = at_once(8, lambda number: web.sync(boa, *orders[number % 2]))
    assert results(answers) == {"stored": 20, "known": 7 * 20}
    assert count(Receipt) == 20
