"""Every answer keeps curious browsers and other sites out (ADR, internet.nl, OWASP ASVS 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from tests.conftest import Browser, close, make_config
from tests.factories import Phone

pytestmark = pytest.mark.thorough

PAGES = ("/", "/index.html", "/nergens.txt", "/robots.txt", "/.well-known/security.txt")
# For who was not invited, without a script.
PUBLIC = ("/ouders", "/embed/ouders", "/papier/ouders", "/nergens")
FILES = ("/assets/app-1a2b.js", "/assets/app-1a2b.css", "/sw.js", "/manifest.webmanifest")
API = (
    "/api/v1/health",
    "/api/v1/cards",
    "/api/v1/openapi.json",
    "/api/v1/session",
    "/api/v1/nergens",
    "/api/nergens",
)
YEAR = 31_536_000


@pytest.fixture
def site(environ: dict[str, str], pwa: Path) -> Iterator[FlaskClient]:
    """A visitor of a server with a small PWA."""
    app = create_app(make_config(pwa.parent, **{**environ, "PWA_DIR": str(pwa)}))
    app.test_client_class = Browser
    yield app.test_client()
    close(app)


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", [*PAGES, *PUBLIC, *FILES, *API])
def test_core_transport_security_headers_are_on_every_answer(
    site: FlaskClient, path: str, method: str
) -> None:
    headers = site.open(path, method=method).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    hsts = re.fullmatch(r"max-age=(\d+); includeSubDomains", headers["Strict-Transport-Security"])
    assert hsts is not None
    assert int(hsts[1]) >= YEAR
    policy = directives(headers["Content-Security-Policy"])
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert set(headers.getlist("Content-Security-Policy")) == {headers["Content-Security-Policy"]}
    shared = path == "/api/v1/openapi.json" and method in {"GET", "HEAD"}
    wanted = "cross-origin" if shared else "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == wanted


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_the_page_runs_and_loads_only_its_own(site: FlaskClient, path: str) -> None:
    policy = directives(site.get(path).headers["Content-Security-Policy"])
    assert policy["script-src"] == policy["style-src"] == policy["worker-src"] == ["'self'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    said = {word for words in policy.values() for word in words}
    assert said <= {"'none'", "'self'", "'script'", "signaalkaart"}


@pytest.mark.parametrize("path", API)
def test_an_answer_of_the_api_is_kept_nowhere_and_runs_nothing(
    site: FlaskClient, path: str
) -> None:
    headers = site.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert directives(headers["Content-Security-Policy"]) == {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


def test_scripts_and_styles_say_what_they_are(site: FlaskClient) -> None:
    types = {path: site.get(path).mimetype for path in ("/", *FILES)}
    assert types == {
        "/": "text/html",
        "/assets/app-1a2b.js": "text/javascript",
        "/assets/app-1a2b.css": "text/css",
        "/sw.js": "text/javascript",
        "/manifest.webmanifest": "application/manifest+json",
    }


@pytest.mark.parametrize(
    "path", ["/nergens.txt", "/api/v1/nergens", "/assets/weg-1a2b.js", "/sw.js/"]
)
def test_what_is_not_there_is_a_problem_in_dutch(site: FlaskClient, path: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["detail"] == "Dit adres bestaat niet."
    # Else a page that is deployed a moment later stays missing.
    assert "max-age" not in answer.headers.get("Cache-Control", "")


def test_the_session_is_a_cookie_no_script_and_no_other_site_can_use(boa: Phone) -> None:
    cookie = boa.client.get_cookie("__Host-session")
    assert cookie is not None
    assert (cookie.secure, cookie.http_only, cookie.same_site) == (True, True, "Strict")
    assert (cookie.path, cookie.domain, cookie.origin_only) == ("/", "localhost", True)


@pytest.mark.parametrize("path", ["/", "/api/v1/health", "/api/v1/nergens"])
def test_core_hide_implementation_no_answer_names_what_made_it(
    site: FlaskClient, path: str
) -> None:
    answer = site.get(path)
    names = re.compile("gunicorn|werkzeug|flask|python|sqlite|postgres", re.IGNORECASE)
    assert not [value for _name, value in answer.headers if names.search(value)]
    assert {"X-Powered-By", "Server"}.isdisjoint(answer.headers.keys())
    assert not names.search(answer.text)
