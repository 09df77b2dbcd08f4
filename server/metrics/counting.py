"""What the web processes count while they work. The processes of one machine count together."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess

SHARED = "PROMETHEUS_MULTIPROC_DIR"
KINDS = ("observation", "addition", "withdrawal", "other")
RESULTS = ("stored", "known", "conflict", "refused")

REQUESTS = Histogram(
    "signaalkaart_request_seconds",
    "How long answering took, by the template of the address.",
    ("route", "method", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
OUTCOMES = Counter(
    "signaalkaart_sync_outcomes",
    "What became of the items that phones handed in.",
    ("kind", "result"),
)
# What begins at its first value instead of at zero has not grown, as Prometheus sees it: the first
# items that are refused would never be noticed.
for pair in product(KINDS, RESULTS):
    OUTCOMES.labels(*pair)


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answer; of the status only the hundreds are kept."""
    # A method is whatever a caller makes of it.
    known = method if method in {"GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"} else "other"
    REQUESTS.labels(route, known, f"{status // 100}xx").observe(seconds)


def count_outcomes(items: Iterable[Any], outcomes: Iterable[Mapping[str, Any]]) -> None:
    """Count what was said of each item, in the order of the request."""
    for item, outcome in zip(items, outcomes, strict=True):
        kind = item.get("kind") if isinstance(item, dict) else None
        known = kind if isinstance(kind, str) and kind in KINDS else "other"
        OUTCOMES.labels(known, outcome["result"]).inc()


def registry() -> CollectorRegistry:
    """Return what all web processes of this machine counted since the first of them started."""
    made = CollectorRegistry()
    if SHARED in os.environ:
        multiprocess.MultiProcessCollector(made)  # type: ignore[no-untyped-call]
    else:
        for collector in (REQUESTS, OUTCOMES):
            made.register(collector)
    return made


def forget(process: int) -> None:
    """Let go of what a web process that ended holds open; what it counted stays counted."""
    if SHARED in os.environ:
        multiprocess.mark_process_dead(process)  # type: ignore[no-untyped-call]


def remove_shared() -> None:
    """Throw away the folder in which the processes counted together."""
    if folder := os.environ.get(SHARED):
        shutil.rmtree(Path(folder), ignore_errors=True)
