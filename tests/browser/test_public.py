"""The pages for who was not invited, in a real browser: nothing is kept, nothing is in the way."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from pypdf import PdfReader

from tests.browser import accessibility as look
from tests.browser.installation import ROOT, Installation
from tests.browser.phone import PHONE, Phone
from tests.browser.town import open_one_card
from tests.push_service import PushService

PAGES = ("/ouders", "/jongeren", "/sport", "/embed/ouders", "/bestaat-niet")
CARDS = sorted(path.stem for path in (ROOT / "content" / "signaalkaarten").glob("*.toml"))

KEPT = """
async () => ({
  cookies: document.cookie,
  local: localStorage.length + sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})
"""
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
# On paper: where the text of each side ends, and where its foot begins.
ROOM = """
() => [...document.querySelectorAll('.side')].map((side) => {
  const end = side.querySelector('.side__in').getBoundingClientRect().bottom;
  return side.querySelector('.foot').getBoundingClientRect().top - end;
})
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, push: PushService) -> Iterator[Installation]:
    """An installation where a card of professionals is open to everybody."""
    folder = tmp_path_factory.mktemp("opened")
    installation = Installation(folder, push.origin)
    installation.environ["CONTENT_DIR"] = open_one_card(folder)
    try:
        installation.start()
        yield installation
    finally:
        installation.stop()


@pytest.fixture
def visitor(browser: Browser, opened: Installation) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="nl-NL", base_url=opened.url)
    look.equip(context)
    yield context
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_visit_leaves_nothing_behind_and_asks_nobody_else(
    visitor: BrowserContext, opened: Installation, path: str
) -> None:
    asked: list[Request] = []
    faults: list[str] = []
    visitor.on("request", lambda request: asked.append(request))
    page = visitor.new_page()
    page.on("console", lambda told: faults.append(told.text))
    page.goto(path)
    page.evaluate(UNFOLD)
    page.evaluate("document.fonts.ready")
    assert {urlsplit(one.url).netloc for one in asked} == {urlsplit(opened.url).netloc}
    assert {one.resource_type for one in asked} <= {"document", "stylesheet", "font", "other"}
    assert not [one for one in asked if "/api/" in one.url or one.method != "GET"]
    assert visitor.cookies() == []
    assert set(page.evaluate(KEPT).values()) <= {"", 0}
    assert [one for one in faults if "404" not in one] == []


@pytest.mark.parametrize("path", [*PAGES, "/papier/ouders"])
def test_everybody_can_use_the_page(visitor: BrowserContext, path: str) -> None:
    page = visitor.new_page()
    page.goto(path)
    page.evaluate(UNFOLD)
    faults = []
    for mode in look.MODES:
        look.put(page, mode, wide=False)
        found = look.find_violations(page, mode)
        if mode.name == "light":
            found += look.find_heading_faults(page, "papier" if "papier" in path else None)
        if mode.narrow:
            found += look.find_small_controls(page) + look.find_covered_focus(page)
            # A sheet is as wide as paper is.
            found += [] if "papier" in path else look.find_what_does_not_fit(page)
        faults += [f"{mode.name}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def test_the_page_is_read_with_the_keyboard_alone(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/ouders")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Nu gevaar? Bel 112")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    signal = page.locator(".signal").first
    expect(signal.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(signal.get_by_text("Kan ook zijn:")).to_be_visible()
    page.get_by_role("link", name="Bel iemand om mee te denken").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#bellen")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gemeente Nijkerk")).to_be_focused()


def test_the_page_works_where_scripts_are_off(browser: Browser, opened: Installation) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=opened.url)
    page = context.new_page()
    page.goto("/jongeren")
    signal = page.locator(".signal", has_text="Iemand wil je bankpas")
    signal.locator("summary").click()
    expect(signal.get_by_text("Kan ook zijn:")).to_be_visible()
    expect(page.get_by_role("link", name="Keerpunt").first).to_be_visible()
    context.close()


