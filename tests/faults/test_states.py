"""Whatever is done in whatever order, a state is one that the rules allow, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from server.cases.models import PHASES, Case, CaseEvent
from server.db import db, new_id, now
from server.notify import courier, leases
from server.notify import service as notify
from server.notify.fanout import fan_out_due
from server.notify.models import Delivery, Notification, PushSubscription
from server.notify.push import Outcome, Result
from server.observations.models import ANSWERS, FEEDBACK_KINDS, Observation, Receipt
from server.retention import service as retention
from server.workdays import local_day
from tests.factories import Phone, add_phone
from tests.push_service import Browser

pytestmark = [pytest.mark.thorough, pytest.mark.sqlite]

EXAMPLES = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
STATES = ("new", "read", "in_progress", "closed")


def check(machine: Callable[[], RuleBasedStateMachine]) -> None:
    run_state_machine_as_test(machine, settings=EXAMPLES)


class Life(RuleBasedStateMachine):
    """One observation, from the phone to the desk and back, beside what is expected of it."""

    def __init__(self, app: Flask, desk: Phone) -> None:
        super().__init__()
        self.app, self.desk = app, desk
        self.reporter = add_phone(app, "melder")
        self.item = self.reporter.observation()
        self.id = self.item["id"]
        assert self.reporter.sync(self.item).status_code == 200
        self.state, self.answered = "new", False
        self.asked = self.gone = False
        self.answers: list[str] = []
        self.additions: list[str] = []

    @property
    def row(self) -> Observation | None:
        db.session.expire_all()
        return db.session.get(Observation, self.id)

    def ask(self, what: str, body: dict[str, Any]) -> Any:
        return self.desk.post(f"/observations/{self.id}/{what}", body)

    def version(self) -> int:
        row = self.row
        return row.version if row else 1

    @rule()
    def open(self) -> None:
        answer = self.ask("openings", {"purpose": "handle"})
        if answer.status_code == 429:
            return
        assert answer.status_code == (404 if self.gone else 201)
        if not self.gone and self.state == "new":
            self.state = "read"

    @rule(kind=st.sampled_from(FEEDBACK_KINDS), twice=st.booleans())
    def answer(self, kind: str, twice: bool) -> None:
        one = new_id()
        body = {"id": one, "kind": kind, "text": "Wat zag je nog?" if kind == "question" else None}
        for _time in range(2 if twice else 1):
            assert self.ask("feedback", body).status_code == (404 if self.gone else 201)
        if self.gone:
            return
        self.answers.append(one)
        self.answered = self.answered or kind in ANSWERS
        if self.state == "new" or (self.state == "read" and kind != "read"):
            self.state = "read" if kind == "read" else "in_progress"

    @rule(state=st.sampled_from(("in_progress", "closed")), reason=st.booleans())
    def change(self, state: str, reason: bool) -> None:
        said = "left" if reason and state == "closed" else None
        body = {"state": state, "version": self.version(), "reason": said}
        status = self.ask("states", body).status_code
        here = {"new": ("in_progress",), "read": ("in_progress", "closed")}
        moves = {**here, "in_progress": ("closed",), "closed": ("in_progress",)}
        if self.gone:
            assert status == 404
        elif state not in moves[self.state] or (
            state == "closed" and not self.answered and said is None
        ):
            assert status == 409
        else:
            assert status == 201
            self.state = state

    @rule()
    def add(self) -> None:
        item = self.reporter.addition(self.id)
        answer = self.reporter.sync(item)
        if answer.status_code == 429:
            return
        outcome = answer.json["outcomes"][0]
        assert outcome["result"] == "stored"
        assert outcome.get("reason") == ("late:unknown_parent" if self.gone else None)
        if not self.gone:
            self.additions.append(item["id"])
            self.state = "in_progress" if self.state == "closed" else self.state

    @rule()
    def withdraw(self) -> None:
        self.reporter.sync(self.reporter.withdrawal(self.id))
        self.gone = self.gone or self.state == "new"
        self.asked = not self.gone

    @precondition(lambda self: self.asked)
    @rule(decision=st.sampled_from(("erase", "keep")))
    def decide(self, decision: str) -> None:
        body = {"decision": decision, "version": self.version()}
        assert self.ask("withdrawals", body).status_code in {200, 201, 204}
        self.asked, self.gone = False, decision == "erase"

    @rule()
    def send_again(self) -> None:
        outcome = self.reporter.sync(self.item).json["outcomes"][0]
        assert outcome["result"] == "known"

    @invariant()
    def the_database_holds_what_is_expected(self) -> None:
        row = self.row
        receipt = db.session.get_one(Receipt, self.id)
        assert (row is None) == self.gone == (receipt.gone_at is not None)
        if row is None:
            return
        assert row.state == self.state
        assert (row.answered_at is not None) == self.answered
        assert (row.withdrawal_asked_at is not None) == self.asked
        assert row.state != "closed" or self.answered or row.no_feedback_reason
        assert row.keep_until is not None

    @invariant()
    def the_reporter_hears_exactly_that(self) -> None:
        self.reporter.cursor = 0
        told = {one["id"]: one for one in self.reporter.sync().json["changes"]}[self.id]
        if self.gone:
            assert told["kind"] == "removed"
            return
        assert told["state"] == self.state
        assert [one["id"] for one in told["feedback"]] == self.answers
        assert {one["id"] for one in told["additions"]} == set(self.additions)


def test_an_observation_goes_through_allowed_states_and_its_reporter_hears_of_each(
    app: Flask, regisseur: Phone
) -> None:
    check(lambda: Life(app, regisseur))


class Work(RuleBasedStateMachine):
    """One case of the desk, beside what is expected of it."""

    def __init__(self, desk: Phone, reporter: Phone) -> None:
        super().__init__()
        self.desk, self.reporter = desk, reporter
        self.inside: dict[str, bool] = {}
        self.phase, self.closed, self.steps = PHASES[0], False, 0
        body = {"id": new_id(), "kind": "youth", "title": "Verzonnen"}
        answer = desk.post("/cases", body)
        assert answer.status_code == 201, answer.json
        self.id = answer.json["id"]

    def ask(self, what: str, **body: Any) -> int:
        db.session.expire_all()
        version = db.session.get_one(Case, self.id).version
        answer = self.desk.post(f"/cases/{self.id}/{what}", {"version": version, **body})
        return int(answer.status_code)

    @rule(phase=st.sampled_from(PHASES))
    def move(self, phase: str) -> None:
        status = self.ask("phases", phase=phase)
        here, there = PHASES.index(self.phase), PHASES.index(phase)
        allowed = there != here and there <= here + 1 and not self.closed
        assert (status == 201) == allowed
        if allowed:
            self.phase, self.steps = phase, self.steps + 1

    @precondition(lambda self: len(self.inside) < 4)
    @rule()
    def put_in(self) -> None:
        one = self.reporter.send()
        status = self.ask("sources", observations=[one])
        assert (status == 201) == (not self.closed)
        if status == 201:
            self.inside[one] = False

    @precondition(lambda self: not all(self.inside.values()))
    @rule()
    def answer(self) -> None:
        one = next(one for one, answered in self.inside.items() if not answered)
        body = {"id": new_id(), "kind": "taken_up"}
        assert self.desk.post(f"/observations/{one}/feedback", body).status_code == 201
        self.inside[one] = True

    @rule()
    def close(self) -> None:
        status = self.ask("closings", outcome="better", text="Weer op school.")
        allowed = not self.closed and all(self.inside.values())
        assert (status == 201) == allowed
        self.closed = self.closed or allowed

    @rule()
    def open_again(self) -> None:
        status = self.ask("reopenings", text="Toch niet.")
        assert (status == 201) == self.closed
        self.closed = False

    @invariant()
    def the_database_holds_what_is_expected(self) -> None:
        db.session.expire_all()
        case = db.session.get_one(Case, self.id)
        assert (case.phase, case.closed_on is not None) == (self.phase, self.closed)
        for one, answered in self.inside.items():
            row = db.session.get_one(Observation, one)
            assert row.case_open == (not self.closed)
            assert (row.answered_at is not None) == answered
        moved = sa.select(sa.func.count()).where(
            CaseEvent.case_id == self.id, CaseEvent.kind == "phase"
        )
        assert db.session.scalar(moved) == self.steps


def test_a_case_moves_one_step_and_closes_only_when_every_reporter_heard(
    app: Flask, regisseur: Phone
) -> None:
    check(lambda: Work(regisseur, add_phone(app, "melder")))


class Keeping(RuleBasedStateMachine):
    """Observations that grow old, while now and then something happens to them."""

    def __init__(self, app: Flask, clock: time_machine.Coordinates) -> None:
        super().__init__()
        clock.move_to(NOON)
        self.app, self.clock = app, clock
        self.reporter = add_phone(app, "melder")
        self.answered: dict[str, bool] = {}
        self.before: dict[str, Any] = {}

    def rows(self) -> dict[str, Observation]:
        db.session.expire_all()
        found = db.session.scalars(sa.select(Observation).where(Observation.id.in_(self.answered)))
        return {row.id: row for row in found}

    @initialize()
    def begin(self) -> None:
        self.receive()

    @precondition(lambda self: len(self.answered) < 4)
    @rule()
    def receive(self) -> None:
        self.answered[self.reporter.send()] = False

    @rule(days=st.sampled_from((1, 6, 8, 30, 100, 200)))
    def wait(self, days: int) -> None:
        self.clock.shift(timedelta(days=days))

    @rule(kind=st.sampled_from(ANSWERS))
    def answer(self, kind: str) -> None:
        for one in list(self.rows())[:1]:
            # Sessions end long before reports do, so each time somebody else is at the desk.
            desk = add_phone(self.app, "procesregisseur")
            body = {"id": new_id(), "kind": kind}
            assert desk.post(f"/observations/{one}/feedback", body).status_code == 201
            self.answered[one] = True

    @rule()
    def add(self) -> None:
        for one in list(self.rows())[:1]:
            self.reporter.sync(self.reporter.addition(one))

    @rule()
    def carry_out(self) -> None:
        self.before = {one: (row.keep_until, row.warned_at) for one, row in self.rows().items()}
        retention.run()
        today = local_day(now())
        for one in self.before.keys() - self.rows().keys():
            keep_until, warned_at = self.before[one]
            assert keep_until <= today
            assert warned_at is not None
            assert local_day(now()) - local_day(warned_at) >= timedelta(days=7)

    @invariant()
    def whatever_is_gone_left_a_trace_that_says_why(self) -> None:
        there = self.rows()
        for one, answered in self.answered.items():
            receipt = db.session.get_one(Receipt, one)
            assert (receipt.gone_at is None) == (one in there)
            if receipt.gone_at is not None:
                assert receipt.gone_reason == ("expired" if answered else "missed")

    @invariant()
    def there_is_a_day_for_everything(self) -> None:
        for row in self.rows().values():
            assert row.keep_until is not None
            assert row.keep_until <= local_day(now()) + timedelta(days=600)


def test_nothing_is_deleted_without_a_week_of_warning_and_a_trace(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        check(lambda: Keeping(app, clock))


class Bringing(RuleBasedStateMachine):
    """Messages to one phone, two clocks that die now and then, and a push service with moods."""

    def __init__(self, phone: Phone, clock: time_machine.Coordinates) -> None:
        super().__init__()
        clock.move_to(max(NOON, now()) + timedelta(days=2))
        self.phone, self.clock = phone, clock
        self.mood = Outcome.ACCEPTED
        self.handed: list[tuple[str, datetime]] = []
        for model in (Delivery, Notification, PushSubscription):
            db.session.execute(sa.delete(model))
        browser = Browser(f"https://push.example/{new_id()}").to_json()
        row = {"p256dh": browser["keys"]["p256dh"], "auth": browser["keys"]["auth"]}
        db.session.add(
            PushSubscription(
                person_id=phone.person, device_id=phone.device,
                endpoint=browser["endpoint"], **row,
            )
        )  # fmt: skip
        db.session.commit()
        _stay(phone)

    def send(self, _destination: Any, message: Any, **_more: Any) -> Result:
        if self.mood is Outcome.ACCEPTED:
            self.handed.append((message["tag"], now()))
        return Result(self.mood, 201 if self.mood is Outcome.ACCEPTED else 503)

    @rule(tag=st.sampled_from("abc"))
    def tell(self, tag: str) -> None:
        notify.queue([self.phone.person], "observation", tag, "/#/mijn")
        db.session.commit()

    @rule()
    def fan_out(self) -> None:
        fan_out_due()

    @rule(owner=st.sampled_from(("one", "two")))
    def deliver(self, owner: str) -> None:
        courier.deliver_due(self, owner)

    @rule(owner=st.sampled_from(("one", "two")))
    def claim_and_die(self, owner: str) -> None:
        leases.claim(owner, 10)
        db.session.commit()

    @rule(mood=st.sampled_from((Outcome.ACCEPTED, Outcome.LATER)))
    def change_mood(self, mood: Outcome) -> None:
        self.mood = mood

    @rule(seconds=st.sampled_from((1, 20, 61, 600)))
    def wait(self, seconds: int) -> None:
        self.clock.shift(timedelta(seconds=seconds))

    @invariant()
    def each_message_is_handed_over_at_most_once(self) -> None:
        db.session.expire_all()
        told = list(db.session.scalars(sa.select(Notification)))
        for tag in "abc":
            mine = [one for one in told if one.tag == tag]
            assert len([one for one in told if one.tag == tag and one.fanned_at is None]) <= 1
            assert len([one for one, _at in self.handed if one == tag]) <= len(mine)

    def teardown(self) -> None:
        """In the end, with a push service in a good mood, everything was handed over."""
        self.mood = Outcome.ACCEPTED
        for _turn in range(8):
            self.clock.shift(timedelta(minutes=31))
            fan_out_due()
            courier.deliver_due(self, "one")
        for delivery in db.session.scalars(sa.select(Delivery)):
            assert delivery.outcome == "accepted"
        told = db.session.scalar(sa.select(sa.func.count(Notification.id)))
        assert len(self.handed) == told


def test_a_message_is_brought_once_however_clocks_die_and_services_fail(
    app: Flask, boa: Phone
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        check(lambda: Bringing(boa, clock))


def _stay(*phones: Phone) -> None:
    """Terms of sessions have tests of their own; here one lasts as long as it is needed."""
    from server.people.models import Session

    for phone in phones:
        db.session.execute(
            sa.update(Session)
            .where(Session.device_id == phone.device)
            .values(expires_at=now() + timedelta(days=900))
        )
    db.session.commit()
