"""Somebody asks what is kept of them; and a reporter takes the own data along, and leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser import accessibility as look
from tests.browser import reporting
from tests.browser.authenticator import give_authenticator
from tests.browser.phone import LAPTOP, PHONE, Phone

WORDS = reporting.Words(
    what="Jorn Verzonnenzoon gaf een tasje aan een jongen. Bo Verzonnen stond erbij.",
    name="Jorn Verzonnenzoon",
)
LONG_AGO = "UPDATE session SET confirmed_at = '2026-01-01 00:00:00.000000'"


def come_in(phone: Phone, role: str, name: str) -> None:
    """Come in with an invitation and set up a passkey."""
    look.equip(phone.context)
    give_authenticator(phone)
    link = phone.installation.invite(role, name, reporting.CARD)
    phone.open("/#/" + urlsplit(link).fragment.removeprefix("/"))
    phone.page.get_by_role("button", name="Log in op dit toestel").click()
    phone.page.get_by_role("button", name="Stel een passkey in").click()
    phone.page.wait_for_url(lambda url: "uitnodiging" not in url and "passkey" not in url)


def check(page: Page, wide: bool) -> None:
    """Hold the screen that is open against what everybody needs, in each way to look at it."""
    faults = []
    for mode in look.MODES:
        look.put(page, mode, wide=wide)
        faults += [f"{mode.name}: {one}" for one in look.find_violations(page, mode)]
        if mode.narrow:
            faults += look.find_small_controls(page) + look.find_what_does_not_fit(page)
    assert faults == []
    look.put(page, look.MODES[0], wide=wide)


def download(page: Page, button: str) -> str:
    with page.expect_download() as caught:
        page.get_by_role("button", name=button).click()
    return Path(caught.value.path()).read_text()


def test_the_desk_finds_a_person_blackens_the_others_and_makes_a_file(
    make_phone: Callable[..., Phone], make_laptop: Callable[..., Phone]
) -> None:
    phone, laptop = make_phone(), make_laptop(size=LAPTOP)
    phone.sign_in("melder", name="Bo Verzonnen", card=reporting.CARD)
    reporting.report(phone.page, WORDS)
    come_in(laptop, "procesregisseur", "Samira Voorbeeld")
    page = laptop.page
    # The passkey was used long ago by now.
    laptop.installation.change(LONG_AGO)
    laptop.open("/#/rechten")
    page.get_by_role("button", name="Zoek in alles wat verzegeld is").click()
    expect(page.get_by_text("Vul een naam in.")).to_be_visible()
    page.get_by_label("Naam", exact=True).fill("jorm")
    page.get_by_label("Waarom zoek je?").select_option("access")
    page.get_by_role("button", name="Zoek in alles wat verzegeld is").click()
    expect(page.get_by_text("1 stuk gevonden")).to_be_visible()
    expect(
        page.get_by_text("Genoemd als persoon in de melding, anders geschreven.")
    ).to_be_visible()
    expect(page.get_by_text("tasje")).to_have_count(0)
    laptop.shoot("rechten-gevonden")
    check(page, wide=True)
    page.get_by_role("button", name="Bekijk wat je kunt meegeven").click()
    text = page.get_by_label("Wat is er gezien of gehoord")
    expect(text).to_have_value(
        "Jorn Verzonnenzoon gaf een tasje aan een jongen. ██ █████████ stond erbij."
    )
    laptop.shoot("rechten-meegeven")
    check(page, wide=True)
    page.get_by_label("Woord of naam dat overal zwart moet").fill("jongen")
    page.get_by_role("button", name="Maak overal zwart").click()
    text.evaluate("one => one.setSelectionRange(27, 32)")
    page.get_by_role("button", name="Maak keuze zwart in: Wat is er gezien of gehoord").click()
    file = download(page, "Maak het bestand")
    assert "Jorn Verzonnenzoon gaf een █████ aan een ██████. ██ █████████ stond erbij." in file
    assert "Bo Verzonnen" not in file
    assert "fietsenkelder" in file
    expect(page.get_by_text("Op de server is niets bewaard.")).to_be_visible()
    page.get_by_role("button", name="Terug naar de lijst").click()
    page.get_by_role("link", name="Verbeter, wis of leg bezwaar vast").click()
    page.get_by_role("button", name="Leg vast", exact=True).click()
    expect(page.get_by_text("Bij de melding staat: bezwaar loopt.")).to_be_visible()
    page.get_by_label("Wat klopt er wel?").fill("Het was een andere dag.")
    page.get_by_role("button", name="Leg de verbetering vast").click()
    expect(page.get_by_label("Wat klopt er wel?")).to_have_value("")
    laptop.shoot("rechten-melding")
    check(page, wide=True)
    page.get_by_role("link", name="Open in het postvak").click()
    page.get_by_role("button", name="Open de envelop").click()
    expect(page.get_by_text("Het was een andere dag.")).to_be_visible()
    expect(page.get_by_text("Bezwaar loopt. Gebruik deze melding niet")).to_be_visible()
    page.get_by_text("Leg vast", exact=True).click()
    page.get_by_role("button", name="Leg vast: verteld").click()
    expect(page.get_by_text("Geïnformeerd op")).to_be_visible()
    laptop.shoot("rechten-postvak")
    page.get_by_role("link", name="Verbeter, wis of leg bezwaar vast").click()
    page.get_by_role("button", name="Wis voorgoed").click()
    page.get_by_role("button", name="Ja, wis voorgoed").click()
    page.wait_for_url("**/#/rechten")
    phone.open("/#/mijn")
    phone.page.reload()
    expect(phone.page.get_by_text("Dat moest volgens de privacywet.")).to_be_visible()
    log = {row[0] for row in laptop.installation.rows("SELECT action FROM audit_event")}
    assert {"search", "find", "review", "export", "correct", "object", "delete"} <= log


def test_a_reporter_takes_everything_along_and_leaves_an_empty_phone(
    make_phone: Callable[..., Phone],
) -> None:
    phone = make_phone()
    come_in(phone, "melder", "Bo Verzonnen")
    page = phone.page
    reporting.report(page)
    phone.open("/#/instellingen")
    page.get_by_role("link", name="Je gegevens").click()
    expect(page.get_by_role("heading", name="Neem je gegevens mee")).to_be_visible()
    phone.shoot("gegevens")
    file = download(page, "Maak het bestand")
    assert reporting.Words().what in file
    assert "Bo Verzonnen" in file
    page.get_by_role("button", name="Verwijder mijn account").click()
    look.put(page, look.MODES[0], wide=False)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    phone.shoot("gegevens-verwijderen")
    page.get_by_role("button", name="Ja, verwijder mijn account").click()
    expect(page.get_by_text("Je account is verwijderd.")).to_be_visible()
    page.wait_for_function("async () => (await fetch('/api/v1/session')).status === 401")
    phone.open("/#/mijn")
    expect(page.get_by_text("Wie kun je bellen?")).to_be_visible()
    kept = phone.installation.rows(
        "SELECT count(*) FROM person WHERE removal_asked_at IS NOT NULL AND ended_at IS NOT NULL"
    )
    assert kept == [(1,)]
