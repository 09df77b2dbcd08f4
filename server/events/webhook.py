"""Hand one event to the system that listens: NL GOV CloudEvents 1.1, structured JSON, over HTTPS.

The address is guarded like those of phones: only the internet, nothing followed, nothing waited
for longer than ``PATIENCE``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

import httpx

from server import outbound
from server.wire import moment

PATIENCE = 10.0  # seconds for one event, from looking up the name to the last byte
LONGEST_WAIT = timedelta(days=1)
TYPES = {
    "observation": "nl.jeugd-signalen.melding-ontvangen.v1",
    "feedback": "nl.jeugd-signalen.terugkoppeling-gegeven.v1",
}
MEDIA_TYPE = "application/cloudevents+json; charset=UTF-8"


class Outcome(StrEnum):
    DELIVERED = "delivered"
    GONE = "gone"
    LATER = "later"


@dataclass(frozen=True)
class Result:
    """What the other side said; ``status`` is None when it said nothing."""

    outcome: Outcome
    status: int | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class Event:
    """What goes out: that it happened, and the moment all of its batch were let go."""

    id: str
    kind: str
    released_at: datetime


def written(event: Event, source: str, figures: str) -> bytes:
    """Return an event as it goes over the wire; who wants to know more reads the figures."""
    return json.dumps(
        {
            "specversion": "1.0",
            "id": event.id,
            "source": source,
            "type": TYPES[event.kind],
            "time": moment(event.released_at),
            "dataref": figures,
        }
    ).encode()


class Sender:
    """Sends events to one address. Keeps no state, so threads may share it.

    ``test_origin`` exists for tests: an origin that may be on this machine and without TLS.
    """

    def __init__(
        self,
        url: str,
        token: str | None,
        *,
        test_origin: str | None = None,
        patience: float = PATIENCE,
        resolve: outbound.Resolve = outbound.resolve,
    ) -> None:
        self._url = url
        self._trusted = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" == test_origin
        self._headers = {"Content-Type": MEDIA_TYPE, "User-Agent": "signaalkaart"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._patience = patience
        self._resolve = resolve

    def send(self, body: bytes) -> Result:
        """Hand over one event and say what came of it; never raises for the far end."""
        if not self._trusted and not _is_fit(self._url):
            return Result(Outcome.LATER)
        transport = outbound.Transport(self._patience, trusted=self._trusted, resolve=self._resolve)
        try:
            with httpx.Client(transport=transport, trust_env=False) as client:
                answer = client.post(self._url, content=body, headers=self._headers)
        except (httpx.HTTPError, outbound.InsideError, OSError):
            return Result(Outcome.LATER)
        return _judge(answer)


def _is_fit(url: str) -> bool:
    parts = urlsplit(url)
    plain = parts.username is None and not parts.fragment
    return parts.scheme == "https" and plain and outbound.may_be_public(parts.hostname or "")


def _judge(answer: httpx.Response) -> Result:
    status = answer.status_code
    # A page with status 200 is a wall in between, and not the system that was asked.
    page = answer.headers.get("content-type", "").lower().startswith("text/html")
    if 200 <= status < 300 and not page:
        return Result(Outcome.DELIVERED, status)
    if status == 410:
        return Result(Outcome.GONE, status)
    return Result(Outcome.LATER, status, _retry_after(answer.headers.get("retry-after", "")))


def _retry_after(value: str) -> timedelta | None:
    """Read Retry-After in seconds; what is longer than a day counts as a day."""
    if not re.fullmatch(r"[0-9]{1,9}", value):
        return None
    return min(timedelta(seconds=int(value)), LONGEST_WAIT)
