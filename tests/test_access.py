"""The door: every address names who may come in, and forged requests stay out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from server.access.door import SIGNED_IN, allow
from server.access.permissions import ACTIONS, ANYONE, Action, Scope, everybody
from server.db import now
from server.people.models import ROLES
from tests.authenticator import add_passkey, confirm
from tests.conftest import make_app
from tests.factories import Phone, add_phone
from tests.walk import filled

NOBODY = "00000000-0000-4000-8000-000000000000"
DESK_ADDRESSES = (
    ("GET", "/inbox"),
    ("GET", "/late-box"),
    ("GET", f"/observations/{NOBODY}"),
    ("POST", f"/observations/{NOBODY}/states"),
    ("POST", f"/observations/{NOBODY}/feedback"),
    ("POST", f"/late-box/{NOBODY}/openings"),
)


@pytest.fixture
def add_address(app: Flask) -> Iterator[Callable[[str, Callable[[], Any]], None]]:
    """Give this test's app one more address; the next test gets an app without it."""

    def add(name: str, view: Callable[[], Any]) -> None:
        app.view_functions[name] = view
        app.url_map.add(app.url_rule_class(f"/api/v1/{name}", endpoint=name))

    yield add
    make_app.cache_clear()


def test_every_address_names_its_roles(app: Flask) -> None:
    nameless = [
        str(rule)
        for rule in app.url_map.iter_rules()
        if not getattr(app.view_functions[rule.endpoint], "allowed_roles", None)
    ]
    assert nameless == []


def test_an_address_without_roles_is_shut(add_address: Callable[..., None], boa: Phone) -> None:
    add_address("forgotten", lambda: "open")
    assert boa.get("/forgotten").status_code == 403


def test_who_is_not_signed_in_reaches_only_what_is_for_anyone(
    app: Flask, client: FlaskClient
) -> None:
    for rule in app.url_map.iter_rules():
        roles = app.view_functions[rule.endpoint].allowed_roles
        if ANYONE in roles:
            continue
        path = filled(rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = client.open(path, method=method, json={})
            assert answer.status_code == 401, (method, path)
            assert answer.json["title"] == "Je bent niet ingelogd"


@pytest.mark.parametrize(("method", "path"), DESK_ADDRESSES)
def test_the_desks_addresses_are_for_the_desks_alone(app: Flask, method: str, path: str) -> None:
    for role in ROLES:
        phone = add_phone(app, role)
        answer = phone.client.open(f"/api/v1{path}", method=method, json={})
        if role in {"procesregisseur", "adviseur-oov"}:
            assert answer.status_code != 403, role
        else:
            assert answer.status_code == 403, role


def test_no_view_is_both_open_and_for_roles(app: Flask) -> None:
    for view in app.view_functions.values():
        roles = view.allowed_roles
        assert len(roles) == 1 or not roles & {ANYONE, SIGNED_IN}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_write_from_another_site_is_refused(boa: Phone, headers: dict[str, str]) -> None:
    answer = boa.post("/push/tests", {}, **headers)
    assert answer.status_code == 403
    assert "ander adres" in answer.json["detail"]


def test_a_write_from_the_own_page_passes(boa: Phone) -> None:
    own = {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}
    assert boa.post("/sync", {"device": boa.device}, **own).status_code == 200


def test_a_form_post_is_refused(boa: Phone) -> None:
    answer = boa.client.post("/api/v1/push/tests", data={"a": "b"})
    assert answer.status_code == 415


def test_a_session_of_another_device_hears_nothing_through_this_one(
    app: Flask, boa: Phone, teacher: Phone
) -> None:
    boa.send()
    answer = boa.client.post(
        "/api/v1/sync",
        json={"device": teacher.device, "items": []},
        headers={"Authorization": f"Bearer {teacher.delivery_key}"},
    )
    assert answer.status_code == 200
    assert answer.json["changes"] == []


def test_a_view_says_how_long_proof_of_being_there_counts(
    add_address: Callable[..., None], boa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    passkey = add_passkey(boa)
    meeting = Action("Overleggen", everybody(Scope.OWN), fresh=timedelta(hours=4))
    monkeypatch.setitem(ACTIONS, "meet", meeting)

    @allow("meet")
    def meet() -> str:
        return "names"

    add_address("meeting", meet)
    with time_machine.travel(now() + timedelta(hours=3)):
        assert boa.get("/meeting").status_code == 200
    with time_machine.travel(now() + timedelta(hours=5)):
        refused = boa.get("/meeting")
        assert (refused.status_code, refused.json["code"]) == (403, "confirm")
        confirm(boa, passkey)
        assert boa.get("/meeting").status_code == 200


def test_nobody_can_be_asked_to_prove_being_nobody() -> None:
    with pytest.raises(ValueError, match="nobody"):
        Action("Rondkijken", {ANYONE: Scope.YES}, fresh=timedelta(hours=4))


def test_an_action_that_is_not_in_the_table_is_no_action() -> None:
    with pytest.raises(KeyError):
        allow("procesregisseur")
