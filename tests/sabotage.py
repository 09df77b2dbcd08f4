"""The app with something broken on purpose; gunicorn starts it from here, in tests only."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from flask import Flask, has_request_context, request
from sqlalchemy import event

from server.app import create_app
from server.db import db, insert_into
from server.sync import receiving, service
from server.sync.items import Item
from server.sync.placing import Author


def unguarded() -> Flask:
    """Return the app without its own care for repeats: no looking first, no lock, no 'on conflict'.

    What is left is the primary key of the receipts.
    """
    _replace(service, "recall", lambda items: [None] * len(items))
    _replace(receiving, "_check_daily_limit", lambda device_id: None)
    _replace(receiving, "_hold_authors", _hold_nobody)
    _replace(receiving, "insert_into", _insert_carelessly)
    return create_app()


def _replace(module: ModuleType, name: str, instead: Callable[..., Any]) -> None:
    # What has another name by now would not be replaced, and nothing would be broken.
    assert callable(getattr(module, name))
    setattr(module, name, instead)


def _hold_nobody(_device_id: str, items: Sequence[Item]) -> dict[str, Author]:
    return {item.by: Author(number=0, ended=False) for item in items}


def _insert_carelessly(into: Any) -> Any:
    insert: Any = insert_into(into)
    insert.on_conflict_do_nothing = lambda: insert
    return insert


def echo() -> Flask:
    """Return no app at all: it answers with the headers that reached it."""
    app = Flask(__name__)

    @app.route("/<path:path>")
    def show(path: str) -> dict[str, str]:
        return {**request.headers, "scheme": request.scheme}

    return app


def mortal() -> Flask:
    """Return the app whose process kills itself, once, at the moment that the file DIE_AT names.

    Moments of a request are counted from 1: before each statement, before and after the commit,
    and before the answer.
    """
    app = create_app()
    order, moments = Path(os.environ["DIE_AT"]), {"passed": 0}

    def pass_moment(*_around: Any) -> None:
        if not has_request_context() or request.method != "POST" or not order.exists():
            return
        moments["passed"] += 1
        if moments["passed"] == int(order.read_text()):
            order.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", pass_moment)
        dialect = db.engine.dialect
    commit = dialect.do_commit

    def commit_slowly(connection: Any) -> None:
        pass_moment()
        commit(connection)
        pass_moment()

    dialect.do_commit = commit_slowly
    app.before_request(lambda: moments.update(passed=0))
    app.after_request(lambda answer: pass_moment() or answer)
    return app
