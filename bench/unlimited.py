"""A device may hand in 200 new items a day, and here one phone hands in thousands: gunicorn's
settings of the Procfile, all of them, with that limit lifted."""

from __future__ import annotations

from typing import Any

from server import web
from server.sync import receiving
from server.web import child_exit, on_exit, on_starting

__all__ = ["child_exit", "on_exit", "on_starting"]


def post_worker_init(worker: Any) -> None:
    receiving.DAILY_LIMIT = 10_000_000
    web.post_worker_init(worker)
