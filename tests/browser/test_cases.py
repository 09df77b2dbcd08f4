"""A case on screen: its phases, the network under the real policy, and names behind letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.casework import start, surround
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


@pytest.mark.thorough
def test_three_hundred_points_are_drawn_within_a_second_on_a_slow_machine(town: Town) -> None:
    case = start(town)
    page = town.phone("desk").page
    nodes = [
        {"id": str(number), "kind": "person", "zone": zone, "letter": "A", "name": None}
        | {"since": "2026-11-01", "until": None, "role": "vriend", "cases": []}
        for number, zone in enumerate(["subject", *("friends", "area", "school") * 100][:300])
    ]
    edges = [
        {"id": f"e{number}", "from_id": "0", "to_id": str(number), "kind": "plain"}
        | {"since": "2026-11-01", "until": None, "label": "kent"}
        for number in range(1, 300)
    ]
    opened = {"masked": True, "title": "Druk", "text": None, "decisions": [], "texts": {}}
    page.route(
        "**/openings", lambda route: route.fulfill(json={**opened, "nodes": nodes, "edges": edges})
    )
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    fresh(page, f"/#/casussen/{case}")
    expect(page.locator(".net canvas").first).to_be_attached()
    page.wait_for_function("performance.getEntriesByName('network-drawn').length > 0")
    took = page.evaluate("performance.getEntriesByName('network-drawn')[0].duration")
    assert took < 1000
