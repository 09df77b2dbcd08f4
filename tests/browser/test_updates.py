"""A new version of the app waits until somebody wants it, and takes nothing away."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from server.version import VERSION
from tests.browser import ledger, reporting
from tests.browser.installation import Installation
from tests.browser.phone import Phone

NEWS = "Er is een nieuwe versie. Je formulier blijft staan."
LATER = "assets/later-*.js"
SYNC = "**/api/v1/sync"
# What a browser does by itself at every visit.
LOOK = "async () => { await (await navigator.serviceWorker.ready).update(); }"


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    phone = make_phone()
    phone.sign_in("melder", card=reporting.CARD)
    return phone


@pytest.fixture
def release(installation: Installation) -> Iterator[Callable[..., None]]:
    """Put a new version of the app on the server; afterwards the old one is back.

    With another number than this one has, all that the changelog says is of that number.
    """
    kept = installation.pwa.with_name("pwa-before")
    shutil.copytree(installation.pwa, kept)

    def publish(version: str = VERSION) -> None:
        # A file with a hash in its name gets another name, and the old one is gone.
        names = {}
        for old in [*installation.pwa.glob("assets/index-*.js"), *installation.pwa.glob(LATER)]:
            names[old.name] = re.sub(r"-.*", "-NEWER.js", old.name)
            old.rename(old.with_name(names[old.name]))
        for file in [*installation.pwa.rglob("*.js"), installation.pwa / "index.html"]:
            text = file.read_text()
            for old_name, name in names.items():
                text = text.replace(old_name, name)
            text = re.sub(r"shell-[0-9a-f]{12}", "shell-newer", text).replace(VERSION, version)
            file.write_text(text.replace("<head>", '<head><meta name="newer">'))

    yield publish
    shutil.rmtree(installation.pwa)
    kept.rename(installation.pwa)


def is_newer(page: Page) -> bool:
    return page.locator('meta[name="newer"]').count() == 1


def cut(route: Route) -> None:
    """Break the line."""
    route.abort("connectionreset")


def test_a_new_version_waits_and_takes_neither_the_form_nor_the_queue(
    phone: Phone, release: Callable[..., None]
) -> None:
    page = phone.page
    phone.context.route(SYNC, cut)
    ids = reporting.report_fast(page, 2)
    page.goto(f"/#/melden/{reporting.CARD}/1")
    field = page.get_by_label("Vertel wat je zag of hoorde")
    field.fill("Nog niet af.")
    release()
    page.evaluate(LOOK)
    expect(page.get_by_text(NEWS)).to_be_visible()
    expect(field).to_have_value("Nog niet af.")
    page.get_by_role("button", name="Straks").click()
    expect(page.get_by_text(NEWS)).to_be_hidden()
    field.fill("Nog steeds niet af.")
    assert not is_newer(page)

    # Opening the app again is no agreement either.
    page.reload()
    expect(page.get_by_text(NEWS)).to_be_visible()
    expect(field).to_have_value("Nog steeds niet af.")
    assert not is_newer(page)

    page.get_by_role("button", name="Vernieuw").click()
    page.wait_for_selector('meta[name="newer"]', state="attached")
    expect(field).to_have_value("Nog steeds niet af.")
    expect(page.get_by_text(NEWS)).to_be_hidden()
    page.goto("/#/mijn")
    expect(page.get_by_text("2 meldingen niet verstuurd")).to_be_visible()
    phone.context.unroute(SYNC, cut)
    phone.wait_until_arrived(ids)
    assert [ledger.times_received(phone.installation, item) for item in ids] == [1, 1]


def test_a_tab_that_did_not_agree_goes_on_with_the_files_it_has(
    phone: Phone, release: Callable[..., None]
) -> None:
    other = phone.new_page()
    other.goto(f"/#/kaart/{reporting.CARD}")
    expect(other.get_by_role("heading", name="Let hier het eerst op")).to_be_visible()
    release()
    phone.page.evaluate(LOOK)
    phone.page.get_by_role("button", name="Vernieuw").click()
    phone.page.wait_for_selector('meta[name="newer"]', state="attached")

    # The server no longer has the file this screen is in.
    other.get_by_role("link", name="Melden", exact=True).click()
    expect(other.get_by_label("Vertel wat je zag of hoorde")).to_be_visible()
    assert not is_newer(other)


def test_an_update_waits_until_what_is_being_sent_was_answered(
    phone: Phone, release: Callable[..., None]
) -> None:
    page = phone.page
    under_way: list[Route] = []

    def hold(route: Route) -> None:
        under_way.append(route)

    phone.context.route(SYNC, hold)
    [item] = reporting.report_fast(page, 1)
    expect(page.get_by_text("Wordt verstuurd")).to_be_visible()
    release()
    page.evaluate(LOOK)
    page.get_by_role("button", name="Vernieuw").click()
    # Longer than it takes when nothing is under way.
    page.wait_for_timeout(2_000)
    assert not is_newer(page)

    phone.context.unroute(SYNC, hold)
    for route in under_way:
        # On a slow machine the phone may have given one up and begun another.
        with suppress(Error):
            route.continue_()
    page.wait_for_selector('meta[name="newer"]', state="attached")
    phone.wait_until_arrived([item])
    assert ledger.times_received(phone.installation, item) == 1


def test_an_update_takes_nothing_that_was_typed_and_is_kept_nowhere(
    make_phone: Callable[..., Phone], release: Callable[..., None]
) -> None:
    phone = make_phone()
    phone.open("/#/inloggen")
    phone.wait_for_worker()
    page = phone.page
    field = page.get_by_role("textbox").first
    field.fill("ABCD")
    release()
    page.evaluate(LOOK)
    page.get_by_role("button", name="Vernieuw").click()
    expect(page.get_by_text("Maak eerst af wat je schrijft.")).to_be_visible()
    page.wait_for_timeout(1_000)
    assert not is_newer(page)
    expect(field).to_have_value("ABCD")

    field.fill("")
    page.get_by_role("button", name="Vernieuw").click()
    page.wait_for_selector('meta[name="newer"]', state="attached")


def test_after_an_update_what_is_new_is_told_once_and_can_be_read_back(
    phone: Phone, release: Callable[..., None]
) -> None:
    page = phone.page
    news = page.get_by_role("heading", name="Nieuw sinds je laatste bezoek")
    phone.open("/#/kaarten")
    page.reload()
    expect(page.get_by_role("link", name="Open de kaart")).to_be_visible()
    # Who opens the app for the first time has nothing to compare with.
    assert news.count() == 0

    release("99.0.0")
    page.evaluate(LOOK)
    assert news.count() == 0
    page.get_by_role("button", name="Vernieuw").click()
    page.wait_for_selector('meta[name="newer"]', state="attached")
    expect(news).to_be_visible()
    card = page.get_by_role("region", name="Nieuw sinds je laatste bezoek")
    expect(card.get_by_role("listitem")).to_have_count(3)
    page.reload()
    expect(news).to_be_visible()
    phone.shoot("nieuw")

    page.get_by_role("button", name="Gelezen").click()
    expect(news).to_be_hidden()
    page.reload()
    expect(page.get_by_role("link", name="Open de kaart")).to_be_visible()
    assert news.count() == 0
    page.goto("/#/instellingen")
    page.get_by_role("link", name="Wat is er nieuw").click()
    expect(page.get_by_role("heading", name="Versie 99.0.0")).to_be_visible()
    expect(page.get_by_text("Je melding wordt op je telefoon verzegeld")).to_be_visible()
    # What the desk gets is for the desk.
    expect(page.get_by_text("Een postvak met")).to_have_count(0)
    phone.shoot("wat-is-er-nieuw")
