"""What is done on time is done once, and one failure stops nothing else."""

from __future__ import annotations

import dataclasses
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.clock import jobs
from server.clock import process as clock
from server.clock.jobs import JobRun
from server.clock.process import Job
from server.config import Config
from server.db import db, now
from server.notify import service as notify
from tests.conftest import ORIGIN
from tests.factories import Phone
from tests.push_service import Answer, PushService

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def moving() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOON, tick=False) as coordinates:
        yield coordinates


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test is a clock that just started."""
    monkeypatch.setattr(clock, "_beats", {})


def runs() -> list[JobRun]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(JobRun).order_by(JobRun.job, JobRun.slot)))


def counting(name: str = "count") -> tuple[Job, list[datetime]]:
    done: list[datetime] = []
    return Job(name, clock.hourly(5), lambda: done.append(now())), done


def test_any_number_of_clocks_runs_a_job_once_per_turn(
    app: Flask, moving: time_machine.Coordinates
) -> None:
    job, done = counting()
    for hour in range(3):
        moving.move_to(NOON + timedelta(hours=hour, minutes=5))
        clocks = [threading.Thread(target=clock.run, args=(app, job)) for _ in range(4)]
        for one in clocks:
            one.start()
        for one in clocks:
            one.join()
    assert len(done) == 3
    assert [run.slot for run in runs()] == [
        NOON + timedelta(hours=hour, minutes=5) for hour in range(3)
    ]


def test_a_turn_is_named_after_when_it_was_due_and_not_after_when_it_ran(
    app: Flask, moving: time_machine.Coordinates
) -> None:
    job, done = counting()
    for minutes in (5, 7, 64):
        moving.move_to(NOON + timedelta(minutes=minutes))
        clock.run(app, job)
    assert done == [NOON + timedelta(minutes=5)]
    assert runs()[0].slot == NOON + timedelta(minutes=5)


def test_a_failing_job_is_recorded_and_logged_without_what_the_error_says(
    app: Flask, moving: time_machine.Coordinates, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("Zwiep woont in de Kerkstraat")

    job, done = counting()
    with caplog.at_level(logging.INFO):
        clock.run(app, Job("fail", clock.hourly(5), fail))
        clock.run(app, job)
    assert {run.job: run.outcome for run in runs()} == {"count": "done", "fail": "failed"}
    assert len(done) == 1
    assert "fail is mislukt: ValueError in test_clock.py" in caplog.text
    assert "Zwiep" not in caplog.text


def test_a_failed_job_leaves_nothing_half_done(
    app: Flask, moving: time_machine.Coordinates
) -> None:
    def half() -> None:
        db.session.add(JobRun(job="half", slot=now(), started_at=now()))
        db.session.flush()
        raise ValueError

    clock.run(app, Job("fail", clock.hourly(5), half))
    assert [run.job for run in runs()] == ["fail"]


def test_a_clock_that_stops_starts_nothing_new(
    app: Flask, moving: time_machine.Coordinates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "stopping", threading.Event())
    clock.stopping.set()
    job, done = counting()
    clock.run(app, job)
    assert not done
    assert not runs()


def test_a_shared_job_runs_in_every_clock_and_leaves_one_row_a_minute(
    app: Flask, moving: time_machine.Coordinates
) -> None:
    done: list[int] = []
    job = Job("share", clock.every_seconds(2), lambda: done.append(1), shared=True)
    for second in range(0, 90, 2):
        moving.move_to(NOON + timedelta(seconds=second))
        clock.run(app, job)
    assert len(done) == 45
    assert [run.slot for run in runs()] == [NOON, NOON + timedelta(minutes=1)]


def test_a_daily_job_keeps_its_hour_when_the_clock_changes() -> None:
    trigger = clock.daily(3, 20)
    for moment, due in (
        ("2026-03-28T12:00:00+00:00", "2026-03-28T02:20:00+00:00"),
        ("2026-03-29T12:00:00+00:00", "2026-03-29T01:20:00+00:00"),
        ("2026-10-25T12:00:00+00:00", "2026-10-25T02:20:00+00:00"),
        ("2026-10-25T02:19:59+00:00", "2026-10-24T01:20:00+00:00"),
    ):
        assert clock.last_due(trigger, datetime.fromisoformat(moment)) == datetime.fromisoformat(
            due
        )


def test_a_clock_that_never_ran_is_late_with_everything(
    app: Flask, moving: time_machine.Coordinates
) -> None:
    assert clock.late_jobs(now()) == [job.name for job in clock.JOBS]


def test_a_clock_that_runs_is_late_with_nothing(
    app: Flask, moving: time_machine.Coordinates
) -> None:
    for job in clock.JOBS:
        clock.run(app, job)
    assert clock.late_jobs(now()) == []
    assert {run.outcome for run in runs()} == {"done"}


def test_a_silent_clock_is_noticed_within_minutes_and_an_hourly_job_after_its_turn(
    app: Flask, moving: time_machine.Coordinates
) -> None:
    for job in clock.JOBS:
        clock.run(app, job)
    moving.shift(timedelta(minutes=4))
    always = {job.name for job in clock.JOBS if job.shared}
    assert set(clock.late_jobs(now())) == always
    moving.move_to(NOON + timedelta(minutes=5) + clock.GRACE)
    assert set(clock.late_jobs(now())) >= always | {"make-keys", "chain-log"}
    assert "carry-out-terms" not in clock.late_jobs(now())


def test_a_job_that_keeps_failing_counts_as_late(
    app: Flask, moving: time_machine.Coordinates, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ValueError

    broken = Job("broken", clock.hourly(5), fail)
    monkeypatch.setattr(clock, "JOBS", [broken])
    clock.run(app, broken)
    moving.shift(timedelta(hours=1))
    assert clock.late_jobs(now()) == ["broken"]


def test_health_says_that_the_clock_is_behind(app: Flask, moving: time_machine.Coordinates) -> None:
    client = app.test_client()
    assert client.get("/api/v1/health").json["status"] == "behind"
    for job in clock.JOBS:
        clock.run(app, job)
    assert client.get("/api/v1/health").json["status"] == "ok"


def test_every_job_has_a_name_of_its_own_that_fits_its_column() -> None:
    names = [job.name for job in clock.JOBS]
    assert len(names) == len(set(names))
    assert max(len(name) for name in names) <= 40


def test_old_runs_are_removed(app: Flask, moving: time_machine.Coordinates) -> None:
    job, _ = counting()
    clock.run(app, job)
    moving.shift(jobs.KEPT + timedelta(seconds=1))
    clock.run(app, job)
    assert jobs.remove_old() == 1
    assert len(runs()) == 1


def test_a_job_of_once_a_month_runs_once_although_clocks_start_later_that_month(
    app: Flask, moving: time_machine.Coordinates, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[datetime] = []
    job = Job("monthly", clock.monthly(10, 0), lambda: done.append(now()))
    monkeypatch.setattr(clock, "JOBS", [job])
    moving.move_to(datetime(2026, 12, 1, 12, tzinfo=UTC))
    clock.run(app, job)
    moving.move_to(datetime(2026, 12, 22, 12, tzinfo=UTC))
    jobs.remove_old()
    assert clock.late_jobs(now()) == []
    clock.run(app, job)
    assert len(done) == 1
    moving.move_to(datetime(2027, 1, 5, 12, tzinfo=UTC))
    clock.run(app, job)
    assert len(done) == 2
    assert jobs.remove_old() == 1


@pytest.fixture
def launch(config: Config) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start clock processes on this test's database."""
    processes: list[subprocess.Popen[str]] = []

    def launch(**environ: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "server.clock"],
            env={
                **os.environ,
                "DATABASE_URL": config.database_url,
                "KEY_RING_URL": config.key_ring_url,
                "MASTER_KEY_FILE": str(config.master_key_file),
                "PUBLIC_URL": ORIGIN,
                **environ,
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield launch
    for process in processes:
        process.kill()
        process.communicate()


def wait_until_running(process: subprocess.Popen[str]) -> None:
    """Wait until a clock listens to signals: it says so on its first line."""
    assert process.stderr is not None
    assert "De klok loopt." in process.stderr.readline()


def wait_until_well(seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while clock.late_jobs(now()):
        if time.monotonic() > until:
            raise TimeoutError(str(clock.late_jobs(now())))
        time.sleep(0.1)


@pytest.mark.thorough
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_two_clock_processes_catch_up_once_and_end_when_told(
    app: Flask, launch: Callable[..., subprocess.Popen[str]], number: signal.Signals
) -> None:
    begin = now()
    processes = [launch(), launch()]
    for process in processes:
        wait_until_running(process)
    wait_until_well()
    for process in processes:
        process.send_signal(number)
    logs = [process.communicate(timeout=30)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], logs
    assert all("De klok staat stil." in log and "ERROR" not in log for log in logs)
    # A job of every minute comes up again when a minute passes meanwhile; each turn runs once.
    for job in (job for job in clock.JOBS if not job.shared):
        turns = {clock.last_due(job.trigger, moment) for moment in (begin, now())}
        assert 1 <= len([run for run in runs() if run.job == job.name]) <= len(turns), job.name


@pytest.mark.thorough
def test_feedback_reaches_the_push_service_and_silence_there_holds_up_no_end(
    app: Flask, boa: Phone, launch: Callable[..., subprocess.Popen[str]]
) -> None:
    with PushService() as pushes:
        app.config["SIGNAALKAART"] = dataclasses.replace(
            app.config["SIGNAALKAART"], push_test_origin=pushes.origin
        )
        browser = pushes.subscribe()
        boa.client.put("/api/v1/push/subscription", json=browser.to_json())
        process = launch(PUSH_TEST_ORIGIN=pushes.origin)
        wait_until_well()

        def tell(tag: str) -> None:
            notify.queue([boa.person], "feedback", tag, "/#/mijn", urgent=True)
            db.session.commit()

        tell("a")
        pushes.wait(1, seconds=30)

        silent, heard = threading.Event(), threading.Event()
        pushes.answers.append(Answer(201, before=lambda: heard.set() or silent.wait(60)))
        tell("b")
        assert heard.wait(30)
        process.terminate()
        # The service is still silent: the clock does not wait for it.
        process.communicate(timeout=30)
        silent.set()
        assert process.returncode == 0
