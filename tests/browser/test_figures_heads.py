"""A year beside the year before it, on the narrowest phone that is sold."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import insight
from tests.browser.town import Town, fresh

YEAR = "/#/kwartaalcijfers?vanaf=2025-Q4&tot=2026-Q3&naast=2024-Q4&tabel=card"
LINES = """
heads => heads.map((head) => {
  const words = document.createRange();
  words.selectNodeContents(head.querySelector("[aria-hidden]"));
  return new Set([...words.getClientRects()].map(({ top }) => Math.round(top))).size;
})
"""


@pytest.fixture(scope="module")
def town(town: Town) -> Town:
    insight.publish(town)
    return town


def test_two_years_beside_each_other_have_heads_of_two_lines_on_a_phone(town: Town) -> None:
    page = town.phone("leader").page
    page.set_viewport_size({"width": 360, "height": 740})
    fresh(page, YEAR)
    heads = page.locator("table.figures").first.locator("thead th.num")
    expect(heads).to_have_count(2)
    assert max(heads.evaluate_all(LINES)) <= 2
    whole = "4e kwartaal van 2025 tot en met 3e kwartaal van 2026"
    expect(page.get_by_role("columnheader", name=whole)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
