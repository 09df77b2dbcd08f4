"""A batch costs few statements, and nobody waits for what only reads."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from server.db import db, new_id
from server.keyring import KeyRing
from tests.conftest import lies_in
from tests.factories import Phone
from tests.sync.told import results, writes


def test_nothing_readable_lies_in_the_database(boa: Phone, config) -> None:
    boa.send()
    db.session.commit()
    raw = lies_in(config.database_url, config.key_ring_url)
    for secret in ("Zwiep", "tasje", "Rode fiets", "Bo Verzonnen"):
        assert secret.encode() not in raw


def test_a_batch_takes_as_many_statements_as_one_item(boa: Phone, statements: list[str]) -> None:
    boa.sync(boa.observation())
    statements.clear()
    boa.sync(boa.observation())
    one = len(statements)
    statements.clear()
    mixed = [boa.observation(area=None if number % 2 else "BU02670101") for number in range(48)]
    unknown = [boa.observation(by=new_id()), boa.observation(card="bestaat-niet")]
    assert results(boa.sync(*mixed, *unknown)) == ["stored"] * 50
    inserts = [statement.split("(")[0] for statement in statements if "INSERT" in statement]
    assert len(inserts) == len(set(inserts)), inserts
    # The late box and its seintje come on top.
    assert len(statements) <= one + 4


def test_seals_are_tried_while_nobody_waits_for_the_database(
    boa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[bool] = []
    really_open = KeyRing.open_envelope

    def note_and_open(ring: KeyRing, *envelope: object) -> dict:
        tried.append(db.session().in_transaction())
        return really_open(ring, *envelope)

    items = [boa.observation(), boa.addition(new_id()), boa.observation()]
    monkeypatch.setattr(KeyRing, "open_envelope", note_and_open)
    assert results(boa.sync(*items)) == ["stored"] * 3
    assert tried == [False] * 3


def test_who_is_unknown_never_holds_the_write_lock(
    client: FlaskClient, statements: list[str]
) -> None:
    headers = {"Authorization": "Bearer verzonnen"}
    answer = client.post("/api/v1/sync", json={"device": new_id(), "items": []}, headers=headers)
    assert answer.status_code == 401
    assert statements
    assert writes(statements) == []


def test_what_is_known_keeps_nobody_waiting(boa: Phone, statements: list[str]) -> None:
    items = [boa.observation() for _ in range(50)]
    boa.sync(*items)
    changed = [{**item, "urgency": "can_wait"} for item in items[:2]]
    statements.clear()
    answer = boa.sync(*items[2:], *changed)
    assert results(answer) == ["known"] * 48 + ["conflict"] * 2
    assert writes(statements) == []
