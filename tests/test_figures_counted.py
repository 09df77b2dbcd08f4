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
from tests.test_entries import entry


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


def shown(name: str, quarter: str) -> dict[str, int | None]:
    """Return what anybody can read of a table, by place."""
    return {one.key: one.value for one in service.figures(quarter, quarter).table(name).cells}


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
    told = shown("answer", "2026-Q3")
    assert (told[""], told["on_time"], told["never"]) == (18, 6, 12)


def test_what_the_desk_entered_is_not_of_the_gemeente(
    moving: Clock, app: Flask, boa: Phone, regisseur: Phone, bestuur: Phone
) -> None:
    boas = [boa, *(add_phone(app, "melder") for _ in range(2))]
    for phone in boas:
        phone.sync(*[phone.observation() for _ in range(3)], signed_in=False)
    for source in ("phone", "mail", "conversation", "police", "anonymous_line", "phone"):
        sent = entry(regisseur, source=source, reporter=False)
        assert regisseur.post("/observations", sent).status_code == 201
    count(moving)
    assert tallies("organisation") == {"gemeente": 9, "entered": 6}
    publish(moving, date(2026, 4, 1))
    kinds = {
        one.key: one for one in service.figures("2026-Q1", "2026-Q1").table("organisation").cells
    }
    assert {key: kinds[key].value for key in ("", "gemeente", "entered")} == {
        "": 15,
        "gemeente": 9,
        "entered": 6,
    }
    assert kinds["entered"].label.startswith("Anders binnengekomen")


def test_a_single_call_is_hidden_like_any_small_number(
    moving: Clock, app: Flask, boa: Phone, regisseur: Phone, bestuur: Phone
) -> None:
    boas = [boa, *(add_phone(app, "melder") for _ in range(2))]
    for phone in boas:
        phone.sync(*[phone.observation() for _ in range(3)], signed_in=False)
    sent = entry(regisseur, source="phone", reporter=False)
    assert regisseur.post("/observations", sent).status_code == 201
    publish(moving, date(2026, 4, 1))
    kinds = {
        one.key: one.value
        for one in service.figures("2026-Q1", "2026-Q1").table("organisation").cells
    }
    assert kinds[""] == 10
    assert (kinds["entered"], kinds["gemeente"], kinds["school"]) == (None, None, None)
