"""How many faults of each kind really took effect, and what they excuse."""

from __future__ import annotations

import threading
from collections import Counter


class Tally:
    """Counts from all threads, and remembers what may have a delivery brought again.

    ``killed`` says when each clock was, ``restores`` from when until when a backup was put back,
    and ``unwritten`` which delivery was brought by which clock and not written down, because the
    database failed. ``excused`` is how many were brought again for each reason.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.killed: dict[int, float] = {}
        self.restores: list[tuple[float, float]] = []
        self.unwritten: set[tuple[str, int]] = set()
        self.excused: Counter[str] = Counter()

    def add(self, kind: str, times: int = 1) -> None:
        with self._lock:
            self.counts[kind] += times

    def total(self) -> int:
        return sum(self.counts.values())

    def table(self) -> str:
        width = max(map(len, self.counts), default=4)
        rows = sorted(self.counts.items(), key=lambda row: (-row[1], row[0]))
        lines = [f"{kind:<{width}} {count:>7,}" for kind, count in rows]
        lines.append(f"{'together':<{width}} {self.total():>7,}")
        why = "; ".join(f"{count} as {reason}" for reason, count in self.excused.items())
        lines.append(f"brought again and excused: {self.excused.total()} ({why or 'none'})")
        return "\n".join(lines)
