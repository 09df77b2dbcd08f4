"""What is counted beside what came in: who never heard, what stayed too long, and how it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.cases.models import Case
from server.clock import guard, process
from server.db import db
from server.observations.models import LateItem, Observation, Receipt
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


def send(boas: list[Phone], number: int) -> list[str]:
    """Have so many observations handed in, in turns, so that no number is about one person."""
    return [boas[turn % len(boas)].send() for turn in range(number)]


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
    moving: Clock, app: Flask, boas: list[Phone], bestuur: Phone
) -> None:
    send(boas, 12)
    count(moving)
    week_and_day(moving, GOES)
    for item in send(boas, 16)[:6]:
        respond(app, item, "watching")
    publish(moving, date(2026, 10, 1))
    told = shown("answer", "2026-Q3")
    assert (told[""], told["on_time"], told["never"]) == (18, 6, 12)


def test_what_the_desk_entered_is_not_of_the_gemeente(
    moving: Clock, app: Flask, boas: list[Phone], regisseur: Phone, bestuur: Phone
) -> None:
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
    moving: Clock, app: Flask, boas: list[Phone], regisseur: Phone, bestuur: Phone
) -> None:
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


def run_job(name: str) -> None:
    """Do what the clock does when a job is due, on a machine whose time is right."""
    guard.accept()
    next(job for job in process.JOBS if job.name == name).function()


def a_case(number: int, by: Phone, closed_on: date | None) -> Case:
    outcome = "better" if closed_on else None
    return Case(number=number, kind="youth", outcome=outcome, closed_on=closed_on, by_id=by.person)


def test_what_a_stopped_clock_left_is_counted_at_the_end_of_each_quarter_it_was_still_there(
    moving: Clock, boa: Phone, regisseur: Phone
) -> None:
    long_ago = date(2020, 1, 1)
    db.session.add_all(a_case(number, regisseur, long_ago) for number in range(1, 4))
    db.session.add(a_case(4, regisseur, None))
    db.session.commit()
    held, *_ = [boa.send() for _ in range(6)]
    for _ in range(2):
        boa.send(card="zeilen")
    db.session.get_one(Observation, held).case_open = True
    db.session.commit()
    count(moving)
    assert tallies("overdue", "2025-Q4") == {"case": 3}
    moving.move_to(datetime(2026, 10, 20, 1, 39, tzinfo=UTC))
    for _ in range(2):
        run_job("remove-cases")
        run_job("carry-out-terms")
        moving.shift(timedelta(days=8))
    assert db.session.scalars(sa.select(Observation.id)).all() == [held]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LateItem)) == 0
    assert db.session.scalars(sa.select(Case.number)).all() == [4]
    assert tallies("overdue", "2026-Q1") == tallies("overdue", "2026-Q2") == {"case": 3}
    assert tallies("overdue", "2026-Q3") == {"observation": 5, "case": 3, "late_item": 2}
    assert tallies("overdue", "2026-Q4") == {}, "that quarter lasts"


def test_what_must_go_goes_when_counting_fails(moving: Clock, boa: Phone) -> None:
    boa.send()
    moving.move_to(datetime(2026, 7, 1, 2, tzinfo=UTC))
    run_job("carry-out-terms")
    db.session.execute(sa.text("DROP TABLE counted"))
    db.session.commit()
    moving.shift(timedelta(days=8))
    with pytest.raises(sa.exc.DBAPIError):
        run_job("carry-out-terms")
    assert db.session.scalars(sa.select(Observation.id)).all() == []


def test_overdue_is_published_like_any_figure_and_few_are_hidden(
    moving: Clock, boas: list[Phone], bestuur: Phone
) -> None:
    for moment in (BEGIN, datetime(2026, 9, 1, 12, tzinfo=UTC)):
        moving.move_to(moment)
        send(boas, 20)
    count(moving)
    publish(moving, date(2026, 10, 1))
    assert shown("overdue", "2026-Q3")[""] == 20
    assert shown("overdue", "2026-Q2")[""] is None


def test_more_that_is_overdue_than_was_shown_to_come_in_is_hidden(
    moving: Clock, boas: list[Phone], bestuur: Phone
) -> None:
    """Who reads that two stand there of nine that came in finds the quarter that hides the rest."""
    for number in (4, 7):
        send(boas, number)
        count(moving)
        moving.move_to(datetime(2026, 4, 6, 12, tzinfo=UTC))
    publish(moving, date(2027, 1, 1))
    assert shown("card", "2026-Q1")[""] is None
    assert shown("card", "2026-Q2")[""] == 7
    assert set(shown("overdue", "2026-Q4").values()) == {None}, "eleven would tell that four came"


def test_the_tallies_equal_a_full_count_of_everything(
    moving: Clock, app: Flask, boa: Phone, regisseur: Phone
) -> None:
    answers = 0
    for _ in range(6):
        sent = [boa.send() for _ in range(3)]
        entered = entry(regisseur, reporter=False)
        assert regisseur.post("/observations", entered).status_code == 201
        respond(app, sent[0], "watching")
        answers += 1
        for _ in range(2):
            count(moving)
        moving.shift(timedelta(days=11))
    assert sum(tallies("organisation").values()) == 24
    assert tallies("organisation")["entered"] == 6
    for day in range(60):
        night(moving, GOES - timedelta(days=8) + timedelta(days=day))
        count(moving)
    receipts = sa.select(sa.func.count()).select_from(Receipt).where(Receipt.gone_late.is_not(None))
    unheard = db.session.scalar(receipts.where(Receipt.gone_unheard.is_(True)))
    assert sum(tallies("removal").values()) == db.session.scalar(receipts)
    assert (tallies("answer")["never"], tallies("answer")["on_time/2"]) == (unheard, answers)
    assert unheard
