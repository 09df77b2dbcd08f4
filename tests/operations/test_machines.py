"""Several machines on one PostgreSQL: all is done once, also when one dies or is replaced."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from flask import Flask

from server.clock.jobs import JobRun
from server.clock.process import JOBS
from server.db import db, new_id
from server.notify import service as notify
from server.notify.models import Delivery, Notification
from server.observations.models import Observation, Receipt
from tests.factories import Phone, add_phone
from tests.operations.machines import (
    Clock,
    Reporter,
    Reporting,
    change,
    copy_of_the_app,
    lines,
    wait_until,
)
from tests.proxies import NAME, Proxy
from tests.push_service import Answer, Browser, PushService
from tests.test_conversations import RECORDED, Player, prepare, unchanged
from tests.web import ROOT, Web, free_port

pytestmark = [pytest.mark.thorough, pytest.mark.postgres]

MINUTE = 60.0
# What is told because somebody asked for something, and because of the day and the hour.
CAUSED, OF_TIME = {"feedback", "observation"}, {"meeting", "practice", "reminder"}
EXPAND = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9001_expand", "{head}"
branch_labels = depends_on = None


def upgrade():
    op.add_column("device", sa.Column("channel", sa.String(20), nullable=True))
"""
CONTRACT = """
from alembic import op

revision, down_revision = "9002_contract", "9001_expand"
branch_labels = depends_on = None


def upgrade():
    op.execute("UPDATE device SET channel = 'before' WHERE channel IS NULL")
    op.alter_column("device", "channel", nullable=False)
"""


@pytest.fixture
def pushes(app: Flask) -> Iterator[PushService]:
    with PushService() as pushes:
        known = app.config["SIGNAALKAART"]
        app.config["SIGNAALKAART"] = dataclasses.replace(known, push_test_origin=pushes.origin)
        yield pushes


@pytest.fixture
def deployed(environ: dict[str, str], pushes: PushService) -> dict[str, str]:
    """The settings of every process; nobody sleeps, so that everything goes out at once."""
    return {
        **os.environ,
        **environ,
        "PUSH_TEST_ORIGIN": pushes.origin,
        "QUIET_HOURS": "00:00-00:00",
        "CONTENT_DIR": str(ROOT / "content"),
        "PWA_DIR": str(ROOT / "pwa" / "dist"),
    }


def turn_on(phone: Phone, pushes: PushService) -> Browser:
    browser = pushes.subscribe()
    answer = phone.client.put("/api/v1/push/subscription", json=browser.to_json())
    assert answer.status_code < 300, answer.json
    return browser


def count(what: Any, *where: Any) -> int:
    db.session.rollback()
    found = db.session.scalar(sa.select(sa.func.count()).select_from(what).where(*where)) or 0
    db.session.rollback()
    return int(found)


def answer_all(proxy: Proxy, desk: Phone) -> set[str]:
    """Answer every report that nobody answered, through the proxy; return their ids."""
    waiting = set(db.session.scalars(sa.select(Observation.id)))
    db.session.rollback()
    for observation in waiting:
        body = {"id": new_id(), "kind": "watching"}
        place = f"/api/v1/observations/{observation}/feedback"
        told = proxy.request("POST", place, json=body, headers=desk.headers())
        assert told.status_code == 201, told.text
    return waiting


