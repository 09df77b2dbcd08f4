"""The forms of a case say what they miss, and keep what was typed until it is there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.casework import start, surround
from tests.browser.town import Town, fresh


@pytest.fixture
def town(new_town: Town) -> Town:
    """Each test begins where nobody did anything yet."""
    return new_town


def press(page: Page, fold: str, button: str) -> None:
    page.locator("summary", has_text=fold).click()
    page.get_by_role("button", name=button, exact=True).click()


def test_every_form_of_a_case_says_what_it_misses(town: Town) -> None:
    case = start(town)
    surround(town, case)
    page = town.phone("desk").page
    fresh(page, f"/#/casussen/{case}")
    for fold, button, field, sentence in (
        ("Zet iemand of iets", "Zet in het netwerk", "Naam", "Schrijf de naam op."),
        ("Leg een relatie vast", "Leg de relatie vast", "In één woord", "Schrijf in één woord op"),
        ("Iets is voorbij", "Leg vast", "Wat is er niet meer?", "Kies wat er voorbij is."),
        (
            "Leg een besluit vast",
            "Leg het besluit vast",
            "Wat is besloten?",
            "Schrijf op wat er is",
        ),
        ("Laat iemand meewerken", "Laat meewerken", "Wie?", "Kies wie er meewerkt."),
        (
            "Sluit de casus",
            "Sluit de casus",
            "Wat heeft het opgeleverd?",
            "Schrijf op wat het heeft",
        ),
    ):
        press(page, fold, button)
        lacking = page.locator("details[open]", has_text=fold).last.get_by_label(field, exact=True)
        expect(lacking).to_be_focused()
        expect(lacking).to_have_accessible_description(re.compile(sentence))
    expect(page.locator("[role=alert]")).to_have_count(0)


def test_an_action_without_a_day_keeps_what_was_typed(town: Town) -> None:
    page = town.phone("desk").page
    fresh(page, "/#/acties")
    page.locator("summary", has_text="Nieuwe actie of doel").click()
    page.get_by_label("Wat?", exact=True).fill("Bellen met de trainer.")
    page.get_by_role("button", name="Spreek de actie af").click()
    day = page.get_by_label("Vóór welke dag?")
    expect(day).to_be_focused()
    expect(day).to_have_accessible_description("Kies vóór welke dag.")
    expect(page.get_by_label("Wat?", exact=True)).to_have_value("Bellen met de trainer.")
    day.fill("2027-02-01")
    expect(page.get_by_text("Kies vóór welke dag.")).to_have_count(0)
    page.get_by_role("button", name="Spreek de actie af").click()
    table = page.get_by_role("region", name="Tabel met acties")
    table.get_by_role("button", name="Zet op klaar").click()
    expect(page.get_by_text("Alle acties zijn klaar.")).to_be_visible()
    page.locator("summary", has_text="Wat klaar is").click()
    page.get_by_role("button", name="Toch niet klaar").click()
    expect(table.get_by_role("button", name="Zet op klaar")).to_be_visible()


def test_what_should_be_reached_is_set_reached_and_not_after_all(town: Town) -> None:
    page = town.phone("desk").page
    fresh(page, "/#/acties")
    page.locator("summary", has_text="Nieuwe actie of doel").click()
    page.get_by_role("button", name="Leg het doel vast").click()
    expect(page.get_by_label("Wat willen we bereiken?")).to_have_accessible_description(
        "Schrijf op wat je wilt bereiken."
    )
    page.get_by_label("Wat willen we bereiken?").fill("Elke club heeft een vaste contactpersoon.")
    page.get_by_role("button", name="Leg het doel vast").click()
    page.get_by_role("button", name="Zet op bereikt").click()
    expect(page.get_by_text("Bereikt op")).to_be_visible()
    page.get_by_role("button", name="Toch niet bereikt").click()
    expect(page.get_by_text("Nog niet bereikt.")).to_be_visible()
