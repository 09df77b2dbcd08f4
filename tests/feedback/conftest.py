"""A Monday morning at the desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from tests.factories import Phone
from tests.feedback.steps import MONDAY


@pytest.fixture
def clock(app: Flask) -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(MONDAY, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def desk(clock: time_machine.Coordinates, regisseur: Phone) -> Phone:
    return regisseur