def test_two_webs_and_two_clocks_tell_everybody_once_and_run_every_job_once(
    deployed: dict[str, str],
    tmp_path: Path,
    boa: Phone,
    teacher: Phone,
    regisseur: Phone,
    pushes: PushService,
) -> None:
    browsers = [turn_on(phone, pushes) for phone in (boa, teacher)]
    turn_on(regisseur, pushes)
    db.session.commit()
    with (
        Web(deployed, tmp_path, as_deployed=True) as one,
        Web(deployed, tmp_path, as_deployed=True) as two,
        Proxy("nginx", tmp_path, one.port, two.port) as proxy,
        two_clocks(deployed, tmp_path) as (first, second),
    ):
        with Reporting([boa, teacher], proxy) as reporting:
            time.sleep(8)
        assert_all_arrived_once(reporting.reporters)
        answered = answer_all(proxy, regisseur)
        wait_until(lambda: not count(Notification, Notification.fanned_at.is_(None)))
        wait_until(lambda: not count(Delivery, Delivery.done_at.is_(None)))
        wait_until(
            lambda: (
                count(JobRun, JobRun.outcome == "done") >= len(JOBS)
                and not count(JobRun, JobRun.outcome.is_(None))
            )
        )
        # What is due each minute goes to whoever comes first, so this takes a few at most.
        wait_until(lambda: first.lines("begint") and second.lines("begint"), "", 5 * MINUTE)
        wait_until(lambda: not count(JobRun, JobRun.outcome.is_(None)))
        both = [first.lines("begint"), second.lines("begint")]
        sent = [*first.lines("Seintje"), *second.lines("Seintje")]
        asked = {line["request"] for log in (one.log, two.log) for line in lines(log, "POST")}
    # The answer to every report went out once, and so did everything else.
    tags = Counter(m["tag"] for browser in browsers for m in pushes.received_by(browser))
    assert {tag for tag in tags if tag.startswith("feedback-")} == {
        f"feedback-{one}" for one in answered
    }
    assert set(tags.values()) == {1}
    assert len(pushes.received) == pushes.asked == count(Delivery, Delivery.outcome == "accepted")
    # Both webs served, both clocks worked, and no turn of a job began in both.
    assert all(lines(log, "POST") for log in (one.log, two.log))
    assert all(both)
    turns = Counter((line["text"], line["due"]) for log in both for line in log)
    assert set(turns.values()) == {1}
    assert len(turns) == count(JobRun, JobRun.owner.is_not(None))
    # From the line of a push back to the line of the request that caused it.
    assert len(sent) == len(pushes.received)
    caused = [line["request"] for line in sent if line["kind"] in CAUSED]
    assert len(caused) >= len(answered)
    assert set(caused) <= asked
    assert {line["kind"] for line in sent} <= CAUSED | OF_TIME


@contextlib.contextmanager
def two_clocks(deployed: dict[str, str], folder: Path) -> Iterator[tuple[Clock, Clock]]:
    """Two clocks that start together, so that both want what is due when they do."""
    one, other = (Clock(deployed, folder / f"clock-{number}.log") for number in (1, 2))
    with one, other:
        yield one, other


def assert_all_arrived_once(reporters: list[Reporter]) -> None:
    sent = {one: result for reporter in reporters for one, result in reporter.sent.items()}
    db.session.rollback()
    assert set(db.session.scalars(sa.select(Observation.id))) == set(sent)
    assert set(db.session.scalars(sa.select(Receipt.item_id))) == set(sent)
    db.session.rollback()
    assert set(sent.values()) <= {"stored", "known"}
    assert len(sent) > 15
    heard = sum((reporter.heard for reporter in reporters), Counter())
    # A process that goes away may leave a request without an answer; the app itself never fails.
    assert heard.keys() <= {0, 200, 503}, heard


def test_what_a_killed_clock_had_in_hand_is_done_by_another_within_a_minute(
    deployed: dict[str, str], tmp_path: Path, boa: Phone, pushes: PushService
) -> None:
    browser = turn_on(boa, pushes)
    heard, silent = threading.Event(), threading.Event()
    pushes.answers.append(Answer(503, before=lambda: heard.set() or silent.wait(90)))
    begun = tmp_path / "begun"
    slow = {**deployed, "SLOW_JOB": str(begun)}
    with Clock(slow, tmp_path / "slow.log", "tests.operations.slow_clock") as killed:
        wait_until(begun.exists)
        notify.queue([boa.person], "feedback", "a", "/#/mijn", urgent=True)
        db.session.commit()
        assert heard.wait(MINUTE)
        killed.kill()
        died = time.monotonic()
        with Clock(deployed, tmp_path / "other.log") as other:
            time.sleep(5)
            # It sees what the first has in hand, and leaves it alone while the first may live.
            assert not pushes.received
            assert count(JobRun, JobRun.job == "make-keys", JobRun.outcome.is_(None)) == 1
            pushes.wait(1, MINUTE)
            wait_until(
                lambda: count(JobRun, JobRun.job == "make-keys", JobRun.outcome == "done"),
                "",
                MINUTE,
            )
            took = time.monotonic() - died
            assert other.lines("Taak make-keys")
    silent.set()
    assert took < MINUTE
    assert [message["tag"] for message in pushes.received_by(browser)] == ["a"]
    print(f"taken over after {took:.0f} s")


class Wire:
    """A phone's connection through the proxy, in the shape of a test client."""

    def __init__(self, proxy: Proxy) -> None:
        self._client = httpx.Client(
            base_url=str(proxy.client.base_url),
            headers={"Host": NAME},
            verify=proxy.trust,
            timeout=MINUTE,
        )

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._client.close()

    def open(self, path: str, method: str, json: Any, headers: dict[str, str]) -> SimpleNamespace:
        more = {"json": json} if method != "GET" else {}
        sni = {"sni_hostname": NAME}
        said = self._client.request(method, path, headers=headers, extensions=sni, **more)
        body = said.json() if said.content else None
        return SimpleNamespace(
            status_code=said.status_code, json=body, data=said.content, headers=said.headers
        )


