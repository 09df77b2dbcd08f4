"""A push service, a phone that wants to be told, and a clock that tests move."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from server.keyring import ring
from server.notify.push import Sender
from tests.factories import Phone, add_phone
from tests.notify.telling import NOON, turn_on
from tests.push_service import Browser, PushService


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """Monday at noon, until a test moves it."""
    with time_machine.travel(NOON, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def pushes(app: Flask) -> Iterator[PushService]:
    with PushService() as pushes:
        app.config["SIGNAALKAART"] = dataclasses.replace(
            app.config["SIGNAALKAART"], push_test_origin=pushes.origin
        )
        yield pushes


@pytest.fixture
def sender(pushes: PushService) -> Sender:
    return Sender(ring().vapid()[0], "beheer@gemeente.example", test_origin=pushes.origin)


@pytest.fixture
def phone(clock: time_machine.Coordinates, boa: Phone, pushes: PushService) -> Phone:
    """A reporter whose phone wants to be told."""
    return boa


@pytest.fixture
def browser(phone: Phone, pushes: PushService) -> Browser:
    return turn_on(phone, pushes)


@pytest.fixture
def beheerder(app: Flask) -> Phone:
    return add_phone(app, "beheerder", card=None)
