"""A passkey in a real browser: set up after the invitation, and the way in from then on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser import reporting
from tests.browser.authenticator import give_authenticator
from tests.browser.phone import Phone


def come_in(phone: Phone, role: str = "melder") -> None:
    """Follow an invitation up to the offer of a passkey."""
    link = phone.installation.invite(role, "Bo Verzonnen", reporting.CARD)
    phone.open("/#/" + urlsplit(link).fragment.removeprefix("/"))
    phone.page.get_by_role("button", name="Log in op dit toestel").click()
    expect(phone.page.get_by_role("heading", name="Kom hierna zo weer binnen")).to_be_visible()


def sign_out(phone: Phone) -> None:
    phone.page.goto("/#/instellingen")
    phone.page.get_by_role("button", name="Uitloggen").click()
    phone.page.get_by_role("button", name="Ja, log uit").click()
    phone.page.wait_for_url("**/#/kaarten")


def passkeys(phone: Phone) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = phone.page.evaluate(
        "async () => (await (await fetch('/api/v1/passkeys')).json()).items"
    )
    return found


def test_who_set_up_a_passkey_comes_back_with_it_as_the_same_person(
    make_phone: Callable[..., Phone],
) -> None:
    phone = make_phone()
    give_authenticator(phone)
    come_in(phone)
    phone.shoot("passkey")
    phone.page.get_by_role("button", name="Stel een passkey in").click()
    expect(phone.page.get_by_role("link", name="Open de kaart")).to_be_visible()
    person = phone.person()
    assert [one["here"] for one in passkeys(phone)] == [True]
    sign_out(phone)
    phone.page.goto("/#/inloggen")
    phone.shoot("inloggen")
    phone.page.get_by_role("button", name="Gebruik je passkey").click()
    expect(phone.page.get_by_role("link", name="Open de kaart")).to_be_visible()
    assert phone.person() == person
    assert phone.faults == []


def test_a_passkey_may_wait_and_is_set_up_in_the_settings(
    make_phone: Callable[..., Phone],
) -> None:
    phone = make_phone()
    session, authenticator = give_authenticator(phone)
    come_in(phone)
    phone.page.get_by_role("button", name="Nu niet").click()
    expect(phone.page.get_by_role("link", name="Open de kaart")).to_be_visible()
    phone.page.goto("/#/instellingen")
    phone.page.get_by_role("link", name="Inloggen en toestellen").click()
    expect(phone.page.get_by_text("Dit toestel.")).to_be_visible()
    # Whoever cannot show a finger gets a sentence, and no passkey.
    change = {"authenticatorId": authenticator, "isUserVerified": False}
    session.send("WebAuthn.setUserVerified", change)
    phone.page.get_by_role("button", name="Stel een passkey in").click()
    expect(phone.page.get_by_text("Er is geen passkey gebruikt.")).to_be_visible()
    assert passkeys(phone) == []
    session.send("WebAuthn.setUserVerified", {**change, "isUserVerified": True})
    phone.page.get_by_role("button", name="Stel een passkey in").click()
    expect(phone.page.get_by_text("Passkey van dit toestel")).to_be_visible()
    phone.shoot("toestellen")
    assert phone.faults == []


def test_a_second_device_comes_in_with_what_the_first_one_shows(
    make_phone: Callable[..., Phone],
) -> None:
    first, second = make_phone(), make_phone()
    give_authenticator(first)
    come_in(first)
    first.page.get_by_role("button", name="Stel een passkey in").click()
    expect(first.page.get_by_role("link", name="Open de kaart")).to_be_visible()
    first.page.goto("/#/toestellen")
    first.page.get_by_role("button", name="Toon de QR-code").click()
    code = first.page.locator(".code").inner_text()
    first.shoot("tweede-toestel")
    second.open("/#/inloggen")
    second.page.get_by_label("Code of link").fill(code)
    second.page.get_by_role("button", name="Log in met de code").click()
    expect(second.page.get_by_role("link", name="Open de kaart")).to_be_visible()
    assert second.person() == first.person()

    first.page.reload()
    first.page.get_by_role("button", name="Meld Linux-computer af").click()
    first.page.get_by_role("button", name="Ja, meld af").click()
    expect(first.page.get_by_text("Linux-computer is afgemeld.")).to_be_visible()
    second.page.reload()
    expect(second.page.get_by_role("link", name="Open de kaart")).to_have_count(0)
    assert [*first.faults, *second.faults] == []


def test_without_a_passkey_on_the_device_the_page_says_what_else_works(
    make_phone: Callable[..., Phone],
) -> None:
    phone = make_phone()
    give_authenticator(phone)
    phone.open("/#/inloggen")
    phone.page.get_by_role("button", name="Gebruik je passkey").click()
    expect(phone.page.get_by_text("Er is geen passkey gebruikt.")).to_be_visible()
    expect(phone.page.get_by_label("Code of link")).to_be_visible()
