"""A browser that dies without a word: what was typed or promised is still there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Playwright, Route, expect

from tests.browser import ledger, reporting, storage
from tests.browser.installation import Installation
from tests.browser.phone import Phone
from tests.browser.profile import Profile
from tests.browser.wire import Wire
from tests.push_service import PushService

Start = Callable[[], Phone]
WORDS = reporting.Words()
# A bare browser grants this to nobody, so the answer of a system that does is played.
GRANT = """
window.asked = 0;
navigator.storage.persist = async () => { window.asked += 1; return true; };
navigator.storage.persisted = async () => false;
"""


@pytest.fixture
def profile(driver: Playwright, tmp_path: Path) -> Profile:
    return Profile(driver, tmp_path / "profile")


@pytest.fixture
def start(profile: Profile, installation: Installation, push: PushService) -> Iterator[Start]:
    """Start the browser on the same profile, as often as it dies."""
    started: list[Phone] = []

    def begin() -> Phone:
        started.append(Phone(profile, installation, push))
        return started[-1]

    yield begin
    started[-1].close()
    assert [fault for phone in started for fault in phone.faults] == []


@pytest.fixture
def phone(start: Start) -> Phone:
    phone = start()
    phone.sign_in("melder", card=reporting.CARD)
    return phone


def test_a_draft_survives_a_killed_browser_and_says_so(
    phone: Phone, profile: Profile, start: Start
) -> None:
    phone.open(f"/#/melden/{reporting.CARD}/1")
    phone.page.get_by_label("Vertel wat je zag of hoorde").fill(WORDS.what)
    expect(phone.page.get_by_text("Concept bewaard op dit toestel")).to_be_visible()
    profile.kill()

    phone = start()
    phone.open(f"/#/melden/{reporting.CARD}/1")
    expect(phone.page.get_by_text("Wat je schreef, staat er nog.")).to_be_visible()
    expect(phone.page.get_by_label("Vertel wat je zag of hoorde")).to_have_value(WORDS.what)


def test_what_the_phone_said_it_kept_survives_a_killed_browser_and_arrives_once(
    phone: Phone, profile: Profile, start: Start
) -> None:
    phone.offline()
    observation = reporting.report(phone.page)
    expect(phone.page.get_by_text("Bewaard op dit toestel")).to_be_visible()
    profile.kill()
    assert ledger.stored(phone.installation, [observation]) == []

    phone = start()
    phone.offline()
    phone.open("/#/mijn")
    expect(phone.page.locator("a.item")).to_contain_text("Bewaard op dit toestel")
    wire = Wire(phone.context)
    phone.online()
    expect(phone.page.locator("a.item")).to_contain_text("Ontvangen")
    assert ledger.times_received(phone.installation, observation) == 1
    assert wire.delivered() == [observation]


def test_the_system_is_asked_to_keep_everything_after_the_first_save(phone: Phone) -> None:
    phone.context.add_init_script(GRANT)
    phone.open("/#/instellingen")
    phone.page.reload()
    kept = phone.page.locator("li", has_text="Blijft bewaard")
    expect(kept).to_contain_text("Nee")
    assert phone.page.evaluate("() => window.asked") == 0
    reporting.report(phone.page)
    phone.page.goto("/#/instellingen")
    expect(kept).to_contain_text("Ja")
    assert phone.page.evaluate("() => window.asked") == 1


def test_a_system_that_may_clear_the_store_is_told_of(phone: Phone) -> None:
    phone.context.add_init_script(GRANT.replace("return true", "return false"))
    phone.page.reload()
    reporting.report(phone.page)
    expect(phone.page.get_by_text("Je telefoon kan deze melding weggooien")).to_be_visible()
    phone.page.goto("/#/instellingen")
    expect(phone.page.locator("li", has_text="Blijft bewaard")).to_contain_text("Nee")


def follow(phone: Phone, link: str) -> None:
    """Come in by an invitation."""
    phone.open("/#/" + urlsplit(link).fragment.removeprefix("/"))
    phone.page.get_by_role("button", name="Log in op dit toestel").click()
    expect(phone.page.get_by_role("link", name="Open de kaart")).to_be_visible()


def test_after_the_system_threw_all_away_who_signs_in_reads_what_the_gemeente_missed(
    start: Start,
) -> None:
    phone = start()
    link = phone.installation.invite("melder", "Bo Verzonnen", reporting.CARD)
    follow(phone, link)
    person = phone.person()
    boxes: list[int] = []

    def refuse_items(route: Route) -> None:
        """Stand in between, as a box that will not have what is sealed."""
        if items := (route.request.post_data_json or {})["items"]:
            boxes.append(len(items))
            route.fulfill(status=403, content_type="text/html", body="<h1>Geblokkeerd</h1>")
        else:
            route.continue_()

    phone.context.route("**/api/v1/sync", refuse_items)
    lost = reporting.report_fast(phone.page, 2)
    phone.open("/#/mijn")
    retry = phone.page.get_by_role("button", name="Probeer nu")
    # Only after a few tries does the phone ask without items, and says how many it holds.
    while (2,) not in phone.installation.rows("SELECT unsent FROM device"):
        retry.click()
        phone.page.wait_for_timeout(100)
    assert boxes

    phone.page.goto("about:blank")
    devtools = phone.context.new_cdp_session(phone.page)
    wish = {"origin": phone.installation.url, "storageTypes": "all"}
    devtools.send("Storage.clearDataForOrigin", wish)
    phone.context.unroute("**/api/v1/sync", refuse_items)
    phone.open("/#/mijn")
    expect(phone.page.locator("a.item")).to_have_count(0)
    assert storage.count(phone.page, "items") == 0

    ledger.renew_invitation(phone.installation, person)
    follow(phone, link)
    phone.open("/#/mijn")
    notice = phone.page.locator(".utrecht-alert--warning")
    expect(notice).to_contain_text("De gemeente mist nog 2 meldingen van je.")
    expect(notice).to_contain_text("Meld dan opnieuw wat je toen meldde.")
    assert ledger.stored(phone.installation, lost) == []
