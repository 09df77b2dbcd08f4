"""Each phone hears what changed for its own person, once, and again after a lost answer."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from server import audit
from server.backup import service as backup
from server.db import db, new_id, now
from server.sync import service, visitor
from server.sync.schemas import SyncOut
from server.wire import write
from tests.factories import Phone


def test_changes_are_told_once_and_after_a_lost_answer_again(boa: Phone) -> None:
    observation = boa.send()
    before = boa.cursor
    assert boa.sync().json["changes"] == []
    boa.cursor = 0
    told = boa.sync().json["changes"]
    assert [change["id"] for change in told] == [observation]
    assert boa.cursor >= before


def test_another_epoch_or_a_cursor_from_the_future_tells_everything_again(boa: Phone) -> None:
    observation = boa.send()
    assert boa.sync().json["changes"] == []
    boa.epoch = new_id()
    assert [change["id"] for change in boa.sync().json["changes"]] == [observation]
    boa.cursor = 10_000
    assert [change["id"] for change in boa.sync().json["changes"]] == [observation]


def test_of_a_backup_put_back_before_the_answer_even_a_new_phone_hears_at_its_next_round(
    boa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver = service._deliver

    def deliver_and_restore(*given: Any) -> Any:
        answer = deliver(*given)
        with db.engine.begin() as connection:
            backup.begin_epoch(connection)
        return answer

    with monkeypatch.context() as during:
        during.setattr(service, "_deliver", deliver_and_restore)
        heard = boa.sync(boa.observation(), epoch=None).json["epoch"]
    assert boa.sync().json["epoch"] != heard


def test_more_than_a_page_of_changes_comes_in_turns(boa: Phone) -> None:
    ids = set()
    for _ in range(3):
        batch = [boa.observation() for _ in range(40)]
        ids |= {item["id"] for item in batch}
        boa.sync(*batch)
    boa.cursor = 0
    first = boa.sync().json
    second = boa.sync().json
    assert (first["more"], second["more"]) == (True, False)
    assert {change["id"] for change in first["changes"] + second["changes"]} == ids


def test_a_phone_hears_nothing_of_others(boa: Phone, teacher: Phone) -> None:
    boa.send()
    assert teacher.sync().json["changes"] == []


def test_a_phone_that_shows_another_than_who_is_signed_in_hands_in_and_hears_nothing(
    boa: Phone, teacher: Phone
) -> None:
    boa.send()
    boa.cursor, own = 0, boa.observation()
    for shown in (teacher.person, None):
        told = boa.sync(own, by=shown).json
        assert (told["changes"], told["cursor"], told["more"]) == ([], 0, False)
        assert told["person"] == boa.person
    assert told["outcomes"][0]["result"] == "known"
    told = boa.sync(by=boa.person).json
    assert (len(told["changes"]), told["person"]) == (2, boa.person)
    assert boa.sync(signed_in=False, by=boa.person).json["person"] is None


def test_what_changes_while_the_answer_is_made_is_told_the_next_time(
    boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    other = boa.send()
    told = []

    def answer_meanwhile(_connection, _cursor, statement: str, *_rest) -> None:
        if "FROM receipt LEFT OUTER JOIN" in statement and not told:
            told.append(statement)
            answer = {"id": new_id(), "kind": "watching"}
            path = f"/observations/{observation}/feedback"
            # In a thread of its own, for it must not share the transaction of this request.
            with ThreadPoolExecutor(1) as desk:
                assert desk.submit(regisseur.post, path, answer).result().status_code == 201

    sa.event.listen(db.engine, "before_cursor_execute", answer_meanwhile)
    boa.cursor = 1
    heard = boa.sync().json["changes"]
    sa.event.remove(db.engine, "before_cursor_execute", answer_meanwhile)
    heard += boa.sync().json["changes"]
    assert told
    assert {change["id"] for change in heard} == {observation, other}
    last = [change for change in heard if change["id"] == observation][-1]
    assert [row["kind"] for row in last["feedback"]] == ["watching"]


def test_opening_own_feedback_is_logged_before_the_phone_gets_it(
    boa: Phone, regisseur: Phone
) -> None:
    answer = {"id": new_id(), "kind": "watching", "text": "We letten op de fietsenstalling."}
    regisseur.post(f"/observations/{boa.send()}/feedback", answer)
    heard = boa.sync().json["changes"][0]["feedback"][0]
    assert heard["text"] == answer["text"]
    opened = sa.select(audit.AuditEvent).filter_by(purpose="own_feedback")
    assert [row.count for row in db.session.scalars(opened)] == [1]


def test_the_answer_is_what_its_schema_writes(boa: Phone, regisseur: Phone) -> None:
    observation, gone = boa.send(), boa.send()
    boa.sync(boa.addition(observation), boa.withdrawal(gone), boa.observation(id="geen-uuid"))
    answer = {"id": new_id(), "kind": "watching", "text": "We letten op."}
    regisseur.post(f"/observations/{observation}/feedback", answer)
    boa.cursor = 0
    visit = visitor.find(boa.device, delivery_key=boa.delivery_key, token=boa.token())
    said = service.exchange(visit, boa.request(boa.observation(), sent_at=now()))
    assert len(said["changes"]) == 3
    assert json.loads(write(said)) == json.loads(json.dumps(SyncOut().dump(said)))
