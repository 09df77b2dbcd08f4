"""Reading for everybody: strong letters by day and by night, keys alone, and nothing that moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import accessibility as look
from tests.browser.keyboard import Keyboard
from tests.browser.town import Town, fresh

# Where somebody reads what is on a card; letters are at least 7:1 there, large ones 4.5:1.
READ = (
    "/#/kaarten",
    "/#/kaart/boa",
    "/#/kaart/gemeente-intern",
    "/#/kaart/ouders",
    "/#/watnu/boa",
    "/#/oefenen/boa",
    "/#/route",
    "/ouders",
    "/jongeren",
    "/embed/ouders",
    "/papier/boa",
)
WEAK = """
async () => {
  const rule = { type: 'rule', values: ['color-contrast-enhanced'] };
  const { violations } = await axe.run(document, { runOnly: rule });
  return violations.flatMap(({ nodes }) =>
    nodes.map(({ target, any }) => `${target.join(' ')}: ${any[0]?.data?.contrastRatio}`));
}
"""
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
MOVING = "document.getAnimations().map((one) => one.animationName ?? one.transitionProperty)"


def open_whole(page: Page, path: str) -> None:
    page.goto(path)
    if path.startswith("/#"):
        fresh(page, path)
    expect(page.locator("h1").first).to_be_attached()
    # The last part of a card comes a moment after the first.
    page.wait_for_timeout(300)
    page.evaluate(UNFOLD)


@pytest.mark.parametrize("path", READ)
def test_what_is_read_stands_out_by_day_and_by_night_and_stands_still(
    town: Town, path: str
) -> None:
    page = town.phone("boa").page
    look.put(page, look.MODES[0], wide=False)
    open_whole(page, path)
    for mode in look.MODES[:2]:
        look.put(page, mode, wide=False)
        assert page.evaluate(WEAK) == [], mode.name
        assert page.evaluate(MOVING) == []


def test_a_card_is_searched_read_and_practised_with_the_keyboard_alone(town: Town) -> None:
    page = town.phone("boa").page
    look.put(page, look.MODES[0], wide=False)
    fresh(page, "/#/kaarten")
    page.evaluate("measures.begin()")
    keys = Keyboard(page)
    for _ in range(8):
        keys.press("Tab")
        if keys.at()["id"] == "zoek":
            break
    keys.type("letterlijke woorden")
    expect(page.locator("mark").first).to_be_visible()
    keys.tab_to("Gebruik letterlijke woorden")
    keys.press("Enter")
    line = page.locator("[id^=do-]", has_text="Gebruik letterlijke woorden")
    expect(line).to_be_focused()
    expect(line).to_be_in_viewport()
    keys.tab_to("Zo begin je een gesprek")
    keys.press("Enter")
    expect(page.get_by_text("‘Hé, ik zie je hier vaker. Alles goed?’")).to_be_visible()
    keys.tab_to("Oefen met deze kaart")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Situatie 1 van")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Boa", level=1)).to_be_visible()
