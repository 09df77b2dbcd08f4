"""Figures for files and systems: the numbers of the screen, and a key that opens nothing else."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import spreadsheet
from server.access.door import SIGNED_IN
from server.access.permissions import ACTIONS, ANYONE, DELIVERY_KEY, SYSTEM_KEY
from server.audit import AuditEvent
from server.db import db, now
from server.reports.models import Figure, Quarter
from server.systems import columns, export, schemas, service
from server.systems.models import SystemKey
from server.workdays import local_day
from tests.authenticator import add_passkey, confirm
from tests.factories import Phone, add_phone
from tests.walk import filled

SHOWN = "/api/v1/published-figures"


@pytest.fixture
def keeper(app: Flask) -> Phone:
    phone = add_phone(app, "beheerder", card=None)
    confirm(phone, add_passkey(phone))
    return phone


@pytest.fixture
def published(app: Flask) -> None:
    """One quarter with a number that is shown and two that are not."""
    db.session.add(Quarter(id="2026-Q3"))
    db.session.flush()
    rows = {"": 30, "boa": 24, "sport": None, "onderwijs": None}
    db.session.add_all(
        Figure(quarter="2026-Q3", name="card", path=path, count=count)
        for path, count in rows.items()
    )
    db.session.commit()


def made(keeper: Phone, **changes: Any) -> dict[str, Any]:
    ends_on = (local_day(now()) + timedelta(days=30)).isoformat()
    answer = keeper.post("/systems", {"name": "Dashboard", "ends_on": ends_on, **changes})
    assert answer.status_code == 201, answer.json
    told: dict[str, Any] = answer.json
    return told


def ask(client: FlaskClient, secret: str) -> TestResponse:
    return client.get(SHOWN, headers={"Authorization": f"Bearer {secret}"})


def lines(action: str) -> list[tuple[str | None, str | None, str]]:
    rows = db.session.execute(
        sa.select(AuditEvent.person_id, AuditEvent.subject_id, AuditEvent.outcome)
        .where(AuditEvent.action == action)
        .order_by(AuditEvent.id)
    )
    return [tuple(row) for row in rows]


def test_a_key_reads_the_published_figures_and_every_use_is_logged(
    keeper: Phone, client: FlaskClient, published: None
) -> None:
    key = made(keeper)
    answer = ask(client, key["secret"])
    assert answer.status_code == 200
    counts = {row["key"]: row["count"] for row in answer.json["rows"] if row["table"] == "card"}
    assert counts == {"": 30, "boa": 24, "sport": None, "onderwijs": None}
    assert {one["name"] for one in answer.json["columns"]} == set(answer.json["rows"][0])
    ask(client, key["secret"])
    assert lines("read_figures") == [(None, key["id"], "done")] * 2
    [shown] = keeper.get("/systems").json["items"]
    assert shown["last_used_at"] is not None
    assert shown["state"] == "works"


def test_the_key_itself_is_shown_once_and_kept_nowhere(keeper: Phone) -> None:
    secret = made(keeper)["secret"]
    assert secret.startswith(service.PREFIX)
    assert len(secret) > 60
    assert "secret" not in keeper.get("/systems").text
    [row] = db.session.execute(sa.select(sa.text("*")).select_from(SystemKey)).mappings().all()
    assert secret.encode() not in b"".join(str(value).encode() for value in row.values())


@pytest.mark.thorough
def test_a_key_opens_nothing_else(app: Flask, keeper: Phone) -> None:
    client = app.test_client()
    key = {"Authorization": f"Bearer {made(keeper)['secret']}"}
    opened = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if {ANYONE, DELIVERY_KEY} & ACTIONS[view.action].may.keys():
                continue
            status = client.open(filled(rule), method=method, json={}, headers=key).status_code
            if status != 401:
                opened.append((method, rule.rule, status))
    assert opened == [("GET", SHOWN, 200)]


def test_for_anyone_a_key_makes_no_difference(app: Flask, keeper: Phone) -> None:
    """What is open to all answers a system as it answers nobody: it is never somebody there."""
    client = app.test_client()
    key = {"Authorization": f"Bearer {made(keeper)['secret']}"}
    body = {"device": keeper.device, "items": []}
    assert client.post("/api/v1/sync", json=body, headers=key).status_code == 401
    assert client.get("/api/v1/cards", headers=key).json == client.get("/api/v1/cards").json


def test_nobody_comes_in_where_only_systems_do(app: Flask, keeper: Phone, boa: Phone) -> None:
    assert keeper.get("/published-figures").status_code == 401
    answer = ask(app.test_client(), boa.delivery_key)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="signaalkaart"'
    roles = app.view_functions["systems.show_published_figures"].allowed_roles
    assert roles == {SYSTEM_KEY}
    assert SIGNED_IN not in roles


@pytest.mark.thorough
@pytest.mark.parametrize("secret", ["", "signaalkaart-systeem-", "x" * 5000, "é", "a b"])
def test_what_is_no_key_is_refused_without_writing(client: FlaskClient, secret: str) -> None:
    assert ask(client, secret.encode().decode("latin-1")).status_code == 401
    assert lines("read_figures") == []


def test_a_key_stops_after_its_last_day_and_at_once_when_revoked(
    keeper: Phone, client: FlaskClient
) -> None:
    today = local_day(now())
    first, second = made(keeper, ends_on=today.isoformat()), made(keeper, name="Tweede")
    assert ask(client, first["secret"]).status_code == 200
    with time_machine.travel(now() + timedelta(days=1)):
        assert ask(client, first["secret"]).status_code == 401
        assert ask(client, second["secret"]).status_code == 200
    address = f"/api/v1/systems/{second['id']}"
    for _ in range(2):
        assert keeper.client.delete(address).status_code == 204
    assert ask(client, second["secret"]).status_code == 401
    assert [one["state"] for one in keeper.get("/systems").json["items"]] == ["revoked", "works"]
    assert len(lines("revoke_key")) == 1


@pytest.mark.thorough
@pytest.mark.parametrize("days", [-1, 367])
def test_a_key_has_a_last_day_within_a_year(keeper: Phone, days: int) -> None:
    ends_on = (local_day(now()) + timedelta(days=days)).isoformat()
    answer = keeper.post("/systems", {"name": "Dashboard", "ends_on": ends_on})
    assert (answer.status_code, answer.json["code"]) == (400, "ends_on")


@pytest.mark.thorough
def test_a_key_needs_a_name_and_a_day(keeper: Phone) -> None:
    answer = keeper.post("/systems", {"name": "  "})
    assert {one["name"] for one in answer.json["invalid_params"]} == {"name", "ends_on"}


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["a\x00b", "a\nb", "\x7f", "x" * 81])
def test_a_name_is_one_line_that_can_be_kept(keeper: Phone, name: str) -> None:
    ends_on = local_day(now()).isoformat()
    answer = keeper.post("/systems", {"name": name, "ends_on": ends_on})
    assert [one["name"] for one in answer.json["invalid_params"]] == ["name"]


def test_who_makes_a_key_proves_to_be_there(app: Flask) -> None:
    keeper = add_phone(app, "beheerder", card=None)
    answer = keeper.post("/systems", {"name": "Dashboard", "ends_on": "2026-12-01"})
    assert (answer.status_code, answer.json["code"]) == (403, "confirm")


@pytest.mark.thorough
def test_there_are_no_more_keys_than_somebody_can_look_after(
    keeper: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST", 1)
    key = made(keeper)
    ends_on = local_day(now()).isoformat()
    again = {"name": "Nog een", "ends_on": ends_on}
    assert keeper.post("/systems", again).json["code"] == "many"
    keeper.client.delete(f"/api/v1/systems/{key['id']}")
    assert keeper.post("/systems", again).status_code == 201


def test_a_key_that_asks_too_often_waits_and_cannot_fill_the_log(
    keeper: Phone, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PER_HOUR", 2)
    secret = made(keeper)["secret"]
    moment = now()
    with time_machine.travel(moment, tick=False):
        assert [ask(client, secret).status_code for _ in range(4)] == [200, 200, 429, 429]
        refused = ask(client, secret)
        assert refused.json["code"] == "system_limit"
        assert int(refused.headers["Retry-After"]) == 3600
        assert [line[2] for line in lines("read_figures")] == ["done", "done", "limit"]
    with time_machine.travel(moment + timedelta(hours=1), tick=False):
        assert ask(client, secret).status_code == 200


def test_a_file_holds_what_the_screen_shows_and_is_logged(app: Flask, published: None) -> None:
    bestuur = add_phone(app, "bestuur", card=None)
    file = bestuur.post("/figures/exports", {"form": "csv"}).json
    assert (file["name"], file["type"]) == ("signaalkaart-cijfers.csv", "text/csv")
    head, *rows = csv.reader(io.StringIO(file["content"]), delimiter=";")
    assert head == [column.name for column in columns.COLUMNS]
    found = {row[4]: row[6] for row in rows if row[3] == "card"}
    assert found == {"": "30", "boa": "24", "sport": "", "onderwijs": ""}
    assert rows[0][:3] == ["2026-Q3", "2026-07-01", "2026-09-30"]
    assert lines("export") == [(bestuur.person, None, "csv")]
    screen = bestuur.get("/figures?first=2026-Q3").json["shown"]["tables"]
    shown = {
        (table["name"], cell["key"]): cell["value"] for table in screen for cell in table["cells"]
    }
    kept = json.loads(bestuur.post("/figures/exports", {"form": "json"}).json["content"])
    assert {(row["table"], row["key"]): row["count"] for row in kept["rows"]} == shown


@pytest.mark.parametrize(
    ("period", "kept", "name"),
    [
        ({"first": "2026-Q1", "last": "2026-Q2"}, ["2026-Q2", "2026-Q1"], "-2026-Q1-2026-Q2"),
        ({"first": "2026-Q2"}, ["2026-Q3", "2026-Q2"], "-2026-Q2"),
        ({"first": "2024-Q1", "last": "2024-Q4"}, [], "-2024-Q1-2024-Q4"),
    ],
)
def test_a_file_of_a_period_holds_that_period_and_the_log_says_which(
    app: Flask, published: None, period: dict[str, str], kept: list[str], name: str
) -> None:
    db.session.add_all(Quarter(id=quarter) for quarter in ("2026-Q1", "2026-Q2"))
    db.session.flush()
    for quarter in ("2026-Q1", "2026-Q2"):
        db.session.add(Figure(quarter=quarter, name="card", path="", count=12))
    db.session.commit()
    bestuur = add_phone(app, "bestuur", card=None)
    for form in ("csv", "json"):
        file = bestuur.post("/figures/exports", {"form": form, **period}).json
        assert file["name"] == f"signaalkaart-cijfers{name}.{form}"
        rows = (
            json.loads(file["content"])["rows"]
            if form == "json"
            else list(csv.DictReader(io.StringIO(file["content"]), delimiter=";"))
        )
        assert list(dict.fromkeys(row["quarter"] for row in rows)) == kept
    said = " ".join(period.values())
    assert lines("export") == [(bestuur.person, None, f"{form} {said}") for form in ("csv", "json")]


@pytest.mark.parametrize(
    ("period", "field"),
    [
        ({"first": "2026-Q4", "last": "2026-Q1"}, "last"),
        ({"first": "2026-Q5"}, "first"),
        ({"last": "2026-Q4\n"}, "last"),
    ],
)
def test_a_file_of_a_period_that_cannot_be_is_refused_and_not_logged(
    app: Flask, published: None, period: dict[str, str], field: str
) -> None:
    bestuur = add_phone(app, "bestuur", card=None)
    refused = bestuur.post("/figures/exports", {"form": "csv", **period})
    assert refused.status_code == 400
    assert [one["name"] for one in refused.json["invalid_params"]] == [field]
    assert lines("export") == []


def test_a_mark_for_utf_8_is_there_only_when_asked_for(app: Flask, published: None) -> None:
    bestuur = add_phone(app, "bestuur", card=None)
    plain, marked = (
        bestuur.post("/figures/exports", {"form": "csv", "mark": mark}).json["content"]
        for mark in (False, True)
    )
    assert marked == "\ufeff" + plain
    assert not plain.startswith("\ufeff")


@pytest.mark.parametrize("name", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0"])
def test_a_name_that_looks_like_a_formula_is_text_in_a_file(name: str) -> None:
    [_head, [cell]] = csv.reader(
        io.StringIO(spreadsheet.written(["naam"], [[name]], mark=False)), delimiter=";"
    )
    assert cell == f"'{name}"


def test_every_column_is_explained_in_every_form(client: FlaskClient) -> None:
    told = client.get("/api/v1/figures/columns").json["columns"]
    assert [one["name"] for one in told] == [column.name for column in columns.COLUMNS]
    assert all(value.strip() for one in told for value in one.values())
    assert set(schemas.FigureRowOut().fields) == {one["name"] for one in told}
    tables = next(one["allowed"] for one in told if one["name"] == "table")
    assert all(f"{name}:" in tables for name in columns.TABLES)


def test_every_table_says_in_every_file_what_it_counts_and_when(app: Flask) -> None:
    """A report counts when it comes in, an action when it is agreed: no two tables are alike."""
    db.session.add(Quarter(id="2026-Q3"))
    db.session.flush()
    db.session.add_all(
        Figure(quarter="2026-Q3", name=name, path="", count=9) for name in columns.TABLES
    )
    db.session.commit()
    bestuur = add_phone(app, "bestuur", card=None)
    kept = json.loads(bestuur.post("/figures/exports", {"form": "json"}).json["content"])
    told = {one["name"]: one for one in kept["columns"]}
    for name, about in columns.TABLES.items():
        assert about.unit, name
        assert about.counted, name
        said = f"{name}: {about.title} ({about.of}). Het zijn {about.unit}. Telt {about.counted}."
        assert said in told["table"]["allowed"]
    units = {name: about.unit for name, about in columns.TABLES.items()}
    assert {row["table"]: row["unit"] for row in kept["rows"]} == units
    file = bestuur.post("/figures/exports", {"form": "csv"}).json["content"]
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))
    assert {row["table"]: row["unit"] for row in rows} == units
    assert (units["card"], units["action"], units["case"]) == ("meldingen", "acties", "casussen")
    assert "meldingen" not in told["quarter"]["meaning"] + told["count"]["unit"]


def test_nothing_that_was_not_published_is_in_a_file(app: Flask, boa: Phone) -> None:
    for _ in range(7):
        boa.send()
    assert export.everything()["rows"] == []


def test_the_last_day_counts_where_people_live(keeper: Phone) -> None:
    """At half past eleven in the evening in UTC it is the next day here."""
    key = SystemKey(name="x", key_hash=b"x" * 32, made_by=keeper.person, ends_on=date(2026, 7, 1))
    with time_machine.travel("2026-07-01T23:30:00Z"):
        assert service.state_of(key) == "ended"
    with time_machine.travel("2026-07-01T21:30:00Z"):
        assert service.state_of(key) == "works"
