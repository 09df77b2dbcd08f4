"""One answer for every reporter of a bundle: in the app, by phone, and never two by accident."""

from __future__ import annotations

from uuid import UUID, uuid4

from playwright.sync_api import Page, expect

from tests.browser import accessibility as look
from tests.browser.seat import sit_down
from tests.browser.town import Town, fresh

SCHOOL = {"card": "onderwijs", "protective": [], "signals": ["OND-05"]}


def bundle(town: Town, *ids: str) -> str:
    body = {"observations": list(ids), "reasons": ["by_hand"]}
    return str(town.call("desk", "POST", "/bundles", body)["id"])


def answer(page: Page, count: str) -> None:
    page.get_by_role("button", name=f"Stuur aan {count}").click()


def test_everybody_hears_it_and_who_has_no_app_is_ticked_off(town: Town) -> None:
    seen, heard, called = town.send("boa"), town.send("teacher", **SCHOOL), town.enter_call()
    page = sit_down(town, "desk", f"/bundels/{bundle(town, seen, heard, called)}")
    expect(page.get_by_text("3 van 3 melders wachten op antwoord.")).to_be_visible()
    page.locator("#zin-allen-watching").check()
    page.get_by_role("button", name="Stuur terugkoppeling").click()
    expect(page.get_by_text("Vink aan bij wie je hebt gekeken.")).to_be_visible()
    for one in (seen, heard, called):
        page.locator(f"#aan-{one}").check()
    answer(page, "3 melders")
    expect(page.get_by_text("Kies hoe je het vertelde.")).to_be_visible()
    expect(page.locator(f"#verteld-{called}")).to_be_focused()
    page.locator(f"#verteld-{called}").select_option("phone")
    page.locator("#eigen-allen").fill("We letten op Zwiep.")
    answer(page, "3 melders")
    # Nobody hears anything when one of them may not hear it.
    expect(page.get_by_role("alert")).to_contain_text("Niemand heeft iets gekregen.")
    row = page.locator("li", has=page.locator(f"#aan-{seen}"))
    expect(row).to_contain_text("In deze zin staat een naam uit de melding.")
    assert town.installation.rows("SELECT count(*) FROM feedback") == [(0,)]

    page.locator("#eigen-allen").fill("Dank je wel.")
    answer(page, "3 melders")
    expect(page.get_by_text("Vastgelegd voor 3 melders.")).to_be_visible()
    expect(page.get_by_text("Alle melders kregen antwoord.")).to_be_visible()
    told = town.installation.rows("SELECT told FROM feedback ORDER BY told IS NULL")
    assert told == [("phone",), (None,), (None,)]
    phone = town.phone("teacher").page
    fresh(phone, f"/#/mijn/{heard}")
    expect(phone.get_by_text("We kijken mee. Dank je wel.")).to_be_visible()
    assert "bundel" not in phone.locator("main").inner_text().casefold()


def test_who_told_it_without_a_name_is_not_on_the_list(town: Town) -> None:
    seen, called = town.send("boa"), town.enter_call()
    nobody = "UPDATE observation SET source = 'anonymous_line', no_feedback_reason = 'nobody'"
    town.installation.change(f"{nobody} WHERE id = ?", UUID(called).hex)
    page = sit_down(town, "desk", f"/bundels/{bundle(town, seen, called)}")
    expect(page.get_by_text("1 van 1 melders wacht op antwoord.")).to_be_visible()
    expect(page.get_by_text("Wie zonder naam meldde, staat er niet bij.")).to_be_visible()
    expect(page.locator(f"#aan-{called}")).to_have_count(0)


def test_the_second_of_two_who_answer_all_sees_what_the_first_said(town: Town) -> None:
    ids = [town.send("boa"), town.send("teacher", **SCHOOL)]
    page = sit_down(town, "desk", f"/bundels/{bundle(town, *ids)}")
    for one in ids:
        page.locator(f"#aan-{one}").check()
    # Opening them afterwards is one's own step, and holds up nothing.
    page.get_by_role("button", name="Open alle enveloppen").click()
    expect(page.locator(".inside .letter")).to_have_count(2)
    page.locator("#zin-allen-contact").check()
    page.locator("#eigen-allen").fill("Ik bel je morgen.")
    theirs = {"id": str(uuid4()), "kind": "watching", "text": None}
    town.call("other desk", "POST", f"/observations/{ids[0]}/feedback", theirs)
    answer(page, "2 melders")
    clash = page.get_by_role("alert")
    expect(clash).to_contain_text("Iemand was je net voor. Er is nog niets verstuurd.")
    expect(clash).to_contain_text("Terugkoppeling gestuurd door Mark Proefman: We kijken mee")
    expect(clash).to_contain_text("Iemand neemt contact met je op: Ik bel je morgen.")
    assert look.find_violations(page) == []
    expect(page.locator(f"#aan-{ids[0]}")).not_to_be_checked()
    expect(page.locator("#eigen-allen")).to_have_value("Ik bel je morgen.")
    answer(page, "1 melder")
    expect(page.get_by_text("Vastgelegd voor 1 melder.")).to_be_visible()
    given = "SELECT kind FROM feedback WHERE observation_id = ?"
    assert town.installation.rows(given, UUID(ids[0]).hex) == [("watching",)]
    assert town.installation.rows(given, UUID(ids[1]).hex) == [("contact",)]
