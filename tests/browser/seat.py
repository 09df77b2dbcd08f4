"""Somebody of the desk behind a laptop, with a screen open."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.phone import LAPTOP
from tests.browser.town import Town, fresh


def sit_down(town: Town, who: str, path: str) -> Page:
    """Open the app anew on a screen, as wide as a laptop."""
    page = town.phone(who).page
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    fresh(page, "/#" + path)
    return page


def open_envelope(page: Page) -> None:
    """Open the report that is chosen, for the reason that is filled in."""
    page.get_by_role("button", name="Open de envelop").click()
    expect(page.locator("#antwoord")).to_be_visible()
