"""What is counted beside what came in: who never heard, what stayed too long, and how it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.db import db
from server.observations.models import Receipt
from server.reports import counting, publishing, service
from server.reports.models import Tally
from tests.factories import Phone, add_phone
from tests.retention.terms import BEGIN, GOES, Clock, night, respond, week_and_day


@pytest.fixture(autouse=True)
def moving() -> Iterator[Clock]:
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield clock


@pytest.fixture
def bestuur(app: Flask) -> Phone:
    return add_phone(app, "bestuur", card=None)


def tallies(name: str, quarter: str | None = None) -> dict[str, int]:
    found: Counter[str] = Counter()
    for tally in db.session.scalars(sa.select(Tally).where(Tally.name == name)):
        if quarter in (None, tally.quarter):
            found[tally.path] += tally.count
    return dict(found)


def count(clock: Clock) -> None:
    """Count what happened until now, once it has settled."""
    clock.shift(timedelta(hours=1))
    counting.count_new()


def publish(clock: Clock, day: date) -> None:
    """Publish in the night of a day every quarter that is over."""
    clock.move_to(datetime(day.year, day.month, day.day, 5, tzinfo=UTC))
    publishing.publish_due()


def test_who_never_heard_counts_beside_the_answers_in_the_quarter_it_was_deleted(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    answered, _never, _nowhere = boa.send(), boa.send(), boa.send(card="zeilen")
    respond(app, answered, "watching")
    count(moving)
    assert tallies("answer") == {"on_time/2": 1}
    moving.shift(timedelta(days=1))
    boa.sync(boa.addition(answered), signed_in=False)
    for days in (-7, -6, 0, 1):
        night(moving, GOES + timedelta(days=days))
    rows = db.session.execute(sa.select(Receipt.gone_reason).where(Receipt.gone_at.is_not(None)))
    assert Counter(rows.scalars()) == {"missed": 3}
    for _ in range(2):
        count(moving)
    assert tallies("answer", "2026-Q1") == {"on_time/2": 1}
    assert tallies("answer", "2026-Q3") == {"never": 2}, "who heard once counts once, as answered"


def test_a_desk_that_answers_nobody_is_not_on_time(
    moving: Clock, app: Flask, boa: Phone, bestuur: Phone
) -> None:
    for _ in range(12):
        boa.send()
    count(moving)
    week_and_day(moving, GOES)
    for item in [boa.send() for _ in range(16)][:6]:
        respond(app, item, "watching")
    publish(moving, date(2026, 10, 1))
    answers = service.figures("2026-Q3", "2026-Q3").table("answer")
    told = {key: cell for key in ("", "on_time", "never") if (cell := answers.cell(key))}
    assert {key: cell.value for key, cell in told.items()} == {"": 18, "on_time": 6, "never": 12}
