"""Every card as its reader sees it: on a phone by day and by night, as a page, and on paper."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.installation import ROOT
from tests.browser.phone import Phone
from tests.browser.pictures import keep

CARDS = sorted(path.stem for path in (ROOT / "content" / "signaalkaarten").glob("*.toml"))
PUBLIC = ("ouders", "jongeren")
# Two sheets beside each other.
DESK = {"width": 1656, "height": 1240}
NARROW = {"width": 360, "height": 740}


def test_every_card_is_shown_by_day_by_night_as_a_page_and_on_paper(
    make_phone: Callable[..., Phone],
) -> None:
    phone = make_phone()
    phone.sign_in("melder", name="Bo Verzonnen", card="boa")
    page = phone.page
    for card in CARDS:
        phone.open(f"/#/kaart/{card}")
        expect(page.get_by_role("heading", name="Bellen", exact=True)).to_be_attached()
        for scheme, name in (("light", card), ("dark", f"{card}-donker")):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            keep(page, f"kaart-{name}")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.goto(f"/papier/{card}")
        page.evaluate("document.fonts.ready")
        expect(page.locator(".side")).to_have_count(2)
        keep(page.locator("main.paper"), f"papier-{card}", width=1000)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        if card in PUBLIC:
            page.goto(f"/{card}")
            expect(page.locator("main .letter")).to_be_visible()
            page.evaluate("document.fonts.ready")
            keep(page, f"pagina-{card}")
