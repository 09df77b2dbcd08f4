"""Delivering: every item once, nothing turned away, nobody's items stranded."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from server import audit
from server.db import db, new_id, now
from server.devices import service as devices
from server.keyring import KeyRing
from server.observations.models import Addition, LateItem, Observation, Receipt
from server.people import invitations
from server.people import service as people
from server.people.models import Device, Person
from server.sync import service, visitor
from server.sync.schemas import SyncOut
from server.wire import write
from tests.conftest import lies_in
from tests.factories import Phone, add_phone, sign_in


def results(response) -> list[str]:
    assert response.status_code == 200, response.json
    return [outcome["result"] for outcome in response.json["outcomes"]]


def reasons(response) -> list[str | None]:
    return [outcome.get("reason") for outcome in response.json["outcomes"]]


def count(table) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table))


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


def test_delivery_needs_no_session(boa: Phone) -> None:
    item = boa.observation()
    answer = boa.sync(item, signed_in=False)
    assert results(answer) == ["stored"]
    assert answer.json["changes"] == []


def test_a_signed_out_phone_still_delivers(boa: Phone) -> None:
    item = boa.observation()
    assert boa.client.delete("/api/v1/session").status_code == 204
    assert boa.get("/session").status_code == 401
    assert results(boa.sync(item)) == ["stored"]


def test_an_unknown_device_is_asked_to_sign_in(client: FlaskClient) -> None:
    answer = client.post("/api/v1/sync", json={"device": new_id(), "items": []})
    assert answer.status_code == 401


def test_a_delivery_key_only_serves_its_own_device(boa: Phone, teacher: Phone) -> None:
    answer = boa.sync(boa.observation(), device=teacher.device)
    assert (answer.status_code, answer.json["code"]) == (400, "other_device")


def test_a_device_cannot_deliver_for_who_never_signed_in_on_it(boa: Phone, teacher: Phone) -> None:
    foreign = teacher.observation()
    assert reasons(boa.sync(foreign)) == ["late:foreign_author"]
    assert count(Observation) == 0


def test_a_second_person_on_one_phone_strands_nobodys_items(app: Flask, boa: Phone) -> None:
    item = boa.observation()
    issued = people.invite(
        None, name="Coen Nepstra", role="melder", kind="club", organisation="VV Verzinsel"
    )
    second = boa.client.post(
        "/api/v1/sessions",
        json={"invitation": issued.token, "device": boa.device, "app_version": "0.1.0"},
        headers={"Authorization": f"Bearer {boa.delivery_key}"},
    )
    assert second.status_code == 201
    assert second.json["delivery_key"] is None
    answer = boa.sync(item)
    assert results(answer) == ["stored"]
    assert answer.json["changes"] == []


def test_items_of_someone_whose_access_ended_go_to_the_late_box(boa: Phone) -> None:
    items = [boa.observation() for _ in range(3)]
    devices.end_access(None, db.session.get_one(Person, boa.person))
    answer = boa.sync(*items)
    assert reasons(answer) == ["late:access_ended"] * 3
    assert boa.get("/session").status_code == 401


def test_a_role_that_changed_meanwhile_strands_nothing(boa: Phone) -> None:
    items = [boa.observation() for _ in range(3)]
    db.session.get_one(Person, boa.person).role = "bestuur"
    db.session.commit()
    assert results(boa.sync(*items)) == ["stored"] * 3
    own = boa.post(f"/observations/{items[0]['id']}/openings", {"purpose": "own"})
    assert own.status_code == 201
    assert boa.get("/inbox").status_code == 403


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


def test_over_200_items_a_day_are_asked_to_wait_and_stay_on_the_phone(boa: Phone) -> None:
    for _ in range(4):
        boa.sync(*[boa.withdrawal(new_id()) for _ in range(50)])
    answer = boa.sync(boa.observation())
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    with time_machine.travel(now() + timedelta(days=1, minutes=1), tick=True):
        assert results(boa.sync(boa.observation())) == ["stored"]


def test_the_server_learns_what_a_device_still_holds(boa: Phone) -> None:
    boa.sync(boa.observation(), unsent=4)
    device = db.session.get_one(Device, boa.device)
    assert (device.unsent, device.app_version) == (3, "0.1.0")
    assert device.synced_at is not None


def test_a_revoked_device_delivers_first_and_is_wiped_after(boa: Phone) -> None:
    items = [boa.observation() for _ in range(2)]
    db.session.get_one(Device, boa.device).revoked_at = now()
    db.session.commit()
    first = boa.sync(items[0], unsent=2)
    assert (results(first), first.json["wipe"]) == (["stored"], False)
    second = boa.sync(items[1], unsent=1)
    assert (results(second), second.json["wipe"]) == (["stored"], True)


def test_receiving_leaves_an_audit_row_without_text(boa: Phone) -> None:
    observation = boa.send()
    row = db.session.scalars(
        sa.select(audit.AuditEvent).filter_by(action="receive", subject_id=observation)
    ).one()
    assert (row.person_id, row.device_id, row.outcome) == (boa.person, boa.device, "stored")


def test_nothing_readable_lies_in_the_database(boa: Phone, config) -> None:
    boa.send()
    db.session.commit()
    raw = lies_in(config.database_url, config.key_ring_url)
    for secret in ("Zwiep", "tasje", "Rode fiets", "Bo Verzonnen"):
        assert secret.encode() not in raw


def test_the_same_person_on_a_new_phone_hears_everything(app: Flask, boa: Phone) -> None:
    observation = boa.send()
    issued = invitations.issue(None, db.session.get_one(Person, boa.person))
    db.session.commit()
    fresh = sign_in(app, issued.token)
    assert [change["id"] for change in fresh.sync().json["changes"]] == [observation]


def test_two_people_at_two_phones_do_not_meet(app: Flask) -> None:
    phones = [add_phone(app, "melder", name=f"Verzonnen {number}") for number in range(2)]
    ids = [phone.send() for phone in phones]
    for phone, own in zip(phones, ids, strict=True):
        phone.cursor = 0
        assert [change["id"] for change in phone.sync().json["changes"]] == [own]


@pytest.mark.thorough
def test_a_school_behind_one_address_is_not_shut_out(app: Flask) -> None:
    phones = [add_phone(app, "melder", name=f"Verzonnen {number}") for number in range(60)]
    for phone in phones:
        items = [phone.withdrawal(new_id()) for _ in range(12)]
        assert results(phone.sync(*items)) == ["stored"] * 12


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


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement that reached the database since the list was last cleared."""
    seen: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest) -> None:
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(db.engine, "before_cursor_execute", note)


