"""The push service of a run: as strict as a real one, and now and then it fails or dawdles."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from random import Random
from urllib.parse import urlsplit

from tests.faults.brought import Brought, brought
from tests.faults.tally import Tally
from tests.push_service import Answer, Browser, PushService, Received

REFUSALS = (500, 503, 429)


class Pushes(PushService):
    """Keeps for each subscription what was handed over and when."""

    def __init__(self, seed: int, tally: Tally) -> None:
        super().__init__()
        self.quiet = False
        self._dice = Random(f"{seed}/push")
        self._tally = tally
        self._guard = threading.Lock()
        self._browsers: dict[str, Browser] = {}
        self._moments: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        self._brought: defaultdict[str, list[Brought]] = defaultdict(list)
        self._since: dict[str, float] = {}

    def subscribe(self) -> Browser:
        browser = super().subscribe()
        self._browsers[urlsplit(browser.endpoint).path] = browser
        return browser

    def listens(self, browser: Browser) -> None:
        """Note that the server knows of a subscription from now on."""
        self._since[urlsplit(browser.endpoint).path] = time.monotonic()

    def listened(self, path: str, moment: float) -> bool:
        return self._since.get(path, moment) < moment

    def take(self, message: Received) -> Answer:
        arrived = time.monotonic()
        with self._guard:
            trouble = 1.0 if self.quiet else self._dice.random()
        if trouble < 0.4:
            self._tally.add("push refused")
            after = {"Retry-After": "1"} if trouble < 0.08 else {}
            return Answer(REFUSALS[int(trouble * 7.5)], after)
        if trouble < 0.8:
            self._tally.add("push kept waiting")
            time.sleep(trouble)
        answer = super().take(message)
        if answer.status < 300:
            self._note(message, arrived)
        return answer

    def _note(self, message: Received, arrived: float) -> None:
        browser = self._browsers.get(message.path)
        if browser is not None:
            said = json.loads(browser.open(message.body))
            one = brought(said["url"], arrived)
            with self._guard:
                self._moments[(message.path, said["tag"])].append(time.monotonic())
                self._brought[one.delivery].append(one)

    def took(self, path: str, tag: str, since: float) -> bool:
        """Say whether one phone was handed something under a tag since a moment."""
        return any(moment > since for moment in self._moments.get((path, tag), ()))

    def by_delivery(self) -> dict[str, list[Brought]]:
        """Return how each delivery was brought, each time that it was."""
        return {
            one: sorted(times, key=lambda each: each.arrived)
            for one, times in self._brought.items()
        }
