"""How many faults of each kind really took effect."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque

# What makes a clock lose hold of what it was bringing, so that another may bring it again.
ROUGH = {
    "clock killed",
    "database killed",
    "disk full",
    "server's clock shifted",
    "backup restored",
    "web killed",
}


class Tally:
    """Counts from all threads, and remembers when the house itself was disturbed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.rough: deque[float] = deque()

    def add(self, kind: str, times: int = 1) -> None:
        with self._lock:
            self.counts[kind] += times
            if kind in ROUGH:
                self.rough.append(time.monotonic())

    def was_rough(self, since: float, until: float) -> bool:
        with self._lock:
            return any(since <= moment <= until for moment in self.rough)

    def total(self) -> int:
        return sum(self.counts.values())

    def table(self) -> str:
        width = max(map(len, self.counts), default=4)
        rows = sorted(self.counts.items(), key=lambda row: (-row[1], row[0]))
        lines = [f"{kind:<{width}} {count:>7,}" for kind, count in rows]
        return "\n".join([*lines, f"{'together':<{width}} {self.total():>7,}"])
