"""Passkeys: who has one comes in with it, and nobody else with anything that looks like it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from server.access.door import COOKIE
from server.audit import AuditEvent
from server.db import db, new_id, now
from server.devices import service as devices
from server.people import invitations
from server.people import service as people
from server.people.models import Passkey, Person
from tests.authenticator import PRESENT, Authenticator, add_passkey, confirm
from tests.factories import Phone, add_phone, sign_in

pytestmark = pytest.mark.thorough


@pytest.fixture
def passkey(boa: Phone) -> Authenticator:
    return add_passkey(boa)


def question(app: Flask, device: str) -> dict[str, Any]:
    asked = app.test_client().post("/api/v1/passkeys/sign-in-questions", json={"device": device})
    assert asked.status_code == 201
    return dict(asked.json["options"])


def enter(app: Flask, passkey: Authenticator, **more: Any) -> TestResponse:
    device = more.pop("device", None) or new_id()
    options = more.pop("options", None) or question(app, device)
    body = {"device": device, "app_version": "1", "credential": passkey.get(options), **more}
    return app.test_client().post("/api/v1/passkeys/sessions", json=body)


def token_of(phone: Phone) -> str:
    cookie = phone.client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def test_a_passkey_opens_a_session_for_its_person_on_a_new_device(
    app: Flask, boa: Phone, passkey: Authenticator
) -> None:
    answer = enter(app, passkey)
    assert answer.status_code == 201
    assert answer.json["person"]["id"] == boa.person
    assert len(answer.json["delivery_key"]) >= 43
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in answer.headers["Set-Cookie"]


def test_a_passkey_must_be_one_that_finds_its_person_and_asks_who_holds_it(
    app: Flask, boa: Phone
) -> None:
    made = boa.post("/passkeys/questions", {}).json["options"]
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["rp"]["id"] == "localhost"
    asked = question(app, boa.device)
    assert asked["userVerification"] == "required"
    assert asked["allowCredentials"] == []


def test_a_phone_that_signed_out_comes_back_with_its_own_delivery_key(
    app: Flask, boa: Phone, passkey: Authenticator
) -> None:
    boa.client.delete("/api/v1/session")
    options = question(app, boa.device)
    body = {"device": boa.device, "app_version": "1", "credential": passkey.get(options)}
    own = {"Authorization": f"Bearer {boa.delivery_key}"}
    answer = boa.client.post("/api/v1/passkeys/sessions", json=body, headers=own)
    assert (answer.status_code, answer.json["delivery_key"]) == (201, None)
    assert boa.get("/session").json["person"]["id"] == boa.person


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "https://signaalkaart-nijkerk.example"},
        {"origin": "http://localhost:9999"},
        {"host": "elders.example"},
        {"flags": PRESENT},
        {"flags": 0},
        {"id": b"een andere passkey"},
        {"user": "00000000-0000-4000-8000-000000000000"},
        {"key": Authenticator().key},
    ],
    ids=["origin", "port", "host", "unverified", "absent", "unknown", "of-another", "forged"],
)
def test_an_answer_that_is_not_wholly_right_is_refused(
    app: Flask, passkey: Authenticator, change: dict[str, Any]
) -> None:
    for name, value in change.items():
        setattr(passkey, name, value)
    answer = enter(app, passkey)
    assert (answer.status_code, answer.json["code"]) == (400, "passkey_refused")
    assert "Set-Cookie" not in answer.headers


def test_an_answer_works_once(app: Flask, passkey: Authenticator) -> None:
    device = new_id()
    options = question(app, device)
    assert enter(app, passkey, device=device, options=options).status_code == 201
    again = enter(app, passkey, device=device, options=options)
    assert (again.status_code, again.json["code"]) == (400, "challenge_expired")


def test_a_refused_answer_uses_the_question_up(app: Flask, passkey: Authenticator) -> None:
    device, good = new_id(), passkey.key
    options = question(app, device)
    passkey.key = Authenticator().key
    assert enter(app, passkey, device=device, options=options).json["code"] == "passkey_refused"
    passkey.key = good
    again = enter(app, passkey, device=device, options=options)
    assert again.json["code"] == "challenge_expired"


def test_a_question_lives_five_minutes_on_the_device_that_asked(
    app: Flask, boa: Phone, passkey: Authenticator
) -> None:
    device = new_id()
    elsewhere = enter(app, passkey, device=new_id(), options=question(app, device))
    assert elsewhere.json["code"] == "challenge_expired"
    options = question(app, device)
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1)):
        late = enter(app, passkey, device=device, options=options)
    assert late.json["code"] == "challenge_expired"
    asked = boa.post("/session/questions", {}).json["options"]
    other_purpose = enter(app, passkey, device=device, options=asked)
    assert other_purpose.json["code"] == "challenge_expired"


def test_a_counter_that_does_not_rise_gives_a_copy_away_and_ends_the_passkey(
    app: Flask, boa: Phone
) -> None:
    passkey = add_passkey(boa, counter=5)
    passkey.counter = 7
    assert enter(app, passkey).status_code == 201
    passkey.counter = 6
    answer = enter(app, passkey)
    assert (answer.status_code, answer.json["code"]) == (403, "passkey_cloned")
    passkey.counter = 8
    assert enter(app, passkey).json["code"] == "passkey_refused"
    told = db.session.scalars(sa.select(AuditEvent).filter_by(outcome="cloned")).all()
    assert [event.subject_id for event in told] == [boa.person]


def test_a_forged_answer_with_an_old_counter_ends_nobodys_passkey(app: Flask, boa: Phone) -> None:
    passkey = add_passkey(boa, counter=5)
    good, passkey.key, passkey.counter = passkey.key, Authenticator().key, 1
    assert enter(app, passkey).json["code"] == "passkey_refused"
    passkey.key, passkey.counter = good, 6
    assert enter(app, passkey).status_code == 201


def test_who_may_come_in_no_more_has_a_passkey_that_opens_nothing(
    app: Flask, boa: Phone, passkey: Authenticator
) -> None:
    devices.end_access(None, db.session.get_one(Person, boa.person))
    assert enter(app, passkey).json["code"] == "passkey_refused"


def test_a_passkey_is_kept_for_one_person_only(boa: Phone, teacher: Phone) -> None:
    first = add_passkey(boa)
    options = teacher.post("/passkeys/questions", {}).json["options"]
    answer = teacher.post("/passkeys", {"credential": first.create(options)})
    assert (answer.status_code, answer.json["code"]) == (409, "passkey_known")


def test_a_passkey_of_another_confirms_nothing(boa: Phone, teacher: Phone) -> None:
    add_passkey(boa)
    other = add_passkey(teacher)
    options = boa.post("/session/questions", {}).json["options"]
    answer = boa.post("/session/confirmations", {"credential": other.get(options)})
    assert answer.json["code"] == "passkey_refused"


def test_a_session_that_was_stolen_makes_no_passkey_of_its_own(
    boa: Phone, passkey: Authenticator
) -> None:
    with time_machine.travel(now() + timedelta(hours=2)):
        answer = boa.post("/passkeys/questions", {})
        assert (answer.status_code, answer.json["code"]) == (403, "confirm")
        confirm(boa, passkey)
        assert boa.post("/passkeys/questions", {}).status_code == 201


def test_who_skipped_it_may_still_set_up_the_first_passkey_later(boa: Phone) -> None:
    with time_machine.travel(now() + timedelta(days=3)):
        assert boa.post("/passkeys/questions", {}).status_code == 201


def test_a_recovery_invitation_leads_to_a_passkey_of_the_same_person(
    app: Flask, boa: Phone, passkey: Authenticator
) -> None:
    issued = invitations.issue(None, db.session.get_one(Person, boa.person))
    db.session.commit()
    add_passkey(sign_in(app, issued.token))
    owners = db.session.scalars(sa.select(Passkey.person_id)).all()
    assert owners == [boa.person, boa.person]


def test_every_sign_in_and_confirmation_gives_a_token_that_was_never_there_before(
    app: Flask, boa: Phone
) -> None:
    planted = app.test_client()
    planted.set_cookie(COOKIE, "door-een-ander-geplant", secure=True)
    device = new_id()
    passkey = add_passkey(boa)
    after_adding = token_of(boa)
    body = {
        "device": device,
        "app_version": "1",
        "credential": passkey.get(question(app, device)),
    }
    assert planted.post("/api/v1/passkeys/sessions", json=body).status_code == 201
    mine = planted.get_cookie(COOKIE)
    assert mine is not None
    assert mine.value != "door-een-ander-geplant"
    confirm(boa, passkey)
    assert token_of(boa) != after_adding
    for old in (after_adding, "door-een-ander-geplant"):
        thief = app.test_client()
        thief.set_cookie(COOKIE, old, secure=True)
        assert thief.get("/api/v1/session").status_code == 401


def test_what_asks_for_proof_passes_for_ten_minutes_after_it(
    boa: Phone, passkey: Authenticator
) -> None:
    own = boa.get("/passkeys").json["items"][0]["id"]
    with time_machine.travel(now() + timedelta(minutes=11)):
        answer = boa.client.delete(f"/api/v1/passkeys/{own}")
        assert (answer.status_code, answer.json["code"]) == (403, "confirm")
        confirm(boa, passkey)
        assert boa.client.delete(f"/api/v1/passkeys/{own}").status_code == 204
    assert boa.get("/passkeys").json["items"] == []


def test_an_invitation_alone_proves_nothing(boa: Phone) -> None:
    answer = boa.client.delete(f"/api/v1/passkeys/{new_id()}")
    assert (answer.status_code, answer.json["code"]) == (403, "confirm")
    asked = boa.post("/session/questions", {})
    assert (asked.status_code, asked.json["code"]) == (409, "no_passkey")


def test_a_passkey_of_another_person_is_not_there_to_remove(boa: Phone, teacher: Phone) -> None:
    add_passkey(teacher)
    theirs = teacher.get("/passkeys").json["items"][0]["id"]
    add_passkey(boa)
    assert boa.client.delete(f"/api/v1/passkeys/{theirs}").status_code == 404
    assert len(teacher.get("/passkeys").json["items"]) == 1


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"response": []},
        {"id": 5, "response": {"clientDataJSON": "e30"}},
        {"id": "\ud800", "response": {"clientDataJSON": "bm9nIGVlbg", "userHandle": 1}},
    ],
)
def test_a_broken_answer_is_refused_in_words(boa: Phone, broken: dict[str, Any]) -> None:
    body = {"device": boa.device, "credential": broken}
    for path, sent in (("/passkeys/sessions", body), ("/passkeys", {"credential": broken})):
        answer = boa.post(path, sent)
        assert (answer.status_code, answer.json["code"]) == (400, "passkey_refused")


@pytest.mark.parametrize(
    ("role", "days", "there"),
    [("melder", 29, 200), ("melder", 31, 401), ("procesregisseur", 1, 401)],
)
def test_a_session_without_a_passkey_is_short(app: Flask, role: str, days: int, there: int) -> None:
    issued = people.invite(None, name="Kort", role=role, kind="gemeente", organisation="Ergens")
    client = app.test_client()
    body = {"invitation": issued.token, "device": new_id()}
    assert client.post("/api/v1/sessions", json=body).status_code == 201
    with time_machine.travel(now() + timedelta(days=days)):
        assert client.get("/api/v1/session").status_code == there


def test_a_reporter_with_a_passkey_stays_signed_in_for_ninety_days(
    boa: Phone, passkey: Authenticator
) -> None:
    with time_machine.travel(now() + timedelta(days=89)):
        assert boa.get("/session").status_code == 200
    with time_machine.travel(now() + timedelta(days=91)):
        assert boa.get("/session").status_code == 401


def test_staff_sign_in_every_working_day(app: Flask) -> None:
    regisseur = add_phone(app, "procesregisseur")
    add_passkey(regisseur)
    with time_machine.travel(now() + timedelta(hours=13)):
        assert regisseur.get("/session").status_code == 401
