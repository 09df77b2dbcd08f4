"""A device may hand in 200 new items a day, and here one phone hands in thousands: gunicorn's
settings with that limit lifted."""

from __future__ import annotations

from typing import Any

from server import web
from server.sync import receiving

__all__ = ["web"]


def post_worker_init(worker: Any) -> None:
    receiving.DAILY_LIMIT = 10_000_000
