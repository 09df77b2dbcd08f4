"""Every observation has a day on which it goes, and nothing but a case keeps it longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from server import cards
from server.audit import AuditEvent
from server.config import Config
from server.db import db, now
from server.observations import keeping
from server.observations.keeping import Terms, add_months, last_day
from server.observations.models import (
    Addition,
    Feedback,
    ObservationEvent,
    Receipt,
)
from server.retention import removal
from server.workdays import local_day
from tests.editing import copy_content, edit
from tests.factories import Phone
from tests.retention.terms import (
    BEGIN,
    GOES,
    Clock,
    day_of,
    desk,
    is_there,
    move,
    night,
    respond,
    there,
    week_and_day,
)

pytestmark = pytest.mark.thorough


LAST = date(2027, 7, 5)  # eighteen months later


TERMS = Terms(6, 4, 12, 24, 90, 6)


def test_an_observation_without_follow_up_goes_after_six_months(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    boa.sync(boa.addition(observation))
    respond(app, observation, "watching", text="Dank je wel.")
    desk(app).post(f"/observations/{observation}/openings", {"purpose": "handle", "note": "Rede."})
    assert day_of(observation) == GOES
    night(moving, GOES - timedelta(days=7))
    night(moving, GOES - timedelta(days=1))
    assert is_there(observation)
    night(moving, GOES)
    assert not is_there(observation)
    for model in (Addition, Feedback, ObservationEvent):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0
    receipt = db.session.get_one(Receipt, observation)
    assert (receipt.gone_reason, receipt.gone_at) == ("expired", now())
    assert receipt.digest is not None
    logged = db.session.scalars(sa.select(AuditEvent).filter_by(action="delete")).one()
    assert (logged.person_id, logged.subject_id) == (None, observation)
    assert (logged.purpose, logged.outcome) == ("retention", "expired")


def test_after_no_follow_up_it_goes_after_four_weeks(moving: Clock, app: Flask, boa: Phone) -> None:
    observation = boa.send()
    moving.shift(timedelta(days=10))
    respond(app, observation, "no_follow_up")
    assert day_of(observation) == date(2026, 2, 12)
    week_and_day(moving, date(2026, 2, 12))
    assert not is_there(observation)


def test_saying_it_again_moves_nothing(moving: Clock, app: Flask, boa: Phone) -> None:
    observation = boa.send()
    respond(app, observation, "no_follow_up")
    first = day_of(observation)
    for _ in range(3):
        moving.shift(timedelta(days=5))
        respond(app, observation, "no_follow_up")
    assert day_of(observation) == first


def test_another_answer_gives_back_the_ordinary_term_and_no_more(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    for kind in ("no_follow_up", "watching", "no_follow_up", "taken_up"):
        moving.shift(timedelta(days=20))
        respond(app, observation, kind)
    assert day_of(observation) == GOES


def test_closing_and_opening_again_moves_no_date(moving: Clock, app: Flask, boa: Phone) -> None:
    observation = boa.send()
    respond(app, observation, "no_follow_up")
    first = day_of(observation)
    for state in ("closed", "in_progress", "closed", "in_progress"):
        moving.shift(timedelta(days=3))
        move(app, observation, state)
        assert day_of(observation) == first
    week_and_day(moving, first or BEGIN.date())
    assert not is_there(observation)


def test_what_comes_in_on_the_last_day_moves_the_date(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    respond(app, observation, "watching")
    night(moving, GOES - timedelta(days=7))
    assert there(observation).warned_at is not None
    moving.move_to(datetime(2026, 7, 4, 20, tzinfo=UTC))
    boa.sync(boa.addition(observation, "Er is meer."), signed_in=False)
    assert day_of(observation) == date(2027, 1, 4)
    assert there(observation).warned_at is None
    night(moving, GOES)
    assert is_there(observation)
    opened = desk(app).post(f"/observations/{observation}/openings", {"purpose": "handle"})
    assert opened.json["additions"][0]["text"] == "Er is meer."


def test_what_comes_in_while_it_is_being_deleted_moves_the_date_too(
    moving: Clock, app: Flask, boa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    observation, other = boa.send(), boa.send()
    lock = removal._lock

    def deliver_first(batch: list[removal.Doomed]) -> dict[str, int]:
        boa.sync(boa.addition(observation), signed_in=False)
        return lock(batch)

    night(moving, GOES - timedelta(days=7))
    monkeypatch.setattr(removal, "_lock", deliver_first)
    night(moving, GOES)
    assert is_there(observation)
    assert not is_there(other)


def test_no_input_keeps_it_past_eighteen_months(moving: Clock, app: Flask, boa: Phone) -> None:
    observation = boa.send()
    for month in range(1, 19):
        moving.move_to(BEGIN + timedelta(days=30 * month))
        boa.sync(boa.addition(observation), signed_in=False)
        assert (day_of(observation) or date.max) <= LAST
    assert day_of(observation) == LAST
    week_and_day(moving, LAST)
    assert not is_there(observation)


@given(
    begun=st.integers(0, 2000),
    waited=st.integers(0, 900),
    dropped=st.none() | st.integers(0, 900),
    closed=st.none() | st.integers(0, 900),
)
def test_whatever_happens_there_is_a_day_and_outside_a_case_never_a_later_one(
    begun: int, waited: int, dropped: int | None, closed: int | None
) -> None:
    received = BEGIN + timedelta(days=begun)
    case = local_day(received) + timedelta(days=closed) if closed is not None else None
    day = last_day(
        TERMS,
        received,
        received + timedelta(days=waited),
        received + timedelta(days=dropped) if dropped is not None else None,
        case,
    )
    limit = add_months(local_day(received), 18)
    if case is not None:
        assert day >= add_months(case, 12)
        limit = max(limit, add_months(case, 12))
    assert local_day(received) < day <= limit


def test_a_month_later_than_the_last_of_january_is_the_last_of_february() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 30), 14) == date(2028, 1, 30)
    assert add_months(date(2026, 1, 15), -24) == date(2024, 1, 15)


def test_in_an_open_case_it_stays_and_a_year_after_closing_it_goes(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    keeping.hold_for_case(there(observation))
    db.session.commit()
    week_and_day(moving, LAST + timedelta(days=100))
    assert is_there(observation)
    keeping.release_from_case(there(observation), local_day(now()))
    db.session.commit()
    end = add_months(local_day(now()), 12)
    assert day_of(observation) == end
    night(moving, end - timedelta(days=7))
    night(moving, end - timedelta(days=1))
    assert is_there(observation)
    night(moving, end)
    assert not is_there(observation)


def test_when_the_gemeente_changes_a_term_every_day_is_worked_out_anew(
    moving: Clock, app: Flask, config: Config, boa: Phone, tmp_path: Path
) -> None:
    observation = boa.send()
    night(moving, date(2026, 2, 1))
    content = copy_content(tmp_path)
    edit(content, "gemeente.toml", "unused_months = 6", "unused_months = 2")
    cards.start(content)
    try:
        night(moving, date(2026, 2, 2))
        assert day_of(observation) == date(2026, 3, 5)
    finally:
        cards.start(config.content_dir)


def test_what_has_no_day_yet_gets_one(moving: Clock, app: Flask, boa: Phone) -> None:
    observation = boa.send()
    there(observation).keep_until = None
    db.session.commit()
    night(moving, date(2026, 1, 6))
    assert day_of(observation) == GOES
