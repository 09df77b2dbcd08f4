"""Coming in by invitation, once, on a device; and going out again."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from server.access.door import COOKIE
from server.audit import AuditEvent
from server.db import db, new_id, now
from server.devices import service as devices
from server.keyring import MasterKey, ring
from server.people import invitations
from server.people import service as people
from server.people.models import Invitation, InvitationCode, Person, Session
from tests.authenticator import add_passkey
from tests.conftest import lies_in
from tests.factories import Phone, add_phone, sign_in


def invited(role: str = "melder") -> invitations.Issued:
    return people.invite(
        None,
        name="Iemand Verzonnen",
        role=role,
        kind="school",
        organisation="Het Fictief College",
        card="onderwijs",
    )


def enter(client: FlaskClient, **way: str):
    return client.post("/api/v1/sessions", json={"device": new_id(), "app_version": "1", **way})


def test_an_invitation_opens_a_session_for_its_person(client: FlaskClient) -> None:
    answer = enter(client, invitation=invited().token)
    assert answer.status_code == 201
    assert answer.json["person"]["name"] == "Iemand Verzonnen"
    assert answer.json["person"]["role_label"] == "Melder"
    assert len(answer.json["delivery_key"]) >= 43
    assert client.get("/api/v1/session").json["person"] == answer.json["person"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: FlaskClient,
) -> None:
    cookie = enter(client, invitation=invited().token).headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_a_code_works_as_people_type_it(client: FlaskClient) -> None:
    code = invited().code
    answer = enter(client, code=f" {code[:4].lower()} {code[4:].lower()} ")
    assert answer.status_code == 201


def test_an_invitation_works_once(app: Flask, client: FlaskClient) -> None:
    issued = invited()
    assert enter(client, invitation=issued.token).status_code == 201
    for way in ({"invitation": issued.token}, {"code": issued.code}):
        again = enter(app.test_client(), **way)
        assert (again.status_code, again.json["code"]) == (400, "invitation_used")


def test_a_phone_that_missed_the_answer_may_ask_once_more(client: FlaskClient) -> None:
    issued, device = invited(), new_id()
    first = enter(client, invitation=issued.token, device=device)
    again = enter(client, invitation=issued.token, device=device)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json["delivery_key"] not in {None, first.json["delivery_key"]}
    with time_machine.travel(now() + timedelta(minutes=11)):
        late = enter(client, invitation=issued.token, device=device)
    assert late.json["code"] == "invitation_used"


def test_a_device_in_use_keeps_its_key_when_somebody_else_names_it(app: Flask, boa: Phone) -> None:
    boa.sync()
    answer = enter(app.test_client(), invitation=invited().token, device=boa.device)
    assert (answer.status_code, answer.json["code"]) == (409, "device_taken")
    assert boa.sync().status_code == 200


def test_an_invitation_expires_after_seven_days(client: FlaskClient) -> None:
    issued = invited()
    with time_machine.travel(now() + timedelta(days=7, seconds=1)):
        assert enter(client, invitation=issued.token).json["code"] == "invitation_expired"
        assert enter(client, code=issued.code).json["code"] == "invitation_expired"


@pytest.mark.parametrize("way", [{"invitation": "verzonnen"}, {"code": "ABCD2345"}])
def test_an_unknown_invitation_is_refused_in_words(client: FlaskClient, way: dict) -> None:
    answer = enter(client, **way)
    assert (answer.status_code, answer.json["code"]) == (400, "invitation_unknown")
    assert "vraag een nieuwe" in answer.json["detail"]


@pytest.mark.parametrize("way", [{}, {"invitation": "a", "code": "b"}])
def test_one_way_in_is_needed(client: FlaskClient, way: dict) -> None:
    answer = enter(client, **way)
    assert answer.status_code == 400
    assert answer.json["invalid_params"][0]["name"] == "code"


def test_a_typed_code_carries_the_invitation_to_the_home_screen_app(client: FlaskClient) -> None:
    issued = invited()
    typed = client.post("/api/v1/invitations/codes", json={"invitation": issued.token})
    assert typed.status_code == 201
    assert re.fullmatch(r"[2-9A-HJ-KM-NP-Z]{8}", typed.json["code"])
    assert db.session.get_one(Invitation, issued.invitation.id).used_at is None
    assert enter(client, code=typed.json["code"]).status_code == 201


def test_a_typed_code_lives_fifteen_minutes(client: FlaskClient) -> None:
    issued = invited()
    typed = client.post("/api/v1/invitations/codes", json={"invitation": issued.token}).json
    with time_machine.travel(now() + timedelta(minutes=15, seconds=1)):
        assert enter(client, code=typed["code"]).json["code"] == "invitation_expired"
        assert enter(client, invitation=issued.token).status_code == 201


def test_a_recovery_invitation_belongs_to_the_same_person(app: Flask, boa: Phone) -> None:
    issued = invitations.issue(None, db.session.get_one(Person, boa.person))
    db.session.commit()
    assert sign_in(app, issued.token).person == boa.person


def test_signing_out_ends_the_session_and_may_be_repeated(boa: Phone) -> None:
    for _ in range(2):
        assert boa.client.delete("/api/v1/session").status_code == 204
    assert boa.get("/session").status_code == 401


def test_a_sign_out_that_comes_late_does_not_end_the_session_of_who_came_next(
    boa: Phone, teacher: Phone
) -> None:
    late = {"Session-Person": teacher.person}
    answer = boa.client.delete("/api/v1/session", headers=late)
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (204, None)
    assert boa.get("/session").status_code == 200
    assert teacher.client.delete("/api/v1/session", headers=late).status_code == 204
    assert teacher.get("/session").status_code == 401


def test_signing_in_again_ends_the_earlier_session_on_that_device(app: Flask, boa: Phone) -> None:
    issued = invitations.issue(None, db.session.get_one(Person, boa.person))
    db.session.commit()
    second = app.test_client()
    second.post(
        "/api/v1/sessions",
        json={"invitation": issued.token, "device": boa.device, "app_version": "1"},
        headers={"Authorization": f"Bearer {boa.delivery_key}"},
    )
    assert second.get("/api/v1/session").status_code == 200
    assert boa.get("/session").status_code == 401


def test_a_session_expires(boa: Phone) -> None:
    with time_machine.travel(now() + timedelta(days=91)):
        assert boa.get("/session").status_code == 401


def test_tokens_exist_only_as_hashes(boa: Phone, config) -> None:
    issued = invited()
    db.session.commit()
    raw = lies_in(config.database_url)
    cookie = boa.client.get_cookie(COOKIE)
    assert cookie is not None
    for secret in (issued.token, issued.code, boa.delivery_key, cookie.value, "Iemand Verzonnen"):
        assert secret.encode() not in raw


def test_who_has_the_database_alone_cannot_try_all_codes_on_it(app: Flask) -> None:
    issued = invited()
    db.session.commit()
    stored = db.session.scalars(sa.select(InvitationCode.code_hash)).all()
    said = issued.code.casefold()
    assert ring().lookup_hash("invitation-code", said) in stored
    guesses = {invitations.digest(word) for word in (issued.code, said)}
    guesses.add(MasterKey(bytes(32)).keyed_hash("invitation-code", said.encode()))
    assert guesses.isdisjoint(stored)


def test_a_contactpersoon_invites_melders_of_the_own_club_only(app: Flask) -> None:
    contact = add_phone(app, "contactpersoon", kind="club", organisation="VV Verzinsel")
    own = {"name": "VV Verzinsel", "kind": "club"}
    wish = {"name": "Coen Nepstra", "role": "melder", "organisation": own, "card": "sport"}
    answer = contact.post("/invitations", wish)
    assert answer.status_code == 201
    assert answer.json["link"].startswith("http://localhost:8000/#/uitnodiging/")
    assert len(answer.json["qr"]) == len(answer.json["qr"][0])
    assert contact.post("/invitations", {**wish, "role": "beheerder"}).status_code == 403
    other = {**wish, "organisation": {"name": "Andere club", "kind": "club"}}
    assert contact.post("/invitations", other).status_code == 403


def test_every_faulty_field_of_an_invitation_is_named(app: Flask) -> None:
    beheerder = add_phone(app, "beheerder")
    answer = beheerder.post(
        "/invitations", {"name": "\x00", "role": "baas", "organisation": {"name": "", "kind": "x"}}
    )
    assert answer.status_code == 400
    named = {fault["name"] for fault in answer.json["invalid_params"]}
    assert named == {"name", "role", "organisation.name", "organisation.kind"}


def test_a_melder_invites_nobody(boa: Phone) -> None:
    assert boa.post("/invitations", {}).status_code == 403


def test_ending_access_ends_all_sessions(boa: Phone) -> None:
    devices.end_access(None, db.session.get_one(Person, boa.person))
    assert boa.get("/session").status_code == 401
    living = db.session.scalars(sa.select(Session).filter_by(person_id=boa.person, ended_at=None))
    assert living.all() == []


def test_old_invitations_are_cleared_away(app: Flask) -> None:
    invited()
    with time_machine.travel(now() + timedelta(days=15)):
        assert invitations.remove_expired() == 1
    left = db.session.scalar(sa.select(sa.func.count()).select_from(InvitationCode))
    assert left == 0


def test_a_new_phone_hears_what_the_old_one_still_held(app: Flask, boa: Phone) -> None:
    boa.sync(boa.observation(), unsent=4)
    issued = invitations.issue(None, db.session.get_one(Person, boa.person))
    db.session.commit()
    fresh = sign_in(app, issued.token)
    assert fresh.get("/session").json["unsent_elsewhere"] == 3
    assert boa.get("/session").json["unsent_elsewhere"] == 0
    with time_machine.travel(now() + timedelta(days=31)):
        assert fresh.get("/session").json["unsent_elsewhere"] == 0


def test_a_list_invites_everybody_or_nobody(app: Flask) -> None:
    beheerder = add_phone(app, "beheerder")
    head = "naam;rol;organisatie;soort;kaart;mail"
    rows = [f"Melder {n};melder;College;school;onderwijs;m{n}@fictief.example" for n in range(3)]
    wrong = beheerder.post("/invitations/lists", {"csv": "\n".join([head, *rows, "Nr 4;baas;;;"])})
    assert (wrong.status_code, wrong.json["code"]) == (400, "rows")
    assert {fault["name"] for fault in wrong.json["invalid_params"]} == {"regel 5"}
    assert len(beheerder.get("/people").json["items"]) == 1
    answer = beheerder.post("/invitations/lists", {"csv": "\n".join([head, *rows])})
    assert [one["mail"] for one in answer.json["items"]] == [
        f"m{n}@fictief.example" for n in range(3)
    ]
    links = {one["link"] for one in answer.json["items"]}
    assert len(links) == 3
    again = beheerder.post("/invitations/lists", {"csv": "\n".join([head, rows[1]])})
    assert again.json["invalid_params"] == [
        {"name": "regel 2", "reason": "Dit mailadres hoort al bij iemand."}
    ]


def test_the_roster_shows_who_joined_and_who_did_not(app: Flask, boa: Phone) -> None:
    beheerder = add_phone(app, "beheerder", name="Bea Testers")
    invited()
    states = {one["name"]: one["state"] for one in beheerder.get("/people").json["items"]}
    assert states["Bo Verzonnen"] == "joined"
    assert "invited" in states.values()
    with time_machine.travel(now() + timedelta(days=8)):
        people_then = beheerder.get("/people").json["items"]
    assert {one["state"] for one in people_then} == {"joined", "expired"}
    assert boa.get("/people").status_code == 403


def test_mail_addresses_lie_sealed_in_the_database(app: Flask, config) -> None:
    beheerder = add_phone(app, "beheerder")
    wish = {
        "name": "Coen Nepstra",
        "role": "melder",
        "organisation": {"name": "VV Verzinsel", "kind": "club"},
        "mail": "coen@verzinsel.example",
    }
    assert beheerder.post("/invitations", wish).status_code == 201
    again = beheerder.post("/invitations", {**wish, "mail": "COEN@verzinsel.example"})
    assert (again.status_code, again.json["code"]) == (409, "mail_known")
    assert "coen@verzinsel.example" in str(beheerder.get("/people").json)
    db.session.commit()
    assert b"verzinsel.example" not in lies_in(config.database_url)


def test_a_contactpersoon_belongs_to_a_school_or_club(app: Flask) -> None:
    beheerder = add_phone(app, "beheerder")
    wish = {"name": "Conny", "role": "contactpersoon"}
    for kind, status in (("gemeente", 400), ("school", 201), ("club", 201), ("politie", 400)):
        place = {"organisation": {"name": "Ergens", "kind": kind}}
        assert beheerder.post("/invitations", {**wish, **place}).status_code == status


def test_a_new_invitation_ends_the_one_that_still_stood_open(
    app: Flask, client: FlaskClient
) -> None:
    beheerder = add_phone(app, "beheerder")
    add_passkey(beheerder)
    first = invited()
    again = beheerder.post(f"/people/{first.invitation.person_id}/invitations", {}).json
    assert enter(client, invitation=first.token).json["code"] == "invitation_expired"
    assert enter(client, code=first.code).json["code"] == "invitation_expired"
    assert enter(client, code=again["code"]).status_code == 201


def test_who_checks_the_roles_takes_the_list_along_after_proof(app: Flask) -> None:
    beheerder = add_phone(app, "beheerder", name="Bea Testers")
    add_phone(app, "melder", name="Coen Nepstra", kind="club", organisation="VV Verzinsel")
    refused = beheerder.post("/people/exports", {})
    assert (refused.status_code, refused.json["code"]) == (403, "confirm")
    add_passkey(beheerder)
    rows = beheerder.post("/people/exports", {}).json["csv"].splitlines()
    assert rows[0] == "\ufeffnaam;rol;organisatie;soort;stand;sinds"
    assert [row.split(";")[:5] for row in rows[1:]] == [
        ["Coen Nepstra", "Melder", "VV Verzinsel", "club", "doet mee"],
        ["Bea Testers", "Beheerder", "Verzonnen organisatie", "gemeente", "doet mee"],
    ]
    logged = db.session.scalars(sa.select(AuditEvent).filter_by(action="export")).one()
    assert (logged.person_id, logged.count) == (beheerder.person, 2)


@pytest.mark.parametrize(
    "name", ["=1+1", "+31", "-2", "@SUM(A1)", " =HYPERLINK(A1)", '=cmd|"/c calc"!A1']
)
def test_a_formula_in_a_name_is_text_in_a_spreadsheet(app: Flask, name: str) -> None:
    beheerder = add_phone(app, "beheerder", name=name)
    add_passkey(beheerder)
    told = beheerder.post("/people/exports", {}).json["csv"].removeprefix("\ufeff")
    head, row = csv.reader(io.StringIO(told), delimiter=";")
    assert (head[0], row[0]) == ("naam", f"'{name}")
