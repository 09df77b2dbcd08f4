"""The log, sessions, and a clock that is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from server import keyring
from server.audit import AuditEvent
from server.audit.models import AuditCheckpoint
from server.clock import guard
from server.db import db
from server.people import sessions
from server.people.models import Session
from server.retention import service
from tests.factories import Phone
from tests.retention.terms import BEGIN, GOES, Clock, day_of, is_there, night, there

pytestmark = pytest.mark.thorough


def test_the_log_is_pruned_after_two_years(moving: Clock, app: Flask, boa: Phone) -> None:
    boa.send()
    service.keep_log_nightly()
    first = db.session.scalar(sa.select(sa.func.min(AuditEvent.id)))
    moving.move_to(BEGIN + timedelta(days=729))
    guard.accept()
    service.keep_log_nightly()
    assert db.session.scalar(sa.select(sa.func.min(AuditEvent.id))) == first
    moving.move_to(BEGIN + timedelta(days=732))
    guard.accept()
    service.keep_log_nightly()
    left = db.session.scalars(sa.select(AuditEvent.action).distinct()).all()
    assert left == ["confirm_time"]
    starts = db.session.scalars(sa.select(AuditCheckpoint).filter_by(start=True)).all()
    assert len(starts) == 1


def test_sessions_that_are_over_are_deleted_and_others_stay(
    moving: Clock, app: Flask, boa: Phone, teacher: Phone
) -> None:
    teacher.client.delete("/api/v1/session")
    night(moving, date(2026, 1, 6))
    assert db.session.scalars(sa.select(Session.person_id)).all() == [boa.person]
    night(moving, date(2026, 1, 6) + timedelta(days=90))
    assert db.session.scalars(sa.select(Session.person_id)).all() == []


def test_a_session_that_ran_out_stays_while_its_phone_is_told(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    db.session.execute(sa.update(Session).values(expires_at=BEGIN + sessions.STAFF_TERM))
    db.session.commit()
    night(moving, date(2026, 1, 20))
    assert db.session.scalars(sa.select(Session.person_id)).all() == [boa.person]
    night(moving, date(2026, 2, 8))
    assert db.session.scalars(sa.select(Session.person_id)).all() == []


def test_a_clock_a_year_ahead_deletes_nothing_until_somebody_says_it_is_right(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation, key = boa.send(), boa.key().id
    service.run_nightly()
    for days in (365, 372, 800):
        moving.move_to(BEGIN + timedelta(days=days))
        service.run_nightly()
        service.destroy_keys_nightly()
        service.keep_log_nightly()
        assert is_there(observation)
        assert keyring.ring().knows(key)
        health = app.test_client().get("/api/v1/health").json
        assert health["status"] == "behind"
        assert health["checks"]["retention"] == "behind: time"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Session)) == 1
    # Somebody sets it right.
    moving.move_to(BEGIN + timedelta(days=1))
    service.run_nightly()
    assert service.behind() is None
    assert there(observation).warned_at is None
    assert boa.get("/session").status_code == 200


def test_a_clock_a_year_back_deletes_nothing_and_revives_no_session(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    service.run_nightly()
    night(moving, date(2026, 5, 1))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Session)) == 0
    moving.move_to(BEGIN - timedelta(days=365))
    service.run_nightly()
    assert is_there(observation)
    assert boa.get("/session").status_code == 401
    moving.move_to(datetime(2026, 5, 2, tzinfo=UTC))
    service.run_nightly()
    assert service.behind() is None
    assert day_of(observation) == GOES
