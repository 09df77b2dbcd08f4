"""What the description shows and says of the round trip is what the code reads and writes."""

from __future__ import annotations

from typing import Any

import pytest

from server.sync import examples, items
from server.sync.items import Misfit, plain_addition, plain_observation, read_item
from server.sync.schemas import SyncIn, SyncOut
from server.sync.shapes import ITEM_SCHEMAS
from tests.factories import Phone

pytestmark = pytest.mark.thorough

EXAMPLE = examples.REQUEST["items"][0]


def test_the_examples_stand_in_the_description(document: dict[str, Any]) -> None:
    told = document["paths"]["/sync"]["post"]
    assert told["requestBody"]["content"]["application/json"]["example"] == examples.REQUEST
    answer = told["responses"]["200"]["content"]["application/json"]
    assert answer["example"] == examples.ANSWER


def test_the_example_of_a_request_is_read_without_a_fault() -> None:
    assert set(SyncIn().load(examples.REQUEST)) == set(SyncIn().fields)
    item = read_item(EXAMPLE)
    assert item.key_id == examples.ANSWER["seal_key"]["id"]
    assert plain_observation(item.body)["extra"] == {}


def test_the_example_of_an_answer_is_written_as_every_answer_is() -> None:
    assert SyncOut().dump(SyncOut().load(examples.ANSWER)) == examples.ANSWER


def test_a_phone_that_does_as_the_example_gets_an_answer_like_the_example(
    boa: Phone, regisseur: Phone
) -> None:
    body = {"signals": EXAMPLE["signals"], "urgency": EXAMPLE["urgency"], "area": None}
    first = boa.observation(**body)
    answer = boa.sync(first).json
    regisseur.post(
        f"/observations/{first['id']}/feedback",
        {"id": examples.ANSWER["changes"][0]["feedback"][0]["id"], "kind": "watching"},
    )
    told = boa.sync().json
    assert set(answer) == set(examples.ANSWER)
    assert set(answer["outcomes"][0]) == set(examples.ANSWER["outcomes"][0])
    assert set(told["changes"][0]) == set(examples.ANSWER["changes"][0])
    assert set(told["changes"][0]["feedback"][0]) == set(
        examples.ANSWER["changes"][0]["feedback"][0]
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("ObservationItem", items.OBSERVATION_FIELDS),
        ("AdditionItem", items.ADDITION_FIELDS),
        ("WithdrawalItem", (items.ENVELOPE_FIELDS - {"sealed"}) | {"parent"}),
    ],
)
def test_an_item_is_described_with_the_fields_that_are_read(name: str, fields: set[str]) -> None:
    assert set(ITEM_SCHEMAS[name]["properties"]) == fields


@pytest.mark.parametrize("field", ITEM_SCHEMAS["ObservationItem"]["required"])
def test_what_is_described_as_required_is_missed(field: str) -> None:
    without = {name: value for name, value in EXAMPLE.items() if name != field}
    with pytest.raises((Misfit, items.Refused)):
        plain_observation(read_item(without).body)


@pytest.mark.parametrize(
    "change",
    [
        {"card_version": 1},
        {"card_version": 999_999},
        {"signals": ["A-1"] * items.MOST_IDS},
        {"signals": [], "protective": []},
        {"area": None},
        {"area": "GM0267"},
        {"card": "a" * 40},
        {"made_at": "2026-11-21T21:41:58.123456+01:00"},
    ],
)
def test_what_is_described_as_allowed_fits(change: dict[str, Any]) -> None:
    assert plain_observation({**EXAMPLE, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"card_version": 0},
        {"card_version": 1_000_000},
        {"signals": ["A-1"] * (items.MOST_IDS + 1)},
        {"signals": ["a-1"]},
        {"area": "GM0267\n"},
        {"card": "a" * 41},
        {"basis": "guessed"},
        {"urgency": None},
        {"date": "21-11-2026"},
    ],
)
def test_what_is_described_as_wrong_does_not_fit(change: dict[str, Any]) -> None:
    with pytest.raises(Misfit):
        plain_observation({**EXAMPLE, **change})


def test_an_addition_may_answer_a_question_and_need_not() -> None:
    required = set(ITEM_SCHEMAS["AdditionItem"]["required"])
    assert required == items.ADDITION_FIELDS - {"question"}
    assert plain_addition({"made_at": EXAMPLE["made_at"]})
