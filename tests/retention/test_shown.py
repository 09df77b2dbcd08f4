"""Health and the command say what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from server import keyring
from server.audit import AuditEvent
from server.clock import guard
from server.db import db, now
from server.people.models import Session
from server.retention import service
from tests.factories import Phone
from tests.retention.terms import BEGIN, GOES, Clock, is_there, night, there

pytestmark = pytest.mark.thorough


def test_health_is_red_when_deleting_is_behind(moving: Clock, app: Flask, boa: Phone) -> None:
    boa.send()
    moving.move_to(datetime(2026, 7, 13, 12, tzinfo=UTC))
    guard.accept()
    checks = app.test_client().get("/api/v1/health").json["checks"]
    assert checks["retention"] == "ok"
    moving.shift(timedelta(days=1))
    answer = app.test_client().get("/api/v1/health").json
    assert answer["status"] == "behind"
    assert answer["checks"]["retention"] == "behind: 9 days"
    night(moving, date(2026, 7, 15))
    night(moving, date(2026, 7, 22))
    assert service.behind() is None


def test_health_is_red_when_a_key_outlives_its_day(moving: Clock, app: Flask) -> None:
    key = keyring.ring().ensure(now())
    moving.move_to(BEGIN + timedelta(days=800))
    guard.accept()
    assert key.id in app.test_client().get("/api/v1/health").json["checks"]["keys"]
    service.destroy_keys_nightly()
    assert app.test_client().get("/api/v1/health").json["checks"]["keys"] == "ok"


def test_the_clock_carries_it_out_every_night() -> None:
    from server.clock.process import JOBS

    assert {"watch-time", "carry-out-terms", "destroy-keys", "sign-log"} <= {
        job.name for job in JOBS
    }


def test_a_dry_run_says_what_a_run_does_and_changes_nothing(
    moving: Clock, app: Flask, boa: Phone, command: Callable[..., Result]
) -> None:
    observation = boa.send()
    boa.send(card="zeilen")
    night(moving, GOES - timedelta(days=7))
    later = boa.send()
    there(later).keep_until = GOES
    db.session.commit()
    moving.move_to(datetime(2026, 7, 5, 2, tzinfo=UTC))
    numbers = (
        "eldingen wissen: 1, waarvan 1 zonder antwoord. Nakomers wissen: 1. "
        "Inlogs wissen: {}. Waarschuwen voor: 1."
    )
    sessions = db.session.scalar(
        sa.select(sa.func.count()).select_from(Session).where(service._is_over())
    )
    dry = command("retention", "run", "--dry-run")
    assert numbers.format(sessions) in dry.output
    assert is_there(observation)
    assert there(later).warned_at is None
    wet = command("retention", "run")
    assert numbers.format(sessions) in wet.output
    assert not is_there(observation)
    assert is_there(later)


def test_after_a_leap_the_command_asks_whether_the_day_is_right(
    moving: Clock, app: Flask, boa: Phone, command: Callable[..., Result]
) -> None:
    observation = boa.send()
    service.run_nightly()
    moving.move_to(BEGIN + timedelta(days=400))
    refused = command("retention", "run", input="n\n")
    assert refused.exit_code == 1
    assert "Is het vandaag echt 2027-02-09?" in refused.output
    assert service.behind() == "time"
    assert command("retention", "run", input="y\n").exit_code == 0
    assert service.behind() != "time"
    assert there(observation).warned_at is not None


def test_after_a_leap_no_key_is_destroyed_by_hand_either_unless_the_day_is_right(
    moving: Clock, app: Flask, command: Callable[..., Result]
) -> None:
    key = keyring.ring().ensure(now()).id
    service.run_nightly()
    moving.move_to(BEGIN + timedelta(days=800))
    assert f"Zou vernietigen: {key}" in command("keys", "destroy", "--dry-run").output
    assert command("keys", "destroy", input="n\n").exit_code == 1
    assert keyring.ring().knows(key)
    assert f"Vernietigd: {key}" in command("keys", "destroy", input="y\n").output
    confirmed = db.session.scalars(sa.select(AuditEvent).filter_by(action="confirm_time")).all()
    assert len(confirmed) == 1


def test_the_terms_are_listed_with_their_ground(app: Flask, command: Callable[..., Result]) -> None:
    said = command("retention", "list").output
    for words in ("6 maanden", "4 weken", "12 maanden", "24 maanden", "90 dagen", "half jaar"):
        assert words in said
