"""What bestuur, projectleider, beheerder and reporters see of two years."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Playwright, expect
from pypdf import PdfReader

from tests.browser.installation import Installation
from tests.browser.phone import LAPTOP, PHONE, Phone
from tests.browser.pictures import settle, shoot, shoot_paper
from tests.browser.town import enter
from tests.browser.two_years import A_YEAR, NEWEST
from tests.push_service import PushService

FIGURES = "/#/kwartaalcijfers?vanaf={}&tot={}".format(*A_YEAR)


@dataclass
class Pictures:
    """Takes the pictures, when the run is asked for them; it visits the screens all the same."""

    playwright: Playwright
    installation: Installation
    browser: Browser
    push: PushService

    def take(self) -> None:
        """Take them all; no browser may have seen a fault."""
        leader = self.sign_in("projectleider", "Paul Verzonnen")
        self.look_at_figures(leader)
        self.read_letters(leader)
        leader.open("/#/effect")
        picture(leader.page, leader.page.locator("main h2").first, "effect")
        board = self.sign_in("bestuur", "Bas Denkbeeld", size=PHONE)
        self.look_on_a_phone(board)
        keeper = self.sign_in("beheerder", "Ko Verzonnen")
        keeper.open("/#/koppelingen")
        system = keeper.page.get_by_text("Dashboard van de gemeente", exact=True)
        picture(keeper.page, system, "koppelingen")
        coach = self.sign_in(
            "melder",
            "Coen Nepstra",
            size=PHONE,
            card="sport",
            kind="club",
            organisation="VV Bedacht",
        )
        self.be_a_reporter(coach)
        assert [one.faults for one in (leader, board, keeper, coach)] == [[]] * 4

    def sign_in(self, role: str, name: str, *, size: dict[str, int] = LAPTOP, **who: Any) -> Phone:
        """Let somebody in, in a browser of their own."""
        phone = Phone(
            self.browser, self.installation, self.push, size=size, reduced_motion="reduce"
        )
        phone.open("/#/kaarten")
        enter(phone, self.installation.invite(role, name, **who))
        return phone

    def look_at_figures(self, board: Phone) -> None:
        """Look at a year: as it is, dark, on the map, beside the year before and in one wijk."""
        page = board.page
        chart, map_ = page.locator(".columns svg").first, page.locator(".choropleth").first
        board.open(FIGURES)
        picture(page, map_, "cijfers")
        page.emulate_media(color_scheme="dark")
        picture(page, map_, "cijfers-donker")
        page.emulate_media(color_scheme="light")
        news = page.get_by_role("heading", name="Nieuw of meer")
        show(news)
        picture(page, news, "nieuw")
        show(map_)
        picture(page, map_, "kaart")
        # A quarter beside the one before it, in which more is hidden.
        board.open("/#/kwartaalcijfers?vanaf=2026-Q2&tot=2026-Q2&naast=2025-Q4&tabel=area")
        expect(page.locator("main")).to_contain_text("verborgen")
        table = page.locator("main section h2").last
        picture(page, table, "vergelijking")
        board.open(f"{FIGURES}&naast=2024-Q4&tabel=answer")
        show(chart)
        picture(page, chart, "verloop")

    def look_on_a_phone(self, board: Phone) -> None:
        """Look at the same year on a phone: the top by day, the map by night."""
        map_ = board.page.locator(".choropleth").first
        board.open(FIGURES)
        picture(board.page, map_, "cijfers-telefoon")
        board.page.emulate_media(color_scheme="dark")
        show(map_)
        picture(board.page, map_, "cijfers-telefoon-donker")

    def read_letters(self, leader: Phone) -> None:
        """Read the sheet for the driehoek and the one for the raad, on screen and on paper."""
        page, texts = leader.page, []
        for kind in ("driehoek", "raad"):
            leader.open(f"/#/brieven?soort={kind}&kwartaal={NEWEST}")
            # Until this one is there, the other still is.
            expect(page.locator(f"#soort-{kind}")).to_be_checked()
            expect(page.locator(".sheet")).to_be_visible()
            if kind == "driehoek":
                picture(page, page.locator(".sheet"), "brieven")
            with page.expect_download(timeout=60_000) as waiting:
                page.get_by_role("button", name="Maak de PDF").click()
            file = self.installation.folder / f"{kind}.pdf"
            waiting.value.save_as(file)
            (sheet,) = PdfReader(io.BytesIO(file.read_bytes())).pages
            assert sheet.extract_text() not in texts
            texts.append(sheet.extract_text())
            shoot_paper(self.playwright, file, kind, "jaar")

    def be_a_reporter(self, coach: Phone) -> None:
        """Read the letter to the club, and be asked what the signaalkaart is worth."""
        page = coach.page
        coach.open("/#/mijn")
        expect(page.get_by_text("Nieuw: de brief over het 3e kwartaal")).to_be_visible()
        offer = page.get_by_text("Wat vind jij van de signaalkaart?")
        picture(page, offer, "vragen-aanbod")
        coach.open("/#/vragen")
        picture(page, page.locator("fieldset").first, "vragen")
        coach.open("/#/brief")
        picture(page, page.locator(".sheet").first, "brief")


def show(what: Locator) -> None:
    """Bring something to the top of the screen."""
    what.evaluate("one => one.scrollIntoView()")


def picture(page: Page, what: Locator, name: str) -> None:
    """Take a picture once this is there."""
    expect(what).to_be_visible()
    settle(page)
    page.wait_for_timeout(300)
    shoot(page, name, "jaar")