def play_recorded(proxy: Proxy, desk: Phone) -> list[str]:
    """Have a phone of the first version talk to whatever serves now; return what it cannot read."""
    recorded = json.loads(RECORDED[0].read_text(encoding="utf-8"))
    prepare(recorded)
    with Wire(proxy) as wire:
        player = Player(wire, desk, unchanged)  # type: ignore[arg-type]
        return [fault for step in recorded["steps"] for fault in player.play(step)]


def set_up(root: Path, deployed: dict[str, str]) -> None:
    """Run the release step of the version that lies there."""
    subprocess.run(
        [sys.executable, "-m", "server.cli", "setup"], cwd=root, env=deployed, check=True
    )


def next_version(folder: Path) -> Path:
    """Make a version with one more column, which it fills; the tables get it in two steps."""
    root = copy_of_the_app(folder)
    versions = root / "server" / "migrations" / "versions"
    head = max(file.stem for file in versions.glob("0*.py"))
    (versions / "9001_expand.py").write_text(EXPAND.format(head=head))
    people = root / "server" / "people" / "models.py"
    column = "    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)\n\n\n"
    column += "class DevicePerson"
    more = '    channel: Mapped[str | None] = mapped_column(sa.String(20), default="next")\n'
    change(people, column, more + column)
    sync = root / "server" / "sync" / "service.py"
    change(sync, '"unsent": unsent}', '"unsent": unsent, "channel": "next"}')
    return root


def test_the_next_version_takes_over_while_phones_hand_in(
    app: Flask,
    deployed: dict[str, str],
    tmp_path: Path,
    boa: Phone,
    teacher: Phone,
    regisseur: Phone,
    pushes: PushService,
) -> None:
    (tmp_path / "next").mkdir()
    root = next_version(tmp_path / "next")
    phones = [boa, teacher, add_phone(app, "melder"), add_phone(app, "melder")]
    # Where the phone that was recorded wanted its messages.
    deployed["PUSH_TEST_ORIGIN"] = "http://127.0.0.1:9"
    db.session.commit()
    ports = free_port(), free_port()

    def web(number: int, where: Path) -> Web:
        of_there = {**deployed, "PYTHONPATH": str(where)}
        return Web(of_there, tmp_path, as_deployed=True, port=ports[number], root=where)

    with (
        web(0, ROOT) as old,
        web(1, ROOT) as other_old,
        Proxy("nginx", tmp_path, *ports) as proxy,
        Clock(deployed, tmp_path / "clock-old.log") as clock,
        Reporting(phones, proxy) as reporting,
    ):
        time.sleep(2)
        # Expand: the old version serves on with the new tables.
        set_up(root, deployed)
        assert old.client.get("/ready").json()["status"] == "ready"
        time.sleep(2)
        other_old.stop()
        with web(1, root):
            wait_until(lambda: channels()["next"])
            # Both serve: a phone of the version before hears nothing it cannot read.
            assert play_recorded(proxy, regisseur) == []
            old.stop()
            clock.stop()
            with web(0, root), Clock(deployed, tmp_path / "clock-new.log", root=root):
                wait_until(lambda: channels()["next"] >= len(phones))
                # Contract: only now that nothing of the old version runs.
                versions = root / "server" / "migrations" / "versions"
                (versions / "9002_contract.py").write_text(CONTRACT)
                set_up(root, deployed)
                time.sleep(2)
                # The phones stop while something still serves.
                reporting.stop()
    recorded = {row["id"] for row in items_of_the_recording()}
    db.session.execute(sa.delete(Observation).where(Observation.id.in_(recorded)))
    db.session.execute(sa.delete(Receipt).where(Receipt.item_id.in_(recorded)))
    db.session.commit()
    assert_all_arrived_once(reporting.reporters)
    assert None not in channels()


def items_of_the_recording() -> list[dict[str, Any]]:
    recorded = json.loads(RECORDED[0].read_text(encoding="utf-8"))
    says = [step.get("says") or {} for step in recorded["steps"]]
    return [item for said in says for item in said.get("items", [])]


def channels() -> Counter[str | None]:
    """Return how many devices were last heard by which version."""
    db.session.rollback()
    found = db.session.execute(sa.text("SELECT channel FROM device")).scalars().all()
    db.session.rollback()
    return Counter(found)
