"""A phone without network: everything works, and everything arrives once when it is back."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import expect

from tests.browser import ledger, reporting, storage
from tests.browser.phone import SOMEWHERE, Phone
from tests.browser.wire import Wire

WORDS = reporting.Words()
# Drivers cannot see the icon of the app; what it is told, they can.
BADGE = """
window.badges = [];
navigator.setAppBadge = async (count) => { window.badges.push(count); };
navigator.clearAppBadge = async () => { window.badges.push(0); };
"""

# A phone that looks for its place until it is told that it found it.
SEARCHING = """
navigator.geolocation.getCurrentPosition = (done) => {
  window.arrive = (coords) => done({ coords });
};
"""
# Somebody whose thumb does not leave the screen, until the form is gone.
TAP_ON = """
async (seal) => {
  seal.click();
  for (let at; (at = document.querySelector('#afgeschermd')); ) {
    at.click();
    await new Promise((done) => setTimeout(done));
  }
}
"""


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    phone = make_phone()
    phone.context.add_init_script(BADGE)
    phone.sign_in("melder", name="Noor Verzonnen", card=reporting.CARD)
    return phone


def expect_last_badge(phone: Phone, count: int) -> None:
    phone.page.wait_for_function("(count) => window.badges.at(-1) === count", arg=count)


def test_a_cold_start_without_network_opens_the_own_card_and_the_form(phone: Phone) -> None:
    phone.page.close()
    phone.offline()
    phone.page = phone.new_page()
    phone.open("/")
    phone.page.get_by_role("link", name="Open de kaart").click()
    expect(phone.page.get_by_role("heading", name="Let hier het eerst op")).to_be_visible()
    phone.page.get_by_role("link", name="Melden", exact=True).click()
    expect(phone.page.get_by_label("Vertel wat je zag of hoorde")).to_be_visible()


def test_three_reports_made_offline_arrive_once_in_one_round_trip(phone: Phone) -> None:
    phone.offline()
    ids = []
    for number in (1, 2, 3):
        ids.append(reporting.report(phone.page))
        expect(phone.page.get_by_text("Bewaard op dit toestel")).to_be_visible()
        expect_last_badge(phone, number)
    phone.page.get_by_role("link", name="Mijn meldingen").click()
    rows = phone.page.locator("a.item")
    expect(rows).to_have_count(3)
    for row in rows.all():
        expect(row).to_contain_text("Bewaard op dit toestel")
    expect(phone.page.get_by_text("3 meldingen niet verstuurd")).to_be_visible()
    assert ledger.stored(phone.installation, ids) == []

    wire = Wire(phone.context)
    phone.online()
    for number in range(3):
        expect(rows.nth(number)).to_contain_text("Ontvangen")
        expect(rows.nth(number)).to_contain_text("Bonnummer")
    expect_last_badge(phone, 0)
    assert [ledger.times_received(phone.installation, item) for item in ids] == [1, 1, 1]
    assert ledger.stored(phone.installation, ids) == ids
    assert [sorted(item["id"] for item in items) for items in wire.deliveries()] == [sorted(ids)]


def test_fifty_reports_arrive_once_over_a_line_of_50_kbit_a_second(phone: Phone) -> None:
    phone.offline()
    ids = reporting.report_fast(phone.page, 50)
    phone.page.goto("/#/mijn")
    wire = Wire(phone.context)
    phone.slow_down(kbit=50, delay_ms=300)
    started = monotonic()
    phone.online()
    arrived = phone.page.locator("a.item", has_text="Ontvangen")
    expect(arrived).to_have_count(50, timeout=120_000)
    assert sorted(wire.delivered()) == sorted(ids)
    assert [ledger.times_received(phone.installation, item) for item in ids] == [1] * 50
    # The line was as slow as it is said to be.
    assert monotonic() - started > wire.size() * 8 / 50_000


def test_what_is_withdrawn_before_it_was_ever_tried_is_gone_and_never_leaves(phone: Phone) -> None:
    # The server asked for patience, so that nothing is tried for a while.
    busy = {"status": 429, "headers": {"Retry-After": "600"}, "body": ""}
    phone.context.route("**/api/v1/sync", lambda route: route.fulfill(**busy))
    phone.page.evaluate("() => dispatchEvent(new Event('online'))")
    phone.open("/#/mijn")
    expect(phone.page.get_by_text("Het versturen lukt nu niet.")).to_be_visible()
    phone.offline()
    observation = reporting.report(phone.page)
    assert storage.count(phone.page, "items") == 1
    withdraw(phone, observation)
    expect(phone.page.get_by_text("Nog geen meldingen")).to_be_visible()
    assert storage.count(phone.page, "items") == 0


def test_what_is_withdrawn_offline_never_reaches_the_gemeente(phone: Phone) -> None:
    phone.offline()
    observation = reporting.report(phone.page)
    wire = Wire(phone.context)
    withdraw(phone, observation)
    phone.online()
    expect(phone.page.get_by_text("Nog geen meldingen")).to_be_visible()
    assert [items[0]["kind"] for items in wire.deliveries()] == ["withdrawal"]
    assert ledger.stored(phone.installation, [observation]) == []


def test_what_is_withdrawn_after_it_arrived_unread_is_gone_at_the_desk_too(
    phone: Phone, desk: Phone
) -> None:
    observation = reporting.report(phone.page)
    expect(phone.page.get_by_text("Ontvangen")).to_be_visible()
    desk.open(f"/#/postvak/{observation}")
    expect(desk.page.get_by_role("button", name="Open de envelop")).to_be_visible()
    assert ledger.stored(phone.installation, [observation]) == [observation]
    withdraw(phone, observation)
    expect(phone.page.get_by_text("Nog geen meldingen")).to_be_visible()
    desk.page.reload()
    expect(desk.page.get_by_text("Deze melding is er niet meer.")).to_be_visible()
    assert ledger.stored(phone.installation, [observation]) == []


def withdraw(phone: Phone, observation: str) -> None:
    phone.open(f"/#/mijn/{observation}")
    phone.page.get_by_role("button", name="Trek deze melding in").click()
    phone.page.get_by_role("button", name="Ja, trek in").click()
    phone.open("/#/mijn")


def test_only_the_area_leaves_the_phone_never_the_position(phone: Phone) -> None:
    wire = Wire(phone.context)
    reporting.report(phone.page)
    expect(phone.page.get_by_text("Ontvangen")).to_be_visible()
    [[item]] = wire.deliveries()
    assert item["area"].startswith("BU0267")
    left = wire.everything()
    for secret in (str(SOMEWHERE["latitude"]), str(SOMEWHERE["longitude"]), "latitude", "coords"):
        assert secret not in left


def test_what_is_filled_in_while_the_phone_looks_for_its_place_is_not_lost(phone: Phone) -> None:
    page = phone.page
    page.evaluate(SEARCHING)
    show_form(phone)
    page.get_by_role("button", name="Waar ben ik?").click()
    page.locator("label", has_text="Zelf gezien").click()
    page.locator("label", has_text="Meld afgeschermd").click()
    page.evaluate("place => window.arrive(place)", SOMEWHERE)
    expect(page.get_by_text("Je bent waarschijnlijk in")).to_be_visible()
    expect(page.locator("#buurt")).not_to_have_value("")
    expect(page.get_by_label("Zelf gezien")).to_be_checked()
    expect(page.get_by_label("Meld afgeschermd")).to_be_checked()


def test_a_tap_while_a_report_is_being_sealed_leaves_no_draft_of_it_behind(phone: Phone) -> None:
    page = phone.page
    phone.offline()
    reporting.type_report(page)
    show_form(phone)
    page.get_by_role("button", name="Verzegel en verstuur").evaluate(TAP_ON)
    expect(page.get_by_role("heading", name="Je melding is verzegeld")).to_be_visible()
    assert storage.count(page, "items") == 1
    assert storage.count(page, "drafts") == 0


def show_form(phone: Phone) -> None:
    """Show the short form without opening the app anew."""
    phone.page.evaluate("card => { location.hash = `#/melden/${card}`; }", reporting.CARD)
    expect(phone.page.locator("#afgeschermd")).to_be_attached()


def test_nothing_typed_lies_readable_on_the_phone_or_at_the_server(
    phone: Phone, desk: Phone
) -> None:
    desk.open("/#/instellingen")
    desk.page.get_by_role("switch", name="Bij een antwoord of vraag").click()
    expect(desk.page.get_by_text("Seintjes staan aan.")).to_be_visible()
    secrets = (WORDS.what, WORDS.name, WORDS.place, "Noor Verzonnen")
    reporting.type_report(phone.page)
    assert_unreadable(storage.dump(phone.page), secrets)
    phone.offline()
    reporting.seal_report(phone.page)
    assert_unreadable(storage.dump(phone.page), secrets)
    wire = Wire(phone.context)
    phone.online()
    expect(phone.page.get_by_text("Ontvangen")).to_be_visible()
    push = desk.read_push()
    assert set(json.loads(push)) == {"kind", "tag", "url"}

    installation = phone.installation
    files = b"".join(path.read_bytes() for path in installation.folder.glob("*.sqlite*"))
    assert_unreadable(files.decode("latin1"), secrets)
    assert_unreadable(files.decode("utf-8", "replace"), secrets)
    assert_unreadable(installation.logs() + wire.everything() + push, secrets)


def assert_unreadable(text: str, secrets: tuple[str, ...]) -> None:
    # What nobody hides is found, so the search itself works.
    assert reporting.CARD in text
    for secret in secrets:
        assert secret not in text
