"""The running API obeys the Dutch API rules. Each test begins with the rules it is about."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from server.db import db, new_id
from server.version import API_VERSION
from tests.contract.conftest import operations
from tests.factories import Phone

pytestmark = pytest.mark.thorough

PROBLEM = "application/problem+json"
ENGLISH = ("Missing", "Unknown", "Not a valid", "Must be", "Invalid", "Longer", "Shorter")


def addresses(document: dict[str, Any], method: str = "get") -> list[str]:
    """Return every address that has this method, with ids of nothing."""
    return [
        f"/api/v1{path}".replace("{observation_id}", new_id()).replace("{item_id}", new_id())
        for has, path, _operation in operations(document)
        if has == method
    ]


def rules(*names: str) -> Any:
    """Give a test the names of the rules it is about, so that they stand in its id."""
    return pytest.mark.parametrize("rule", [" ".join(names)])


@rules("/core/no-trailing-slash", "/core/http-response-code")
def test_another_address_is_not_found_and_never_a_redirect(
    document: dict[str, Any], regisseur: Phone, rule: str
) -> None:
    for address in addresses(document):
        tail = address.removeprefix("/api/v1/")
        for other in (f"{address}/", f"/api/v1//{tail}", f"/api/v1/{tail}.json", f"/api/{tail}"):
            answer = regisseur.client.get(other)
            assert (answer.status_code, answer.mimetype) == (404, PROBLEM), other


@rules("/core/version-header", "/core/uri-version", "/core/semver")
def test_every_answer_says_its_version(
    document: dict[str, Any], regisseur: Phone, client: FlaskClient, rule: str
) -> None:
    for address in [*addresses(document), "/api/v1/nergens", "/api/nergens"]:
        for method in ("GET", "HEAD", "OPTIONS", "POST", "TRACE"):
            for who in (regisseur.client, client):
                answer = who.open(address, method=method)
                assert answer.headers["API-Version"] == API_VERSION, (method, address)


@rules("/core/publish-openapi", "/core/transport/cors")
def test_the_description_is_the_only_thing_other_sites_may_read(
    document: dict[str, Any], regisseur: Phone, client: FlaskClient, rule: str
) -> None:
    published = client.get("/api/v1/openapi.json", headers={"Origin": "https://elders.example"})
    assert published.status_code == 200
    assert published.headers["Access-Control-Allow-Origin"] == "*"
    others = set(addresses(document)) - {"/api/v1/openapi.json"}
    for address in [*others, "/api/v1/nergens", "/"]:
        for method in ("GET", "OPTIONS"):
            answer = regisseur.client.open(
                address, method=method, headers={"Origin": "https://elders.example"}
            )
            assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@rules("/core/http-methods")
def test_a_method_that_is_not_there_says_which_are(
    document: dict[str, Any], client: FlaskClient, rule: str
) -> None:
    for path, part in document["paths"].items():
        address = re.sub(r"\{\w+\}", new_id(), f"/api/v1{path}")
        there = {method.upper() for method in part} - {"PARAMETERS"}
        there |= {"OPTIONS"} | ({"HEAD"} if "GET" in there else set())
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} - there:
            answer = client.open(address, method=method)
            assert (answer.status_code, answer.mimetype) == (405, PROBLEM), (method, address)
            assert set(answer.headers["Allow"].split(", ")) == there
        options = client.options(address)
        assert (options.status_code, options.data) == (204, b"")
        assert set(options.headers["Allow"].split(", ")) == there


@rules("/core/http-methods")
def test_head_answers_like_get_without_a_body(
    document: dict[str, Any], regisseur: Phone, rule: str
) -> None:
    for address in addresses(document):
        head, get = regisseur.client.head(address), regisseur.client.get(address)
        assert (head.status_code, head.data) == (get.status_code, b""), address
        assert head.headers["Content-Type"] == get.headers["Content-Type"]


@rules("/core/http-safety")
def test_reading_changes_nothing(
    document: dict[str, Any], app: Flask, regisseur: Phone, boa: Phone, rule: str
) -> None:
    boa.send()
    before = _everything()
    for address in addresses(document):
        regisseur.client.get(address)
    assert _everything() == before


@rules("/core/http-safety")
def test_what_may_be_repeated_gives_the_same_answer_again(boa: Phone, rule: str) -> None:
    for _again in range(2):
        assert boa.client.delete("/api/v1/push/subscription").status_code == 204
    for _again in range(2):
        assert boa.client.delete("/api/v1/session").status_code == 204


@rules("/core/error-handling/all-errors", "/core/error-handling/invalid-input")
def test_every_fault_is_told_at_once_and_in_dutch(
    boa: Phone, regisseur: Phone, client: FlaskClient, rule: str
) -> None:
    answer = client.post(
        "/api/v1/sessions",
        json={"invitation": 7, "code": "\ud83d", "device": "x", "app_version": "é"},
    )
    told = {fault["name"]: fault["reason"] for fault in answer.json["invalid_params"]}
    assert (answer.status_code, answer.mimetype) == (400, PROBLEM)
    assert set(told) == {"invitation", "code", "device", "app_version"}
    assert not [reason for reason in told.values() if reason.startswith(ENGLISH)]
    unknown = regisseur.post(f"/observations/{new_id()}/states", {"extra": 1})
    told = {fault["name"]: fault["reason"] for fault in unknown.json["invalid_params"]}
    assert (set(told), told["extra"]) == ({"state", "version", "extra"}, "Dit veld kennen we niet.")
    missing = boa.post("/sync", {}).json["invalid_params"]
    assert missing == [{"name": "device", "reason": "Dit ontbreekt."}]


@rules("/core/error-handling/invalid-input")
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"tekst"', b"\xff\xfe", b"{" * 10_000, b"[" * 100_000]
)
def test_what_is_no_json_object_is_invalid_input(boa: Phone, body: bytes, rule: str) -> None:
    for path in ("/sync", "/sessions", "/invitations/codes"):
        answer = boa.client.post(f"/api/v1{path}", data=body, content_type="application/json")
        assert (answer.status_code, answer.mimetype) == (400, PROBLEM), path
        assert not answer.json["detail"].startswith(ENGLISH)


@rules("/core/error-handling/problem-details", "/core/http-response-code")
@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        (415, {"Content-Type": "text/plain"}),
        (415, {"Content-Type": "application/x-www-form-urlencoded"}),
        (415, {"Content-Type": "application/jsonp"}),
        (406, {"Content-Type": "application/json", "Accept": "text/html"}),
        (406, {"Content-Type": "application/json", "Accept": "application/xml, text/*;q=0.5"}),
        (406, {"Content-Type": "application/json", "Accept": "nonsens"}),
        (200, {"Content-Type": "application/json; charset=utf-8", "Accept": "*/*"}),
        (200, {"Content-Type": "application/json", "Accept": "text/html, */*;q=0.1"}),
        (200, {"Content-Type": "application/json", "Accept": ""}),
    ],
)
def test_only_json_goes_in_and_out(
    boa: Phone, kind: int, headers: dict[str, str], rule: str
) -> None:
    body = f'{{"device": "{boa.device}"}}'
    answer = boa.client.post("/api/v1/sync", data=body, headers=headers)
    assert answer.status_code == kind
    assert answer.mimetype == ("application/json" if kind == 200 else PROBLEM)


@rules("/core/http-response-code")
@pytest.mark.parametrize("kilobytes", [257, 600])
def test_too_much_at_once_is_413(boa: Phone, kilobytes: int, rule: str) -> None:
    for path in ("/sync", "/invitations/codes")[: 1 if kilobytes < 512 else 2]:
        answer = boa.post(path, {"device": boa.device, "x": "x" * kilobytes * 1024})
        assert (answer.status_code, answer.mimetype) == (413, PROBLEM), path


@rules("/core/http-response-code")
def test_who_is_nobody_hears_what_would_help(boa: Phone, client: FlaskClient, rule: str) -> None:
    assert client.get("/api/v1/session").headers["WWW-Authenticate"].startswith("Cookie ")
    answer = client.post("/api/v1/sync", json={"device": boa.device})
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


@rules("/core/date-time/timezone")
def test_any_offset_comes_in_and_utc_goes_out(boa: Phone, regisseur: Phone, rule: str) -> None:
    item = boa.observation(made_at="2026-11-21T21:42:00+01:00")
    answer = boa.sync(item, sent_at="2026-11-21T21:42:05.5+01:00").json
    assert answer["changes"][0]["made_at"] == "2026-11-21T20:42:00Z"
    assert answer["server_time"].endswith("Z")
    shown = regisseur.get(f"/observations/{item['id']}").json
    assert shown["received_at"].endswith("Z")
    assert shown["timeline"][0]["at"].endswith("Z")


@rules("/core/date-time/format")
@pytest.mark.parametrize(
    "sent_at", ["gisteren", "2026-11-21T20:42:05", "0001-01-01T00:00:00+14:00"]
)
def test_a_moment_that_is_none_is_invalid_input(boa: Phone, sent_at: str, rule: str) -> None:
    answer = boa.sync(sent_at=sent_at)
    assert answer.status_code == 400
    assert answer.json["invalid_params"][0]["name"] == "sent_at"


@pytest.mark.parametrize(
    "cursor",
    ["x", "W10=", "WyIyMDI2LTExLTIxIiwgIjIwMjYtMTEtMjFUMDA6MDA6MDAiLCAieCJd", "bnVsbA==", "é"],
)
def test_a_cursor_somebody_made_up_is_invalid_input(regisseur: Phone, cursor: str) -> None:
    answer = regisseur.client.get("/api/v1/inbox", query_string={"cursor": cursor})
    assert (answer.status_code, answer.json["code"]) == (400, "cursor")


def test_an_item_that_is_nothing_at_all_holds_back_no_other(boa: Phone) -> None:
    answer = boa.sync(boa.observation(), None, 7, "x", [])  # type: ignore[arg-type]
    results = [outcome["result"] for outcome in answer.json["outcomes"]]
    assert results == ["stored", *["refused"] * 4]


def _everything() -> dict[str, list[Any]]:
    """Return every row of every table but the log, where reading is written down."""
    found = {
        table.name: sorted(map(repr, db.session.execute(sa.select(table)).all()))
        for table in db.metadata.sorted_tables
        if table.name != "audit_event"
    }
    db.session.commit()
    return found
