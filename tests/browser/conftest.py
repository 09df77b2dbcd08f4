"""Real browsers on a real installation."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.installation import Installation, running
from tests.browser.phone import LAPTOP, Phone
from tests.browser.profile import FLAGS, executable
from tests.browser.town import Town, build
from tests.push_service import PushService

PATIENCE = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """End a test in which a browser keeps silent for ever; some of its calls know no time limit."""

    def give_up(_number: int, _frame: object) -> None:
        raise TimeoutError(f"no end after {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def push() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture(scope="session")
def installation(
    tmp_path_factory: pytest.TempPathFactory, push: PushService
) -> Iterator[Installation]:
    with running(tmp_path_factory.mktemp("installation"), push.origin) as installation:
        yield installation


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    # A busy machine is slow, not wrong.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def chromium(driver: Playwright) -> Iterator[Browser]:
    running = driver.chromium.launch(executable_path=executable(), args=FLAGS)
    yield running
    running.close()


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    with chromium(driver) as running:
        yield running


@pytest.fixture(scope="session")
def other_browser(driver: Playwright) -> Iterator[Browser]:
    """A second browser, for who sits at another desk."""
    with chromium(driver) as running:
        yield running


class Phones:
    """Makes phones in one browser; at the end none of them may have seen a fault."""

    def __init__(self, browser: Browser, installation: Installation, push: PushService) -> None:
        self.around = (browser, installation, push)
        self.made: list[Phone] = []

    def __call__(self, **wishes: Any) -> Phone:
        self.made.append(Phone(*self.around, **wishes))
        return self.made[-1]

    def close(self) -> None:
        for phone in self.made:
            phone.close()
        assert [fault for phone in self.made for fault in phone.faults] == []


@pytest.fixture
def make_phone(browser: Browser, installation: Installation, push: PushService) -> Iterator[Phones]:
    phones = Phones(browser, installation, push)
    yield phones
    phones.close()


@pytest.fixture
def make_laptop(
    other_browser: Browser, installation: Installation, push: PushService
) -> Iterator[Phones]:
    phones = Phones(other_browser, installation, push)
    yield phones
    phones.close()


@pytest.fixture
def desk(make_laptop: Phones) -> Phone:
    """The laptop of who reads the reports."""
    laptop = make_laptop(size=LAPTOP)
    laptop.sign_in("procesregisseur", name="Samira Voorbeeld")
    return laptop


@pytest.fixture(scope="module")
def town(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, push: PushService
) -> Iterator[Town]:
    """A town of its own for the tests of one file, one after the other."""
    with build(tmp_path_factory.mktemp("town"), browser, push) as town:
        yield town


@pytest.fixture
def new_town(tmp_path: Path, browser: Browser, push: PushService) -> Iterator[Town]:
    """A town for one test, when what another did would be in its way."""
    with build(tmp_path / "town", browser, push) as town:
        yield town
