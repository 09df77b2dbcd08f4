"""The provider of the gemeente: where it is, its keys, and exchanging a code for who somebody is.

Authorization code flow with PKCE, state and nonce; this server proves itself with a signed token
(``private_key_jwt``), so there is no secret to share.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7523 import private_key_jwt_sign
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, KeySet

from server import outbound
from server.config import Oidc
from server.oidc import keys

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
PATIENCE = 10.0  # seconds per request
KEPT = 3600.0  # seconds that addresses and keys of the provider are trusted
LEEWAY = 60  # seconds that its clock may differ
ALGORITHMS = ["ES256", "PS256", "RS256"]


class ProviderError(Exception):
    """The provider cannot be reached, or is not what was agreed; the text is for the log."""


class Rejected(Exception):  # noqa: N818
    """What came back does not prove who somebody is; the text says why, in fixed words."""


@dataclass(frozen=True)
class Secrets:
    """What one sign-in is recognised by: for the answer, for the token, and for the code."""

    state: str
    nonce: str
    verifier: str


class Provider:
    """One provider; keeps its addresses and keys for an hour."""

    def __init__(self, settings: Oidc, redirect_uri: str) -> None:
        self._settings = settings
        self._redirect_uri = redirect_uri
        self._key = keys.read(settings.private_key_file)
        self._metadata: tuple[dict[str, Any], float] | None = None
        self._keys: KeySet | None = None

    def sign_in_url(self, secrets: Secrets, most_age: int) -> str:
        """Return where somebody goes to sign in, no longer ago than ``most_age`` seconds."""
        asked = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._redirect_uri,
            "scope": "openid email",
            "state": secrets.state,
            "nonce": secrets.nonce,
            "code_challenge": create_s256_code_challenge(secrets.verifier),
            "code_challenge_method": "S256",
            "acr_values": " ".join(self._settings.levels),
            "max_age": str(most_age),
        }
        return str(add_params_to_uri(self._known()["authorization_endpoint"], list(asked.items())))

    def claims(self, code: str, secrets: Secrets, most_age: int) -> dict[str, Any]:
        """Exchange a code for proof of who somebody is; raise Rejected when it is none."""
        endpoint = self._known()["token_endpoint"]
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": secrets.verifier,
            "client_id": self._settings.client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self._proof(endpoint),
        }
        answer = self._send("POST", endpoint, form)
        if answer.status_code == 400:
            raise Rejected("code")
        return self._check(_object(answer), secrets, most_age)

    def _proof(self, endpoint: str) -> str:
        algorithm = "ES256" if isinstance(self._key, ECKey) else "RS256"
        made: str = private_key_jwt_sign(
            self._key,
            client_id=self._settings.client_id,
            token_endpoint=endpoint,
            alg=algorithm,
            header={"kid": self._key.thumbprint()},
        )
        return made

    def _check(self, answer: dict[str, Any], secrets: Secrets, most_age: int) -> dict[str, Any]:
        options: Any = {
            "iss": {"essential": True, "value": self._settings.issuer},
            "aud": {"essential": True, "value": self._settings.client_id},
            "acr": {"essential": True, "values": list(self._settings.levels)},
            "auth_time": {"essential": True},
        }
        params = {
            "nonce": secrets.nonce,
            "client_id": self._settings.client_id,
            "access_token": answer.get("access_token"),
        }
        try:
            token = self._decode(str(answer.get("id_token", "")))
            told = CodeIDToken(token.claims, token.header, options, params)
            told.validate(leeway=LEEWAY)
        except JoseError as fault:
            raise Rejected(getattr(fault, "claim", None) or fault.error) from None
        except (ValueError, TypeError, KeyError):
            raise Rejected("shape") from None
        if told["auth_time"] < time.time() - most_age - LEEWAY:
            raise Rejected("auth_time")
        return dict(told)

    def _decode(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            # The provider has a new key since we looked.
            self._keys = None
            return jwt.decode(token, self._key_set(), algorithms=ALGORITHMS)

    def _key_set(self) -> KeySet:
        self._known()
        if self._keys is None:
            found: Any = self._fetch(self._known()["jwks_uri"])
            try:
                self._keys = KeySet.import_key_set(found)
            except (JoseError, ValueError, TypeError, KeyError):
                raise ProviderError("keys") from None
        return self._keys

    def _known(self) -> dict[str, Any]:
        if self._metadata is None or self._metadata[1] < time.monotonic() - KEPT:
            issuer = self._settings.issuer
            found = self._fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != issuer:
                raise ProviderError("another issuer")
            if "S256" not in found.get("code_challenge_methods_supported", []):
                raise ProviderError("no PKCE")
            self._metadata, self._keys = (found, time.monotonic()), None
        return self._metadata[0]

    def _fetch(self, url: str) -> dict[str, Any]:
        return _object(self._send("GET", url))

    def _send(self, method: str, url: str, form: dict[str, str] | None = None) -> httpx.Response:
        # The administrator chose this address, and it may stand in the gemeente's own network.
        way_out = outbound.Transport(PATIENCE, trusted=True)
        try:
            with httpx.Client(transport=way_out, headers={"Accept": "application/json"}) as client:
                return client.request(method, url, data=form)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
            raise ProviderError(type(fault).__name__) from None


def _object(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code != 200:
        raise ProviderError(f"status {answer.status_code}")
    try:
        found = answer.json()
    except ValueError:
        raise ProviderError("no JSON") from None
    if not isinstance(found, dict):
        raise ProviderError("shape")
    return found
