"""Terms, nights and what is left: what the tests of retention share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from server.clock import guard
from server.db import db, new_id
from server.notify.models import Notification
from server.observations.changes import changes_since
from server.observations.models import (
    Observation,
)
from server.retention import service
from tests.factories import Phone, add_phone

BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)


GOES = date(2026, 7, 5)  # six months later


Clock = Any  # what time_machine.travel gives has no public name


def night(clock: Clock, day: date) -> None:
    """Let the clock work in the night of a day, on a machine whose time is right."""
    clock.move_to(datetime(day.year, day.month, day.day, 2, 40, tzinfo=UTC))
    guard.accept()
    service.run_nightly()
    db.session.expire_all()


def week_and_day(clock: Clock, day: date) -> None:
    """Let the clock work in the night of the warning and in that of the day itself."""
    night(clock, day - timedelta(days=7))
    night(clock, day)


def desk(app: Flask) -> Phone:
    """Return a procesregisseur who signed in just now."""
    return add_phone(app, "procesregisseur", card=None)


def respond(app: Flask, observation: str, kind: str, **more: str) -> None:
    answer = desk(app).post(
        f"/observations/{observation}/feedback", {"id": new_id(), "kind": kind, **more}
    )
    assert answer.status_code == 201, answer.json


def move(app: Flask, observation: str, state: str) -> None:
    version = there(observation).version
    path = f"/observations/{observation}/states"
    answer = desk(app).post(path, {"state": state, "version": version})
    assert answer.status_code == 201, answer.json


def there(observation: str) -> Observation:
    db.session.expire_all()
    row = db.session.get(Observation, observation)
    assert row is not None
    return row


def is_there(observation: str) -> bool:
    db.session.expire_all()
    return db.session.get(Observation, observation) is not None


def day_of(observation: str) -> date | None:
    return there(observation).keep_until


def told(phone: Phone) -> list[dict[str, Any]]:
    return list(changes_since(phone.person, 0).changes)


def queued(person: str) -> list[str]:
    rows = db.session.scalars(sa.select(Notification).filter_by(person_id=person))
    return [row.kind for row in rows if row.kind in {"feedback", "expiring"}]
