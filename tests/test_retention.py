"""What is past its term goes, on its day, after a warning, and nothing brings it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner, Result
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from server import cards, cli, keyring
from server.audit import AuditEvent
from server.audit.models import AuditCheckpoint
from server.config import Config
from server.db import db, new_id, now
from server.notify.models import Notification
from server.observations import keeping
from server.observations.changes import changes_since
from server.observations.keeping import Terms, add_months, last_day
from server.observations.models import (
    Addition,
    Feedback,
    LateItem,
    Observation,
    ObservationEvent,
    Receipt,
)
from server.observations.service import receipt_code
from server.people import invitations
from server.people.models import Person, Session
from server.retention import guard, removal, service, warning
from server.workdays import local_day
from tests.editing import copy_content, edit
from tests.factories import Phone, add_phone, sign_in

pytestmark = pytest.mark.thorough

BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)
GOES = date(2026, 7, 5)  # six months later
LAST = date(2027, 7, 5)  # eighteen months later
TERMS = Terms(6, 4, 12, 24, 90, 6)
Clock = Any  # what time_machine.travel gives has no public name


@pytest.fixture(autouse=True)
def moving() -> Iterator[Clock]:
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield clock


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


# The day


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


# The warning


def test_the_desk_is_warned_once_a_week_before(
    moving: Clock, app: Flask, boa: Phone, regisseur: Phone
) -> None:
    boa.send()
    boa.send()
    night(moving, GOES - timedelta(days=8))
    assert queued(regisseur.person) == []
    for back in (7, 6, 5):
        night(moving, GOES - timedelta(days=back))
        assert queued(regisseur.person) == ["expiring"]


def test_without_a_warning_nothing_goes_and_the_week_begins_when_it_is_given(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    late = GOES + timedelta(days=30)
    night(moving, late)
    assert is_there(observation)
    night(moving, late + timedelta(days=6))
    assert is_there(observation)
    night(moving, late + timedelta(days=7))
    assert not is_there(observation)


def test_the_inbox_shows_what_goes_within_a_week_also_when_it_is_closed(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation, closed = boa.send(), boa.send()
    respond(app, closed, "watching")
    move(app, closed, "closed")
    moving.move_to(datetime(2026, 6, 27, 12, tzinfo=UTC))
    before = desk(app).get("/inbox").json
    assert [item["expiring"] for item in before["items"]] == [False]
    assert before["counts"]["expiring"] == 0
    moving.shift(timedelta(days=1))
    shown = desk(app).get("/inbox?view=expiring").json
    assert {item["id"] for item in shown["items"]} == {observation, closed}
    assert {item["keep_until"] for item in shown["items"]} == {"2026-07-05"}
    assert shown["counts"]["expiring"] == 2


# The reporter


def test_who_never_got_an_answer_is_told_so_and_it_counts_as_missed(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    week_and_day(moving, GOES)
    assert told(boa) == [
        {
            "kind": "removed",
            "id": observation,
            "receipt": receipt_code(observation),
            "reason": "missed",
            "at": now(),
        }
    ]
    assert queued(boa.person) == ["feedback"]
    assert db.session.get_one(Receipt, observation).gone_reason == "missed"


def test_a_phone_hears_it_over_the_wire(moving: Clock, app: Flask, boa: Phone) -> None:
    observation = boa.send()
    week_and_day(moving, GOES)
    token = invitations.issue(None, db.session.get_one(Person, boa.person)).token
    db.session.commit()
    (change,) = sign_in(app, token).sync().json["changes"]
    assert change["at"].startswith("2026-07-05T")
    assert (change["kind"], change["id"], change["reason"]) == ("removed", observation, "missed")


def test_who_got_an_answer_sees_that_it_is_gone_and_is_not_woken(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    respond(app, observation, "watching")
    before = queued(boa.person)
    week_and_day(moving, GOES)
    assert told(boa)[0]["reason"] == "expired"
    assert queued(boa.person) == before


def test_an_addition_that_was_never_answered_counts_as_missed(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    respond(app, observation, "watching")
    boa.sync(boa.addition(observation))
    week_and_day(moving, GOES)
    assert told(boa)[0]["reason"] == "missed"


def test_a_question_that_waited_for_the_reporter_does_not(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    respond(app, observation, "question", text="Waar was dit?")
    week_and_day(moving, GOES)
    assert told(boa)[0]["reason"] == "expired"


def test_nobody_who_cannot_be_reached_counts_as_missed(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    one = desk(app)
    one.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    version = there(observation).version
    body = {"state": "closed", "version": version, "reason": "told_by_phone"}
    assert one.post(f"/observations/{observation}/states", body).status_code == 201
    week_and_day(moving, GOES)
    assert told(boa)[0]["reason"] == "expired"


# Nothing comes back


def test_the_same_item_sent_again_is_known_and_stays_gone(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    item = boa.observation()
    boa.sync(item)
    week_and_day(moving, GOES)
    answer = boa.sync(item, signed_in=False).json["outcomes"][0]
    assert answer["result"] == "known"
    assert not is_there(item["id"])
    changed = {**item, "urgency": "can_wait"}
    assert boa.sync(changed, signed_in=False).json["outcomes"][0]["result"] == "conflict"
    assert not is_there(item["id"])


def test_what_is_added_to_it_later_goes_to_the_late_box_alone(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    late = boa.addition(observation)
    week_and_day(moving, GOES)
    outcome = boa.sync(late, signed_in=False).json["outcomes"][0]
    assert (outcome["result"], outcome["reason"]) == ("stored", "late:unknown_parent")
    assert not is_there(observation)
    assert db.session.get_one(LateItem, late["id"])


def test_taking_it_back_afterwards_does_not_change_why_it_went(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation = boa.send()
    week_and_day(moving, GOES)
    gone_at = db.session.get_one(Receipt, observation).gone_at
    moving.shift(timedelta(days=1))
    boa.sync(boa.withdrawal(observation), signed_in=False)
    receipt = db.session.get_one(Receipt, observation)
    assert (receipt.gone_reason, receipt.gone_at) == ("missed", gone_at)


def test_the_late_box_is_emptied_after_the_same_term(
    moving: Clock, app: Flask, boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send(card="zeilen")
    addition = boa.addition(new_id())
    boa.sync(addition)
    night(moving, GOES - timedelta(days=7))
    assert queued(regisseur.person) == ["expiring"]
    night(moving, GOES - timedelta(days=1))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LateItem)) == 2
    night(moving, GOES)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LateItem)) == 0
    # Nobody ever answered it.
    assert db.session.get_one(Receipt, observation).gone_reason == "missed"
    assert db.session.get_one(Receipt, addition["id"]).gone_reason == "expired"
    assert queued(boa.person) == ["feedback"]


def test_a_late_item_of_nobody_we_know_goes_as_well(moving: Clock, app: Flask, boa: Phone) -> None:
    item = boa.observation(by=new_id())
    assert boa.sync(item).json["outcomes"][0]["reason"] == "late:foreign_author"
    night(moving, GOES)
    assert db.session.get(LateItem, item["id"]) is None


def test_what_a_restored_backup_brings_back_goes_again_at_once(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    observation, other = boa.send(), boa.send()
    moving.move_to(datetime(2026, 4, 1, 12, tzinfo=UTC))
    boa.sync(boa.addition(other), signed_in=False)
    # Months have passed for this old database, and it knows of no warning and of no time.
    moving.move_to(datetime(2026, 8, 1, 12, tzinfo=UTC))
    done = service.after_restore()
    assert (done.observations, done.missed) == (1, 1)
    assert not is_there(observation)
    assert is_there(other)
    assert service.behind() is None


def test_a_run_that_breaks_off_leaves_nothing_half_gone(
    moving: Clock, app: Flask, boa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    observation = boa.send()
    night(moving, GOES - timedelta(days=7))

    def break_off(_rows: list[dict[str, Any]]) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("server.retention.removal.audit.log_all", break_off)
        with pytest.raises(RuntimeError):
            night(moving, GOES)
        db.session.rollback()
    assert is_there(observation)
    assert db.session.get_one(Receipt, observation).gone_at is None
    assert queued(boa.person) == []
    night(moving, GOES)
    assert not is_there(observation)


def test_batches_are_no_limit_and_every_reporter_hears_of_all(
    moving: Clock, app: Flask, boa: Phone, teacher: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal, "BATCH", 2)
    monkeypatch.setattr(warning, "BATCH", 2)
    ids = [boa.send() for _ in range(5)]
    others = [teacher.send(card="onderwijs", signals=["OND-05"]) for _ in range(2)]
    week_and_day(moving, GOES)
    assert {change["id"] for change in told(boa)} == set(ids)
    assert {change["id"] for change in told(teacher)} == set(others)
    numbers = list(
        db.session.scalars(sa.select(Receipt.change_number).filter_by(author_id=boa.person))
    )
    assert len(set(numbers)) == 5


# The log, sessions, and a clock that is wrong


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


# Seeing it


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
    from server.clock import JOBS

    assert {"watch-time", "carry-out-terms", "destroy-keys", "sign-log"} <= {
        job.name for job in JOBS
    }


@pytest.fixture
def command(app: Flask, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("server.cli.create_app", lambda _config: app)

    def run(*words: str, input: str | None = None) -> Result:  # noqa: A002
        db.session.commit()
        return CliRunner().invoke(cli.cli, words, input=input, catch_exceptions=False)

    return run


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
