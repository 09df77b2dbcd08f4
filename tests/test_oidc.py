"""The gemeente's own sign-in: who proves wholly who they are comes in, and nobody else."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import ECKey, RSAKey
from werkzeug.test import TestResponse

from server.app import ROOT
from server.config import Config, ConfigError, Oidc
from server.db import new_id
from server.devices import service as devices
from server.oidc import keys
from server.oidc.routes import COOKIE
from server.people import service as people
from server.people.models import Person
from tests.conftest import make_app, make_environ
from tests.oidc_provider import CLIENT, LEVEL, OidcProvider

pytestmark = pytest.mark.thorough


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[OidcProvider]:
    key = ECKey.generate_key("P-256")
    (tmp_path / "oidc.pem").write_bytes(key.as_pem(private=True))
    with OidcProvider(key) as running:
        yield running


@pytest.fixture
def gemeente(app: Flask, provider: OidcProvider, tmp_path: Path) -> Iterator[Flask]:
    """The app of a gemeente with a sign-in of its own."""
    settings = Oidc(provider.issuer, CLIENT, tmp_path / "oidc.pem", (LEVEL,))
    app.config["SIGNAALKAART"] = replace(app.config["SIGNAALKAART"], oidc=settings)
    yield app
    # It remembers what the provider told of itself; the next test has another.
    make_app.cache_clear()


@pytest.fixture
def samira(app: Flask) -> Person:
    return people.invite(
        None,
        name="Samira Voorbeeld",
        role="procesregisseur",
        kind="gemeente",
        organisation="Gemeente",
        mail="samira@gemeente.example",
    ).invitation.person


def ask(client: FlaskClient) -> str:
    answer = client.post("/api/v1/oidc/questions", json={})
    assert answer.status_code == 201, answer.json
    return str(answer.json["url"])


def enter(client: FlaskClient, code: str, state: str) -> TestResponse:
    body = {"code": code, "state": state, "device": new_id(), "app_version": "1"}
    return client.post("/api/v1/oidc/sessions", json=body)


def come(gemeente: Flask, provider: OidcProvider, **lie: Any) -> TestResponse:
    provider.lie = lie
    client = gemeente.test_client()
    return enter(client, *provider.approve(ask(client)))


def refused(answer: TestResponse) -> bool:
    return (answer.status_code, answer.json["code"]) == (400, "oidc_refused")


def test_staff_come_in_with_the_account_of_the_gemeente(
    gemeente: Flask, provider: OidcProvider, samira: Person
) -> None:
    client = gemeente.test_client()
    url = ask(client)
    asked = parse_qs(urlsplit(url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["acr_values"] == [LEVEL]
    assert asked["redirect_uri"] == ["http://localhost:8000/api/oidc/return"]
    answer = enter(client, *provider.approve(url))
    assert answer.status_code == 201, answer.json
    assert answer.json["person"]["id"] == samira.id
    assert client.get("/api/v1/inbox").status_code == 200
    assert client.get_cookie(COOKIE) is None
    # Signing in there proves who they are, like a passkey here.
    assert client.post("/api/v1/devices/invitations", json={}).status_code == 201


def test_an_account_stays_with_its_person_when_the_mail_address_changes(
    gemeente: Flask, provider: OidcProvider, samira: Person
) -> None:
    assert come(gemeente, provider).status_code == 201
    again = come(gemeente, provider, email="anders@gemeente.example")
    assert again.json["person"]["id"] == samira.id
    other = come(gemeente, provider, sub="ABC-123")
    assert (other.status_code, other.json["code"]) == (403, "person_unknown")


def _short(value: object) -> str:
    return "moment" if isinstance(value, int) else str(value)[:12]


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "van een ander"},
        {"nonce": None},
        {"aud": "een-andere-app"},
        {"aud": [CLIENT, "een-andere-app"]},
        {"iss": "https://elders.example"},
        {"acr": "http://eidas.europa.eu/LoA/low"},
        {"acr": None},
        {"exp": int(time.time()) - 120},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"auth_time": int(time.time()) - 13 * 3600},
        {"auth_time": None},
        {"auth_time": "vandaag"},
        {"sub": None},
        {"azp": "een-andere-app"},
    ],
    # Times differ from one process to the next, and a test is to have one name.
    ids=lambda lie: "-".join(f"{name} {_short(value)}" for name, value in lie.items()),
)
def test_a_token_that_proves_less_is_refused(
    gemeente: Flask, provider: OidcProvider, samira: Person, lie: dict[str, Any]
) -> None:
    assert refused(come(gemeente, provider, **lie))


def test_a_token_signed_by_another_is_refused_and_a_new_key_is_fetched(
    gemeente: Flask, provider: OidcProvider, samira: Person
) -> None:
    assert come(gemeente, provider).status_code == 201
    good = provider.key
    provider.key = ECKey.generate_key("P-256", {"kid": "een"})
    assert refused(come(gemeente, provider))
    provider.key = ECKey.generate_key("P-256", {"kid": "twee"})
    provider.published = [good, provider.key]
    assert come(gemeente, provider).status_code == 201


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES384"])
def test_a_token_with_an_algorithm_we_did_not_choose_is_refused(
    gemeente: Flask, provider: OidcProvider, samira: Person, algorithm: str
) -> None:
    def forge(claims: dict[str, Any]) -> str:
        header = {"alg": algorithm, "kid": provider.key.kid}
        said = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
        # The old trick: what is public, used as if it were a shared secret.
        secret = provider.key.as_pem(private=False)
        signature = hmac.digest(secret, said.encode(), "sha256")
        return f"{said}.{_encoded(signature) if algorithm != 'none' else ''}"

    provider.forge = forge
    assert refused(come(gemeente, provider))


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def test_a_provider_that_calls_itself_otherwise_is_not_used(
    gemeente: Flask, provider: OidcProvider
) -> None:
    provider.name = "https://elders.example"
    answer = gemeente.test_client().post("/api/v1/oidc/questions", json={})
    assert (answer.status_code, answer.json["code"]) == (503, "oidc_away")


def test_without_the_proof_of_pkce_the_code_is_worth_nothing(
    gemeente: Flask, provider: OidcProvider, samira: Person
) -> None:
    client = gemeente.test_client()
    stolen, state = provider.approve(ask(gemeente.test_client()))
    assert refused(enter(client, stolen, state))
    # A thief with a sign-in of their own: state is right, the proof belongs to another question.
    _, own_state = provider.approve(ask(client))
    assert refused(enter(client, stolen, own_state))
    assert provider.refused == ["pkce"]


def test_a_provider_without_pkce_is_not_used(gemeente: Flask, provider: OidcProvider) -> None:
    provider.methods = []
    answer = gemeente.test_client().post("/api/v1/oidc/questions", json={})
    assert (answer.status_code, answer.json["code"]) == (503, "oidc_away")


def test_a_code_works_once(gemeente: Flask, provider: OidcProvider, samira: Person) -> None:
    client = gemeente.test_client()
    code, state = provider.approve(ask(client))
    assert refused(enter(gemeente.test_client(), code, state))
    assert enter(client, code, state).status_code == 201
    ask(client)
    assert refused(enter(client, code, state))


def test_a_sign_in_that_another_began_is_refused(
    gemeente: Flask, provider: OidcProvider, samira: Person
) -> None:
    client = gemeente.test_client()
    ask(client)
    assert refused(enter(client, *provider.approve(ask(gemeente.test_client()))))


@pytest.mark.parametrize(
    "lie", [{"email": "wie@elders.example"}, {"email": None}, {"email_verified": False}]
)
def test_somebody_the_gemeente_did_not_invite_stays_out(
    gemeente: Flask, provider: OidcProvider, samira: Person, lie: dict[str, Any]
) -> None:
    answer = come(gemeente, provider, **lie)
    assert (answer.status_code, answer.json["code"]) == (403, "person_unknown")


def test_who_left_or_works_elsewhere_stays_out(
    gemeente: Flask, provider: OidcProvider, samira: Person
) -> None:
    assert come(gemeente, provider).status_code == 201
    devices.end_access(None, samira)
    assert come(gemeente, provider).json["code"] == "person_unknown"
    people.invite(
        None,
        name="Doris",
        role="melder",
        kind="school",
        organisation="College",
        mail="doris@college.example",
    )
    answer = come(gemeente, provider, email="doris@college.example", sub="d")
    assert answer.json["code"] == "person_unknown"


def test_an_old_sign_in_over_there_is_no_proof_of_being_here(
    gemeente: Flask, provider: OidcProvider, samira: Person
) -> None:
    provider.lie = {"auth_time": int(time.time()) - 3600}
    client = gemeente.test_client()
    assert enter(client, *provider.approve(ask(client))).status_code == 201
    answer = client.post("/api/v1/devices/invitations", json={})
    assert (answer.status_code, answer.json["code"]) == (403, "confirm")


def test_a_provider_that_is_away_is_said_so(gemeente: Flask, provider: OidcProvider) -> None:
    provider._server.shutdown()
    provider._server.server_close()
    answer = gemeente.test_client().post("/api/v1/oidc/questions", json={})
    assert (answer.status_code, answer.json["code"]) == (503, "oidc_away")


def test_the_way_back_writes_nothing_and_stays_within_the_app(client: FlaskClient) -> None:
    answer = client.get("/api/oidc/return?code=a/b%23&state=c&session_state=d")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/#/aanmelden/a%2Fb%23/c"
    denied = client.get("/api/oidc/return?error=access_denied&state=c")
    assert denied.headers["Location"] == "/#/aanmelden"


def test_a_gemeente_without_it_says_so(client: FlaskClient) -> None:
    assert client.get("/api/v1/oidc").json == {"available": False}
    assert client.post("/api/v1/oidc/questions", json={}).status_code == 404
    assert enter(client, "a", "b").status_code == 404


def test_half_of_the_settings_is_a_clear_error_at_the_start(tmp_path: Path) -> None:
    environ = make_environ(tmp_path, OIDC_ISSUER="http://inloggen.gemeente.example")
    with pytest.raises(ConfigError) as caught:
        Config.from_env(environ, ROOT)
    for word in ("https://", "OIDC_CLIENT_ID", "OIDC_ACR", "OIDC_PRIVATE_KEY_FILE"):
        assert word in str(caught.value)


def test_a_question_to_the_provider_lasts_ten_minutes(
    gemeente: Flask, provider: OidcProvider, samira: Person
) -> None:
    client = gemeente.test_client()
    with time_machine.travel(time.time(), tick=True) as clock:
        code, state = provider.approve(ask(client))
        clock.shift(601)
        assert refused(enter(client, code, state))


def test_the_key_is_made_once_and_only_its_public_half_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "nieuw" / "oidc.pem"
    shown = json.loads(keys.public_key(file))
    assert shown == json.loads(keys.public_key(file))
    assert "d" not in shown
    assert shown["kid"] == keys.read(file).thumbprint()
    assert file.stat().st_mode & 0o077 == 0
    rsa = tmp_path / "rsa.pem"
    rsa.write_bytes(RSAKey.generate_key(2048).as_pem(private=True))
    assert json.loads(keys.public_key(rsa))["kty"] == "RSA"
