"""What is gone does not come back, and a run that breaks off leaves no halves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from server.db import db, new_id
from server.observations.models import (
    LateItem,
    Observation,
    Receipt,
)
from server.retention import removal, service, warning
from server.workdays import local_day
from tests.factories import Phone
from tests.retention.terms import GOES, Clock, is_there, night, queued, told, week_and_day

pytestmark = pytest.mark.thorough


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


def test_what_goes_long_after_its_day_is_counted_as_late(
    moving: Clock, app: Flask, boa: Phone
) -> None:
    first = boa.send()
    week_and_day(moving, GOES)
    second = boa.send()
    assert db.session.get_one(Receipt, first).gone_late is False
    db.session.get_one(Observation, second).warned_at = datetime.now(UTC) - timedelta(days=30)
    db.session.get_one(Observation, second).keep_until = local_day(datetime.now(UTC)) - timedelta(
        days=20
    )
    db.session.commit()
    removal.remove_observations()
    assert db.session.get_one(Receipt, second).gone_late is True


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
