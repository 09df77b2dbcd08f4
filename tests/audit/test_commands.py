"""The log is gone through and written out: by a command, and by the clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import Result
from flask import Flask

from server import audit
from server.audit import AuditEvent, chain, export
from server.audit.verify import verify
from server.db import db, now
from tests.audit.steps import BEGIN, around_the_guards, fill
from tests.factories import Phone


def test_verify_says_what_it_found_and_fails_on_a_fault(
    app: Flask, command: Callable[..., Result]
) -> None:
    ids = fill(3)
    chain.make_checkpoint()
    fine = command("audit", "verify")
    assert (fine.exit_code, fine.output) == (
        0,
        "Het logboek klopt: 3 regels, 1 controlepunten. 0 regels wachten nog op de klok.\n",
    )
    around_the_guards(sa.update(AuditEvent).where(AuditEvent.id == ids[0]).values(count=7))
    bad = command("audit", "verify")
    assert bad.exit_code == 1
    assert f"Regel {ids[0]} " in bad.output


def test_an_export_has_one_valid_line_per_row_and_names_nobody(
    app: Flask, boa: Phone, regisseur: Phone, command: Callable[..., Result]
) -> None:
    observation = boa.send()
    regisseur.post(
        f"/observations/{observation}/openings", {"purpose": "handle", "note": "Over Zwiep."}
    )
    count = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent))
    result = command("audit", "export", "--register", "https://gemeente.example/avg/")
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert len(rows) == count
    for row in rows:
        bytes.fromhex(row["trace_id"])
        assert (len(row["trace_id"]), len(row["span_id"])) == (32, 16)
        assert row["status"] in {"Ok", "Unset", "Error"}
        assert row["end_time"] >= row["start_time"] > 1_700_000_000_000
        uri = row["attributes"]["dpl.core.processing_activity_id"]
        assert uri.startswith("https://gemeente.example/avg/")
        assert row["attributes"]["dpl.core.data_subject_id_type"].startswith("urn:signaalkaart:")
    secrets = [observation, boa.person, regisseur.person, boa.device, "Zwiep", "Samira", "Bo "]
    assert not [secret for secret in secrets if secret in result.output]
    opened = [row for row in rows if row["name"] == "open observation"]
    assert opened[0]["attributes"]["signaalkaart.purpose"] == "handle"
    received = [row for row in rows if row["name"] == "receive observation"]
    subject = "dpl.core.data_subject_id"
    assert opened[0]["attributes"][subject] == received[0]["attributes"][subject]
    last = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (last.action, last.count) == ("export", count)


def test_an_export_keeps_to_the_days_that_were_asked_for(app: Flask) -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        for _ in range(3):
            fill(1)
            clock.shift(timedelta(days=1))
    day = date(2026, 1, 6)
    assert len(list(export.lines(day, day))) == 1
    assert len(list(export.lines(day, None))) == 2


def test_the_clock_chains_all_day_and_signs_every_night(app: Flask) -> None:
    from server.clock.process import JOBS

    names = {job.name for job in JOBS}
    assert {"chain-log", "sign-log"} <= names
    audit.log(None, "open", "observation")
    db.session.commit()
    for name in ("chain-log", "sign-log"):
        next(job for job in JOBS if job.name == name).function()
    assert verify() == type(verify())(rows=1, checkpoints=1, waiting=0, fault=None)


def test_the_clock_goes_through_the_log_every_week_and_a_fault_makes_health_red(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    from server.clock import process as clock

    job = next(job for job in clock.JOBS if job.name == "verify-log")
    with time_machine.travel(BEGIN, tick=False) as moving:
        ids = fill(3)
        clock.run(app, job)
        assert "verify-log" not in clock.late_jobs(now())
        around_the_guards(sa.update(AuditEvent).where(AuditEvent.id == ids[1]).values(count=7))
        moving.shift(timedelta(days=7))
        clock.run(app, job)
        assert "verify-log" in clock.late_jobs(now())
        assert f"Regel {ids[1]} van" in caplog.text
