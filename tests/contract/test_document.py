"""The description in the repository is what the code makes, and obeys the Dutch API rules.

The names are those of the NLGov REST API Design Rules 2.2. Rules that only show on a running API
are in test_answers and test_headers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import ROOT
from server.version import API_VERSION
from tests.contract.conftest import DESCRIPTION, follow, operations, properties, responses

Document = dict[str, Any]
Check = Callable[[Document], list[Any]]
RULES: dict[str, Check] = {}
DAYS = {"date", "reviewed_on", "read_by", "answer_by", "due_on"}
# What may stand in an address: nothing that could name or describe a person.
QUERY_KEYS = {"observation", "view", "desk", "card", "area", "urgency", "group", "closed"}
QUERY_KEYS |= {"kind", "quarter"}
QUERY_KEYS |= {"olderThan", "cursor", "limit", "first", "last", "against"}
DUTCH = re.compile(r"\b(de|het|een|van|wat|wie|waar|met|niet|je|in|op|alleen)\b", re.IGNORECASE)


def rule(name: str) -> Callable[[Check], Check]:
    """Hold a check that returns whatever breaks the rule of this name."""

    def hold(check: Check) -> Check:
        RULES[name] = check
        return check

    return hold


def test_the_description_in_the_repository_is_what_the_code_makes(client: FlaskClient) -> None:
    made = client.get("/api/v1/openapi.json").text
    assert made == DESCRIPTION.read_text(encoding="utf-8"), "Is het zo bedoeld? make openapi"


def test_who_asks_at_the_same_time_gets_the_whole_description(app: Flask) -> None:
    def ask(_number: int) -> str:
        return app.test_client().get("/api/v1/openapi.json").text

    with ThreadPoolExecutor(8) as askers:
        told = set(askers.map(ask, range(8)))
    assert told == {DESCRIPTION.read_text(encoding="utf-8")}


@rule("/core/no-trailing-slash")
def _(document: Document) -> list[Any]:
    return [path for path in document["paths"] if path.endswith("/")]


@rule("/core/path-segments-kebab-case")
def _(document: Document) -> list[Any]:
    shape = re.compile(r"(/([a-z0-9]+(-[a-z0-9]+)*|\{[a-z_]+\}))+")
    return [
        path for path in document["paths"] if path != "/openapi.json" and not shape.fullmatch(path)
    ]


@rule("/core/query-keys-camel-case")
def _(document: Document) -> list[Any]:
    return [key for key in _query_keys(document) if not re.fullmatch("[a-z]+([A-Z][a-z]*)*", key)]


@rule("/core/transport/no-sensitive-uris")
def _(document: Document) -> list[Any]:
    in_paths = [
        parameter
        for part in document["paths"].values()
        for parameter in part.get("parameters", [])
        if parameter["schema"] != {"type": "string", "format": "uuid"}
    ]
    return [*in_paths, *(set(_query_keys(document)) - QUERY_KEYS)]


@rule("/core/date-time/format")
def _(document: Document) -> list[Any]:
    moments = re.compile(r"at|.*_at|server_time")
    formats = {None, "date", "date-time", "uuid", "byte"}
    return [
        name
        for name, schema in properties(document)
        if schema.get("format") not in formats
        or (moments.fullmatch(name) and schema.get("format") != "date-time")
        or (schema.get("format") == "date-time" and not moments.fullmatch(name))
    ]


@rule("/core/date-time/date-omit-time-portion")
def _(document: Document) -> list[Any]:
    return [
        name
        for name, schema in properties(document)
        if (name in DAYS or re.search("date$", name)) and schema.get("format") != "date"
    ]


@rule("/core/http-methods")
def _(document: Document) -> list[Any]:
    return [m for m, *_rest in operations(document) if m not in {"get", "put", "post", "delete"}]


@rule("/core/error-handling/problem-details")
def _(document: Document) -> list[Any]:
    faults: list[Any] = []
    for operation, status, response in responses(document):
        if status < 400:
            continue
        content = response["content"]
        problem = follow(document, content.get("application/problem+json", {}).get("schema", {}))
        told = {"status", "title", "detail"} <= set(problem.get("required", []))
        if list(content) != ["application/problem+json"] or not told:
            faults.append((operation, status))
    return faults


@rule("/core/error-handling/invalid-input")
def _(document: Document) -> list[Any]:
    faults = []
    for method, path, operation in operations(document):
        asks = method in {"post", "put", "patch"} or operation.get("parameters")
        if "422" in operation["responses"] or (asks and "400" not in operation["responses"]):
            faults.append((method, path))
    return faults


@rule("/core/doc-openapi")
def _(document: Document) -> list[Any]:
    names = [operation["operationId"] for *_where, operation in operations(document)]
    return [
        *([document["openapi"]] if document["openapi"] != "3.0.3" else []),
        *(name for name in names if names.count(name) > 1),
    ]


@rule("/core/doc-openapi-contact")
def _(document: Document) -> list[Any]:
    return [name for name in ("name", "email", "url") if not document["info"]["contact"].get(name)]


@rule("/core/doc-language")
def _(document: Document) -> list[Any]:
    texts = [document["info"]["description"]]
    texts += [operation["description"] for *_where, operation in operations(document)]
    foreign = [text for text in texts if not DUTCH.search(text)]
    untold = [path for _m, path, operation in operations(document) if not operation.get("summary")]
    named = {tag["name"] for tag in document["tags"] if tag.get("description")}
    tags = [tag for *_w, operation in operations(document) for tag in operation["tags"]]
    answers = [response["description"] for *_w, response in responses(document)]
    return [
        *foreign,
        *untold,
        *(set(tags) ^ named),
        *(text for text in answers if not text.endswith(".")),
    ]


@rule("/core/publish-openapi")
def _(document: Document) -> list[Any]:
    published = document["paths"]["/openapi.json"]
    headers = published["get"]["responses"]["200"]["headers"]
    return (
        [] if list(published) == ["get"] and "access-control-allow-origin" in headers else [headers]
    )


@rule("/core/uri-version")
def _(document: Document) -> list[Any]:
    versioned = [path for path in document["paths"] if re.search(r"/v\d", path)]
    return versioned + [s for s in document["servers"] if s["url"] != "/api/v1"]


@rule("/core/semver")
def _(document: Document) -> list[Any]:
    version = document["info"]["version"]
    return [] if re.fullmatch(r"\d+\.\d+\.\d+", version) and version == API_VERSION else [version]


@rule("/core/version-header")
def _(document: Document) -> list[Any]:
    return [
        (operation, status)
        for operation, status, response in responses(document)
        if "API-Version" not in response["headers"]
    ]


@rule("/core/changelog")
def _(document: Document) -> list[Any]:
    told = _page()
    return [] if f"### {document['info']['version']}" in told else [told]


@rule("/core/deprecation-schedule")
def _(_document: Document) -> list[Any]:
    return [] if "## Deprecation" in _page() else [_page()]


@rule("/core/transition-period")
def _(_document: Document) -> list[Any]:
    return [] if re.search(r"at least \w+\s+months", _page()) else [_page()]


@pytest.mark.parametrize("name", RULES)
def test_the_description_obeys(name: str, document: Document) -> None:
    assert RULES[name](document) == []


def test_every_operation_says_who_may_call_it(document: Document) -> None:
    schemes = set(document["components"]["securitySchemes"])
    for _method, path, operation in operations(document):
        used = {name for way in operation["security"] for name in way}
        assert used <= schemes, path
        # Who must be somebody can be nobody.
        closed = bool(operation["security"]) and {} not in operation["security"]
        assert closed == ("401" in operation["responses"]), path


def test_every_change_is_kept_from_other_sites(document: Document) -> None:
    for method, path, operation in operations(document):
        assert method == "get" or "403" in operation["responses"], path
        assert ("requestBody" in operation) == ("415" in operation["responses"]), path
        assert ("requestBody" in operation) == ("413" in operation["responses"]), path


def test_what_is_sent_and_what_is_shown_are_told_apart(document: Document) -> None:
    """A desk may not send what we do not know, a newer phone may; a reader bears what is new."""
    phone = {
        "SignInIn",
        "TypedCodeIn",
        "AskSignInIn",
        "AnswerIn",
        "PasskeySignInIn",
        "OidcAnswerIn",
        "SyncIn",
        "OpeningIn",
        "PurposeIn",
        "SubscriptionIn",
        "KeysIn",
    }
    open_to_newer = {*phone, "OpenIn"}
    for name, schema in document["components"]["schemas"].items():
        closed = name.endswith("In") and name not in open_to_newer
        # A body without fields has a name of its own.
        assert (schema.get("additionalProperties") is False) == closed, name


def _query_keys(document: Document) -> list[str]:
    return [
        parameter["name"]
        for *_where, operation in operations(document)
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    ]


def _page() -> str:
    return (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
