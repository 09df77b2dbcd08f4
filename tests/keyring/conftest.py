"""A key ring of its own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from server.keyring import (
    KeyRing,
    MasterKey,
)
from tests.keyring.rings import SECRET


@pytest.fixture
def url(make_database: Callable[[str], str]) -> str:
    return make_database("keyring")


@pytest.fixture
def ring(url: str) -> Iterator[KeyRing]:
    ring = KeyRing.at(url, MasterKey(SECRET))
    yield ring
    ring.close()
