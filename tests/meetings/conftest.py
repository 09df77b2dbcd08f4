"""People who meet, and a meeting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from server import cards
from tests.factories import Phone, add_phone
from tests.meetings.steps import in_days


@pytest.fixture
def team(app: Flask) -> Phone:
    return add_phone(app, "kernteam", name="Kees Bedacht", card=None)


@pytest.fixture
def leader(app: Flask) -> Phone:
    return add_phone(app, "projectleider", name="Pien Proef", card=None)


@pytest.fixture
def meeting(app: Flask, regisseur: Phone) -> Iterator[str]:
    """Yield the only meeting there is: one of the rhythm may be sooner, depending on the day."""
    rhythm = cards.library().meeting
    object.__setattr__(cards.library(), "meeting", None)
    answer = regisseur.post("/meetings", {"starts_at": in_days(1)})
    assert answer.status_code == 201, answer.json
    yield str(answer.json["id"])
    object.__setattr__(cards.library(), "meeting", rhythm)
