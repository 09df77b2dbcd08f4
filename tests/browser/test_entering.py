"""What came another way is entered in under a minute: so much has to be touched, and no more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seat import open_envelope, sit_down
from tests.browser.town import Town

# Somebody who is on the phone meanwhile finds a field and types no faster than this.
SECONDS_A_TOUCH, LETTERS_A_SECOND = 2.5, 2.0
WORDS = "Elke avond staat er een auto bij het pleintje."
NUMBER = "06 00 00 00 00"


def enter(page: Page, source: str, *touched: str, **typed: str) -> float:
    """Enter only what has to be entered; return how many seconds that takes somebody."""
    page.locator(f"#bron-{source}").check()
    for field, words in typed.items():
        page.locator(f"#{field}").fill(words)
    for one in touched:
        page.locator(f"#{one}").check()
    page.get_by_role("button", name="Verzegel en bewaar").click()
    expect(page.get_by_role("heading", name="Ingevoerd")).to_be_visible()
    touches = 2 + len(touched) + len(typed)
    return touches * SECONDS_A_TOUCH + len("".join(typed.values())) / LETTERS_A_SECOND


def test_a_call_takes_three_taps_and_two_fields(town: Town) -> None:
    page = sit_down(town, "desk", "/invoeren")
    assert enter(page, "phone", "basis-seen", wat=WORDS, bereik=NUMBER) < 60
    page.get_by_role("link", name="Naar de melding").click()
    expect(page.get_by_text("per telefoon", exact=True)).to_be_visible()
    # Sealed at once: the words are in the envelope and nowhere else.
    expect(page.get_by_text(WORDS)).to_have_count(0)
    open_envelope(page)
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text(NUMBER)).to_be_visible()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("mail", "per mail of brief"),
        ("conversation", "in een gesprek"),
        ("police", "van de politie"),
        ("anonymous_line", "van Meld Misdaad Anoniem"),
    ],
)
def test_every_way_is_noted_and_a_reporter_may_be_missing(
    town: Town, source: str, said: str
) -> None:
    page = sit_down(town, "desk", "/invoeren")
    nobody = () if source == "anonymous_line" else ("melder-no",)
    assert enter(page, source, "basis-heard", *nobody, wat=WORDS) < 60
    expect(page.get_by_text("Er is geen melder om te antwoorden.")).to_be_visible()
    page.get_by_role("link", name="Naar de melding").click()
    expect(page.get_by_text(said, exact=True)).to_be_visible()
    open_envelope(page)
    expect(page.get_by_text("Er is geen melder om te antwoorden.")).to_be_visible()


def test_what_was_told_by_phone_is_suggested_beside_what_the_app_sent(town: Town) -> None:
    seen = town.send("boa")
    page = sit_down(town, "desk", "/invoeren")
    page.locator("#wie-0").fill("Zwieb")
    page.locator("#buurt").select_option("BU02670102")
    enter(page, "police", "basis-suspected", wat=WORDS, bereik=NUMBER)
    town.installation.run("overlap", "run")
    page = sit_down(town, "desk", f"/postvak/{seen}")
    open_envelope(page)
    like = page.get_by_role("article", name="Gemeente intern")
    expect(like).to_contain_text("waarschijnlijk dezelfde bijnaam")
