"""Hand one encrypted message to a push service; the only module that opens an outward socket."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import httpcore
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from webpush import WebPush, WebPushSubscription
from webpush.types import WebPushKeys
from webpush.vapid import VAPID

from server import outbound
from server.db import now

LARGEST = 3993  # bytes of plaintext that fit the one record of 4,096 a push service accepts
FILLED = 512  # every message we make has this length, so that its length says nothing
LONGEST_ENDPOINT = 1000
PATIENCE = 6.0  # seconds for one message, from looking up the name to the answer
TOKEN_TERM = 12 * 60 * 60
DEFAULT_PORTS = {"https": 443, "http": 80}


class UnfitError(ValueError):
    """A subscription or message that can never be sent; ``field`` says what is wrong with it."""

    def __init__(self, field: str) -> None:
        super().__init__(f"Unfit for push: {field}")
        self.field = field


@dataclass(frozen=True)
class Destination:
    """Where one browser wants its messages, and the keys only that browser can read them with."""

    endpoint: str
    p256dh: str
    auth: str


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    GONE = "gone"
    LATER = "later"
    BROKEN = "broken"


@dataclass(frozen=True)
class Result:
    """What the push service said; ``status`` is None when it said nothing."""

    outcome: Outcome
    status: int | None = None
    retry_after: timedelta | None = None


def check(destination: Destination, test_origin: str | None = None) -> None:
    """Raise UnfitError unless this can be a real subscription; asks nobody but itself."""
    endpoint = destination.endpoint
    if len(endpoint) > LONGEST_ENDPOINT or not re.fullmatch(r"[!-~]+", endpoint):
        raise UnfitError("endpoint")
    try:
        parts = urlsplit(endpoint)
        origin = origin_of(endpoint)
    except ValueError:
        raise UnfitError("endpoint") from None
    if origin != test_origin:
        if parts.scheme != "https" or parts.username is not None or parts.fragment:
            raise UnfitError("endpoint")
        if not outbound.may_be_public(parts.hostname or ""):
            raise UnfitError("endpoint")
    _check_key(destination.p256dh)
    if len(_decoded(destination.auth, "auth")) != 16:
        raise UnfitError("auth")


def origin_of(endpoint: str) -> str:
    """Return scheme, host and port as RFC 6454 writes them: a default port is left out."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    port = parts.port
    if port is None or port == DEFAULT_PORTS.get(parts.scheme):
        return f"{parts.scheme}://{shown}"
    return f"{parts.scheme}://{shown}:{port}"


def fill(message: Mapping[str, str]) -> bytes:
    """Return the message as JSON of a fixed length; spaces after JSON mean nothing."""
    text = json.dumps(message, separators=(",", ":")).encode()
    if len(text) > LARGEST:
        raise UnfitError("message")
    return text.ljust(FILLED if len(text) <= FILLED else LARGEST)


