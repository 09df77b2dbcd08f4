"""A push service and a browser for tests: they speak the real protocols over a real socket.

The service is as strict as the real ones (RFC 8030, 8188, 8292); the browser opens messages with
``http-ece``, which shares no code with the server.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import http_ece
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LONGEST_BODY = 4096


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """One subscription with the keys that only the browser has."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.private_key = ec.generate_private_key(ec.SECP256R1())
        self.auth = uuid4().bytes

    @property
    def p256dh(self) -> str:
        point = self.private_key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return encode(point)

    def to_json(self) -> dict[str, Any]:
        """Return what ``PushSubscription.toJSON()`` gives."""
        return {
            "endpoint": self.endpoint,
            "expirationTime": None,
            "keys": {"p256dh": self.p256dh, "auth": encode(self.auth)},
        }

    def open(self, body: bytes) -> bytes:
        """Return the plaintext of a message, padding included."""
        plain: bytes = http_ece.decrypt(
            body, private_key=self.private_key, auth_secret=self.auth, version="aes128gcm"
        )
        return plain


@dataclass(frozen=True)
class Received:
    """One message as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    def claims(self) -> dict[str, Any]:
        """Return what the VAPID token says, after checking its signature (RFC 8292)."""
        scheme, _, rest = self.headers["authorization"].partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        header, claims, signature = parts["t"].split(".")
        raw = decode(signature)
        if (scheme, json.loads(decode(header))["alg"], len(raw)) != ("vapid", "ES256", 64):
            raise ValueError("not a VAPID token")
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(parts["k"]))
        r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        key.verify(encode_dss_signature(r, s), f"{header}.{claims}".encode(), ec.ECDSA(SHA256()))
        return {**json.loads(decode(claims)), "k": parts["k"]}


@dataclass(frozen=True)
class Answer:
    """What the service says to one message; ``before`` runs while the sender waits."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None


class PushService:
    """Takes messages on 127.0.0.1, says 201 unless told otherwise, and keeps what was accepted.

    Use it in a ``with`` statement. ``asked`` counts every request, ``received`` holds what was
    accepted; ``answers`` is what to say to the next requests.
    """

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: deque[Answer] = deque()
        self.asked = 0
        self._changed = threading.Condition()
        self._server = _Server(self)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> PushService:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def subscribe(self) -> Browser:
        """Return a new subscription with this service."""
        return Browser(f"{self.origin}/push/{uuid4()}")

    def received_by(self, browser: Browser) -> list[dict[str, Any]]:
        """Return the messages of one browser, opened."""
        path = urlsplit(browser.endpoint).path
        return [json.loads(browser.open(m.body)) for m in self.received if m.path == path]

    def wait(self, count: int, seconds: float = 5) -> list[Received]:
        """Wait until so many messages were accepted; return them all."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.received) >= count, seconds):
                raise TimeoutError(f"{len(self.received)} of {count} messages came")
            return list(self.received)

    def take(self, message: Received) -> Answer:
        """Decide what to say to a message."""
        with self._changed:
            self.asked += 1
            answer = self.answers.popleft() if self.answers else Answer(self._verdict(message))
        answer.before()
        with self._changed:
            if answer.status < 300:
                self.received.append(message)
            self._changed.notify_all()
        return answer

    def _verdict(self, message: Received) -> int:
        headers = message.headers
        if len(message.body) > LONGEST_BODY:
            return 413
        if not headers.get("ttl", "").isdigit() or headers.get("content-encoding") != "aes128gcm":
            return 400
        try:
            claims = message.claims()
        except (ValueError, KeyError, InvalidSignature):
            return 401
        fresh = 0 < claims["exp"] - time.time() <= 24 * 60 * 60
        return 201 if claims["aud"] == self.origin and fresh else 401


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # With the standard five, a burst of connections waits a second for the next try.
    request_queue_size = 128

    def __init__(self, service: PushService) -> None:
        self.service = service
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.service.take(Received(self.path, headers, body))
        try:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
        except ConnectionError:
            # The sender lost its patience, which is what some tests are about.
            self.close_connection = True

    def log_message(self, *_args: object) -> None:
        """Keep still."""