def test_another_site_frames_a_card_only_when_it_is_on_the_list(
    visitor: BrowserContext, opened: Installation
) -> None:
    page = visitor.new_page()
    page.route(
        "http://www.elders.example/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<iframe src="{opened.url}/embed/ouders" title="kaart"></iframe>',
        ),
    )
    page.goto("http://www.elders.example/")
    page.wait_for_timeout(500)
    frame = page.frames[1]
    assert frame.url.startswith("chrome-error://")


def printed(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


def test_every_card_prints_on_two_sides_from_the_browser(
    make_phone: Callable[..., Phone],
) -> None:
    phone = make_phone()
    phone.sign_in("melder", name="Bo Verzonnen", card="boa")
    page = phone.page
    for card in CARDS:
        page.goto(f"/papier/{card}")
        page.evaluate("document.fonts.ready")
        assert min(page.evaluate(ROOM)) >= 0, card
        assert len(printed(page).pages) == 2, card
        if card in {"ouders", "jongeren"}:
            page.goto(f"/{card}")
            assert len(printed(page).pages) == 2, card


def test_the_button_prints_and_leads_back_to_the_card(make_phone: Callable[..., Phone]) -> None:
    phone = make_phone()
    phone.sign_in("melder", name="Bo Verzonnen", card="boa")
    page = phone.page
    phone.open("/#/kaart/boa")
    page.get_by_role("link", name="Print deze kaart").click()
    expect(page).to_have_url(f"{phone.installation.url}/papier/boa")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") is True
    page.get_by_role("link", name="Terug naar de kaart").click()
    expect(page.get_by_role("heading", name="Boa", level=1)).to_be_visible()


def test_without_network_the_page_gives_way_to_the_app(make_phone: Callable[..., Phone]) -> None:
    phone = make_phone()
    phone.sign_in("melder", name="Bo Verzonnen", card="boa")
    page = phone.page
    page.goto("/ouders")
    expect(page.get_by_role("heading", name="Maak je je zorgen over je kind?")).to_be_visible()
    phone.offline()
    page.goto("/jongeren", wait_until="commit")
    expect(page).to_have_url(f"{phone.installation.url}/#/kaart/jongeren")
    expect(page.get_by_role("heading", name="Jongeren", level=1)).to_be_visible()


def test_a_card_for_everybody_has_no_form(make_phone: Callable[..., Phone]) -> None:
    phone = make_phone()
    phone.sign_in("melder", name="Bo Verzonnen", card="boa")
    page = phone.page
    phone.open("/#/kaart/ouders")
    expect(page.get_by_role("link", name="Bel om mee te denken")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    phone.open("/#/melden/ouders")
    expect(page.get_by_text("Wie kun je bellen?")).to_be_visible()
    expect(page.get_by_role("button", name="Verzegel en verstuur")).to_have_count(0)


def test_a_theme_colours_the_phone_by_day_and_by_night(
    browser: Browser, tmp_path: Path, push: PushService
) -> None:
    installation = Installation(tmp_path, push.origin)
    installation.environ["CONTENT_DIR"] = str(ROOT / "tests" / "data" / "content-delft")
    try:
        installation.start()
        phone = Phone(browser, installation, push)
        look.equip(phone.context)
        phone.open("/#/kaarten")
        page = phone.page
        expect(page.get_by_text("Gemeente Delft").first).to_be_visible()
        for scheme, ground, ink in (
            ("light", "rgb(238, 242, 248)", "rgb(16, 26, 44)"),
            ("dark", "rgb(11, 18, 32)", "rgb(242, 246, 253)"),
        ):
            for path in ("/#/kaarten", "/#/kaart/boa", "/ouders"):
                page.goto(path)
                page.reload()
                expect(page.locator("h1").first).to_be_attached()
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                expect(page.locator("body")).to_have_css("background-color", ground)
                expect(page.locator("main")).to_have_css("color", ink)
                assert look.find_violations(page) == [], (scheme, path)
        assert phone.faults == []
        phone.close()
    finally:
        installation.stop()
