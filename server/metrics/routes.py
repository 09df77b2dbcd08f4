"""Where Prometheus reads its numbers: only with the key of this installation."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from server.access.door import allow, delivery_key
from server.errors import NotFound
from server.metrics import counting
from server.metrics.stores import Stores

blp = Blueprint("metrics", __name__)


@blp.route("/metrics")
@allow("read_metrics")
def show_metrics() -> Response:
    """Give what was counted and what waits, without anybody in it."""
    config = current_app.config["SIGNAALKAART"]
    given = delivery_key() or ""
    if not config.metrics_key or not hmac.compare_digest(
        given.encode(), config.metrics_key.encode()
    ):
        raise NotFound("Dit adres bestaat niet.")
    registry = counting.registry()
    registry.register(Stores(config))
    answer = Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer
