"""The desk is warned a week before something goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.factories import Phone
from tests.retention.terms import GOES, Clock, desk, is_there, move, night, queued, respond

pytestmark = pytest.mark.thorough


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
