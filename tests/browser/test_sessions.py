"""Sessions end, people leave or share a phone: what was reported still arrives, by name."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.browser import ledger, reporting, storage
from tests.browser.phone import LAPTOP, Phone

FIRST = "Noor Verzonnen"
SECOND = "Sam Verzonnen"


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    phone = make_phone()
    phone.sign_in("melder", name=FIRST, card=reporting.CARD)
    return phone


def cut(route: Route) -> None:
    """Break the connection."""
    route.abort("connectionreset")


def cut_body(route: Route) -> None:
    """Let the headers arrive, the session among them, and break the line inside the body."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text()[:20])


def arrived(phone: Phone, ids: list[str]) -> bool:
    return ledger.stored(phone.installation, ids) == ids


def expect_nothing_of_the_first(phone: Phone) -> None:
    for path in ("/#/kaarten", "/#/mijn", "/#/instellingen", f"/#/kaart/{reporting.CARD}"):
        phone.open(path)
        expect(phone.page.locator("body")).not_to_contain_text(FIRST)
        expect(phone.page.locator("a.item")).to_have_count(0)
    assert storage.count(phone.page, "mine") == 0
    assert storage.count(phone.page, "drafts") == 0


def test_after_the_session_ended_reading_recording_and_delivering_go_on(phone: Phone) -> None:
    person = phone.person()
    phone.offline()
    ids = reporting.report_fast(phone.page, 3)
    ledger.end_sessions(phone.installation, person)
    phone.online()
    phone.page.reload()
    phone.wait_until_arrived(ids)

    phone.open("/#/mijn")
    expect(phone.page.locator("a.item", has_text="Ontvangen")).to_have_count(3)
    sentence = "Je meldingen worden gewoon verstuurd. Log in om antwoorden te lezen."
    expect(phone.page.get_by_text(sentence)).to_be_visible()
    expect(phone.page.get_by_role("link", name="Log in", exact=True)).to_be_visible()

    phone.open(f"/#/kaart/{reporting.CARD}")
    expect(phone.page.get_by_role("heading", name="Let hier het eerst op")).to_be_visible()
    late = reporting.report(phone.page)
    expect(phone.page.get_by_text("Ontvangen")).to_be_visible()
    assert arrived(phone, [late])
    assert ledger.author_of(phone.installation, late) == person


def test_signing_out_says_what_happens_to_what_waits_and_it_is_still_delivered(
    phone: Phone,
) -> None:
    person = phone.person()
    phone.offline()
    ids = reporting.report_fast(phone.page, 2)
    phone.page.goto(f"/#/melden/{reporting.CARD}/1")
    phone.page.get_by_label("Vertel wat je zag of hoorde").fill("Nog niet af.")
    expect(phone.page.get_by_text("Concept bewaard op dit toestel")).to_be_visible()
    sign_out(phone, "Er zijn nog 2 meldingen niet verstuurd. Wat verzegeld is, blijft op dit")

    assert storage.count(phone.page, "items") == 2
    expect_nothing_of_the_first(phone)
    phone.page.goto(f"/#/mijn/{ids[0]}")
    expect(phone.page.locator("body")).not_to_contain_text("Onderwijs")
    assert not arrived(phone, ids)
    phone.online()
    phone.wait_until_arrived(ids)
    assert {ledger.author_of(phone.installation, item) for item in ids} == {person}
    phone.page.wait_for_function("async () => (await fetch('/api/v1/session')).status === 401")


def test_the_second_person_on_a_phone_sees_nothing_of_the_first_whose_reports_arrive(
    phone: Phone,
) -> None:
    first = phone.person()
    phone.context.route("**/api/v1/sync", cut)
    ids = reporting.report_fast(phone.page, 2)
    sign_out(phone, "Er zijn nog 2 meldingen niet verstuurd.")
    phone.sign_in("melder", name=SECOND, card=reporting.CARD)
    second = phone.person()
    expect_nothing_of_the_first(phone)
    phone.open("/#/mijn")
    expect(phone.page.locator("main")).not_to_contain_text("niet verstuurd")

    phone.context.unroute("**/api/v1/sync", cut)
    own = reporting.report(phone.page)
    expect(phone.page.get_by_text("Ontvangen")).to_be_visible()
    phone.wait_until_arrived([*ids, own])
    assert [ledger.author_of(phone.installation, item) for item in [*ids, own]] == [
        first,
        first,
        second,
    ]
    phone.open("/#/mijn")
    expect(phone.page.locator("a.item")).to_have_count(1)


def test_of_a_sign_in_that_was_cut_the_first_hears_nothing_and_the_second_is_shown(
    phone: Phone, make_phone: Callable[..., Phone]
) -> None:
    first = phone.person()
    link = phone.installation.invite("melder", SECOND, reporting.CARD)
    other = make_phone()
    open_invitation(other, link)
    expect(other.page.get_by_role("link", name="Open de kaart")).to_be_visible()
    second, told = other.person(), reporting.report(other.page)
    other.wait_until_arrived([told])
    ledger.renew_invitation(phone.installation, second)
    sent = reporting.report(phone.page)
    phone.wait_until_arrived([sent])
    phone.context.route("**/api/v1/sync", cut)
    [waiting] = reporting.report_fast(phone.page, 1)

    phone.context.route("**/api/v1/sessions", cut_body)
    open_invitation(phone, link)
    expect(phone.page.get_by_text("Inloggen lukt nu niet.")).to_be_visible()
    assert phone.person() == second
    assert storage.count(phone.page, "mine") == 1
    phone.context.unroute("**/api/v1/sync", cut)
    phone.wait_until_arrived([waiting])
    assert ledger.author_of(phone.installation, waiting) == first
    phone.open("/#/instellingen")
    expect(phone.page.get_by_text(SECOND)).to_be_visible()
    phone.open("/#/mijn")
    expect(phone.page.locator("a.item")).to_have_count(1)
    expect(phone.page.locator("a.item")).to_have_attribute("href", f"#/mijn/{told}")


def open_invitation(phone: Phone, link: str) -> None:
    phone.open("/#/" + urlsplit(link).fragment.removeprefix("/"))
    phone.page.get_by_role("button", name="Log in op dit toestel").click()


def sign_out(phone: Phone, says: str) -> None:
    phone.page.goto("/#/instellingen")
    phone.page.get_by_role("button", name="Uitloggen").click()
    expect(phone.page.get_by_text(says)).to_be_visible()
    phone.page.get_by_role("button", name="Ja, log uit").click()
    phone.page.wait_for_url("**/#/kaarten")


def test_who_may_come_in_no_more_still_hands_in_what_was_reported_before(
    phone: Phone, make_laptop: Callable[..., Phone]
) -> None:
    person = phone.person()
    phone.offline()
    ids = reporting.report_fast(phone.page, 2)
    ledger.end_access(phone.installation, person)
    phone.online()
    phone.open("/#/mijn")
    expect(phone.page.locator("a.item", has_text="Ontvangen")).to_have_count(2)
    assert {ledger.late_reason(phone.installation, item) for item in ids} == {"access_ended"}

    desk = make_laptop(size=LAPTOP)
    desk.sign_in("procesregisseur", name="Samira Voorbeeld")
    desk.open("/#/nakomers")
    sentence = "De toegang van de melder was al gestopt toen dit aankwam."
    expect(desk.page.get_by_text(sentence)).to_have_count(2)
