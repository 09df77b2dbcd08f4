"""A provider as a gemeente has one, on a port of this machine; strict about what it is sent."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT = "signaalkaart"
LEVEL = "http://eidas.europa.eu/LoA/substantial"


class OidcProvider:
    """Knows one client by its public key. ``lie`` changes what goes into its next tokens.

    ``forge`` makes them in another way, and ``name`` is what it calls itself instead.
    """

    def __init__(self, client_key: ECKey) -> None:
        self.client_key = client_key
        self.key = ECKey.generate_key("P-256", {"kid": "een"})
        self.published = [self.key]
        self.methods = ["S256"]
        self.lie: dict[str, Any] = {}
        self.name: str | None = None
        self.forge: Callable[[dict[str, Any]], str] | None = None
        self.refused: list[str] = []
        self._asked: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> OidcProvider:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def approve(self, url: str) -> tuple[str, str]:
        """Be somebody who signs in at this address; return code and state."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        code = secrets.token_urlsafe(16)
        self._asked[code] = asked
        return code, asked["state"]

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.name or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "code_challenge_methods_supported": self.methods,
        }

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer the token endpoint."""
        asked = self._asked.pop(form.get("code", ""), None)
        if asked is None:
            return self._refuse("code")
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        told = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        if asked.get("code_challenge_method") != "S256" or asked.get("code_challenge") != told:
            return self._refuse("pkce")
        proof = jwt.decode(form["client_assertion"], self.client_key, algorithms=["ES256"]).claims
        right = {"iss": CLIENT, "sub": CLIENT, "aud": f"{self.issuer}/token"}
        if {name: proof.get(name) for name in right} != right or proof["exp"] < time.time():
            return self._refuse("client")
        claims = {
            "iss": self.issuer,
            "sub": "abc-123",
            "aud": CLIENT,
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "auth_time": int(time.time()),
            "nonce": asked["nonce"],
            "acr": LEVEL,
            "email": "samira@gemeente.example",
            "email_verified": True,
            **self.lie,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)
        token = self.forge(claims) if self.forge else signed
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}

    def _refuse(self, why: str) -> tuple[int, dict[str, Any]]:
        self.refused.append(why)
        return 400, {"error": "invalid_grant"}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/authorize?"):
                    self._send_back()
                elif self.path == "/jwks":
                    keys = [key.as_dict(private=False) for key in provider.published]
                    self._answer(200, {"keys": keys})
                else:
                    self._answer(200, provider.metadata())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                self._answer(*provider.exchange(form))

            def _send_back(self) -> None:
                """Be a page on which somebody signed in at once."""
                code, state = provider.approve(self.path)
                back = parse_qs(urlsplit(self.path).query)["redirect_uri"][0]
                self.send_response(302)
                self.send_header("Location", f"{back}?{urlencode({'code': code, 'state': state})}")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def _answer(self, status: int, value: Any) -> None:
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: Any) -> None:
                """Keep still."""

        return Handler
