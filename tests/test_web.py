"""What the web server says to everybody: the page, headers, health, errors, its description."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.config import Config, ConfigError
from server.db import new_id
from tests.conftest import Browser, close, make_config


@pytest.fixture
def built(environ: dict[str, str], tmp_path: Path) -> Iterator[FlaskClient]:
    """A server with a small PWA in the place of the built one."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>Signaalkaart</title>")
    (dist / "assets" / "app-1a2b.js").write_text("1")
    (dist / "sw.js").write_text("2")
    (tmp_path / "geheim.txt").write_text("geheim")
    app = create_app(make_config(tmp_path, **{**environ, "PWA_DIR": str(dist)}))
    app.test_client_class = Browser
    yield app.test_client()
    close(app)


def test_the_page_is_served_with_a_strict_policy(built: FlaskClient) -> None:
    answer = built.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert "no-cache" in answer.headers["Cache-Control"]


def test_hashed_files_never_change_and_the_worker_is_asked_again(built: FlaskClient) -> None:
    assert "immutable" in built.get("/assets/app-1a2b.js").headers["Cache-Control"]
    assert "no-cache" in built.get("/sw.js").headers["Cache-Control"]


def test_built_files_go_compressed_to_who_understands_it(built: FlaskClient) -> None:
    file = "/assets/app-1a2b.js"
    plain = built.get(file)
    assert "Content-Encoding" not in plain.headers
    small = built.get(file, headers={"Accept-Encoding": "br, gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    known = {"Accept-Encoding": "gzip", "If-None-Match": small.headers["ETag"]}
    assert built.get(file, headers=known).status_code == 304
    assert built.get(file, headers={"Accept-Encoding": "gzip;q=0"}).data == plain.data


@pytest.mark.parametrize(
    "path", ["/../geheim.txt", "/assets/../../geheim.txt", "/%2e%2e/geheim.txt"]
)
def test_no_path_leads_outside_the_built_files(built: FlaskClient, path: str) -> None:
    assert built.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/health", "/api/v1/nergens", "/api/v1/inbox"])
def test_every_answer_of_the_api_carries_version_and_headers(
    client: FlaskClient, path: str
) -> None:
    headers = client.get(path).headers
    assert headers["API-Version"] == "1.0.0"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_slash_at_the_end_is_another_address(client: FlaskClient) -> None:
    assert client.get("/api/v1/health/").status_code == 404


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    answer = client.get("/api/v1/sync")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert answer.mimetype == "application/problem+json"


def test_health_says_when_the_clock_is_behind(client: FlaskClient) -> None:
    body = client.get("/api/v1/health").json
    assert body["checks"]["database"] == body["checks"]["keys"] == "ok"
    assert body["status"] == "behind"


def test_an_unexpected_fault_shows_nothing_of_the_inside(app: Flask, client: FlaskClient) -> None:
    def fail() -> None:
        raise RuntimeError("geheim")

    fail.allowed_roles = frozenset({"anyone"})  # type: ignore[attr-defined]
    app.view_functions["fail"] = fail
    app.url_map.add(app.url_rule_class("/api/v1/fail", endpoint="fail"))
    answer = client.get("/api/v1/fail")
    assert answer.status_code == 500
    assert "geheim" not in answer.text
    assert "Dat ligt niet aan jou" in answer.json["detail"]


def test_the_description_of_the_api_is_public_and_complete(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    document = answer.json
    assert document["openapi"] == "3.0.3"
    described = {
        (method.upper(), path) for path, part in document["paths"].items() for method in part
    }
    assert ("POST", "/sync") in described
    assert ("POST", "/observations/{observation_id}/openings") in described
    for path, part in document["paths"].items():
        for method in ("get", "post", "put", "delete"):
            if method in part:
                assert part[method]["summary"], (method, path)


def test_an_unknown_record_is_a_problem_in_dutch(regisseur) -> None:
    answer = regisseur.get(f"/observations/{new_id()}")
    assert (answer.status_code, answer.json["title"]) == (404, "Niet gevonden")


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"PUBLIC_URL": "http://signaalkaart.voorbeeld.nl"}, "https://"),
        ({"PUBLIC_URL": "signaalkaart"}, "adres"),
        ({"QUIET_HOURS": "nacht"}, "QUIET_HOURS"),
        (
            {"PUBLIC_URL": "https://signaalkaart.voorbeeld.nl", "PUSH_TEST_ORIGIN": "http://x"},
            "localhost",
        ),
    ],
)
def test_unsafe_settings_are_refused_at_start(environ: dict, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        Config.from_env(environ, Path("/nergens"))


def test_platform_database_addresses_get_the_right_driver() -> None:
    config = Config.from_env({"DATABASE_URL": "postgres://a@b/c"}, Path("/nergens"))
    assert config.database_url == "postgresql+psycopg://a@b/c"
