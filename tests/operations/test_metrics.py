"""Numbers for who keeps it running: only with the key, and never anybody in them."""

from __future__ import annotations

import dataclasses
import json
import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from server.clock import process as clock
from server.db import db, now
from server.health import checks
from server.keyring import KeyRingError, ring
from server.logs import lines as logs
from server.logs import tracing
from server.notify import service as notify
from server.people.models import Device
from server.retention import service as retention
from server.sync.schemas import OutcomeOut
from tests.factories import Phone
from tests.web import ROOT, Web

KEY = "een-sleutel-van-veertig-tekens-en-langer"
LABELS = {
    "channel", "check", "desk", "due", "job", "kind", "le", "method", "outcome", "queue", "result",
    "route", "status", "store", "version",
}  # fmt: skip

Measure = Callable[[], dict[str, dict[tuple[str, ...], float]]]


@pytest.fixture
def measure(app: Flask, client: FlaskClient) -> Measure:
    """Read what Prometheus reads, by name and the values of the labels, in order of their names."""
    known = app.config["SIGNAALKAART"]
    app.config["SIGNAALKAART"] = dataclasses.replace(known, metrics_key=KEY)

    def read() -> dict[str, dict[tuple[str, ...], float]]:
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {KEY}"})
        assert answer.status_code == 200
        return parsed(answer.text)

    return read


