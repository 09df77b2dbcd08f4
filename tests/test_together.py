"""Desk and reporter at the same observation at the same moment: nobody waits for ever or fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from server.db import db, new_id
from server.observations.models import DESKS, Observation, ObservationEvent, Receipt
from tests.factories import Phone
from tests.test_entries import entry
from tests.web import Web, at_once

pytestmark = pytest.mark.thorough

ROUNDS = 6


@pytest.fixture
def web(environ: dict[str, str], tmp_path: Path, boa: Phone) -> Iterator[Web]:
    with Web(environ, tmp_path, workers=4) as web:
        yield web


def statuses(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_additions_and_answers_at_once_all_get_through(
    web: Web, boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    def work(number: int) -> httpx.Response:
        if number < 4:
            return web.sync(boa, additions[number])
        if number < 8:
            answer = {"id": new_id(), "kind": "watching", "text": None}
            return web.post(regisseur, f"/observations/{observation}/feedback", answer)
        return web.post(adviseur, f"/observations/{observation}/openings", {"purpose": "consult"})

    for _ in range(ROUNDS):
        observation = boa.send()
        additions = [boa.addition(observation) for _ in range(4)]
        assert statuses(at_once(12, work)) == {200: 4, 201: 8}
        # Every change counts: four additions, four answers, and a first reading if there was one.
        assert db.session.get_one(Observation, observation).version in {9, 10}


def test_two_who_open_at_once_note_one_first_reading(
    web: Web, boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    def work(number: int) -> httpx.Response:
        who, purpose = [(regisseur, "handle"), (adviseur, "cover")][number % 2]
        return web.post(who, f"/observations/{observation}/openings", {"purpose": purpose})

    for _ in range(ROUNDS):
        observation = boa.send()
        assert statuses(at_once(6, work)) == {201: 6}
        notes = db.session.scalars(
            sa.select(ObservationEvent.kind).where(ObservationEvent.observation_id == observation)
        )
        assert Counter(notes) == {"received": 1, "opened": 6, "state": 1}


def test_who_withdraws_while_the_desk_opens_is_either_first_or_asks(
    web: Web, boa: Phone, regisseur: Phone
) -> None:
    def work(number: int) -> httpx.Response:
        if number == 0:
            return web.sync(boa, withdrawal)
        return web.post(regisseur, f"/observations/{observation}/openings", {"purpose": "handle"})

    for _ in range(ROUNDS):
        observation = boa.send()
        withdrawal = boa.withdrawal(observation)
        withdrawn, opened = at_once(2, work)
        assert withdrawn.status_code == 200
        if opened.status_code == 404:
            assert db.session.get_one(Receipt, observation).gone_at is not None
        else:
            assert db.session.get_one(Observation, observation).withdrawal_asked_at is not None


def test_a_report_and_its_withdrawal_that_come_at_once_leave_a_tombstone_and_nothing_else(
    web: Web, boa: Phone
) -> None:
    def work(number: int) -> httpx.Response:
        return web.sync(boa, [item, withdrawal][number % 2])

    for _ in range(ROUNDS):
        item = boa.observation()
        withdrawal = boa.withdrawal(item["id"])
        answers = at_once(4, work)
        said = Counter(
            (outcome["id"], outcome["result"] in {"stored", "known"})
            for answer in answers
            for outcome in answer.json()["outcomes"]
        )
        assert said == {(item["id"], True): 2, (withdrawal["id"], True): 2}
        assert db.session.get(Observation, item["id"]) is None
        assert db.session.get_one(Receipt, item["id"]).gone_reason == "withdrawn"


def test_reports_for_both_desks_in_another_order_all_get_through(
    web: Web, boa: Phone, teacher: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    def work(number: int) -> httpx.Response:
        phone, items = batches[number]
        return web.sync(phone, *items)

    for _ in range(ROUNDS):
        batches = [
            (phone, [phone.observation(desk=desk) for desk in desks])
            for phone, desks in zip((boa, teacher), (DESKS, DESKS[::-1]), strict=True)
        ]
        assert statuses(at_once(2, work)) == {200: 2}


def test_of_two_desks_that_close_at_once_one_does_and_the_other_is_told(
    web: Web, boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    def work(number: int) -> httpx.Response:
        who = [regisseur, adviseur][number % 2]
        return web.post(who, f"/observations/{observation}/states", closing)

    for _ in range(ROUNDS):
        observation = boa.send()
        answer = {"id": new_id(), "kind": "watching", "text": None}
        web.post(regisseur, f"/observations/{observation}/feedback", answer)
        version = db.session.get_one(Observation, observation).version
        db.session.rollback()
        closing = {"state": "closed", "version": version, "reason": None}
        assert statuses(at_once(6, work)) == {201: 1, 409: 5}


def test_an_entry_that_is_sent_many_times_at_once_is_stored_once(
    web: Web, regisseur: Phone
) -> None:
    body = entry(regisseur)
    answers = at_once(6, lambda _number: web.post(regisseur, "/observations", body))
    assert statuses(answers) == {201: 6}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Observation)) == 1
