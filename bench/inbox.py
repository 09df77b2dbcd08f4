"""How fast the desk's list is, and a year of figures, with very many observations behind them.

One in ten is open. It asks what a screen asks, in this process: every view, every filter and a page
far down, each answer with its line in the log. ``python -m bench.inbox 300000 postgres`` runs it
alone, at another size or on another database.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from bench import figures
from bench.table import Line, percentile, render
from server import areas, cards, keyring
from server.app import ROOT, create_app
from server.config import Config
from server.db import db, insert_rows, now, table
from server.keyring import ring
from server.observations.models import NOTHING_DUE, Installation, Observation, Receipt
from tests.conftest import Browser
from tests.factories import Phone, add_phone
from tests.postgres import running_postgres

FEW, MANY = 10_000, 1_000_000
OPEN = 10
CHUNK = 10_000
ROUNDS = 20
# Of fewer than five no figure is shown, however much they report.
REPORTERS = 40
SEED = 2026
# As long as the envelope of a usual report; nobody opens these.
ENVELOPE = "A" * 760
FIELDS = ("desk", "card", "group", "area", "urgency", "olderThan")


@dataclass(frozen=True)
class Result:
    """The times of one size, in milliseconds, per question; and of the figures behind it."""

    times: dict[str, list[float]]
    year: figures.Year

    def all(self) -> list[float]:
        return [one for times in self.times.values() for one in times]

    def slowest(self) -> tuple[str, float]:
        """Return the question with the highest p95, and that."""
        return max(
            ((name, percentile(times, 0.95)) for name, times in self.times.items()),
            key=lambda one: one[1],
        )


def measure(folder: Path, sizes: tuple[int, int] = (FEW, MANY)) -> list[Line]:
    """Measure on SQLite, and on PostgreSQL."""
    lines = _lines("SQLite", sizes, [_on_sqlite(folder / str(size), size) for size in sizes])
    with running_postgres() as server:
        found = []
        for size in sizes:
            database = server.create()
            found.append(_measured(folder / f"pg-{size}", size, server.url(database)))
            server.drop(database)
        lines += _lines("PostgreSQL", sizes, found)
    return lines


def _lines(database: str, sizes: tuple[int, int], found: Sequence[Result]) -> list[Line]:
    year = figures.line(database, sizes[1], found[1].year)
    return [_line(database, sizes, found), year]


def _on_sqlite(folder: Path, size: int) -> Result:
    return _measured(folder, size, f"sqlite:///{folder / 'signaalkaart.sqlite'}")


def _line(database: str, sizes: tuple[int, int], found: Sequence[Result]) -> Line:
    few, many = found
    p95 = percentile(many.all(), 0.95)
    name, worst = many.slowest()
    usual = [statistics.median(one.all()) for one in found]
    # Per question, and the middle one of those: what else the machine did hinders only some.
    ratio = statistics.median(
        statistics.median(many.times[name]) / statistics.median(few.times[name])
        for name in many.times
    )
    return Line(
        f"inbox page at {sizes[1]:,} observations, {database}",
        f"p95 {p95:.1f} ms of {len(many.all())} (p50 {usual[1]:.1f} ms; slowest "
        f"question {name}: p95 {worst:.1f} ms)",
        "p95 < 50 ms, ≤ 1.5× of 10,000",
        p95 < 50 and ratio <= 1.5,
        f"at {sizes[0]:,}: p95 {percentile(few.all(), 0.95):.1f} ms, p50 {usual[0]:.1f} ms",
        f"{ratio:.2f}× as long",
        "one in ten open; every view, every filter and page 20, with the line in the log",
    )


def _measured(folder: Path, size: int, database: str) -> Result:
    with _installation(folder, database) as app:
        desk = add_phone(app, "procesregisseur", kind="gemeente", card=None)
        reporters = [add_phone(app, "melder") for _ in range(REPORTERS)]
        start = time.monotonic()
        fill(size, reporters, desk)
        sys.stderr.write(f"{size:,} rows in {time.monotonic() - start:.0f} s\n")
        times = {name: _times(desk, path) for name, path in questions(desk)}
        return Result(times, figures.measure(app))


def questions(desk: Phone) -> Iterator[tuple[str, str]]:
    """Yield what a screen asks, by name; the last one is far down the list."""
    for view in ("all", "new", "mine", "late", "waiting", "expiring"):
        yield view, f"/inbox?view={view}"
    area = sorted(code for code in areas.library().codes if code.startswith("BU"))[0]
    values = ("veiligheid", "sport", "lichaam-en-veiligheid", area, "today", "14")
    for name, value in zip(FIELDS, values, strict=True):
        yield name, f"/inbox?{name}={value}"
    yield "two filters", f"/inbox?area={area}&urgency=today&view=late"
    yield "nothing fits", "/inbox?card=jongeren&olderThan=3650"
    path = "/inbox"
    for _ in range(20):
        cursor = desk.get(path).json["next"]
        if cursor is None:
            break
        path = f"/inbox?cursor={cursor}"
    yield "page 20", path


def _times(desk: Phone, path: str) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        answer = desk.get(path)
        times.append((time.perf_counter() - begin) * 1000)
        assert answer.status_code == 200, answer.json
    return times


@contextmanager
def _installation(folder: Path, database: str) -> Iterator[Flask]:
    folder.mkdir(parents=True)
    keyring.make_master_key(folder / "master.key")
    environ = {
        "DATABASE_URL": database,
        "KEY_RING_URL": f"sqlite:///{folder / 'keyring.sqlite'}",
        "MASTER_KEY_FILE": str(folder / "master.key"),
    }
    app = create_app(Config.from_env(environ, ROOT))
    app.test_client_class = Browser
    with app.app_context():
        flask_migrate.upgrade()
        db.session.add(Installation())
        db.session.commit()
        ring().ensure(now())
        yield app
        db.session.remove()
        db.engine.dispose()


def fill(size: int, reporters: Sequence[Phone], desk: Phone) -> None:
    """Write so many observations of a year and a half straight into their tables."""
    _hurry()
    rng = random.Random(SEED)
    library = cards.library()
    places = sorted(code for code in areas.library().codes if code.startswith("BU"))
    known = {name: [row["id"] for row in card["signals"]] for name, card in library.cards.items()}
    known = {name: ids for name, ids in known.items() if ids}
    end = datetime.now(UTC)
    step = timedelta(days=540) / size
    for start in range(0, size, CHUNK):
        moments = [end - step * (size - one) for one in range(start, min(start + CHUNK, size))]
        rows = [
            _row(rng, moment, known, places, rng.choice(reporters), desk, one, size)
            for one, moment in enumerate(moments, start)
        ]
        insert_rows(table(Receipt), [_receipt(row) for row in rows])
        insert_rows(table(Observation), rows)
        db.session.commit()
    _stop_hurrying()


def _receipt(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "item_id": row["id"],
        "kind": "observation",
        "author_id": row["author_id"],
        "device_id": row["device_id"],
        "digest": b"0" * 32,
        "received_at": row["received_at"],
        "change_number": None,
    }


def _row(
    rng: random.Random,
    moment: datetime,
    known: dict[str, list[str]],
    places: list[str],
    reporter: Phone,
    desk: Phone,
    number: int,
    size: int,
) -> dict[str, Any]:
    """Return one observation; what is open is spread over the last weeks, as a desk leaves it."""
    card = rng.choice(sorted(known))
    day = moment.date()
    is_open = number >= size - size // OPEN
    state = rng.choice(("new", "read", "in_progress", "in_progress")) if is_open else "closed"
    answered = state == "closed" or (state == "in_progress" and rng.random() < 0.6)
    waiting = state == "in_progress" and not answered and rng.random() < 0.2
    return {
        "id": str(UUID(int=rng.getrandbits(128), version=4)),
        "author_id": reporter.person,
        "device_id": reporter.device,
        "card": card,
        "card_version": 1,
        "signals": rng.sample(known[card], 2),
        "protective": [],
        "area": rng.choice(places),
        "date": day,
        "basis": rng.choice(("seen", "heard", "suspected")),
        "desk": rng.choice(("sociaal", "sociaal", "veiligheid")),
        "urgency": rng.choice(("today", "this_week", "can_wait", "can_wait")),
        "shielded": False,
        "source": "app",
        "signal_groups": 1 << rng.randrange(6),
        "extra": {},
        "sealed": ENVELOPE,
        "key_id": "2026-11-0000",
        "made_at": moment,
        "sent_at": moment,
        "received_at": moment,
        "read_by": day + timedelta(days=2),
        "answer_by": day + timedelta(days=14),
        "due_on": NOTHING_DUE if answered else day + timedelta(days=14),
        "state": state,
        "state_at": moment,
        "assignee_id": desk.person if state != "new" and rng.random() < 0.3 else None,
        "answered_at": moment if answered else None,
        "waiting_since": moment if waiting else None,
        "keep_until": day + timedelta(days=183 + rng.randrange(365)),
        "case_open": False,
        "version": 1,
    }


def _hurry() -> None:
    """Let SQLite write without waiting for the disk, as long as nothing is measured."""
    _settle("PRAGMA synchronous = OFF", "PRAGMA foreign_keys = OFF", "PRAGMA cache_size = -400000")


def _stop_hurrying() -> None:
    _settle("PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -2000")
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        # Autovacuum does this by itself; the tests' own server has it switched off.
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
    db.engine.dispose()


def _settle(*pragmas: str) -> None:
    db.session.rollback()
    raw = db.engine.raw_connection()
    if isinstance(raw.driver_connection, sqlite3.Connection):
        for pragma in pragmas:
            raw.driver_connection.execute(pragma)
    raw.close()


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    postgres = sys.argv[2:] == ["postgres"]
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as name:
        folder = Path(name)
        if postgres:
            lines = measure(folder, (FEW, size))
        else:
            found = [_on_sqlite(folder / str(one), one) for one in (FEW, size)]
            lines = _lines("SQLite", (FEW, size), found)
            for question, times in found[1].times.items():
                sys.stderr.write(f"{question}: p95 {percentile(times, 0.95):.1f} ms\n")
    sys.stdout.write(render(lines) + "\n")


if __name__ == "__main__":
    main()
