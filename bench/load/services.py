"""A push service as bad as they come: slow, silent, failing, turning away, and forgetful."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass

from tests.push_service import Answer, PushService, Received

SLOW = 1.0
# Longer than we wait for one message.
SILENT = 7.0
WAIT = 15


@dataclass(frozen=True)
class Mood:
    """How one kind of subscription is answered: what comes first, then what, and after how long."""

    share: float
    first: int
    then: int = 201
    after: float = 0.0
    ends: str = "accepted"


# The share of subscriptions, and what the service says to the first try and to the next ones.
MOODS = {
    "quick": Mood(0.79, 201),
    "slow": Mood(0.05, 201, after=SLOW),
    "fails": Mood(0.04, 500),
    "busy": Mood(0.04, 429),
    "missing": Mood(0.04, 404, 404, ends="gone"),
    "gone": Mood(0.03, 410, 410, ends="gone"),
    "silent": Mood(0.01, 0),
}


class Moody(PushService):
    """Answers by the name in the address and by how often it was asked before."""

    def __init__(self) -> None:
        super().__init__()
        self.tries: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()
        self.arrived: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[int] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Moody:
        super().__enter__()
        return self

    def take(self, message: Received) -> Answer:
        name = message.path.rpartition("/")[2]
        mood = MOODS[name.partition("-")[0]]
        verdict = self._verdict(message)
        with self._lock:
            if verdict != 201:
                self.wrong.append(verdict)
            self.tries[name] += 1
            status = mood.first if self.tries[name] == 1 else mood.then
        if status == 0:
            time.sleep(SILENT)
            return Answer(503)
        if status >= 300:
            return Answer(status, {"Retry-After": str(WAIT)} if status == 429 else {})
        time.sleep(mood.after)
        with self._lock:
            self.accepted[name] += 1
            self.arrived[name].append(time.monotonic())
        return Answer(verdict)
