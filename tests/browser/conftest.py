"""Real browsers on a real installation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.installation import Installation
from tests.browser.phone import Phone
from tests.push_service import PushService


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def push() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture(scope="session")
def installation(
    tmp_path_factory: pytest.TempPathFactory, push: PushService
) -> Iterator[Installation]:
    running = Installation(tmp_path_factory.mktemp("installation"), push.origin)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-quic"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def make_phone(
    browser: Browser, installation: Installation, push: PushService
) -> Iterator[Callable[..., Phone]]:
    """Return a maker of phones; at the end none of them may have seen a fault."""
    phones: list[Phone] = []

    def make(**wishes: object) -> Phone:
        phones.append(Phone(browser, installation, push, **wishes))  # type: ignore[arg-type]
        return phones[-1]

    yield make
    for phone in phones:
        phone.close()
    assert [fault for phone in phones for fault in phone.faults] == []
