"""Known bugs, put into a copy on purpose: each has to be caught by a rule of its own.

Those of the phone change one line of the built app or worker; those of the server replace one
function in the process that serves. The product itself knows nothing of them.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from server.app import create_app
from server.db import db, now
from server.notify import courier, fanout, leases
from server.notify.models import Delivery
from server.sync import receiving, service
from server.sync.receiving import Outcome
from tests import sabotage

WRITE_BEHIND = 0.2
COMMITS_LATE = 0.8
# Every so many times the process dies before it has stored what it said was stored.
DIES_EVERY = 7


@dataclass(frozen=True)
class Line:
    """One line of a built file, and what stands there instead."""

    file: str
    old: str
    new: str

    def change(self, folder: Path) -> None:
        path = folder / self.file
        text = path.read_text()
        assert text.count(self.old) == 1, self.old
        path.write_text(text.replace(self.old, self.new))


# After three failures it gives up, and throws away what it could not send.
DROP = """failures += 1;
if (failures >= 3) void write(["items"], async (transaction) => {
    const items = transaction.objectStore("items");
    const rows = await items.index("state,by,made_at").getAll(QUEUED);
    for (const row of rows) await items.delete(row.id);
});"""
# Without network the worker says in the server's place that all was stored.
ANSWER_POST = """{
    const asked = event.request;
    const path = new URL(asked.url).pathname;
    if (asked.method === "POST" && path === "/api/v1/sync") event.respondWith((async () => {
        const body = await asked.clone().text();
        const { items, cursor, epoch } = JSON.parse(body);
        const headers = Object.fromEntries(asked.headers);
        return fetch(path, { method: "POST", headers, body }).catch(() => new Response(
            JSON.stringify({
                outcomes: items.map(({ id }) => ({ id, result: "stored", receipt: "7K2-4MX" })),
                changes: [], cursor, more: false, epoch, cards_version: "", seal_key: null,
                server_time: "", wipe: false,
            }), { headers: { "Content-Type": "application/json" } }));
    })());
    else if (isOurs(asked)) event.respondWith(answer(asked));
}"""
PHONES = {
    "drop": Line("app.js", "failures += 1;", DROP),
    "worker": Line(
        "worker.js", "if (isOurs(event.request)) event.respondWith(answer(event.request));",
        ANSWER_POST,
    ),
}  # fmt: skip


def acknowledge() -> Flask:
    """Return the app that says 'stored' first, and stores a moment later."""
    app = create_app()
    flushes = count(1)

    def flush(*given: Any) -> None:
        time.sleep(WRITE_BEHIND)
        if next(flushes) % DIES_EVERY == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        with app.app_context():
            receiving.record(*given)
            db.session.commit()

    def promise(device_id: str, items: Any, sent_at: Any) -> list[Outcome]:
        threading.Thread(target=flush, args=(device_id, items, sent_at)).start()
        return [Outcome(item.id, "stored") for item in items]

    service.record = promise  # type: ignore[assignment]
    return app


def unguarded() -> Flask:
    """Return the app without its own care for repeats, on tables that have no keys either."""
    app = sabotage.unguarded()
    with app.app_context():
        event.listen(
            db.engine, "connect", lambda one, _record: one.execute("PRAGMA foreign_keys = OFF")
        )
    return app


def unlock(database: Path) -> None:
    """Take the keys off the tables of what is received."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for table in ("receipt", "observation", "addition", "late_item"):
            connection.execute(f"CREATE TABLE keyless AS SELECT * FROM {table}")
            connection.execute(f"DROP TABLE {table}")
            connection.execute(f"ALTER TABLE keyless RENAME TO {table}")


def cursor() -> Flask:
    """Return the app that lets go of a person's counter before what it counted is there.

    On PostgreSQL two who hand in then commit in another order than that of their numbers. SQLite
    has one writer at a time, so there nothing comes between.
    """
    hold, dice = receiving._hold_authors, Random(1)

    def hold_early(device_id: str, items: Any) -> Any:
        authors = hold(device_id, items)
        db.session.commit()
        # On a machine that gets little done in a run two would seldom meet here otherwise.
        time.sleep(dice.uniform(0, COMMITS_LATE))
        return authors

    receiving._hold_authors = hold_early
    return create_app()


def lease() -> None:
    """Have clocks take up deliveries without keeping others from them."""

    def claim(owner: str, limit: int, *, hurried: bool = False) -> Any:
        moment = now()
        found = db.session.scalars(
            sa.select(Delivery.id).where(leases.claimable(moment, hurried=hurried)).limit(limit)
        ).all()
        db.session.execute(
            sa.update(Delivery)
            .where(Delivery.id.in_(found))
            .values(attempts=Delivery.attempts + 1, lease_owner=owner),
            execution_options={"synchronize_session": False},
        )
        return [_for_a_minute(parcel, moment) for parcel in leases._load(found, moment)]

    courier.leases.claim = claim


def untold() -> None:
    """Have clocks take up what people must be told, and write it out to no phone."""
    fanout._to_phones = lambda going, moment: set()


def _for_a_minute(parcel: Any, moment: Any) -> Any:
    values = {**vars(parcel), "leased_until": moment + leases.LEASE}
    return leases.Parcel(**values)


APPS: dict[str, Callable[[], Flask]] = {
    "acknowledge": acknowledge,
    "unguarded": unguarded,
    "cursor": cursor,
}
CLOCKS: dict[str, Callable[[], None]] = {"lease": lease, "untold": untold}
ALL = (*PHONES, *APPS, *CLOCKS)
