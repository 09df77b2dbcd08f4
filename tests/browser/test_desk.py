"""The desk at work: emptying the list, entering a call, and two people at the same report."""

from __future__ import annotations

import re
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.browser.seat import open_envelope, sit_down
from tests.browser.town import Town, fresh


def send(page: Page, kind: str, text: str = "") -> None:
    page.locator(f"#zin-{kind}").check()
    page.locator("#eigen").fill(text)
    page.get_by_role("button", name="Stuur terugkoppeling").click()


def test_the_list_is_emptied_by_answering_one_after_the_other(town: Town) -> None:
    ids = [town.send("boa", date=f"2026-11-1{day}") for day in range(3)]
    page = sit_down(town, "desk", f"/postvak/{ids[0]}")
    for left in (2, 1, 0):
        open_envelope(page)
        page.locator("#zin-no_follow_up").check()
        page.locator("#afronden").check()
        page.get_by_role("button", name="Stuur terugkoppeling").click()
        if left:
            expect(page.get_by_text("Dit is de volgende.")).to_be_visible()
            expect(page.get_by_text("Deze envelop is nog dicht.")).to_be_visible()
    expect(page.get_by_text("De melder leest dit bij Mijn meldingen")).to_be_visible()
    states = {town.call("desk", "GET", f"/observations/{one}")["state"] for one in ids}
    assert states == {"closed"}
    fresh(page, "/#/postvak")
    expect(page.get_by_text("Alles is gelezen.")).to_be_visible()


def test_a_call_is_entered_answered_and_ticked_off_although_the_first_answer_got_lost(
    town: Town,
) -> None:
    page = sit_down(town, "desk", "/invoeren")
    page.locator("#bron-phone").check()
    page.locator("#wat").fill("Elke avond staat er een auto bij het pleintje.")
    page.locator("#basis-seen").check()
    page.locator("#wie-0").fill("Zwiep")
    page.locator("#bereik").fill("06 00 00 00 00")
    # It arrives, but nobody hears that it did.
    page.route("**/api/v1/observations", lambda route: (route.fetch(), route.abort()))
    page.get_by_role("button", name="Verzegel en bewaar").click()
    expect(page.get_by_text("We weten niet of dit is aangekomen.")).to_be_visible()
    assert page.locator("#wat").is_disabled()
    page.unroute("**/api/v1/observations")
    page.get_by_role("button", name="Verzegel en bewaar").click()
    expect(page.get_by_role("heading", name="Ingevoerd")).to_be_visible()
    items = town.call("desk", "GET", "/inbox")["items"]
    assert [item["source"] for item in items].count("phone") == 1
    page.get_by_role("link", name="Naar de melding").click()
    expect(page.get_by_text("per telefoon", exact=True)).to_be_visible()
    open_envelope(page)
    expect(page.get_by_text("06 00 00 00 00")).to_be_visible()
    page.locator("#zin-taken_up").check()
    page.get_by_role("button", name="Vink af").click()
    expect(page.get_by_text("Kies hoe je het vertelde.")).to_be_visible()
    page.locator("#verteld-phone").check()
    page.get_by_role("button", name="Vink af").click()
    expect(page.get_by_text("De melder heeft dit van jou gehoord.")).to_be_visible()
    fresh(page, "/#/mijn")
    expect(page.get_by_role("heading", name="Nog geen meldingen")).to_be_visible()


def test_the_second_of_two_who_answer_sees_both_texts_and_keeps_the_own(town: Town) -> None:
    report = town.send("boa")
    mine = sit_down(town, "desk", f"/postvak/{report}")
    open_envelope(mine)
    mine.locator("#volgende").uncheck()
    mine.locator("#zin-contact").check()
    mine.locator("#eigen").fill("Ik bel je morgen.")
    theirs = sit_down(town, "other desk", f"/postvak/{report}")
    theirs.locator("#reden").select_option("consult")
    open_envelope(theirs)
    send(theirs, "watching", "Dank je wel.")
    expect(theirs.get_by_text("Verstuurd. De melder leest dit")).to_be_visible()
    mine.get_by_role("button", name="Stuur terugkoppeling").click()
    clash = mine.get_by_role("alert")
    expect(clash).to_contain_text("Mark Proefman heeft dit net ook veranderd.")
    expect(clash).to_contain_text("We kijken mee: Dank je wel.")
    expect(clash).to_contain_text("Iemand neemt contact met je op: Ik bel je morgen.")
    clash.get_by_role("button", name="Laat het zo").click()
    expect(mine.locator("#eigen")).to_have_value("Ik bel je morgen.")
    mine.get_by_role("button", name="Stuur terugkoppeling").click()
    expect(mine.get_by_text("Verstuurd. De melder leest dit")).to_be_visible()
    lines = town.call("desk", "GET", f"/observations/{report}")["timeline"]
    assert [line["detail"] for line in lines if line["kind"] == "feedback"] == [
        "watching",
        "contact",
    ]


