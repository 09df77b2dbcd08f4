"""The database keeps its word: settings, migrations, and who may write when."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from server.audit import AuditEvent
from server.db import UTCDateTime, Uuid, db, insert_rows, new_id, now, reading, table
from server.observations.models import Installation, LateItem, Receipt
from tests.factories import Phone


def pragma(name: str) -> object:
    return db.session.execute(sa.text(f"PRAGMA {name}")).scalar()


@pytest.mark.sqlite
def test_sqlite_survives_a_power_cut_after_stored(app: Flask) -> None:
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("foreign_keys") == 1
    assert pragma("busy_timeout") == 30_000


@pytest.mark.sqlite
def test_each_connection_of_the_clock_keeps_few_pages() -> None:
    program = """
import runpy, sqlalchemy
import server.clock.process as clock
def main():
    with sqlalchemy.create_engine("sqlite://").connect() as connection:
        print(connection.exec_driver_sql("PRAGMA cache_size").scalar())
clock.main = main
runpy.run_module("server.clock")
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.strip() == "-256", ran.stderr


@pytest.mark.postgres
def test_postgresql_survives_a_power_cut_after_stored_however_it_is_set(app: Flask) -> None:
    ask = "SELECT setting, reset_val FROM pg_settings WHERE name = 'synchronous_commit'"
    # The server of the tests is set to answer before anything is on its disk.
    assert db.session.execute(sa.text(ask)).one() == ("on", "off")


@pytest.mark.sqlite
def test_processes_that_open_a_new_file_at_once_all_come_in(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def come_in(file: Path, together: threading.Barrier) -> None:
        engine = sa.create_engine(f"sqlite:///{file}")
        together.wait()
        try:
            engine.connect().close()
        except sa.exc.OperationalError as fault:
            faults.append(fault)
        engine.dispose()

    for number in range(150):
        together = threading.Barrier(4)
        file = tmp_path / f"{number}.sqlite"
        threads = [threading.Thread(target=come_in, args=(file, together)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert faults == []


@pytest.mark.sqlite
def test_a_writing_transaction_takes_the_lock_when_it_begins(app: Flask) -> None:
    with db.engine.connect() as first:
        first.execute(sa.text("SELECT 1"))
        with db.engine.connect() as second:
            second.connection.driver_connection.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(sa.exc.OperationalError, match="locked"):
                second.execute(sa.text("SELECT 1"))
        with reading(), db.engine.connect() as reader:
            assert reader.execute(sa.text("SELECT 1")).scalar() == 1


def test_eight_threads_that_read_and_then_write_never_meet_a_locked_database(app: Flask) -> None:
    db.session.remove()

    def raise_number() -> None:
        for _ in range(10):
            with db.engine.begin() as connection:
                epoch = connection.execute(sa.select(Installation.epoch)).scalar_one()
                connection.execute(sa.update(Installation).values(epoch=epoch))

    faults: list[BaseException] = []

    def work() -> None:
        try:
            with app.app_context():
                raise_number()
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_released_savepoint_does_not_survive_a_rollback(app: Flask) -> None:
    with db.engine.connect() as connection:
        with connection.begin_nested():
            connection.execute(sa.update(Installation).values(epoch="0" * 32))
        connection.rollback()
        epoch = connection.execute(sa.select(Installation.epoch)).scalar_one()
    assert set(epoch) != {"0", "-"}


def test_migrations_make_exactly_the_tables_of_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), db.metadata)
    assert differences == []


def test_migrations_make_exactly_the_checks_of_the_models(app: Flask) -> None:
    found = sa.inspect(db.engine)
    for name, of_model in db.metadata.tables.items():
        held = {check["name"] for check in found.get_check_constraints(name)}
        wanted = {
            str(check.name)
            for check in of_model.constraints
            if isinstance(check, sa.CheckConstraint)
        }
        assert held == wanted, name


def test_migrations_go_down_to_nothing_and_up_again(app: Flask) -> None:
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    assert set(sa.inspect(db.engine).get_table_names()) == {"alembic_version"}
    flask_migrate.upgrade()
    assert "observation" in sa.inspect(db.engine).get_table_names()


def test_a_moment_comes_back_in_utc_and_a_naive_one_is_refused(app: Flask) -> None:
    kind = UTCDateTime()
    dialect = db.engine.dialect
    local = datetime(2026, 11, 21, 21, 42, tzinfo=timezone(timedelta(hours=1)))
    assert kind.process_bind_param(local, dialect) == datetime(2026, 11, 21, 20, 42, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        kind.process_bind_param(datetime(2026, 11, 21), dialect)  # noqa: DTZ001
    assert kind.process_result_value(datetime(2026, 11, 21), dialect).tzinfo is UTC  # noqa: DTZ001


def test_an_id_is_text_in_python(app: Flask, boa: Phone) -> None:
    assert Uuid().impl_instance.as_uuid is False
    assert len(boa.person) == 36


def test_error_texts_carry_no_values(app: Flask) -> None:
    with pytest.raises(sa.exc.DatabaseError) as fault:
        db.session.execute(sa.text("SELECT :secret FROM nowhere"), {"secret": "Zwiep"})
    assert "Zwiep" not in str(fault.value)


def late_rows() -> list[dict[str, object]]:
    """Return rows with all kinds of values: one that repeats, one that differs, none at all."""
    author, zone = new_id(), timezone(timedelta(hours=2))
    moments = [now().astimezone(zone), now() - timedelta(days=1), datetime.max.replace(tzinfo=UTC)]
    return [
        {"id": new_id(), "kind": "é😀", "author_id": author, "reason": "shape", "body": body,
         "received_at": moment}
        for body, moment in zip([{}, {"a": ["\x00", None]}, {}], moments, strict=True)
    ]  # fmt: skip


def test_rows_inserted_in_bulk_are_what_they_would_have_been_one_by_one(app: Flask) -> None:
    rows = late_rows()
    receipts = [
        {"item_id": row["id"], "kind": "x", "author_id": row["author_id"], "gone_at": gone,
         "digest": digest, "received_at": row["received_at"]}
        for row, gone, digest in zip(
            rows, (None, now(), None), (b"\x00\xff", None, b""), strict=True
        )
    ]  # fmt: skip
    insert_rows(table(Receipt), receipts)
    insert_rows(table(LateItem), rows)
    db.session.commit()
    for model, key, sent in ((Receipt, "item_id", receipts), (LateItem, "id", rows)):
        for row in sent:
            stored = db.session.get_one(model, row[key])
            assert {name: getattr(stored, name) for name in row} == row


def test_a_bulk_insert_that_forgets_a_default_fails_for_all_to_see(app: Flask) -> None:
    with pytest.raises((KeyError, sa.exc.DBAPIError)):
        insert_rows(table(AuditEvent), [{"at": now(), "action": "look", "subject_kind": "person"}])
