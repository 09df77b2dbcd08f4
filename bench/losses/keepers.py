"""The four pages under test, each on a line of its own to a server of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page

from bench.losses.gate import Gate

SMALL = 1
TAG = "workbox-background-sync:items"


@dataclass
class Keeper:
    """One page; ``stored`` says how often its server has an id, ``starting`` how it begins."""

    name: str
    gate: Gate
    path: str
    stored: Callable[[Iterable[str]], Counter[str]]
    starting: Callable[[], str | None]
    page: Page | None = None
    workers: dict[str, str] = field(default_factory=dict)
    session: CDPSession | None = None

    def open(self, context: BrowserContext) -> None:
        """Open the page and let it begin, with what it kept before."""
        self.workers.clear()
        self.page = context.new_page()
        self.session = context.new_cdp_session(self.page)
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.session.send("ServiceWorker.enable")
        self.page.goto(f"{self.gate.url}{self.path}")
        self.page.wait_for_function("() => window.bench")
        self.page.evaluate("(value) => bench.start(value ?? undefined)", self.starting())

    def save(self, ids: list[str]) -> None:
        assert self.page
        self.page.evaluate("(ids) => bench.save(ids)", ids)

    def again(self) -> None:
        """Let it try again: by what its page can do, and by the event its worker waits for."""
        assert self.page
        assert self.session
        self.page.evaluate("() => bench.again()")
        for registration in self.workers.values():
            self.session.send(
                "ServiceWorker.dispatchSyncEvent",
                {
                    "origin": self.gate.url,
                    "registrationId": registration,
                    "tag": TAG,
                    "lastChance": False,
                },
            )

    def look(self) -> dict[str, Any]:
        """Return what it said of each item, and how many it knows to be waiting."""
        assert self.page
        seen: dict[str, Any] = self.page.evaluate("() => bench.look()")
        return seen

    def leave_no_room(self, *, really: bool) -> None:
        assert self.session
        quota = {"quotaSize": SMALL} if really else {}
        self.session.send("Storage.overrideQuotaForOrigin", {"origin": self.gate.url, **quota})

    def _note(self, told: dict[str, Any]) -> None:
        for one in told["registrations"]:
            if one["scopeURL"].startswith(self.gate.url) and not one["isDeleted"]:
                self.workers[one["scopeURL"]] = one["registrationId"]