def writes(statements: list[str]) -> list[str]:
    """Return what took SQLite's write lock, or would write on another database."""
    first = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE")
    return [statement for statement in statements if statement.startswith(first)]


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


def test_asking_while_nothing_is_new_writes_only_now_and_then(
    boa: Phone, statements: list[str]
) -> None:
    boa.sync()
    statements.clear()
    boa.sync()
    assert writes(statements) == []
    with time_machine.travel(now() + timedelta(minutes=6), tick=True):
        boa.sync()
        assert db.session.get_one(Device, boa.device).synced_at > now() - timedelta(minutes=1)
    assert writes(statements) != []


def test_a_phone_that_holds_more_or_nothing_any_more_is_noted_at_once(boa: Phone) -> None:
    for unsent in (0, 3, 0):
        boa.sync(unsent=unsent)
        db.session.expire_all()
        assert db.session.get_one(Device, boa.device).unsent == unsent


def test_a_repeat_is_known_also_on_a_day_that_is_full(boa: Phone) -> None:
    days_work = [[boa.withdrawal(new_id()) for _ in range(50)] for _ in range(4)]
    for items in days_work:
        boa.sync(*items)
    new = boa.observation()
    assert boa.sync(new, *days_work[0][:49]).status_code == 429
    assert db.session.get(Receipt, new["id"]) is None
    assert results(boa.sync(*days_work[0])) == ["known"] * 50


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
