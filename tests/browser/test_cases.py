"""A case on screen: its phases, the network under the real policy, and names behind letters."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.casework import add, agree, crowd, start, surround
from tests.browser.town import Town, fresh


@pytest.fixture
def town(new_town: Town) -> Town:
    """Each test begins where nobody did anything yet."""
    return new_town


def test_the_network_is_drawn_under_the_policy_and_stands_in_a_table(town: Town) -> None:
    case = start(town)
    surround(town, case)
    page = town.phone("desk").page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    fresh(page, f"/#/casussen/{case}")
    expect(page.get_by_role("heading", name="Casus 1: Fiets van jongere A")).to_be_visible()
    expect(page.locator(".net canvas").first).to_be_attached()
    assert [line for line in said if "Security Policy" in line] == []
    assert page.locator("style").count() == 0
    page.get_by_text("Hetzelfde als tabel").click()
    table = page.get_by_role("region", name="Tabel met relaties")
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table).not_to_contain_text("Mia")
    page.get_by_label("Stand van het netwerk op").fill("0")
    expect(table.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Naar analyse").click()
    expect(page.locator(".phases [aria-current=step]")).to_contain_text("Analyse")
    expect(page.get_by_role("heading", name="Wat vraagt de analyse?")).to_be_visible()


def test_the_shell_is_chosen_by_name_and_stops_and_a_phase_goes_back(town: Town) -> None:
    town.phone("boa")
    case = start(town)
    agree(town, case=case)
    page = town.phone("desk").page
    fresh(page, f"/#/casussen/{case}")
    page.get_by_role("button", name="Naar analyse").click()
    page.get_by_role("button", name="Terug naar signalering").click()
    expect(page.locator(".phases [aria-current=step]")).to_contain_text("Signalering")
    page.get_by_text("Laat iemand meewerken").click()
    page.locator("#mee-hoe").select_option("shell")
    who = page.locator("#mee-wie").locator("option", has_text="Bo Verzonnen")
    page.locator("#mee-wie").select_option(str(who.get_attribute("value")))
    page.get_by_role("button", name="Laat meewerken").click()
    expect(page.get_by_text("werkt aan deze casus mee")).to_be_visible()
    page.get_by_text("Geef een actie door of verzet hem").click()
    page.get_by_label("Welke actie?").select_option(index=1)
    page.get_by_label("Wie doet het?").select_option(label="Bo Verzonnen")
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    table = page.get_by_role("region", name="Tabel met acties", exact=True)
    expect(table.get_by_role("row").nth(1)).to_contain_text("Bo Verzonnen")

    shell = town.phone("boa").page
    fresh(shell, "/#/instellingen")
    shell.get_by_role("link", name="Casussen waar je aan meewerkt").click()
    shell.get_by_role("link", name="Casus 1: jongere").click()
    expect(shell.get_by_role("heading", name="Casus 1: Fiets van Zwiep")).to_be_visible()
    expect(shell.get_by_role("button", name="Naar analyse")).to_have_count(0)
    expect(shell.get_by_role("checkbox")).to_have_count(0)
    shell.get_by_role("button", name="Zet op klaar").click()
    expect(shell.get_by_text("Alle acties zijn klaar.")).to_be_visible()

    page.get_by_role("button", name="Stop meewerken: Bo Verzonnen").click()
    page.get_by_role("button", name="Ja, stop").click()
    expect(page.get_by_text("Alleen de procesregisseur.")).to_be_visible()


def test_somebody_in_two_cases_is_said_to_be_one_and_shows_in_both(town: Town) -> None:
    case, other = start(town), start(town)
    surround(town, case)
    add(town, other, "Zwiepie", "jongere", zone="subject")
    page = town.phone("desk").page
    fresh(page, f"/#/casussen/{case}")
    fold = page.locator("details", has=page.get_by_text("Staat ook in een andere casus"))
    fold.locator("summary").click()
    fold.get_by_role("button", name="Kies een andere casus").click()
    fold.get_by_label("Wie of wat in deze casus?").select_option(label="Jongere A")
    fold.get_by_label("Welke andere casus?").select_option(label="Casus 2: jongere")
    fold.get_by_label("Wie of wat is dat daar?").select_option(label="Jongere A")
    fold.get_by_role("button", name="Dit is dezelfde").click()
    expect(fold.get_by_text("Jongere A: ook in casus 2")).to_be_visible()
    page.get_by_text("Hetzelfde als tabel").click()
    table = page.get_by_role("region", name="Tabel met relaties")
    expect(table.get_by_role("listitem").filter(has_text="Ook in casus 2")).to_be_visible()

    fresh(page, f"/#/casussen/{other}")
    fold.locator("summary").click()
    expect(fold.get_by_text("Jongere A: ook in casus 1")).to_be_visible()
    fold.get_by_role("button", name="Toch niet dezelfde").click()
    expect(fold.get_by_text("ook in casus 1")).to_have_count(0)


def test_a_report_goes_into_a_case_that_closes_when_its_reporter_heard(town: Town) -> None:
    case = start(town)
    town.ids["one"] = town.send("boa")
    page = town.phone("desk").page
    fresh(page, f"/#/postvak/{town.ids['one']}")
    page.get_by_role("button", name="Open de envelop").click()
    page.get_by_role("button", name="Zet in een casus").click()
    page.get_by_label("In welke casus?").select_option(label="Casus 1: jongere")
    page.get_by_role("button", name="Zet erin").click()
    page.get_by_role("link", name="Casus 1: jongere").click()
    expect(page.get_by_text("De melder wacht nog op antwoord")).to_be_visible()
    page.get_by_text("Plan de evaluatie").click()
    page.get_by_label("Dag van de evaluatie").fill("2027-02-01")
    page.get_by_label("Dag van de evaluatie").press("Enter")
    expect(page.get_by_text("evaluatie op 1 feb.")).to_be_visible()
    page.get_by_text("Sluit de casus").first.click()
    expect(page.get_by_text("1 melder heeft nog geen antwoord.")).to_be_visible()
    page.get_by_label("Wat heeft het opgeleverd?").fill("Hij gaat weer naar school.")
    expect(page.get_by_role("button", name="Sluit de casus")).to_be_disabled()

    town.answer("one", "taken_up", "")
    fresh(page, f"/#/casussen/{case}")
    page.get_by_text("Sluit de casus").first.click()
    page.get_by_label("Wat heeft het opgeleverd?").fill("Hij gaat weer naar school.")
    page.get_by_role("button", name="Sluit de casus").click()
    expect(page.get_by_role("heading", name="Hoe het afliep")).to_be_visible()
    expect(page.get_by_text("Hij gaat weer naar school.").first).to_be_visible()
    expect(page.get_by_text("Zet iemand of iets in het netwerk")).to_have_count(0)


def test_three_hundred_points_are_drawn_and_can_be_moved_and_read(town: Town) -> None:
    case = start(town)
    page = town.phone("desk").page
    crowd(page, 300)
    fresh(page, f"/#/casussen/{case}")
    expect(page.locator(".net canvas").first).to_be_attached()
    page.wait_for_function("() => performance.getEntriesByName('network-drawn').length > 0")
    drawing = page.get_by_role("region", name="Tekening van het netwerk")
    before = drawing.screenshot()
    drawing.press("ArrowLeft")
    page.wait_for_timeout(100)
    assert drawing.screenshot() != before
    page.get_by_text("Hetzelfde als tabel").click()
    table = page.get_by_role("region", name="Tabel met relaties")
    expect(table.get_by_role("row")).to_have_count(300)
    expect(table.get_by_role("listitem")).to_have_count(300)
