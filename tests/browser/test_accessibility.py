"""Every screen is open to everybody: whatever the colours, the size of text and the way to tap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import accessibility as look
from tests.browser.steps import Screen, visit
from tests.browser.tour import REFUSED, SCREENS
from tests.browser.town import Town, build
from tests.push_service import PushService


@pytest.fixture(scope="module")
def town(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, push: PushService
) -> Iterator[Town]:
    with build(tmp_path_factory.mktemp("town"), browser, push) as town:
        town.fill()
        town.save_offline()
        yield town


@pytest.fixture(scope="module")
def clash(town: Town) -> None:
    """Another report got the number of the one that waits, and the network is back."""
    town.send("boa", id=town.ids["saved"])
    town.phone("offline").online()


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_everybody_can_use(screen: Screen, town: Town, request: pytest.FixtureRequest) -> None:
    if screen in REFUSED:
        request.getfixturevalue("clash")
    page = town.phone(screen.who).page
    look.put(page, look.MODES[0], screen.wide)
    visit(town, screen)
    faults = []
    for mode in look.MODES:
        look.put(page, mode, screen.wide)
        found = look.find_violations(page)
        if mode.name == "light":
            found += look.find_heading_faults(page, screen.title)
        if mode.narrow:
            found += look.find_small_controls(page)
            found += look.find_what_does_not_fit(page)
        if mode.name == ("light" if screen.wide else "320 px"):
            found += look.find_covered_focus(page)
        faults += [f"{screen.name}, {mode.name}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)
    assert town.phone(screen.who).faults == []