def topic_of(destination: Destination, tag: str) -> str:
    """Return the name under which a newer message replaces a waiting one (RFC 8030, 5.4).

    It is hashed with the endpoint, so that a push service cannot see that two people are told
    about the same thing.
    """
    digest = hashlib.sha256(f"{destination.endpoint}\n{tag}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


class Sender:
    """Sends messages in the name of this server. Keeps no state, so threads may share it."""

    def __init__(
        self,
        private_pem: bytes,
        contact: str,
        *,
        test_origin: str | None = None,
        patience: float = PATIENCE,
        resolve: outbound.Resolve = outbound.resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        key = load_pem_private_key(private_pem, password=None)
        self._private_pem = private_pem
        self._public_pem = key.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )
        self._contact = contact.removeprefix("mailto:")
        self._test_origin = test_origin
        self._patience = patience
        self._resolve = resolve
        self._tls = tls or ssl.create_default_context()

    def send(
        self,
        destination: Destination,
        message: Mapping[str, str],
        *,
        tag: str,
        ttl: timedelta,
        urgency: str = "normal",
    ) -> Result:
        """Encrypt a message, hand it over and say what came of it; never raises for the far end."""
        try:
            check(destination, self._test_origin)
            body, headers = self._seal(destination, fill(message), ttl)
            headers |= {"Urgency": urgency, "Topic": topic_of(destination, tag)}
            return self._post(destination.endpoint, body, headers)
        except (ValueError, outbound.InsideError):
            return Result(Outcome.BROKEN)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError):
            return Result(Outcome.LATER)

    def _seal(
        self, destination: Destination, plaintext: bytes, ttl: timedelta
    ) -> tuple[bytes, dict[str, str]]:
        # The library remembers what one call was given for all later calls, so every message
        # gets an instance of its own; it is handed the lifetime here and not per call because
        # it ignores a zero there.
        maker = WebPush(
            private_key=self._private_pem,
            public_key=self._public_pem,
            subscriber=self._contact,
            ttl=max(0, int(ttl.total_seconds())),
            expiration=TOKEN_TERM,
        )
        maker.vapid = _Vapid(self._private_pem, self._public_pem)
        made = maker.get(
            plaintext,
            WebPushSubscription(
                endpoint=destination.endpoint,
                keys=WebPushKeys(p256dh=destination.p256dh, auth=destination.auth),
            ),
        )
        return made.encrypted, {
            "TTL": made.headers["ttl"],
            "Content-Encoding": made.headers["content-encoding"],
            "Content-Type": "application/octet-stream",
            "Authorization": made.headers["authorization"],
        }

    def _post(self, endpoint: str, body: bytes, headers: dict[str, str]) -> Result:
        # One connection per message: nothing verified for one host is ever reused for another,
        # and the time limit covers all of it. Redirects and proxies do not exist at this level.
        network = outbound.GuardedBackend(
            self._patience, self._resolve, trusted=origin_of(endpoint) == self._test_origin
        )
        sent = [(name.encode(), value.encode()) for name, value in headers.items()]
        with (
            httpcore.ConnectionPool(ssl_context=self._tls, network_backend=network) as pool,
            pool.stream("POST", endpoint, headers=sent, content=body) as answer,
        ):
            return _judge(answer.status, answer.headers)


class _Vapid(VAPID):
    """The library's token, with the port in ``aud`` that it leaves out."""

    def get_authorization_header(self, endpoint: Any, subscriber: str, expiration: int) -> str:
        scheme, _, host = origin_of(str(endpoint)).partition("://")
        header: str = super().get_authorization_header(
            _Origin(scheme, host), subscriber, expiration
        )
        return header


@dataclass(frozen=True)
class _Origin:
    scheme: str
    host: str


def _judge(status: int, headers: Iterable[tuple[bytes, bytes]]) -> Result:
    if 200 <= status < 300:
        return Result(Outcome.ACCEPTED, status)
    if status in {404, 410}:
        return Result(Outcome.GONE, status)
    if status in {408, 429} or status >= 500:
        return Result(Outcome.LATER, status, _retry_after(headers))
    return Result(Outcome.BROKEN, status)


def _retry_after(headers: Iterable[tuple[bytes, bytes]]) -> timedelta | None:
    """Read Retry-After as seconds or as a date; nonsense counts as absent."""
    value = next((v.decode("latin-1") for k, v in headers if k.lower() == b"retry-after"), "")
    if re.fullmatch(r"[0-9]{1,7}", value):
        return timedelta(seconds=int(value))
    try:
        return max(timedelta(0), parsedate_to_datetime(value) - now())
    except (TypeError, ValueError):
        return None


def _check_key(p256dh: str) -> None:
    raw = _decoded(p256dh, "p256dh")
    if len(raw) != 65 or raw[0] != 4:
        raise UnfitError("p256dh")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        raise UnfitError("p256dh") from None


def _decoded(text: str, field: str) -> bytes:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,100}={0,2}", text):
        raise UnfitError(field)
    bare = text.rstrip("=")
    if len(bare) % 4 == 1:
        raise UnfitError(field)
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
