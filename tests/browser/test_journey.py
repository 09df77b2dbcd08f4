"""The whole way: from a phone without network, through the desk, and back to that phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.installation import Installation, running
from tests.browser.phone import Phone
from tests.push_service import PushService

MOST_TAPS = 6


class Thumb:
    """Taps and counts; it cannot type."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1


@pytest.fixture
def installation(tmp_path: Path, push: PushService) -> Iterator[Installation]:
    # After an answer the desk goes on to whatever else lies there; here nothing else does.
    with running(tmp_path / "installation", push.origin) as installation:
        yield installation


@pytest.fixture
def boa(make_phone: Callable[..., Phone]) -> Phone:
    phone = make_phone(has_touch=True, is_mobile=True)
    phone.sign_in("melder", name="Bo Verzonnen", card="boa")
    return phone


@pytest.fixture
def desk(desk: Phone) -> Phone:
    turn_on_notifications(desk)
    return desk


def turn_on_notifications(phone: Phone) -> None:
    phone.open("/#/instellingen")
    phone.page.get_by_role("switch", name="Bij een antwoord of vraag").click()
    expect(phone.page.get_by_text("Seintjes staan aan.")).to_be_visible()


def record_offline(phone: Phone) -> Thumb:
    """Report from the open card with the thumb alone, without network."""
    thumb, page = Thumb(), phone.page
    phone.open("/#/kaart/boa")
    phone.offline()
    thumb.tap(page.locator("label", has_text="Iemand die ouder is stuurt de jongere aan"))
    thumb.tap(page.get_by_role("link", name="Melden", exact=True))
    thumb.tap(page.get_by_role("radio", name="Nee", exact=True))
    thumb.tap(page.locator("label", has_text="Zelf gezien"))
    thumb.tap(page.get_by_role("button", name="Waar ben ik?"))
    expect(page.get_by_text("Je bent waarschijnlijk in")).to_be_visible()
    thumb.tap(page.get_by_role("button", name="Verzegel en verstuur"))
    expect(page.get_by_role("heading", name="Je melding is verzegeld")).to_be_visible()
    expect(page.get_by_text("Bewaard op dit toestel")).to_be_visible()
    return thumb


def test_an_observation_travels_from_an_offline_phone_to_the_desk_and_feedback_comes_back(
    boa: Phone, desk: Phone
) -> None:
    thumb = record_offline(boa)
    assert thumb.taps <= MOST_TAPS
    observation = boa.page.url.rsplit("/", 1)[1]
    boa.shoot("verzegeld")

    # The phone asks for notifications only here, where it is clear what for.
    boa.online()
    expect(boa.page.get_by_text("Ontvangen")).to_be_visible()
    boa.page.get_by_role("button", name="Ja, geef een seintje").tap()
    expect(boa.page.get_by_text("Seintjes staan aan op dit toestel.")).to_be_visible()

    assert desk.receive_push() == {
        "kind": "observation",
        "tag": "observation-sociaal",
        "url": "/#/postvak",
    }
    assert desk.notifications() == ["Er is een nieuwe melding."]
    desk.tap_notification()
    desk.page.wait_for_url("**/#/postvak**")
    answer_from_the_desk(desk, observation)

    push = boa.receive_push()
    assert (push["kind"], set(push)) == ("feedback", {"kind", "tag", "url"})
    boa.tap_notification()
    boa.page.wait_for_url(f"**{push['url']}")
    expect(boa.page.get_by_text("We kijken mee")).to_be_visible()
    expect(boa.page.get_by_text("Fijn dat je dit deelt.")).to_be_visible()
    boa.shoot("terugkoppeling")

    ask_and_answer_offline(boa, desk)


def answer_from_the_desk(desk: Phone, observation: str) -> None:
    page = desk.page
    page.locator(f"#mail-{observation}").get_by_text("Nieuw").click()
    desk.shoot("postvak")
    page.get_by_role("button", name="Open de envelop").click()
    expect(page.get_by_role("heading", name="Antwoord aan de melder")).to_be_visible()
    page.locator("label", has_text="We kijken mee").click()
    page.get_by_label("Eigen zin erbij").fill("Fijn dat je dit deelt.")
    desk.shoot("desk")
    page.get_by_role("button", name="Stuur terugkoppeling").click()
    expect(page.get_by_text("De melder leest dit bij Mijn meldingen")).to_be_visible()


def ask_and_answer_offline(boa: Phone, desk: Phone) -> None:
    """The desk asks; the reporter answers without network; the answer arrives by itself."""
    desk.page.locator("label", has_text="We hebben nog een vraag").click()
    desk.page.get_by_label("Je vraag").fill("Zag je dit vaker op deze plek?")
    desk.page.get_by_role("button", name="Stuur terugkoppeling").click()
    expect(desk.page.get_by_text("De melder leest dit bij Mijn meldingen")).to_be_visible()

    assert boa.receive_push(1)["kind"] == "question"
    boa.tap_notification()
    expect(boa.page.get_by_text("Zag je dit vaker op deze plek?")).to_be_visible()
    boa.offline()
    boa.page.get_by_label("Jouw antwoord").fill("Ja, elke vrijdagavond.")
    boa.page.get_by_role("button", name="Verzegel en stuur antwoord").tap()
    expect(boa.page.get_by_text("Verzegeld. We versturen het vanzelf.")).to_be_visible()
    boa.online()

    assert desk.receive_push(1)["kind"] == "addition"
    desk.page.reload()
    desk.page.get_by_role("button", name="Open de envelop").click()
    expect(desk.page.get_by_text("Ja, elke vrijdagavond.")).to_be_visible()


def test_what_was_written_lies_readable_nowhere(boa: Phone, desk: Phone) -> None:
    record_offline(boa)
    boa.online()
    expect(boa.page.get_by_text("Ontvangen")).to_be_visible()
    installation = boa.installation
    raw = b"".join(path.read_bytes() for path in installation.folder.glob("*.sqlite*"))
    logs = installation.logs()
    for secret in ("Bo Verzonnen", "Samira Voorbeeld"):
        assert secret.encode() not in raw
        assert secret not in logs
