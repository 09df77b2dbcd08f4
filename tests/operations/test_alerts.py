"""What Prometheus reads and warns of exists, and the document says where to look then."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from server.health import checks
from server.keyring import ring
from tests.factories import Phone
from tests.web import ROOT

DEPLOY = ROOT / "docs" / "deploy"
KEY = "een-sleutel-van-veertig-tekens-en-langer"


def alerts() -> dict[str, dict[str, Any]]:
    """Return every alert by name, in the order of the file."""
    file = yaml.safe_load((DEPLOY / "alerts.yml").read_text())
    return {rule["alert"]: rule for group in file["groups"] for rule in group["rules"]}


def scraping() -> dict[str, Any]:
    """Return how Prometheus reads what a web machine measures."""
    file = yaml.safe_load((DEPLOY / "prometheus.yml").read_text())
    assert file["rule_files"] == ["alerts.yml"]
    (job,) = file["scrape_configs"]
    return dict(job)


@pytest.fixture
def measured(app: Flask, client: FlaskClient, boa: Phone) -> set[str]:
    """The names of what Prometheus finds where it is told to look, with the key it is given."""
    boa.send()
    ring().lasting.note_copy("database")
    config = app.config["SIGNAALKAART"]
    app.config["SIGNAALKAART"] = dataclasses.replace(config, metrics_key=KEY)
    # It shows what is in the file as a Bearer, unless it is told otherwise.
    assert list(scraping()["authorization"]) == ["credentials_file"]
    shown = {"Authorization": f"Bearer {KEY}"}
    answer = client.get(scraping()["metrics_path"], headers=shown)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {sample.name for family in families for sample in family.samples}


# On PostgreSQL there is no disk to measure here.
@pytest.mark.sqlite
def test_every_alert_is_about_something_that_is_measured(measured: set[str]) -> None:
    for name, rule in alerts().items():
        # "up" is what Prometheus itself says of each machine it asks.
        named = set(re.findall(r"\bsignaalkaart_\w+|\bup\b(?=\{)", rule["expr"]))
        assert named, name
        assert named <= {*measured, "up"}, name
        assert rule["annotations"]["summary"]
        assert rule["labels"]["severity"] in {"page", "look"}
    watched = " ".join(rule["expr"] for rule in alerts().values())
    needed = {
        "queue_age", "feedback_owed", "job_late", "unsent_items", "deliveries", "check", "ready",
        "disk_free_bytes", "copy_age",
    }  # fmt: skip
    assert not [name for name in needed if f"signaalkaart_{name}" not in watched]


def test_one_dead_machine_of_several_is_seen() -> None:
    asked = alerts()["MachineAway"]["expr"]
    assert asked == f'up{{job="{scraping()["job_name"]}"}} == 0'


def test_what_every_machine_measures_alike_is_not_added_up() -> None:
    sums = [rule["expr"] for rule in alerts().values() if re.search(r"\bsum\b", rule["expr"])]
    assert sums
    # What a machine counted itself is; what it read in the database is the same on all.
    counted = r"signaalkaart_(?:request_seconds_\w+|sync_outcomes_total)"
    for expr in sums:
        assert set(re.findall(r"signaalkaart_\w+", expr)) == set(re.findall(counted, expr)) != set()


def test_what_was_never_copied_is_warned_of_and_what_is_refused_once_on_every_machine() -> None:
    missing = alerts()["CopyMissing"]
    copied = re.findall(
        r'absent\(signaalkaart_copy_age_seconds\{store="(\w+)"\}\)', missing["expr"]
    )
    assert copied == ["database", "key_ring"]
    assert (missing["expr"].split().count("or"), missing["for"]) == (1, "1d")
    # A phone hands in at whichever machine answers: one by one these stay under what is warned of.
    assert re.fullmatch(
        r"sum\(increase\(signaalkaart_sync_outcomes_total\{.*\}\[1h\]\)\) > 5",
        alerts()["ItemsRefused"]["expr"],
    )


def test_no_alert_says_that_nothing_is_stored_while_it_is() -> None:
    for name in ("CheckFails", "DiskFills"):
        summary = alerts()[name]["annotations"]["summary"]
        assert "reports are not stored." not in summary
        assert "Soon nothing" not in summary


def test_every_check_has_an_alert_that_looks_at_it(app: Flask) -> None:
    behind = set(re.findall(r"[a-z]+", alerts()["CheckBehind"]["expr"].partition("=~")[2]))
    # What keeps reports from being stored is CheckFails; a clock that is late has late jobs.
    assert alerts()["CheckFails"]["expr"] == "signaalkaart_ready == 0"
    assert (
        behind | {"database", "migrations", "clock"}
        == checks.look(app.config["SIGNAALKAART"]).keys()
    )


def test_the_document_says_of_every_alert_where_to_look_first() -> None:
    document = (ROOT / "docs" / "operations.md").read_text()
    table = document.partition("| alert | first look at |")[2]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    said = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert said == list(alerts())


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not on this machine")
def test_prometheus_reads_the_alerts() -> None:
    subprocess.run(["promtool", "check", "rules", DEPLOY / "alerts.yml"], check=True)