def parsed(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = tuple(value for _name, value in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


@pytest.mark.parametrize("shown", [None, "Bearer", f"Bearer {KEY}x", f"Basic {KEY}", "Bearer é"])
def test_without_the_key_there_is_nothing_to_read(
    measure: Measure, client: FlaskClient, shown: str | None
) -> None:
    headers = {"Authorization": shown} if shown else {}
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize("shown", ["Bearer ", f"Bearer {KEY}", "Bearer None"])
def test_without_a_key_in_the_settings_nobody_measures(client: FlaskClient, shown: str) -> None:
    assert client.get("/metrics", headers={"Authorization": shown}).status_code == 404


def test_how_old_the_last_copies_are_is_measured(measure: Measure) -> None:
    assert "signaalkaart_copy_age_seconds" not in measure()
    with time_machine.travel(now() - timedelta(hours=30)):
        ring().lasting.note_copy("database")
        ring().lasting.note_copy("key_ring")
    ring().lasting.note_copy("key_ring")
    ages = measure()["signaalkaart_copy_age_seconds"]
    assert ages[("database",)] == pytest.approx(30 * 3600, abs=60)
    assert ages[("key_ring",)] == pytest.approx(0, abs=60)


def test_what_phones_handed_in_and_what_became_of_it_is_counted(
    measure: Measure, boa: Phone
) -> None:
    before = measure().get("signaalkaart_sync_outcomes_total", {})
    item = boa.observation()
    boa.sync(item, {"kind": "iets van later", "id": "geen"})
    boa.sync(item)
    after = measure()["signaalkaart_sync_outcomes_total"]
    grown = {name: value - before.get(name, 0) for name, value in after.items()}
    assert {name: value for name, value in grown.items() if value} == {
        ("observation", "stored"): 1,
        ("observation", "known"): 1,
        ("other", "refused"): 1,
    }
    timed = measure()["signaalkaart_request_seconds_count"]
    assert timed["POST", "/api/v1/sync", "2xx"] >= 2


def test_what_waits_what_is_owed_and_what_phones_hold_is_measured(
    measure: Measure, boa: Phone, regisseur: Phone
) -> None:
    boa.send(desk="veiligheid")
    db.session.execute(sa.update(Device).where(Device.id == boa.device).values(unsent=3))
    notify.queue([regisseur.person], "reminder", "digest", "/#/postvak")
    db.session.commit()
    found = measure()
    assert found["signaalkaart_queue_length"][("notification",)] >= 1
    assert found["signaalkaart_queue_age_seconds"][("notification",)] > 0
    assert found["signaalkaart_queue_age_seconds"][("push",)] == 0
    assert found["signaalkaart_unsent_items"][()] == 3
    assert found["signaalkaart_devices_with_unsent"][()] == 1
    owed = found["signaalkaart_feedback_owed"]
    assert owed.keys() == {(d, w) for d in ("sociaal", "veiligheid") for w in ("late", "soon")}
    # No clock ever ran here.
    assert set(found["signaalkaart_job_late"].values()) == {1.0}
    assert found["signaalkaart_job_late"].keys() == {(job.name,) for job in clock.JOBS}
    assert found["signaalkaart_check"][("database",)] == 1
    assert found["signaalkaart_check"][("clock",)] == 0


def test_nobody_no_place_and_no_card_is_in_the_numbers(
    measure: Measure, app: Flask, client: FlaskClient, boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send(area="BU02670101")
    regisseur.get(f"/observations/{observation}")
    boa.get("/geheim-adres/Zwiep")
    measure()
    text = client.get("/metrics", headers={"Authorization": f"Bearer {KEY}"}).text
    for secret in (boa.person, boa.device, observation, "BU0267", "Zwiep", '"boa"', KEY):
        assert secret not in text
    families = list(text_string_to_metric_families(text))
    labels = {name for one in families for sample in one.samples for name in sample.labels}
    assert labels <= LABELS


def test_while_the_database_is_away_that_is_what_is_measured(
    measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: Any, **_how: Any) -> None:
        raise sa.exc.OperationalError("", {}, Exception())

    with monkeypatch.context() as away:
        away.setattr(db.session, "execute", fail)
        away.setattr(db.session, "scalar", fail)
        found = measure()
    assert found["signaalkaart_check"][("database",)] == 0
    assert "signaalkaart_request_seconds_count" in found
    assert "signaalkaart_queue_age_seconds" not in found


def test_what_is_late_keeps_no_report_from_being_stored(
    measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "late_keys", lambda: ["2025-01-ab"])
    late = measure()
    assert late["signaalkaart_check"][("keys",)] == 0
    assert late["signaalkaart_ready"][("keys",)] == 1
    monkeypatch.setattr(ring(), "seal", _shut)
    assert measure()["signaalkaart_ready"][("keys",)] == 0


def test_a_process_that_can_store_says_it_is_ready(client: FlaskClient) -> None:
    answer = client.get("/api/v1/ready")
    assert (answer.status_code, answer.json["status"]) == (200, "ready")
    # A clock that stands still keeps nothing from being stored.
    assert answer.json["clock"].startswith("behind")


def _shut(*_asked: Any) -> None:
    raise KeyRingError("weg")


def _away() -> None:
    raise sa.exc.OperationalError("", {}, Exception())


def _full(_path: Path) -> SimpleNamespace:
    return SimpleNamespace(free=2**20)


@pytest.mark.parametrize(
    ("name", "reason", "place", "fault"),
    [
        ("keys", "shut: KeyRingError", "ring", _shut),
        ("database", "down: OperationalError", "database", _away),
        pytest.param("disk", "full: 1 MB", "disk", _full, marks=pytest.mark.sqlite),
    ],
)
def test_a_process_that_cannot_store_says_why(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    reason: str,
    place: str,
    fault: Callable[..., Any],
) -> None:
    where: dict[str, tuple[Any, str]] = {
        "ring": (ring(), "seal"),
        "database": (checks, "database"),
        "disk": (shutil, "disk_usage"),
    }
    monkeypatch.setattr(*where[place], fault)
    answer = client.get("/api/v1/ready")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.json["invalid_params"] == [{"name": name, "reason": reason}]


@pytest.mark.sqlite
def test_a_process_that_says_its_disk_is_full_stores_as_long_as_it_can(
    client: FlaskClient, boa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", _full)
    assert client.get("/api/v1/ready").status_code == 503
    assert boa.sync(boa.observation()).json["outcomes"][0]["result"] == "stored"


def test_every_outcome_is_counted_from_zero() -> None:
    program = (
        "from prometheus_client import generate_latest\n"
        "from server.metrics import counting\n"
        "print(generate_latest(counting.registry()).decode())"
    )
    fresh = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    results = OutcomeOut().fields["result"].validate.choices  # type: ignore[union-attr]
    kinds = ("observation", "addition", "withdrawal", "other")
    assert parsed(fresh.stdout)["signaalkaart_sync_outcomes_total"] == {
        (kind, result): 0.0 for kind in kinds for result in results
    }


def test_who_asks_how_it_goes_hears_what_does_not_answer(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: Any, **_how: Any) -> None:
        raise sa.exc.OperationalError("", {}, Exception())

    with monkeypatch.context() as away:
        away.setattr(db.session, "execute", fail)
        answer = client.get("/api/v1/health")
    assert (answer.status_code, answer.json["code"]) == (503, "not_well")
    told = {fault["name"]: fault["reason"] for fault in answer.json["invalid_params"]}
    assert told["database"] == "down: OperationalError"
    with monkeypatch.context() as away:
        away.setattr(ring(), "seal", fail)
        answer = client.get("/api/v1/health")
    assert answer.status_code == 503
    told = {fault["name"]: fault["reason"] for fault in answer.json["invalid_params"]}
    assert told["keys"] == "down: OperationalError"
    assert "database" not in told


def test_tables_of_an_older_version_are_not_ready_and_those_of_a_newer_one_are(
    client: FlaskClient,
) -> None:
    def stand_at(revision: str) -> int:
        with db.engine.begin() as connection:
            connection.execute(
                sa.text("UPDATE alembic_version SET version_num = :at"), {"at": revision}
            )
        return client.get("/api/v1/ready").status_code

    assert stand_at("0001_start") == 503
    assert client.get("/api/v1/health").json["checks"]["migrations"] == "behind: 0001_start"
    assert stand_at("9999_later") == 200
    assert client.get("/api/v1/health").json["checks"]["migrations"] == "ok"


def test_a_line_of_the_log_says_when_where_and_which_request() -> None:
    name = tracing.begin()
    record = logging.LogRecord("server.x", logging.WARNING, "", 1, "Iets: %s", ("é",), None)
    record.fields = {"status": 503}
    line = json.loads(logs.Lines().format(record))
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "WARNING",
        "from": "server.x",
        "text": "Iets: é",
        "status": 503,
        "request": name,
    }


def test_every_answer_names_its_request_and_no_client_chooses_the_name(client: FlaskClient) -> None:
    said = {"Request-Id": "mijn-eigen-naam", "Traceparent": "00-1-2-00"}
    names = [client.get("/api/v1/health", headers=said).headers["Request-Id"] for _ in range(2)]
    assert len(set(names)) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in names)


def test_what_somebody_is_told_carries_the_name_of_the_request_that_said_so(
    app: Flask, boa: Phone, regisseur: Phone
) -> None:
    sent = boa.sync(boa.observation()).headers["Request-Id"]
    told = db.session.execute(sa.text("SELECT request_id FROM notification")).scalars().all()
    assert told == [sent]
    later = boa.sync(boa.observation()).headers["Request-Id"]
    db.session.commit()
    told = db.session.execute(sa.text("SELECT request_id FROM notification")).scalars().all()
    assert told == [later]


@pytest.mark.thorough
@pytest.mark.sqlite
def test_all_web_processes_of_a_machine_count_together(
    environ: dict[str, str], tmp_path: Path, boa: Phone
) -> None:
    db.session.commit()
    measured = {**environ, "METRICS_KEY": KEY}
    with Web(measured, tmp_path, workers=3, as_deployed=True) as web:
        for _ in range(60):
            httpx.get(f"{web.url}/cards")
        shown = {"Authorization": f"Bearer {KEY}"}
        place = f"http://127.0.0.1:{web.port}/metrics"
        counted = [parsed(httpx.get(place, headers=shown).text) for _ in range(5)]
    name = ("GET", "/api/v1/cards", "2xx")
    assert [one["signaalkaart_request_seconds_count"][name] for one in counted] == [60.0] * 5
