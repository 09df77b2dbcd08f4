"""How gunicorn serves the app, as far as its options cannot say it: --config python:server.web."""

from __future__ import annotations

import gc
from typing import Any

import gunicorn.http.wsgi

# Nobody needs to know what serves this, and gunicorn has no setting for it.
gunicorn.http.wsgi.SERVER = "signaalkaart"


def post_worker_init(_worker: Any) -> None:
    """Leave what was loaded to start out of every later search for garbage: it all stays."""
    gc.collect()
    gc.freeze()
