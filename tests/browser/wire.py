"""Everything a browser asks of the server, by its pages and by its worker."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import BrowserContext, Request


class Wire:
    """Writes down the requests of one browser from now on."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[Request] = []
        context.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.requests.append(request)

    def everything(self) -> str:
        """Return every address and body that left, as one text."""
        return "\n".join(f"{one.method} {one.url} {one.post_data or ''}" for one in self.requests)

    def size(self) -> int:
        """Return the size of all bodies that reached the server."""
        return sum(len(one.post_data or "") for one in self.requests if one.failure is None)

    def deliveries(self) -> list[list[dict[str, Any]]]:
        """Return the items of each round trip that reached the server with any."""
        trips = [
            json.loads(one.post_data or "{}")["items"]
            for one in self.requests
            if one.url.endswith("/api/v1/sync") and one.failure is None
        ]
        return [items for items in trips if items]

    def delivered(self) -> list[str]:
        """Return the id of every item that reached the server, as often as it did."""
        return [item["id"] for items in self.deliveries() for item in items]
