"""How gunicorn serves the app, as far as its options cannot say it: --config python:server.web."""

from __future__ import annotations

import gc
import os
import tempfile
from typing import Any

import gunicorn.http.wsgi

# Nobody needs to know what serves this, and gunicorn has no setting for it.
gunicorn.http.wsgi.SERVER = "signaalkaart"

# Where the web processes of this machine count together. It has to be known before the first of
# them loads what counts, and it is empty at every start.
COUNTED = tempfile.mkdtemp(prefix="signaalkaart-counts-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = COUNTED


def on_starting(server: Any) -> None:
    """Have gunicorn write its own lines the way the app does."""
    from server.logs.lines import Lines

    for handler in server.log.error_log.handlers:
        handler.setFormatter(Lines())


def post_worker_init(_worker: Any) -> None:
    """Leave what was loaded to start out of every later search for garbage: it all stays."""
    from server.logs import lines as logs

    logs.start()
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    """Keep what a process counted that has ended."""
    from server.metrics import counting

    counting.forget(worker.pid)


def on_exit(_server: Any) -> None:
    """Leave nothing behind in the folder for temporary files."""
    from server.metrics import counting

    counting.remove_shared()
