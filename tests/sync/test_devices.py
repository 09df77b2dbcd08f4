"""A device delivers for who signed in on it, whatever became of them since."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from server import audit
from server.db import db, new_id, now
from server.devices import service as devices
from server.observations.models import Observation
from server.people import invitations
from server.people import service as people
from server.people.models import Device, Person
from tests.factories import Phone, add_phone, sign_in
from tests.sync.told import count, reasons, results, writes


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
