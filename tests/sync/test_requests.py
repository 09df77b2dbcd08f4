"""What a request may hold, and what is said of one that cannot be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from server.db import db, new_id, now
from server.observations.models import Receipt
from tests.factories import Phone
from tests.sync.told import count, results


def test_over_fifty_items_are_turned_back_whole(boa: Phone) -> None:
    answer = boa.sync(*[boa.withdrawal(new_id()) for _ in range(51)])
    assert answer.status_code == 400
    assert "50" in answer.json["invalid_params"][0]["reason"]
    assert count(Receipt) == 0


def test_over_256_kb_is_turned_back_whole(boa: Phone) -> None:
    answer = boa.sync(boa.observation(extra="x" * 270_000))
    assert (answer.status_code, answer.json["status"]) == (413, 413)
    assert "Stuur minder" in answer.json["detail"]


def test_over_the_servers_own_limit_is_a_problem_too(boa: Phone) -> None:
    answer = boa.sync(boa.observation(extra="x" * 600_000))
    assert answer.status_code == 413
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b'{"a": NaN', b"\xff\xfe"])
def test_what_is_not_json_gets_a_dutch_sentence(boa: Phone, body: bytes) -> None:
    answer = boa.client.post(
        "/api/v1/sync",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {boa.delivery_key}"},
    )
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["title"] == "Dit klopt niet"


def test_another_content_type_is_415(boa: Phone) -> None:
    answer = boa.client.post("/api/v1/sync", data="{}", content_type="text/plain")
    assert answer.status_code == 415


def test_over_200_items_a_day_are_asked_to_wait_and_stay_on_the_phone(boa: Phone) -> None:
    for _ in range(4):
        boa.sync(*[boa.withdrawal(new_id()) for _ in range(50)])
    answer = boa.sync(boa.observation())
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    with time_machine.travel(now() + timedelta(days=1, minutes=1), tick=True):
        assert results(boa.sync(boa.observation())) == ["stored"]


def test_a_repeat_is_known_also_on_a_day_that_is_full(boa: Phone) -> None:
    days_work = [[boa.withdrawal(new_id()) for _ in range(50)] for _ in range(4)]
    for items in days_work:
        boa.sync(*items)
    new = boa.observation()
    assert boa.sync(new, *days_work[0][:49]).status_code == 429
    assert db.session.get(Receipt, new["id"]) is None
    assert results(boa.sync(*days_work[0])) == ["known"] * 50
