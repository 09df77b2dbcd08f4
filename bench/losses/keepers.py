"""The four pages under test, each on a line of its own to a server of its own."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Page

from bench.losses.gate import Gate

SMALL = 1
# How long a page may take for one thing that it is asked; none needs more than a few seconds.
ANSWER = 30.0
# A page that does not answer must not hold up the others, nor the run.
ASK = """([call, value, seconds]) => Promise.race([
  Promise.resolve(bench[call](value ?? undefined)),
  new Promise((_, fail) => setTimeout(() => fail(new Error("too late")), seconds * 1000)),
])"""
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
    silent: str = ""

    def attempt(self, work: Callable[[], object]) -> None:
        """Do something with this page; when that does not finish, leave the page alone after it."""
        if self.silent:
            return
        try:
            work()
        except Error as fault:
            if "closed" in str(fault):
                # That is the browser, and so all pages.
                raise
            late = fault.name == "TimeoutError" or "too late" in str(fault)
            self.silent = f"did not finish in {ANSWER:.0f} s" if late else "broke off"
            sys.stderr.write(f"{self.name}: {self.silent}: {str(fault).splitlines()[0]}\n")

    def open(self, context: BrowserContext) -> None:
        """Open the page and let it begin, with what it kept before."""
        self.workers.clear()
        self.page = context.new_page()
        self.page.set_default_timeout(ANSWER * 1000)
        self.session = context.new_cdp_session(self.page)
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.session.send("ServiceWorker.enable")
        self.page.goto(f"{self.gate.url}{self.path}")
        self.page.wait_for_function("() => window.bench")
        self._ask("start", self.starting())

    def save(self, ids: list[str]) -> None:
        self._ask("save", ids)

    def again(self) -> None:
        """Let it try again: by what its page can do, and by the event its worker waits for."""
        assert self.session
        self._ask("again")
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
        seen: dict[str, Any] = self._ask("look")
        return seen

    def _ask(self, call: str, value: object = None) -> Any:
        assert self.page
        return self.page.evaluate(ASK, [call, value, ANSWER])

    def leave_no_room(self, *, really: bool) -> None:
        assert self.session
        quota = {"quotaSize": SMALL} if really else {}
        self.session.send("Storage.overrideQuotaForOrigin", {"origin": self.gate.url, **quota})

    def _note(self, told: dict[str, Any]) -> None:
        for one in told["registrations"]:
            if one["scopeURL"].startswith(self.gate.url) and not one["isDeleted"]:
                self.workers[one["scopeURL"]] = one["registrationId"]
