"""Somebody who means harm and knows the API: what the other tests do not already try.

docs/security/aanvallen.md lists every attack with its test.
"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from server.access.door import COOKIE
from server.db import db, new_id
from server.observations.models import Observation
from server.people import service as people
from server.people.models import Person
from tests.factories import Phone, add_phone
from tests.test_addresses import addresses
from tests.walk import filled, schema_of

pytestmark = pytest.mark.thorough

DEEP = b'{"a":' * 20_000
HUGE = b'{"a": "' + b"a" * 600_000 + b'"}'


@pytest.fixture
def invitation(app: Flask) -> str:
    return people.invite(
        None, name="Iemand Verzonnen", role="melder", kind="club", organisation="Verzonnen"
    ).token


def come_in(client: FlaskClient, invitation: str) -> str:
    answer = client.post(
        "/api/v1/sessions",
        json={"invitation": invitation, "device": new_id(), "app_version": "0.1.0"},
    )
    assert answer.status_code == 201
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return str(cookie.value)


def test_a_session_planted_before_somebody_signs_in_opens_nothing_after(
    client: FlaskClient, invitation: str
) -> None:
    planted = "een-bewijs-dat-de-aanvaller-kent"
    client.set_cookie(COOKIE, planted, secure=True)
    assert come_in(client, invitation) != planted
    thief = client.application.test_client()
    thief.set_cookie(COOKIE, planted, secure=True)
    assert thief.get("/api/v1/session").status_code == 401


def test_the_thiefs_own_session_does_not_become_that_of_who_signs_in_on_it(
    app: Flask, client: FlaskClient, invitation: str
) -> None:
    thief = add_phone(app, "melder", name="Dief Verzonnen")
    client.set_cookie(COOKIE, thief.token(), secure=True)
    come_in(client, invitation)
    assert thief.get("/session").json["person"]["name"] == "Dief Verzonnen"


@pytest.mark.parametrize("body", [DEEP, HUGE], ids=["deep", "huge"])
def test_no_address_falls_over_a_body_without_end(app: Flask, body: bytes) -> None:
    phones = [add_phone(app, role) for role in ("procesregisseur", "beheerder", "melder")]
    asked = 0
    for method, rule, view in addresses(app):
        if schema_of(view) is None:
            continue
        for phone in phones:
            answer = phone.client.open(
                filled(rule), method=method, data=body, content_type="application/json"
            )
            asked += 1
            assert answer.status_code in {400, 403, 404, 413}, (method, rule.rule, answer.status)
    assert asked > 60


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/cards/../inbox",
        "/api/v1/cards/%2e%2e/inbox",
        "/api/v1//inbox",
        "/api/v1/./inbox",
        "/api/v1/inbox%00",
        "/api/v1/inbox/",
        "/api/v1/observations/..%2f..%2finbox",
        "/assets/..%2f..%2fserver/config.py",
        "/..;/api/v1/inbox",
        "/%5c..%5cvar%5cmaster.key",
        "/var/master.key",
        "/.git/config",
    ],
)
def test_no_way_around_leads_to_an_address_or_a_file(
    boa: Phone, client: FlaskClient, path: str
) -> None:
    for asking in (client, boa.client):
        answer = asking.get(path)
        assert answer.status_code in {401, 403, 404}, answer.status
        assert b"MASTER" not in answer.data


def test_who_comes_in_cannot_choose_a_role(client: FlaskClient, invitation: str) -> None:
    asked = {"invitation": invitation, "device": new_id(), "app_version": "0.1.0"}
    more = {"role": "beheerder", "person": new_id(), "organisation": "Gemeente"}
    told = client.post("/api/v1/sessions", json={**asked, **more}).json["person"]
    assert (told["role"], told["organisation"]) == ("melder", "Verzonnen")


def test_what_the_desk_decides_cannot_be_sent_along_with_a_report(boa: Phone) -> None:
    one = boa.send(
        state="closed",
        author_id=new_id(),
        assignee_id=boa.person,
        keep_until="2099-01-01",
        case_open=True,
        received_at="2020-01-01T00:00:00Z",
        version=9,
    )
    kept = db.session.get_one(Observation, one)
    assert (kept.state, kept.author_id, kept.assignee_id) == ("new", boa.person, None)
    assert (kept.case_open, kept.version, kept.received_at.year > 2020) == (False, 1, True)
    assert kept.keep_until is not None
    assert kept.keep_until.year < 2099
    # What it said is kept beside it as it was sent, and means nothing.
    assert kept.extra["state"] == "closed"


def test_a_session_of_who_was_removed_from_the_database_opens_nothing(boa: Phone) -> None:
    db.session.execute(sa.update(Person).values(ended_at=sa.func.current_timestamp()))
    assert boa.get("/session").status_code == 401
