"""A case on screen: its phases, the network under the real policy, and names behind letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.casework import crowd, start, surround
from tests.browser.town import Town, build, fresh
from tests.push_service import PushService


@pytest.fixture
def town(tmp_path: Path, browser: Browser, push: PushService) -> Iterator[Town]:
    with build(tmp_path / "town", browser, push) as town:
        yield town


def test_the_network_is_drawn_under_the_policy_and_stands_in_a_table(town: Town) -> None:
    case = start(town)
    surround(town, case)
    page = town.phone("desk").page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    fresh(page, f"/#/casussen/{case}")
    expect(page.get_by_role("heading", name="Casus 1: Fiets van jongere A")).to_be_visible()
    expect(page.locator(".net canvas").first).to_be_attached()
    assert [line for line in said if "Security Policy" in line] == []
    assert page.locator("style").count() == 0
    page.get_by_text("Hetzelfde als tabel").click()
    table = page.get_by_role("region", name="Tabel met relaties")
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table).not_to_contain_text("Mia")
    page.get_by_label("Stand van het netwerk op").fill("0")
    expect(table.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Naar analyse").click()
    expect(page.locator(".phases [aria-current=step]")).to_contain_text("Analyse")
    expect(page.get_by_role("heading", name="Wat vraagt de analyse?")).to_be_visible()


def test_three_hundred_points_are_drawn_and_can_be_moved_and_read(town: Town) -> None:
    case = start(town)
    page = town.phone("desk").page
    crowd(page, 300)
    fresh(page, f"/#/casussen/{case}")
    expect(page.locator(".net canvas").first).to_be_attached()
    page.wait_for_function("() => performance.getEntriesByName('network-drawn').length > 0")
    drawing = page.get_by_role("region", name="Tekening van het netwerk")
    before = drawing.screenshot()
    drawing.press("ArrowLeft")
    page.wait_for_timeout(100)
    assert drawing.screenshot() != before
    page.get_by_text("Hetzelfde als tabel").click()
    table = page.get_by_role("region", name="Tabel met relaties")
    expect(table.get_by_role("row")).to_have_count(300)
    expect(table.get_by_role("listitem")).to_have_count(300)
