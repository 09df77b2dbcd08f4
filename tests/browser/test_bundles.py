"""The desk sees what looks alike, joins it, opens it with one reason, and takes it apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import accessibility as look
from tests.browser.town import Town, fresh


@pytest.fixture
def town(new_town: Town) -> Town:
    """Each test begins where nobody did anything yet."""
    return new_town


def named(name: str) -> dict:
    return {
        "v": 1,
        "what": "Iemand in een grijze auto geeft de jongen een tasje.",
        "where": "Parkeerplaats",
        "at": "2026-11-20T21:42",
        "persons": [{"name": name, "age": "12_15", "description": ""}],
        "answers": {"informed": "no", "without_name": False, "call_back": False},
    }


def open_report(page: Page, observation: str) -> None:
    fresh(page, f"/#/postvak/{observation}")
    page.get_by_role("button", name="Open de envelop").click()
    expect(page.get_by_role("heading", name="Antwoord aan de melder")).to_be_visible()


def test_two_professionals_saw_one_boy_and_the_desk_brings_that_together(town: Town) -> None:
    seen = town.send("boa", signals=["BOA-08"])
    school = {"card": "onderwijs", "protective": []}
    heard = town.send("teacher", signals=["OND-05"], date="2026-11-07", **school)
    page = town.phone("desk").page
    town.installation.run("overlap", "run")
    open_report(page, seen)
    like = page.get_by_role("article", name="Onderwijs, 7 nov.")
    expect(like).to_contain_text("Zelfde buurt, binnen 3 weken, dezelfde naam of bijnaam.")
    like.get_by_role("button", name="Bundel").click()
    expect(page.get_by_text("Onderwijs, 7 nov. zit nu in dezelfde bundel.")).to_be_visible()
    expect(page.get_by_text("In een bundel gezet door jou")).to_be_visible()

    page.get_by_role("link", name="Bekijk de bundel").click()
    expect(page.get_by_role("heading", name="Bundel Groot Corlaer")).to_be_visible()
    page.get_by_role("button", name="Open alle enveloppen").click()
    expect(page.locator(".inside .letter")).to_have_count(2)
    expect(page.locator(".inside .letter").first).to_contain_text("grijze auto")
    opened = "SELECT count(*) FROM audit_event WHERE action = 'open' AND purpose = 'handle'"
    assert town.installation.rows(opened) == [(3,)]

    bundle = page.url.partition("#")[2]
    page.get_by_role("link", name="Begin een casus").click()
    page.get_by_label("Waar gaat het over?").fill("Tasjes bij de bankjes")
    page.get_by_role("button", name="Begin de casus").click()
    expect(page.get_by_role("heading", name="Casus 1: Tasjes bij de bankjes")).to_be_visible()
    expect(page.get_by_text("2 meldingen.")).to_be_visible()

    fresh(page, f"/#{bundle}")
    page.get_by_role("button", name="Haal eruit").first.click()
    page.get_by_role("button", name="Haal eruit", exact=True).click()
    expect(page.get_by_text("Deze bundel is uit elkaar gehaald")).to_be_visible()
    page.get_by_text("Uit deze bundel gehaald").click()
    expect(page.locator(".takenout li")).to_have_count(2)
    told = town.call("teacher", "GET", "/account/log")["items"]
    assert {one["action"] for one in told if one["subject"] == "observation"} <= {
        "open",
        "show",
        "other",
    }
    assert town.call("desk", "GET", f"/observations/{heard}")["answered"] is False


def test_what_does_not_belong_is_said_once(town: Town) -> None:
    seen = town.send("boa", signals=["BOA-08"])
    town.send("boa", signals=["BOA-09"], written=named("Zwieb"))
    page = town.phone("desk").page
    town.installation.run("overlap", "run")
    open_report(page, seen)
    like = page.get_by_role("article", name="Boa, 20 nov.")
    expect(like).to_contain_text("waarschijnlijk dezelfde bijnaam")
    like.get_by_role("button", name="Hoort er niet bij").click()
    expect(page.get_by_text("stellen we hier niet meer voor")).to_be_visible()
    open_report(page, seen)
    expect(page.get_by_text("Geen andere melding lijkt hierop.")).to_be_visible()


def test_two_bundles_about_the_same_become_one(town: Town) -> None:
    ids = [town.send("boa") for _ in range(4)]
    one, other = (
        town.call("desk", "POST", "/bundles", {"observations": pair, "reasons": ["by_hand"]})["id"]
        for pair in (ids[:2], ids[2:])
    )
    page = town.phone("desk").page
    fresh(page, f"/#/bundels/{one}")
    page.get_by_text("Voeg een andere bundel hierbij").click()
    page.get_by_role("button", name="Voeg samen").click()
    expect(page.get_by_text("Kies een bundel.")).to_be_visible()
    assert look.find_violations(page) == []
    page.locator("#samen-met").select_option(other)
    page.get_by_role("button", name="Voeg samen").click()
    expect(page.get_by_text("De bundels zijn samengevoegd.")).to_be_visible()
    expect(page.locator(".inside > li")).to_have_count(4)
    fresh(page, f"/#/bundels/{other}")
    page.get_by_role("link", name="Bekijk die bundel").click()
    expect(page.locator(".inside > li")).to_have_count(4)


def test_a_merger_takes_nothing_from_the_reporters_and_what_is_taken_out_stays_away(
    town: Town,
) -> None:
    seen, again = town.send("boa"), town.send("boa", signals=["BOA-08"])
    heard = town.send("teacher", card="onderwijs", protective=[], signals=["OND-05"])
    told = town.send("teacher", card="onderwijs", protective=[], signals=["OND-05"])
    town.installation.run("overlap", "run")
    town.ids |= {"seen": seen}
    town.answer("seen", "watching", "Dank je wel.")
    one, other = (
        town.call("desk", "POST", "/bundles", {"observations": pair, "reasons": ["by_hand"]})["id"]
        for pair in ([seen, again], [heard, told])
    )
    page = town.phone("desk").page
    version = town.call("desk", "GET", f"/bundles/{one}")["version"]
    town.call("desk", "POST", f"/bundles/{one}/mergers", {"bundle": other, "version": version})
    for who, report, line in (
        ("boa", seen, "We kijken mee. Dank je wel."),
        ("teacher", heard, "Jouw melding"),
    ):
        phone = town.phone(who).page
        fresh(phone, f"/#/mijn/{report}")
        expect(phone.get_by_text(line).first).to_be_visible()
        assert "bundel" not in phone.locator("main").inner_text().casefold()

    fresh(page, f"/#/bundels/{one}")
    row = page.locator(".inside > li", has=page.locator(f"a[href='#/postvak/{told}']"))
    row.get_by_role("button", name="Haal eruit").click()
    expect(row).to_contain_text("We stellen hem hier niet meer voor.")
    row.get_by_role("button", name="Haal eruit", exact=True).click()
    expect(page.get_by_text("is uit de bundel.")).to_be_visible()
    expect(page.get_by_role("heading", name="Lijkt hier ook op")).to_have_count(0)

    # Whoever thinks again puts it back by hand.
    open_report(page, told)
    expect(page.get_by_text("In een andere bundel gezet door jou")).to_be_visible()
    expect(page.get_by_text("Uit de bundel gehaald door jou")).to_be_visible()
    expect(page.get_by_text("Geen andere melding lijkt hierop.")).to_be_visible()
    page.get_by_text("Bundel zelf met een andere melding").click()
    page.locator("#zelf-bundelen").select_option(seen)
    expect(page.get_by_text("Die melding zit al in een bundel.")).to_be_visible()
    page.get_by_role("button", name="Zet erbij").click()
    expect(page.get_by_text("Deze melding zit in een bundel.")).to_be_visible()
    inside = town.call("desk", "GET", f"/bundles/{one}")["members"]
    assert {stay["observation"]["id"] for stay in inside} == {seen, again, heard, told}


def test_a_gemeente_that_wants_no_suggestions_gets_none_and_bundles_by_hand(town: Town) -> None:
    settings = Path(town.installation.environ["CONTENT_DIR"]) / "gemeente.toml"
    words = settings.read_text()
    assert "suggestions = true" in words
    settings.write_text(words.replace("suggestions = true", "suggestions = false"))
    town.installation.stop_web()
    town.installation.start_web()
    town.installation.wait_for_web()
    seen, again = town.send("boa"), town.send("boa")
    page = town.phone("desk").page
    town.installation.run("overlap", "run")
    open_report(page, seen)
    expect(page.get_by_text("Voorstellen staan uit in deze gemeente.")).to_be_visible()
    expect(page.get_by_role("button", name="Hoort er niet bij")).to_have_count(0)
    page.get_by_text("Bundel zelf met een andere melding").click()
    page.get_by_role("button", name="Bundel", exact=True).click()
    expect(page.get_by_text("Kies een melding.")).to_be_visible()
    page.locator("#zelf-bundelen").select_option(again)
    page.locator("#zelf-waarom").fill("Hetzelfde tasje.")
    page.get_by_role("button", name="Bundel", exact=True).click()
    expect(page.get_by_text("De meldingen zitten nu in een bundel.")).to_be_visible()
    page.get_by_role("link", name="Bekijk de bundel").click()
    page.get_by_role("button", name="Open alle enveloppen").click()
    expect(page.get_by_text("Hetzelfde tasje.")).to_be_visible()
