"""Everything can be done with the keyboard alone, and it is always clear where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.keyboard import Keyboard
from tests.browser.phone import LAPTOP
from tests.browser.town import Town, fresh


@pytest.fixture(scope="module")
def town(town: Town) -> Town:
    for name in ("first", "second", "third"):
        town.ids[name] = town.send("boa")
    return town


def sit_down(town: Town, who: str, path: str) -> tuple[Keyboard, Page]:
    page = town.phone(who).page
    fresh(page, "/#" + path)
    page.evaluate("measures.begin()")
    return Keyboard(page), page


@pytest.fixture
def desk(town: Town) -> Page:
    page = town.phone("desk").page
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    return page


def heading(text: str) -> dict[str, str]:
    return {"tag": "h1", "text": text}


def expect_focus(keys: Keyboard, **wanted: str) -> None:
    """Wait until this has focus, with nothing over it."""
    keys.page.wait_for_function(
        """wanted => {
            const at = measures.focus();
            const is = ([name, value]) => at[name].startsWith(value);
            return at !== null && Object.entries(wanted).every(is);
        }""",
        arg=wanted,
    )
    faults = [fault for fault in keys.at()["faults"] if wanted["tag"] not in {"h1", "h2"}]
    assert faults == []


def test_a_report_is_made_and_sealed_with_the_keyboard_alone(town: Town) -> None:
    keys, page = sit_down(town, "boa", "/kaarten")
    keys.press("Tab")
    assert keys.at()["text"] == "Naar de inhoud"
    keys.press("Enter")
    keys.tab_to("Open de kaart")
    keys.press("Enter")
    expect_focus(keys, **heading("Boa"))

    keys.tab_to("Iemand die ouder is stuurt de jongere aan")
    keys.press("Space")
    expect(page.get_by_text("1 signaal gekozen")).to_be_visible()
    keys.tab_to("Geld en spullen")
    keys.press("Enter")
    keys.press("Tab", "Space")
    expect(page.get_by_text("2 signalen gekozen")).to_be_visible()
    keys.tab_to("Melden")
    keys.press("Enter")
    expect_focus(keys, **heading("Melden"))

    keys.tab_to("Nee")
    keys.press("Space")
    keys.tab_to("Zelf gezien")
    keys.press("Space", "ArrowDown")
    assert keys.at()["text"] == "Van iemand gehoord"
    keys.tab_to("Buurt")
    keys.press("ArrowDown")
    expect(page.locator("#buurt")).not_to_have_value("")
    keys.tab_to("Verzegel en verstuur")
    keys.press("Enter")
    expect_focus(keys, **heading("Je melding is verzegeld"))


def test_the_four_steps_are_walked_with_the_keyboard_alone(town: Town) -> None:
    keys, page = sit_down(town, "boa", "/kaart/boa")
    keys.tab_to("Melden")
    keys.press("Enter")
    expect_focus(keys, **heading("Wat zag of hoorde je?"))
    keys.tab_to("Nee")
    keys.press("Space", "Tab")
    keys.type("Een jongen krijgt een tasje.")
    keys.tab_to("Zelf gezien")
    keys.press("Space")
    keys.tab_to("Verder")
    keys.press("Enter")
    expect_focus(keys, **heading("Waar en wanneer?"))
    keys.tab_to("Waar ben ik?")
    keys.press("Enter")
    expect(page.get_by_text("Je bent waarschijnlijk in")).to_be_visible()
    assert keys.at()["text"] == "Waar ben ik?"
    keys.tab_to("Verder")
    keys.press("Enter")
    expect_focus(keys, **heading("Om wie gaat het?"))
    keys.tab_to("Nog iemand")
    keys.press("Enter")
    expect_focus(keys, id="persoon-1", tag="input")
    keys.tab_to("Haal weg", back=True)
    keys.press("Enter")
    expect_focus(keys, text="Nog iemand", tag="button")
    keys.tab_to("Verder")
    keys.press("Enter")
    expect_focus(keys, **heading("Klopt dit?"))
    keys.tab_to("Verzegel en verstuur")
    keys.press("Enter")
    expect_focus(keys, **heading("Je melding is verzegeld"))


def test_after_a_failed_try_focus_is_on_the_summary_and_its_links_lead_to_the_fields(
    town: Town,
) -> None:
    keys, page = sit_down(town, "boa", "/melden/boa/1")
    keys.tab_to("Verder")
    keys.press("Enter")
    expect_focus(keys, id="fouten", tag="h2")
    keys.tab_to("Vertel in een paar woorden")
    keys.press("Enter")
    expect_focus(keys, id="wat", tag="textarea")
    keys.type("Een jongen krijgt een tasje.")
    expect(page.get_by_role("heading", name="Kijk nog even naar 2 dingen")).to_be_visible()
    expect_focus(keys, id="wat", tag="textarea")
    keys.tab_to("Kies hoe je dit weet.", back=True)
    keys.press("Enter")
    expect_focus(keys, id="basis", tag="fieldset")
    keys.press("Tab")
    assert keys.at()["text"] == "Zelf gezien"


def test_back_returns_to_the_same_line_and_the_same_control(town: Town) -> None:
    keys, page = sit_down(town, "boa", "/kaart/boa")
    keys.tab_to("Plek en tijd")
    keys.press("Enter", "Tab", "Space")
    keys.tab_to("Wat doe ik nu?")
    was = page.evaluate("scrollY")
    keys.press("Enter")
    expect_focus(keys, **heading("Wat doe ik nu?"))
    assert page.evaluate("scrollY") == 0
    page.go_back()
    expect_focus(keys, text="Wat doe ik nu?", tag="a")
    assert abs(page.evaluate("scrollY") - was) <= 1


def test_the_desk_reads_answers_and_sends_with_the_keyboard_alone(town: Town, desk: Page) -> None:
    keys, page = sit_down(town, "desk", "/postvak")
    rows = page.locator(".mail a")
    expect(rows.nth(2)).to_be_visible()
    ids = [str(row.get_attribute("id")) for row in rows.all()]
    keys.press("j")
    expect_focus(keys, id=ids[0], tag="a")
    keys.press("j")
    expect_focus(keys, id=ids[1], tag="a")
    keys.press("k")
    expect_focus(keys, id=ids[0], tag="a")
    expect(page.get_by_text("Deze envelop is nog dicht.")).to_be_visible()
    keys.press("o")
    expect_focus(keys, id="reden", tag="select")
    keys.tab_to("Open de envelop")
    keys.press("Enter")
    expect_focus(keys, tag="article", text="")
    keys.press("b")
    expect_focus(keys, id="antwoord", tag="h2")

    keys.tab_to("Gelezen")
    keys.press("Space", "ArrowDown")
    assert keys.at()["text"] == "We kijken mee"
    keys.tab_to("Eigen zin erbij")
    where = page.url
    keys.type("Goed dat je ook jongeren bekijkt. Blijf opletten, o ja?")
    expect(page.locator("#eigen")).to_have_value(
        "Goed dat je ook jongeren bekijkt. Blijf opletten, o ja?"
    )
    assert page.url == where
    assert page.locator("dialog[open]").count() == 0
    keys.tab_to("Stuur terugkoppeling")
    # The line is slow: whoever is quick with the keys need not wait for it.
    coming: list[Route] = []
    page.route("**/api/v1/observations/*", lambda route: coming.append(route))
    keys.press("Enter")
    # The next one is there at once, shut, and its name is read aloud.
    expect(page.get_by_text("Dit is de volgende.")).to_be_visible()
    expect_focus(keys, id="melding", tag="h2")
    assert page.url != where
    keys.press("o")
    assert coming
    for request in coming:
        request.continue_()
    page.unroute("**/api/v1/observations/*")
    expect_focus(keys, id="reden", tag="select")


def test_the_letters_of_the_desk_are_explained_and_can_be_switched_off(
    town: Town, desk: Page
) -> None:
    keys, page = sit_down(town, "desk", "/postvak")
    expect(page.locator(".mail a").first).to_be_visible()
    keys.tab_to("?alle toetsen")
    keys.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    keys.tab_to("Deze toetsen gebruiken")
    keys.press("Space")
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect_focus(keys, text="?alle toetsen", tag="button")
    keys.press("j")
    assert keys.at()["text"] == "?alle toetsen"
    page.evaluate("localStorage.clear()")
