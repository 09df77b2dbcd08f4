"""Every request gets a name, is timed, and leaves a line when it wrote something or went wrong."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

from server.logs import tracing
from server.metrics import counting

log = logging.getLogger(__name__)

READS = {"GET", "HEAD", "OPTIONS"}


def register(app: Flask) -> None:
    """Watch every request of this app, from before anybody is asked who they are."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.begun = time.perf_counter()
    tracing.begin()


def _end(response: Response) -> Response:
    took = time.perf_counter() - g.begun
    # The template of the address: what stands in it names records.
    route = request.url_rule.rule if request.url_rule is not None else "-"
    counting.count_request(route, request.method, response.status_code, took)
    if request.method not in READS or response.status_code >= 500:
        fields = {"status": response.status_code, "ms": round(took * 1000)}
        log.info("%s %s", request.method, route, extra={"fields": fields})
    if trace := tracing.current():
        response.headers["Request-Id"] = trace
    return response
