"""The people of the signaalkaart, as who let them in sees and ends them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from playwright.sync_api import expect

from tests.browser import reporting
from tests.browser.authenticator import give_authenticator
from tests.browser.phone import LAPTOP, Phone

LIST = """naam;rol;organisatie;soort;kaart;mail
Doortje Nieuwzoon;melder;Het Fictief College;school;onderwijs;doris@fictief.example
Coen Nepstra;baas;VV Verzinsel;club;sport;
"""


def beheerder(make_laptop: Callable[..., Phone]) -> Phone:
    laptop = make_laptop(size=LAPTOP)
    give_authenticator(laptop)
    link = laptop.installation.invite("beheerder", "Bea Testers")
    laptop.open("/#/" + urlsplit(link).fragment.removeprefix("/"))
    laptop.page.get_by_role("button", name="Log in op dit toestel").click()
    laptop.page.get_by_role("button", name="Stel een passkey in").click()
    laptop.page.wait_for_url("**/#/kaarten")
    return laptop


def test_a_list_is_invited_whole_and_each_line_that_is_wrong_is_named(
    make_laptop: Callable[..., Phone],
) -> None:
    laptop = beheerder(make_laptop)
    laptop.open("/#/uitnodigen/lijst")
    laptop.page.get_by_label("De lijst").fill(LIST)
    laptop.page.get_by_role("button", name="Nodig iedereen uit").click()
    expect(laptop.page.get_by_text("Er is niemand uitgenodigd.")).to_be_visible()
    expect(laptop.page.get_by_text("De rol ‘baas’ kennen we niet.")).to_be_visible()
    laptop.shoot("lijst-fout")
    laptop.page.get_by_label("De lijst").fill(LIST.replace("baas", "melder"))
    laptop.page.get_by_role("button", name="Nodig iedereen uit").click()
    expect(laptop.page.get_by_role("heading", name="2 uitnodigingen gemaakt")).to_be_visible()
    laptop.shoot("lijst-klaar")
    mail = laptop.page.get_by_role("link", name="Zet in een mail").first.get_attribute("href")
    assert mail is not None
    assert mail.startswith("mailto:doris@fictief.example?")
    assert "/#/uitnodiging/" in unquote(mail)
    laptop.page.get_by_role("link", name="Naar mensen").click()
    expect(laptop.page.get_by_text("Doortje Nieuwzoon")).to_be_visible()
    assert laptop.faults == []


def test_access_ends_after_proof_and_the_phone_is_out_at_once(
    make_laptop: Callable[..., Phone], make_phone: Callable[..., Phone]
) -> None:
    laptop, phone = beheerder(make_laptop), make_phone()
    phone.sign_in("melder", name="Gaat Weg", card=reporting.CARD)
    # The passkey was used long ago by now.
    laptop.installation.change("UPDATE session SET confirmed_at = '2026-01-01 00:00:00.000000'")
    laptop.open("/#/uitnodigen/mensen")
    row = laptop.page.locator(".people > li", has_text="Gaat Weg").first
    expect(row.get_by_text("Doet mee sinds")).to_be_visible()
    row.get_by_text("Wat wil je doen?").click()
    row.get_by_role("button", name="Toon de toestellen").click()
    expect(row.get_by_text("Linux-computer")).to_be_visible()
    laptop.shoot("mensen")
    row.get_by_role("button", name="Stop de toegang").click()
    row.get_by_role("button", name="Ja, stop de toegang").click()
    expect(laptop.page.get_by_text("De toegang van Gaat Weg is gestopt.")).to_be_visible()
    expect(row.get_by_text("Toegang gestopt")).to_be_visible()
    phone.page.wait_for_function("async () => (await fetch('/api/v1/session')).status === 401")
    assert laptop.faults == []
