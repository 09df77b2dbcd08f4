"""How PostgreSQL finds what is asked most: with an index, however many observations there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.audit import chain
from server.bundles import overlap
from server.clock import process as clock
from server.db import db
from server.feedback import owed
from server.metrics.stores import Stores
from server.notify import fanout, leases
from server.observations import informing
from server.reports import counting
from server.retention import removal, warning
from tests.factories import Phone

pytestmark = [pytest.mark.thorough, pytest.mark.postgres]

MONDAY = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
ROWS = 10_000
# What grows with every report; the rest of the tables stay small enough to read through.
GROWING = {
    "addition", "audit_event", "audit_link", "delivery", "feedback", "mail_delivery",
    "notification", "observation", "observation_event", "overlap_entry", "overlap_mark",
    "overlap_pair", "receipt", "tally",
}  # fmt: skip
# Looks for what has no entry, also among what came in long ago: its key may be gone.
WHOLE = {"names in a new report": {"overlap_entry"}}
# A fifth is open, as after a few years; terms, areas and desks are spread.
FILL = """
INSERT INTO person
SELECT (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*
  FROM person one, generate_series(1, 200) WHERE role = 'melder' LIMIT 200;
INSERT INTO receipt (item_id, kind, author_id, device_id, digest, received_at, change_number)
SELECT gen_random_uuid(), 'observation',
       (ARRAY(SELECT id FROM person WHERE role = 'melder' ORDER BY id))[1 + n % 200],
       gen_random_uuid(), sha256(n::text::bytea), now() - n * interval '30 minutes', n
  FROM generate_series(1, :rows) n;
INSERT INTO observation
SELECT (jsonb_populate_record(one, jsonb_build_object(
         'id', made.item_id, 'author_id', made.author_id, 'device_id', made.device_id,
         'received_at', made.received_at, 'date', made.received_at::date,
         'state', CASE WHEN n % 5 > 0 THEN 'closed' ELSE 'new' END,
         'answered_at', CASE WHEN n % 5 > 0 THEN made.received_at END,
         'desk', CASE WHEN n % 3 = 0 THEN 'veiligheid' ELSE 'sociaal' END,
         'card', (ARRAY['boa', 'onderwijs', 'sport', 'zorg'])[1 + n % 4],
         'urgency', (ARRAY['today', 'this_week', 'can_wait'])[1 + n % 3],
         'area', 'BU0267' || lpad((n % 60)::text, 4, '0'),
         'waiting_since', CASE WHEN n % 500 = 0 THEN made.received_at END,
         'due_on', made.received_at::date + 400, 'keep_until', made.received_at::date + 900,
         'remind_on', CASE WHEN n % 700 = 0 THEN made.received_at::date + 500 END
       ))).*
  FROM observation one, (SELECT *, change_number AS n FROM receipt WHERE change_number > 0) made
 WHERE one.id = :one AND made.item_id <> :one;
INSERT INTO observation_event (observation_id, at, kind)
SELECT id, received_at, 'received' FROM observation;
INSERT INTO addition (id, observation_id, author_id, extra, sealed, key_id, made_at, received_at)
SELECT id, id, author_id, '{}', sealed, key_id, made_at, received_at FROM observation;
INSERT INTO feedback (id, observation_id, by_id, kind, at)
SELECT gen_random_uuid(), id, author_id, 'watching', received_at FROM observation;
INSERT INTO audit_event (at, person_id, action, subject_kind, subject_id, outcome, count)
SELECT received_at, author_id, 'show', 'observation', id, 'ok', 1
  FROM observation, generate_series(1, 4);
INSERT INTO audit_link (position, event_id, hash)
SELECT (SELECT max(position) FROM audit_link) + row_number() OVER (ORDER BY id), id,
       sha256(id::text::bytea)
  FROM audit_event WHERE id > (SELECT max(event_id) FROM audit_link);
INSERT INTO notification (id, person_id, kind, tag, url, urgent, created_at, due_at, fanned_at)
SELECT id, author_id, 'feedback', 'feedback-' || id, '/#/mijn', false, received_at, received_at,
       CASE WHEN state = 'closed' OR urgency <> 'today' THEN received_at END
  FROM observation;
INSERT INTO delivery (id, notification_id, made_at, due_at, attempts, done_at, outcome)
SELECT id, id, created_at, created_at, 1, created_at, 'accepted' FROM notification;
INSERT INTO mail_delivery (id, notification_id, made_at, due_at, attempts, done_at, outcome)
SELECT id, id, created_at, created_at, 1, created_at, 'accepted' FROM notification;
INSERT INTO overlap_entry (observation_id, key_id, area, date, concepts)
SELECT id, key_id, area, date, '[]' FROM observation
    ON CONFLICT DO NOTHING;
INSERT INTO overlap_mark (hash, entry_id, part, area, date)
SELECT substring(sha256((id * 7 + m)::text::bytea) FOR 16), id, false, area, date
  FROM overlap_entry, generate_series(1, 4) m;
UPDATE person SET change_counter = :rows;
UPDATE overlap_entry SET key_id = (SELECT max(key_id) FROM overlap_entry)
"""


@pytest.fixture
def filled(app: Flask, boa: Phone, teacher: Phone, regisseur: Phone) -> Iterator[str]:
    """A database of some years, with its statistics; return an observation in it."""
    with time_machine.travel(MONDAY):
        one = boa.send()
        regisseur.get("/inbox")
        for job in (overlap.run, warning.work_out_days, counting.count_new, chain.extend):
            job()
        db.session.commit()
        with db.engine.begin() as connection:
            for statement in FILL.split(";"):
                connection.execute(sa.text(statement), {"rows": ROWS, "one": one})
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))
        yield one


@contextmanager
def listening() -> Iterator[list[tuple[str, Any]]]:
    """Collect what the database is asked inside this block."""
    asked: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, with_what: Any, *_: Any) -> None:
        asked.append((statement, with_what[0] if isinstance(with_what, list) else with_what))

    sa.event.listen(db.engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", hear)
        db.session.rollback()


def read_through(statement: str, with_what: Any) -> set[str]:
    """Return the growing tables that PostgreSQL would read from beginning to end for this."""
    if statement.split()[0] not in {"SELECT", "UPDATE", "DELETE", "WITH"}:
        return set()
    with db.engine.connect() as connection:
        told = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", with_what)
        return {name for name in scanned(told.scalar_one()[0]["Plan"]) if name in GROWING}


def scanned(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scanned(part)


def actions(app: Flask, boa: Phone, regisseur: Phone, one: str) -> dict[str, Callable[[], Any]]:
    """Return what is done most, by a name for who reads the failure."""
    views = ("all", "new", "mine", "late", "waiting", "expiring")
    narrowed = ("desk=sociaal", "card=boa", "area=BU02670007", "urgency=today")
    repeated = [boa.observation() for _ in range(20)]
    boa.sync(*repeated)
    first = regisseur.get("/inbox?limit=20").json
    return {
        **{f"inbox {view}": lambda view=view: regisseur.get(f"/inbox?view={view}&limit=20")
           for view in views},
        **{f"inbox {by}": lambda by=by: regisseur.get(f"/inbox?{by}&limit=20") for by in narrowed},
        "second page": lambda: regisseur.get(f"/inbox?limit=20&cursor={first['next']}"),
        "one observation": lambda: regisseur.get(f"/observations/{one}"),
        "its timeline": lambda: regisseur.post(
            f"/observations/{one}/openings", {"purpose": "handle"}
        ),
        "a phone with nothing new": lambda: boa.sync(),
        "a phone from the middle": lambda: boa.sync(cursor=ROWS // 2),
        "a phone from the start": lambda: boa.sync(cursor=0),
        "twenty known ids": lambda: boa.sync(*repeated),
        "a new report": lambda: boa.send(),
        "who looked at mine": lambda: boa.get("/account/log"),
        "health": lambda: boa.get("/health"),
        "measuring": lambda: list(Stores(app.config["SIGNAALKAART"]).collect()),
        "writing out": lambda: fanout.fan_out_due(limit=50, mail=True),
        "mail that no phone took": fanout.mail_what_no_phone_took,
        "claiming": lambda: leases.claim("a", 48),
        "claiming what is in a hurry": lambda: leases.claim("a", 48, hurried=True),
        "late jobs": lambda: clock.late_jobs(MONDAY),
        "the daily reminder": owed.send_digests,
        "too long too late": owed.escalate,
        "reminding to inform": informing.remind,
        "what goes in a week": warning.warn,
        "what goes today": removal.doomed,
        "names in a new report": overlap.run,
        "chaining the log": chain.extend,
    }  # fmt: skip


def test_what_is_asked_most_reads_through_no_table_that_grows(
    app: Flask, filled: str, boa: Phone, regisseur: Phone
) -> None:
    found: dict[str, set[str]] = {}
    heard = 0
    for name, act in actions(app, boa, regisseur, filled).items():
        with listening() as asked:
            answer = act()
        assert getattr(answer, "status_code", 200) < 300, (name, answer.json)
        db.session.commit()
        heard += len(asked)
        for statement, with_what in asked:
            for table in read_through(statement, with_what) - WHOLE.get(name, set()):
                found.setdefault(name, set()).add(f"{table}: {statement}")
    assert heard > 100
    assert not found, "\n\n".join(f"{name}: {read}" for name, read in found.items())


def test_reading_through_a_table_that_grows_is_noticed(app: Flask) -> None:
    with listening() as asked:
        db.session.execute(sa.text("SELECT count(*) FROM observation WHERE shielded"))
    assert [read_through(*one) for one in asked] == [{"observation"}]
