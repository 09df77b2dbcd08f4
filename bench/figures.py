"""How fast all figures of a year are, with very many observations behind them.

It stands on the observations of ``inbox``: counts them as the clock does, publishes the quarters
that are over, holds their totals against a full count, and asks for a year as the screen does.
``python -m bench.inbox 300000 postgres`` measures it as well.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask

from bench.table import Line, percentile
from server.db import db
from server.observations.models import Observation
from server.reports import counting, publishing, service
from server.reports.quarters import Quarter
from server.workdays import AMSTERDAM
from tests.factories import add_phone

ROUNDS = 40
YEAR = 4  # quarters
GOAL = 300


@dataclass(frozen=True)
class Year:
    """How long everything took: counting in seconds, asking in milliseconds."""

    counted: float
    published: float
    full: float
    times: list[float]


def measure(app: Flask) -> Year:
    """Count and publish what is there, and ask for the last year."""
    begin = time.monotonic()
    counting.count_new()
    counted = time.monotonic()
    publishing.publish_due()
    published = time.monotonic()
    newest = service.periods()[:YEAR]
    for name in newest:
        hold_against_full_count(name)
    full = time.monotonic()
    phone = add_phone(app, "bestuur", card=None)
    path = f"/figures?first={newest[-1]}&last={newest[0]}"
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = phone.get(path)
        times.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 200, answer.json
    assert answer.json["shown"]["missing"] == []
    return Year(counted - begin, published - counted, full - published, times)


def hold_against_full_count(name: str) -> None:
    """Hold what was published of a quarter against counting every observation."""
    quarter = Quarter.named(name)
    start = datetime.combine(quarter.begins_on, datetime.min.time(), AMSTERDAM).astimezone(UTC)
    count = db.session.scalar(
        sa.select(sa.func.count()).where(
            Observation.received_at >= start, Observation.received_at < quarter.ends_at
        )
    )
    whole = service.figures(name, name).table("card").cell("")
    assert whole is not None
    assert whole.value == count, f"{name}: {whole.value} published, {count} there"


def line(database: str, size: int, year: Year) -> Line:
    """Return the line for the table."""
    p95 = percentile(year.times, 0.95)
    return Line(
        f"all figures of a year at {size:,} observations, {database}",
        f"p95 {p95:.0f} ms of {len(year.times)} (p50 {percentile(year.times, 0.5):.0f} ms)",
        f"< {GOAL} ms",
        p95 < GOAL,
        f"counting only the totals of four quarters each time: {year.full * 1000:.0f} ms",
        f"{year.full * 1000 / p95:.0f}× as fast",
        f"counted once by the clock, all {size:,} in {year.counted:.0f} s; published in "
        f"{year.published:.0f} s; totals equal to a full count",
    )
