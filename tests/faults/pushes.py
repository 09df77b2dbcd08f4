"""The push service of a run: as strict as a real one, and now and then it fails or dawdles."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import urlsplit

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

    def subscribe(self) -> Browser:
        browser = super().subscribe()
        self._browsers[urlsplit(browser.endpoint).path] = browser
        return browser

    def take(self, message: Received) -> Answer:
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
            self._note(message)
        return answer

    def _note(self, message: Received) -> None:
        browser = self._browsers.get(message.path)
        if browser is not None:
            tag = json.loads(browser.open(message.body))["tag"]
            with self._guard:
                self._moments[(message.path, tag)].append(time.monotonic())

    def took(self, _delivery: Any, tag: str) -> bool:
        """Say whether anything was handed over under a tag."""
        return any(kept == tag for _path, kept in self._moments)

    def twice(self) -> Iterator[tuple[str, int, list[float]]]:
        """Yield what one phone was brought more than once: what, how often and when."""
        for (_path, tag), moments in self._moments.items():
            if len(moments) > 1:
                yield tag, len(moments), moments
