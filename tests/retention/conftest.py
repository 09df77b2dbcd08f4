"""A clock that tests move."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.retention.terms import BEGIN, Clock


@pytest.fixture(autouse=True)
def moving() -> Iterator[Clock]:
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield clock
