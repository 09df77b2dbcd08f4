"""The app as a run with faults serves it: the real one, on a clock and a disk that go wrong.

gunicorn starts ``web``; ``python -m tests.faults.served`` keeps a number of clocks going, each in a
process of its own that is replaced when it is killed. With PLANT set, a known bug is put in.
"""

from __future__ import annotations

import dataclasses
import os
import random
import signal
import sys
import time
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

import server.app
import server.db
from server.clock import process as clock
from server.db import db, new_id
from server.notify import courier, leases
from tests.faults import planted
from tests.faults.board import Board
from tests.faults.brought import mark
from tests.faults.house import UNWRITTEN

BOARD = Board(Path(os.environ["FAULT_BOARD"]))
HITS = Path(os.environ["FAULT_HITS"])
NO_LIMIT = 4_294_967_294
# How long a slow disk holds a commit open, in seconds: all that time its locks are held.
HELD = 0.2, 0.8


class Shifted(datetime):
    """The time of the server, as far off as the board says."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.now(tz) + timedelta(seconds=BOARD.read("shift"))


def web() -> Flask:
    """Return the app, disturbed."""
    return _make()


def _make() -> Flask:
    server.db.datetime = Shifted  # type: ignore[attr-defined,misc]
    plant = os.environ.get("PLANT")
    app = planted.APPS[plant]() if plant in planted.APPS else _create_app()
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "begin", _limit_pages)
        event.listen(engine, "handle_error", _note_full)
    else:
        event.listen(engine, "before_cursor_execute", _refuse_rows)
    event.listen(engine, "commit", _hold)
    return app


_create_app = server.app.create_app


def _limit_pages(connection: Any) -> None:
    full = BOARD.read("full") > 0
    if connection.info.get("full", False) != full:
        pages = 1 if full else NO_LIMIT
        driver = connection.connection.driver_connection
        driver.execute(f"PRAGMA max_page_count = {pages}")
        connection.info["full"] = full


def _note_full(context: Any) -> None:
    if "full" in str(context.original_exception):
        _note("full")


def _refuse_rows(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    if BOARD.read("full") > 0 and statement.startswith("INSERT"):
        _note("full")
        raise psycopg.errors.DiskFull("No space left on device")


def _hold(_connection: Any) -> None:
    """Wait with all that was written, before it is there for others."""
    if random.random() < BOARD.read("slow"):
        _note("slow")
        time.sleep(random.uniform(*HELD))


def _note(disk: str) -> None:
    with (HITS / disk).open("ab") as file:
        file.write(b".")


def _say_who_brings() -> None:
    """Have each message say who brings it, and note what could not be written down."""
    send, send_all = courier._send, courier._send_all

    def named(parcel: leases.Parcel, *more: Any) -> Any:
        who = mark(parcel.id, os.getpid(), parcel.leased_until.timestamp())
        return send(dataclasses.replace(parcel, url=parcel.url + who), *more)

    def noted(parcels: list[leases.Parcel], *more: Any) -> None:
        try:
            send_all(parcels, *more)
        except (sa.exc.SQLAlchemyError, psycopg.Error):
            lines = "".join(f"{parcel.id} {os.getpid()}\n" for parcel in parcels)
            with (HITS / UNWRITTEN).open("a") as file:
                file.write(lines)
            raise

    courier._send, courier._send_all = named, noted


def keep_clocks(count: int, pids: Path) -> None:
    """Fork clocks from a process that has loaded all they need, and replace who dies."""
    server.app.create_app = lambda config=None: _make()
    _say_who_brings()
    plant = os.environ.get("PLANT")
    if plant in planted.CLOCKS:
        planted.CLOCKS[plant]()
    running = [_fork() for _ in range(count)]
    while True:
        pids.write_text(" ".join(map(str, running)))
        gone, _status = os.wait()
        time.sleep(0.1)
        running = [pid for pid in running if pid != gone] + [_fork()]


def _fork() -> int:
    pid = os.fork()
    if pid == 0:
        # A clock of its own: what it leases is in its own name.
        clock.OWNER = f"clock:{os.getpid()}:{new_id()[:8]}"
        try:
            clock.main()
        finally:
            os._exit(0)
    return pid


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    keep_clocks(int(sys.argv[1]), Path(sys.argv[2]))
