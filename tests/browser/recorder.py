"""Writes down what one phone asks of the server, and what it hears."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, Response, Route

from tests import conversation
from tests.browser.phone import Phone

API = "/api/v1"
# Nothing listens there; what is recorded may not depend on a port that was free that day.
PUSH_ORIGIN = "http://127.0.0.1:9"
STILL = 0.5


class Recorder:
    """Writes down what one phone asks and what it hears, in the order in which answers came."""

    def __init__(self, phone: Phone) -> None:
        self.page: Page = phone.page
        self.origin = phone.push.origin
        self.steps: list[dict[str, Any]] = []
        self._under_way = 0
        self._heard: list[Response] = []
        self._changed = time.monotonic()
        phone.context.on("request", lambda request: self._count(request, 1))
        phone.context.on("requestfinished", lambda request: self._count(request, -1))
        # A request of which nobody reads the body, such as a 304, also ends as one that failed.
        phone.context.on("requestfailed", lambda request: self._count(request, -1))
        phone.context.on("response", self._hear)

    def settle(self) -> None:
        """Wait until the phone has nothing more to ask, and write down what it asked."""
        self._changed = time.monotonic()
        while self._under_way or time.monotonic() - self._changed < STILL:
            self.page.wait_for_timeout(50)
        heard, self._heard = self._heard, []
        for answer in heard:
            has_body = "json" in answer.headers.get("content-type", "")
            self._write(answer.request, answer.status, answer.text() if has_body else "null")

    def sync(self) -> None:
        """Have the phone ask what is new, as it does when the network returns."""
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self.settle()

    def meanwhile(self, step: dict[str, Any]) -> None:
        """Write down what the desk did, and have the phone hear of it."""
        self.steps.append(step)
        self.sync()

    def lose_answer(self, route: Route) -> None:
        """Let a request arrive and its answer get lost: it was given, and nobody heard it."""
        answer = route.fetch()
        self._write(route.request, answer.status, answer.text())
        self.steps[-1]["lost"] = True
        route.abort("connectionreset")

    def _count(self, request: Request, by: int) -> None:
        if f"{API}/" in request.url:
            self._under_way += by
            self._changed = time.monotonic()

    def _hear(self, answer: Response) -> None:
        if f"{API}/" in answer.url:
            self._heard.append(answer)

    def _write(self, request: Request, status: int, text: str) -> None:
        path = urlsplit(request.url).path.removeprefix(API)
        says = (request.post_data or "null").replace(self.origin, PUSH_ORIGIN)
        self.steps.append(
            {
                "asks": f"{request.method} {path}",
                "with_key": "authorization" in request.headers,
                "with_etag": "if-none-match" in request.headers,
                "says": json.loads(says),
                "status": status,
                "hears": conversation.settled(path, json.loads(text)),
            }
        )