def test_whom_the_desk_brings_in_stands_in_the_timeline_and_the_other_desk_takes_over(
    town: Town,
) -> None:
    report = town.send("boa")
    page = sit_down(town, "desk", f"/postvak/{report}")
    open_envelope(page)
    page.get_by_role("button", name="Haal iemand erbij").click()
    page.locator("#wie").select_option("veilig-thuis")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_text("Kies een grond.")).to_be_visible()
    page.locator("#grond").select_option("meldcode")
    page.locator("#gedeeld").fill("Wat er gezien is, zonder naam.")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_text("Neem zelf contact op.")).to_be_visible()
    expect(page.get_by_text("Veilig Thuis erbij gehaald door jou")).to_be_visible()
    page.get_by_role("button", name="Geef aan het loket veiligheid").click()
    page.locator("#overdracht").fill("Kijk vooral naar de plek.")
    page.get_by_role("button", name="Geef door").click()
    expect(page.get_by_text("Aan loket veiligheid gegeven door jou")).to_be_visible()
    other = sit_down(town, "other desk", f"/postvak/{report}")
    open_envelope(other)
    expect(other.get_by_text("Kijk vooral naar de plek.")).to_be_visible()
    expect(other.get_by_text("Wat er gezien is, zonder naam.")).to_be_visible()


def test_the_kind_of_signal_is_a_filter_that_stays_in_the_address(town: Town) -> None:
    town.send("boa", signals=["BOA-05"])
    page = sit_down(town, "desk", "/postvak")
    page.locator("#f-group").select_option("geld-en-spullen")
    expect(page).to_have_url(re.compile("group=geld-en-spullen"))
    page.reload()
    expect(page.locator("#f-group")).to_have_value("geld-en-spullen")
    expect(page.locator(".mail a")).to_have_count(1)


def test_a_filter_is_kept_under_a_name_of_ones_own_and_applies_through_the_address(
    town: Town,
) -> None:
    page = sit_down(town, "desk", "/postvak")
    page.locator("#f-urgency").select_option("today")
    page.get_by_role("button", name="Bewaar dit filter").click()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Geef het filter een naam")).to_be_visible()
    page.locator("#f-naam").fill("Spoed van vandaag")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    link = page.get_by_role("link", name="Spoed van vandaag")
    expect(link).to_have_attribute("aria-current", "true")
    fresh(page, "/#/postvak")
    link.click()
    expect(page).to_have_url(re.compile("urgency=today"))
    page.get_by_role("button", name="Haal het filter Spoed van vandaag weg").click()
    expect(link).to_have_count(0)


def test_a_colleague_at_the_same_report_is_named_until_they_leave(town: Town) -> None:
    report = town.send("boa")
    mine = sit_down(town, "desk", f"/postvak/{report}")
    open_envelope(mine)
    theirs = sit_down(town, "other desk", f"/postvak/{report}")
    expect(theirs.get_by_text("Ook hier: Samira Voorbeeld")).to_be_visible()
    theirs.locator("#reden").select_option("consult")
    open_envelope(theirs)
    expect(mine.get_by_text("Ook hier: Mark Proefman")).to_be_visible(timeout=40_000)
    mine.get_by_role("link", name="Postvak").first.click()
    rows = "SELECT count(*) FROM presence WHERE observation_id = ?"
    expect(theirs.get_by_text("Ook hier")).to_have_count(0, timeout=40_000)
    assert town.installation.rows(rows, UUID(report).hex) == [(1,)]


def test_what_came_late_gets_a_place_or_an_end(town: Town) -> None:
    item = town.send("boa", card="weg")
    lost = town.send("boa", card="ook-weg")
    page = sit_down(town, "desk", "/nakomers")

    def open_first() -> None:
        page.get_by_role("button", name="Open", exact=False).first.click()
        page.get_by_role("button", name="Open de envelop").click()
        expect(page.get_by_text("Gestuurd door")).to_be_visible()

    open_first()
    page.get_by_label("Maak er een gewone melding van").check()
    page.get_by_label("Bij welke kaart hoort dit?").select_option("boa")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_text("Het heeft een plek.")).to_be_visible()
    page.get_by_role("link", name="Naar de melding").click()
    expect(page.get_by_text("Deze envelop is nog dicht.")).to_be_visible()
    assert town.call("desk", "GET", f"/observations/{item}")["card"] == "boa"
    fresh(page, "/#/nakomers")
    open_first()
    page.get_by_label("Ik heb de melder gesproken").check()
    page.get_by_label("Hoe heb je het verteld?").select_option("phone")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_text("Vastgelegd.")).to_be_visible()
    expect(page.get_by_text("Er wacht niets.")).to_be_visible()
    page.get_by_text("Afgehandeld").click()
    expect(page.get_by_text("Verteld per telefoon, door Samira Voorbeeld")).to_be_visible()
    told = {one["id"]: one["settled_as"] for one in town.call("desk", "GET", "/late-box")["items"]}
    assert told == {lost: "phone"}
