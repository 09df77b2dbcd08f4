"""Devices: everybody sees their own, and shutting one out loses nothing that waits on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from server.access.door import COOKIE
from server.db import db, new_id, now
from server.devices import service as devices
from server.notify.models import PushSubscription
from server.observations.models import LateItem
from server.people import invitations, sessions
from server.people.models import Device, Person, Session
from tests.authenticator import add_passkey, confirm
from tests.factories import Phone, add_phone, sign_in


@pytest.fixture
def beheerder(app: Flask) -> Phone:
    phone = add_phone(app, "beheerder", name="Bea Testers", card=None)
    add_passkey(phone)
    return phone


def second_phone(app: Flask, phone: Phone) -> Phone:
    issued = invitations.issue(None, db.session.get_one(Person, phone.person))
    db.session.commit()
    return sign_in(app, issued.token)


def subscribe(phone: Phone, failures: int = 0) -> None:
    db.session.add(
        PushSubscription(
            person_id=phone.person,
            device_id=phone.device,
            endpoint=f"https://push.example/{phone.device}",
            p256dh="p",
            auth="a",
            failures=failures,
        )
    )
    db.session.commit()


def own(phone: Phone) -> dict[str, dict]:
    return {device["id"]: device for device in phone.get("/devices").json["items"]}


def test_somebody_sees_the_own_devices_and_how_they_do(
    app: Flask, boa: Phone, teacher: Phone
) -> None:
    boa.sync(boa.observation(), unsent=3)
    subscribe(boa, failures=4)
    other = second_phone(app, boa)
    seen = own(other)
    assert set(seen) == {boa.device, other.device}
    assert seen[other.device]["here"]
    first = seen[boa.device]
    assert (first["unsent"], first["push"], first["signed_in"]) == (2, "failing", True)
    assert first["app_version"] == "0.1.0"
    assert first["synced_at"] is not None
    assert set(own(teacher)) == {teacher.device}


def test_a_device_is_shown_the_way_people_call_it(app: Flask) -> None:
    phone = add_phone(app, "melder")
    agents = {
        "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)",
        "android": "Mozilla/5.0 (Linux; Android 16; Pixel 9)",
        "windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
    }
    for agent in agents.values():
        issued = invitations.issue(None, db.session.get_one(Person, phone.person))
        db.session.commit()
        app.test_client().post(
            "/api/v1/sessions",
            json={"invitation": issued.token, "device": new_id()},
            headers={"User-Agent": agent},
        )
    assert {device["kind"] for device in own(phone).values()} == {*agents, "other"}


def test_a_lost_phone_is_shut_out_but_first_hands_in_what_it_holds(app: Flask, boa: Phone) -> None:
    add_passkey(boa)
    subscribe(boa)
    other = second_phone(app, boa)
    assert other.client.delete(f"/api/v1/devices/{boa.device}").status_code == 204
    assert boa.get("/session").status_code == 401
    assert set(own(other)) == {other.device}
    assert db.session.query(PushSubscription).count() == 0
    assert other.get("/passkeys").json["items"] == []
    items = [boa.observation(), boa.observation()]
    first = boa.sync(items[0], unsent=2)
    assert (first.json["outcomes"][0]["result"], first.json["wipe"]) == ("stored", False)
    assert boa.sync(items[1], unsent=1).json["wipe"] is True


def test_a_phone_that_two_people_share_is_not_wiped_for_one(app: Flask, boa: Phone) -> None:
    issued = invitations.issue(None, add_phone_person(app))
    db.session.commit()
    body = {"invitation": issued.token, "device": boa.device, "app_version": "0.1.0"}
    key = {"Authorization": f"Bearer {boa.delivery_key}"}
    assert boa.client.post("/api/v1/sessions", json=body, headers=key).status_code == 201
    devices.revoke(_session_of(boa), db.session.get_one(Person, boa.person), boa.device)
    assert db.session.get_one(Device, boa.device).revoked_at is None
    assert boa.get("/session").status_code == 200


def add_phone_person(app: Flask) -> Person:
    return db.session.get_one(Person, add_phone(app, "melder", name="Tweede Verzonnen").person)


def _session_of(phone: Phone) -> Session:
    cookie = phone.client.get_cookie(COOKIE)
    assert cookie is not None
    session = sessions.find(cookie.value)
    assert session is not None
    return session


def test_all_other_devices_go_at_once(app: Flask, boa: Phone) -> None:
    others = [second_phone(app, boa) for _ in range(2)]
    assert boa.post("/devices/revocations", {}).json == {"revoked": 2}
    assert [phone.get("/session").status_code for phone in (boa, *others)] == [200, 401, 401]


def test_a_device_of_another_is_not_there_to_shut_out(boa: Phone, teacher: Phone) -> None:
    assert boa.client.delete(f"/api/v1/devices/{teacher.device}").status_code == 404
    assert teacher.get("/session").status_code == 200


def test_a_second_device_comes_in_with_a_code_of_fifteen_minutes_after_proof(
    app: Flask, boa: Phone
) -> None:
    refused = boa.post("/devices/invitations", {})
    assert (refused.status_code, refused.json["code"]) == (403, "confirm")
    add_passkey(boa)
    made = boa.post("/devices/invitations", {}).json
    assert len(made["qr"]) == len(made["qr"][0])
    with time_machine.travel(now() + timedelta(minutes=16)):
        late = app.test_client().post(
            "/api/v1/sessions", json={"code": made["code"], "device": new_id()}
        )
        assert late.json["code"] == "invitation_expired"
    assert sign_in(app, made["link"].rsplit("/", 1)[1]).person == boa.person


def test_the_beheerder_sees_which_devices_need_help_and_why(
    boa: Phone, teacher: Phone, beheerder: Phone
) -> None:
    boa.sync(unsent=3)
    subscribe(teacher, failures=3)
    asked = beheerder.get("/devices/in-need").json["items"]
    assert [(one["person"], one["needs"]) for one in asked] == [(teacher.person, ["push"])]
    db.session.get_one(Device, boa.device).synced_at = now() - timedelta(days=3)
    db.session.commit()
    needs = {one["person"]: one["needs"] for one in beheerder.get("/devices/in-need").json["items"]}
    assert needs == {teacher.person: ["push"], boa.person: ["unsent"]}
    assert boa.get("/devices/in-need").status_code == 403


def test_ending_access_asks_for_proof_and_then_shuts_every_way_in(app: Flask, boa: Phone) -> None:
    beheerder = add_phone(app, "beheerder")
    path = f"/api/v1/people/{boa.person}"
    refused = beheerder.client.delete(path)
    assert (refused.status_code, refused.json["code"]) == (403, "confirm")
    assert boa.get("/session").status_code == 200
    passkey = add_passkey(beheerder)
    waiting = invitations.issue(None, db.session.get_one(Person, boa.person))
    db.session.commit()
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert beheerder.client.delete(path).status_code == 403
        confirm(beheerder, passkey)
        assert beheerder.client.delete(path).status_code == 204
    assert boa.get("/session").status_code == 401
    body = {"invitation": waiting.token, "device": new_id()}
    answer = app.test_client().post("/api/v1/sessions", json=body)
    assert answer.json["code"] == "invitation_unknown"
    assert beheerder.client.delete(path).status_code == 404


def test_a_reporter_whose_access_ended_still_hands_in_three_and_the_phone_is_wiped(
    boa: Phone, beheerder: Phone
) -> None:
    items = [boa.observation() for _ in range(3)]
    beheerder.client.delete(f"/api/v1/people/{boa.person}")
    answer = boa.sync(*items)
    assert [one["result"] for one in answer.json["outcomes"]] == ["stored"] * 3
    assert answer.json["changes"] == []
    assert answer.json["wipe"] is True
    late = {item.id: item.reason for item in db.session.query(LateItem)}
    assert late == {item["id"]: "access_ended" for item in items}


def test_nobody_ends_the_own_access(beheerder: Phone) -> None:
    answer = beheerder.client.delete(f"/api/v1/people/{beheerder.person}")
    assert (answer.status_code, answer.json["code"]) == (409, "self")


def test_a_contactpersoon_looks_after_the_melders_of_the_own_school_only(app: Flask) -> None:
    contact = add_phone(app, "contactpersoon", kind="school", organisation="Het Fictief College")
    add_passkey(contact)
    mine = add_phone(app, "melder", kind="school", organisation="Het Fictief College")
    others = [
        add_phone(app, "melder", kind="school", organisation="Ander College"),
        add_phone(app, "kernteam", kind="school", organisation="Het Fictief College"),
    ]
    assert [one["id"] for one in contact.get("/people").json["items"]] == [mine.person]
    for phone in others:
        assert contact.get(f"/people/{phone.person}/devices").status_code == 404
        assert contact.client.delete(f"/api/v1/people/{phone.person}").status_code == 404
        assert contact.post(f"/people/{phone.person}/invitations", {}).status_code == 404
    lost = f"/api/v1/people/{mine.person}/devices/{mine.device}"
    assert contact.client.delete(lost).status_code == 204
    again = contact.post(f"/people/{mine.person}/invitations", {})
    assert again.status_code == 201
    assert sign_in(app, again.json["link"].rsplit("/", 1)[1]).person == mine.person
    assert contact.client.delete(f"/api/v1/people/{mine.person}").status_code == 204
    assert [one["state"] for one in contact.get("/people").json["items"]] == ["ended"]
