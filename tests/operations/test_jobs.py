"""A clock holds what it runs for as long as it lives, and not a minute longer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.clock import jobs
from server.clock import process as clock
from server.clock.jobs import JobRun
from server.clock.process import Job
from server.db import db
from tests.operations.machines import wait_until

NOON = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = 60.0


@pytest.fixture
def moving(app: Flask) -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOON, tick=False) as coordinates:
        yield coordinates


def run_of(slot: datetime, job: str = "count") -> tuple[str | None, str | None]:
    db.session.rollback()
    found = db.session.get_one(JobRun, (job, slot))
    said = found.owner, found.outcome
    # Whoever looks on SQLite keeps others from writing until it lets go.
    db.session.rollback()
    return said


def test_what_a_living_clock_runs_is_left_to_it_however_long_it_takes(
    moving: time_machine.Coordinates,
) -> None:
    assert jobs.claim("count", NOON, "a")
    for _ in range(10):
        moving.shift(jobs.LEASE * 0.9)
        assert jobs.abandoned() == set()
        assert not jobs.claim("count", NOON, "b")
        jobs.renew("a")
    jobs.finish("count", NOON, "a", "done")
    assert run_of(NOON) == ("a", "done")
    assert not jobs.claim("count", NOON, "b")


def test_what_a_dead_clock_ran_is_taken_over_once_and_within_a_minute(
    moving: time_machine.Coordinates,
) -> None:
    assert jobs.LEASE + timedelta(seconds=5) < timedelta(minutes=1)
    assert jobs.claim("count", NOON, "a")
    moving.shift(jobs.LEASE)
    assert jobs.abandoned() == {"count"}
    assert [jobs.claim("count", NOON, other) for other in "bcd"] == [True, False, False]
    # Whoever was only thought dead changes nothing any more.
    jobs.finish("count", NOON, "a", "failed")
    jobs.renew("a")
    assert run_of(NOON) == ("b", None)
    jobs.finish("count", NOON, "b", "done")
    assert run_of(NOON) == ("b", "done")


def test_the_next_turn_begins_only_when_the_one_before_is_over_or_lost(
    moving: time_machine.Coordinates,
) -> None:
    assert jobs.claim("count", NOON, "a")
    assert not jobs.claim("count", NOON + HOUR, "b")
    moving.shift(jobs.LEASE)
    assert jobs.claim("count", NOON + HOUR, "b")
    assert run_of(NOON) == ("a", "lost")
    assert run_of(NOON + HOUR) == ("b", None)


def test_a_clock_runs_from_the_beginning_what_another_left(
    app: Flask, moving: time_machine.Coordinates, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    job = Job("count", clock.hourly(5), lambda: done.append(1))
    monkeypatch.setattr(clock, "JOBS", [job])
    assert jobs.claim("count", NOON, "dead")
    clock.take_over()
    assert done == []
    moving.shift(jobs.LEASE)
    clock.take_over()
    clock.take_over()
    wait_until(lambda: run_of(NOON) == (clock.OWNER, "done"))
    clock.take_over()
    assert clock._busy.wait_until_idle(MINUTE)
    assert done == [1]


def test_a_long_job_that_a_dead_clock_left_holds_up_no_other(
    app: Flask, moving: time_machine.Coordinates, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, may_end = threading.Event(), threading.Event()
    slow = Job("slow", clock.hourly(5), lambda: may_end.wait(MINUTE))
    count = Job("count", clock.hourly(5), done.set)
    monkeypatch.setattr(clock, "JOBS", [slow, count])
    for job in clock.JOBS:
        assert jobs.claim(job.name, NOON, "dead")
    moving.shift(jobs.LEASE)
    clock.take_over()
    try:
        assert done.wait(MINUTE / 4)
        wait_until(lambda: run_of(NOON) == (clock.OWNER, "done"))
        assert run_of(NOON, "slow") == (clock.OWNER, None)
    finally:
        may_end.set()
        assert clock._busy.wait_until_idle(MINUTE)
    assert run_of(NOON, "slow") == (clock.OWNER, "done")


def test_a_clock_that_runs_nothing_writes_nothing(app: Flask) -> None:
    asked: list[str] = []

    def hear(*about: object) -> None:
        asked.append(str(about[2]))

    sa.event.listen(db.engine, "before_cursor_execute", hear)
    jobs.renew("a")
    sa.event.remove(db.engine, "before_cursor_execute", hear)
    assert {words.split()[0] for words in asked} <= {"BEGIN", "SELECT"}
    assert asked
