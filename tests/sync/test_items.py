"""An item is stored once, as it was sent, and one that is bad harms no other."""

from __future__ import annotations

import base64

import pytest

from server.db import db, new_id
from server.observations.models import Addition, LateItem, Observation, Receipt
from tests.factories import Phone
from tests.sync.told import count, reasons, results


def test_an_observation_is_stored_with_a_receipt(boa: Phone) -> None:
    item = boa.observation()
    outcome = boa.sync(item).json["outcomes"][0]
    assert outcome["result"] == "stored"
    assert len(outcome["receipt"]) == 7
    row = db.session.get(Observation, item["id"])
    assert row.sealed == item["sealed"]
    assert row.signals == ["BOA-08", "BOA-16"]


def test_a_repeated_item_is_stored_once(boa: Phone) -> None:
    item = boa.observation()
    first = boa.sync(item)
    again = [boa.sync(item) for _ in range(5)]
    assert results(first) == ["stored"]
    assert [results(answer) for answer in again] == [["known"]] * 5
    receipts = {answer.json["outcomes"][0]["receipt"] for answer in [first, *again]}
    assert len(receipts) == 1
    assert count(Observation) == 1


def test_the_same_item_twice_in_one_request_is_stored_once(boa: Phone) -> None:
    item = boa.observation()
    assert results(boa.sync(item, item)) == ["stored", "known"]


def test_the_same_id_with_other_bytes_is_a_conflict_and_changes_nothing(boa: Phone) -> None:
    item = boa.observation()
    boa.sync(item)
    other = {**item, "urgency": "can_wait"}
    assert results(boa.sync(other)) == ["conflict"]
    assert db.session.get(Observation, item["id"]).urgency == "today"


def test_somebody_elses_id_is_a_conflict(boa: Phone, teacher: Phone) -> None:
    item = boa.observation()
    boa.sync(item)
    stolen = teacher.observation(id=item["id"])
    assert results(teacher.sync(stolen)) == ["conflict"]
    assert db.session.get(Observation, item["id"]).author_id == boa.person


def test_the_order_of_fields_makes_no_other_item(boa: Phone) -> None:
    item = boa.observation()
    boa.sync(item)
    assert results(boa.sync(dict(reversed(item.items())))) == ["known"]


def test_one_bad_item_does_not_block_the_next(boa: Phone) -> None:
    good = boa.observation()
    bad = boa.observation(id="geen-uuid")
    answer = boa.sync(bad, good)
    assert results(answer) == ["refused", "stored"]
    assert reasons(answer)[0] == "id"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sealed": "geen base64!"}, "sealed"),
        ({"sealed": None}, "sealed"),
        ({"sealed": "A" * 16388}, "too_large"),
        ({"by": "niemand"}, "shape"),
        ({"kind": 7}, "shape"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_reason(
    boa: Phone, changes: dict, reason: str
) -> None:
    answer = boa.sync({**boa.observation(), **changes})
    assert (results(answer), reasons(answer)) == (["refused"], [reason])
    assert count(Receipt) == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"card": "bestaat-niet"}, "unknown_card"),
        ({"kind": "gedicht"}, "unknown_kind"),
        ({"basis": "gevoeld"}, "shape"),
        ({"date": "gisteren"}, "shape"),
        ({"made_at": "2026-11-21T20:42:00"}, "shape"),
        ({"signals": "BOA-08"}, "shape"),
        ({"card_version": True}, "shape"),
        ({"sealed": base64.b64encode(b"geen envelop").decode()}, "broken_seal"),
    ],
)
def test_what_does_not_fit_is_kept_in_the_late_box(boa: Phone, changes: dict, reason: str) -> None:
    item = {**boa.observation(), **changes}
    answer = boa.sync(item)
    assert (results(answer), reasons(answer)) == (["stored"], [f"late:{reason}"])
    assert db.session.get(LateItem, item["id"]).body == item
    assert results(boa.sync(item)) == ["known"]


def test_a_broken_seal_is_kept_in_the_late_box(boa: Phone) -> None:
    item = boa.observation()
    raw = bytearray(base64.b64decode(item["sealed"]))
    raw[-1] ^= 1
    item["sealed"] = base64.b64encode(raw).decode()
    assert reasons(boa.sync(item)) == ["late:broken_seal"]


def test_an_envelope_moved_to_another_id_does_not_open(boa: Phone) -> None:
    moved = {**boa.observation(), "id": new_id()}
    assert reasons(boa.sync(moved)) == ["late:broken_seal"]


def test_an_envelope_moved_to_another_person_does_not_open(boa: Phone, teacher: Phone) -> None:
    moved = {**boa.observation(), "by": teacher.person, "id": new_id()}
    assert reasons(teacher.sync(moved)) == ["late:broken_seal"]


def test_an_unknown_key_is_kept_in_the_late_box(boa: Phone) -> None:
    item = boa.observation()
    raw = base64.b64decode(item["sealed"])
    length = raw[1]
    other = bytes([1, 7]) + b"1999-01" + raw[2 + length :]
    item["sealed"] = base64.b64encode(other).decode()
    assert reasons(boa.sync(item)) == ["late:unknown_key"]


def test_unknown_fields_are_kept_as_sent(boa: Phone) -> None:
    item = boa.observation(colour="paars", nested={"a": [1, None, "\x00😀"]})
    assert results(boa.sync(item)) == ["stored"]
    extra = db.session.get(Observation, item["id"]).extra
    assert extra == {"colour": "paars", "nested": {"a": [1, None, "\x00😀"]}}


def test_emoji_and_control_characters_in_the_text_survive(boa: Phone, regisseur: Phone) -> None:
    text = "Hij zei: '\x00\x1b[2J 😀 \u202e'" + "é" * 2000
    observation = boa.send(written={"v": 1, "what": text, "persons": []})
    opened = regisseur.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    assert opened.json["opened"]["what"] == text


def test_an_addition_may_come_with_its_observation(boa: Phone) -> None:
    item = boa.observation()
    assert results(boa.sync(boa.addition(item["id"]), item)) == ["stored", "stored"]
    assert count(Addition) == 1
    assert count(LateItem) == 0


def test_an_addition_to_somebody_elses_observation_goes_to_the_late_box(
    boa: Phone, teacher: Phone
) -> None:
    observation = boa.send()
    assert reasons(teacher.sync(teacher.addition(observation))) == ["late:unknown_parent"]


def test_withdrawing_an_unread_observation_removes_it(boa: Phone) -> None:
    observation = boa.send()
    answer = boa.sync(boa.withdrawal(observation))
    assert results(answer) == ["stored"]
    assert answer.json["changes"] == [{"kind": "removed", "id": observation}]
    assert count(Observation) == 0


def test_a_withdrawn_observation_does_not_come_back(boa: Phone) -> None:
    item = boa.observation()
    boa.sync(item)
    boa.sync(boa.withdrawal(item["id"]))
    assert results(boa.sync(item)) == ["known"]
    assert count(Observation) == 0


def test_a_withdrawal_that_arrives_first_leaves_a_tombstone(boa: Phone) -> None:
    item = boa.observation()
    assert results(boa.sync(boa.withdrawal(item["id"]))) == ["stored"]
    assert results(boa.sync(item)) == ["known"]
    assert results(boa.sync({**item, "urgency": "can_wait"})) == ["conflict"]
    assert count(Observation) == 0


def test_withdrawing_what_was_read_becomes_a_request(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    regisseur.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    answer = boa.sync(boa.withdrawal(observation))
    assert answer.json["changes"][0]["withdrawal"] == "requested"
    assert count(Observation) == 1
