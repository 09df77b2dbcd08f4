"""What reporters hear, when and where: chosen on the phone, kept at the desk, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import reporting
from tests.browser.installation import Installation
from tests.browser.phone import LAPTOP, Phone
from tests.mail_server import SENDER, MailServer, running
from tests.push_service import PushService

ADDRESS = "bo@school.example"


@pytest.fixture(scope="module")
def mails() -> Iterator[MailServer]:
    with running(MailServer()) as mails:
        yield mails


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory, push: PushService, mails: MailServer
) -> Iterator[Installation]:
    """An installation of a gemeente that sends mail."""
    running = Installation(tmp_path_factory.mktemp("installation"), push.origin)
    running.environ |= {"SMTP_URL": f"smtp://127.0.0.1:{mails.port}", "MAIL_FROM": SENDER}
    try:
        running.start()
        yield running
    finally:
        running.stop()


def give_address(page: Page, mails: MailServer) -> None:
    page.get_by_label("Mailadres").fill(ADDRESS)
    page.get_by_role("button", name="Stuur een code").click()
    expect(page.get_by_label("Code uit de mail")).to_be_visible()
    for _ in range(300):
        if mails.letters:
            break
        page.wait_for_timeout(100)
    code = re.search(r"\b[0-9]{6}\b", mails.texts_to(ADDRESS)[-1])
    assert code
    page.get_by_label("Code uit de mail").fill("12 34 56" if code[0] != "123456" else "1")
    page.get_by_role("button", name="Bevestig mailadres").click()
    expect(page.get_by_text("Deze code klopt niet.")).to_be_visible()
    page.get_by_label("Code uit de mail").fill(code[0])
    page.get_by_role("button", name="Bevestig mailadres").click()
    expect(page.get_by_text("Je mailadres is bevestigd.")).to_be_visible()


def in_both_modes(phone: Phone, name: str, *, also: dict[str, int] | None = None) -> None:
    for mode in ("light", "dark"):
        phone.page.emulate_media(color_scheme=mode)  # type: ignore[arg-type]
        phone.shoot(f"{name}-{mode}")
    phone.page.emulate_media(color_scheme="light")
    if also:
        size = phone.page.viewport_size
        phone.page.set_viewport_size(also)  # type: ignore[arg-type]
        in_both_modes(phone, f"{name}-{also['width']}")
        phone.page.set_viewport_size(size)  # type: ignore[arg-type]


def test_a_reporter_chooses_mail_gets_an_answer_and_says_whether_it_was_of_use(
    make_phone: Callable[..., Phone],
    make_laptop: Callable[..., Phone],
    browser: Browser,
    mails: MailServer,
) -> None:
    boa = make_phone()
    boa.sign_in("melder", name="Bo Verzonnen", card="boa")
    desk = make_laptop(size=LAPTOP)
    desk.sign_in("procesregisseur", name="Samira Voorbeeld")
    other = make_laptop(size=LAPTOP)
    other.sign_in("adviseur-oov", name="Mark Proefman")

    boa.open("/#/instellingen")
    page = boa.page
    page.get_by_role("link", name="Seintjes en mail").click()
    expect(page.get_by_role("heading", name="Stille uren")).to_be_visible()
    give_address(page, mails)
    page.get_by_label("Antwoord of vraag over je melding").select_option("mail")
    expect(page.get_by_text("Bewaard: Antwoord of vraag over je melding.")).to_be_visible()
    page.get_by_role("button", name="Bewaar stille uren").click()
    expect(page.get_by_text("Je hoort niets van 22.00 tot 07.00 uur.")).to_be_visible()
    page.get_by_role("button", name="Haal weg", exact=True).click()
    expect(page.get_by_text("Je eigen stille uren zijn weg.")).to_be_visible()
    in_both_modes(boa, "seintjes", also=LAPTOP)

    observation = reporting.report(page)
    expect(page.get_by_text("Ontvangen").first).to_be_visible()
    desk.page.goto("/#/afwezig")
    desk.page.get_by_role("button", name=re.compile("Zet op afwezig.*Samira")).click()
    desk.page.get_by_role("button", name="Bewaar").click()
    expect(desk.page.get_by_text("Kies de laatste dag")).to_be_visible()
    desk.page.get_by_label("Afwezig tot en met").fill("2026-12-31")
    in_both_modes(desk, "aanwezig", also={"width": 360, "height": 740})
    desk.page.get_by_role("button", name="Bewaar").click()
    expect(desk.page.get_by_text("Niemand vervangt.")).to_be_visible()
    page.goto(f"/#/mijn/{observation}")
    expect(page.get_by_text("Je antwoord kan later komen.")).to_be_visible()
    in_both_modes(boa, "afwezig-melder")
    desk.page.get_by_role("button", name=re.compile("Is er weer.*Samira")).click()
    expect(desk.page.get_by_text("Samira Voorbeeld is er weer.")).to_be_visible()

    mails.letters.clear()
    answer = {"id": observation, "kind": "watching", "text": None}
    status = desk.page.evaluate(
        """async ([id, body]) => (await fetch(`/api/v1/observations/${id}/feedback`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
        })).status""",
        [observation, answer],
    )
    assert status == 201
    for _ in range(300):
        if mails.letters:
            break
        page.wait_for_timeout(100)
    [text] = mails.texts_to(ADDRESS)
    assert text.startswith("Er is een antwoord voor je.\n")

    page.goto("/#/mijn")
    page.reload()
    page.goto(f"/#/mijn/{observation}")
    expect(page.get_by_text("We kijken mee.")).to_be_visible()
    in_both_modes(boa, "nuttig")
    boa.offline()
    page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.get_by_text("Tik het later nog eens")).to_be_visible()
    boa.online()
    page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.get_by_text("Dank je.")).to_be_visible()

    desk.page.goto("/#/cijfers")
    expect(desk.page.get_by_text("1 van 1 die het zeiden")).to_be_visible()
    in_both_modes(desk, "loketcijfers", also={"width": 360, "height": 740})
    assert urlsplit(page.url).fragment == f"/mijn/{observation}"
