"""Whom the desk brings in, on which ground, and who of the people it is about must still hear."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.seat import open_envelope, sit_down
from tests.browser.town import Town, fresh

KINDS = (
    *("Politie", "Jeugdhulp", "Veilig Thuis", "Leerplicht", "Schuldhulp", "Halt", "Jongerenwerk"),
    *("Zorg- en Veiligheidshuis", "RIEC of Ondermijningstafel", "Openbaar Ministerie"),
    "Reclassering",
)


def note(page: Page) -> None:
    page.locator(".step").get_by_role("button", name="Leg vast").click()


def test_every_kind_is_brought_in_with_its_ground_and_what_was_shared(town: Town) -> None:
    report = town.send("boa")
    page = sit_down(town, "desk", f"/postvak/{report}")
    open_envelope(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    grounds = []
    for number, kind in enumerate(KINDS):
        page.get_by_role("button", name="Haal iemand erbij").click()
        expect(page.get_by_text("De signaalkaart verstuurt niets.")).to_be_visible()
        page.locator("#wie").select_option(label=kind)
        grounds.append(page.locator("#grond option").nth(1).inner_text().lower())
        page.locator("#grond").select_option(index=1)
        if number == 0:
            note(page)
            expect(page.get_by_text("Schrijf op wat je deelde.")).to_be_visible()
        page.locator("#gedeeld").fill(f"Deel {number}, zonder naam.")
        note(page)
        expect(page.get_by_text(f"{kind} erbij gehaald door jou")).to_be_visible()
        expect(page.get_by_text("Vastgelegd. Neem zelf contact op.")).to_be_visible()
    # What was shared lies sealed, so it is read with the envelope.
    fresh(page, f"/#/postvak/{report}")
    expect(page.get_by_text("Deze envelop is nog dicht.")).to_be_visible()
    expect(page.get_by_text("Gedeeld:")).to_have_count(0)
    open_envelope(page)
    for number, (kind, ground) in enumerate(zip(KINDS, grounds, strict=True)):
        shown = page.locator("p", has_text=f"Gedeeld: Deel {number}, zonder naam.")
        expect(shown).to_contain_text(f"{kind}, door Samira Voorbeeld. Grond: {ground}.")
    # Nothing goes by itself to whom was brought in.
    assert {url for url in sent if not url.startswith(town.installation.url)} == set()


def test_who_is_named_was_told_on_a_day_or_there_is_a_reason_why_not_yet(town: Town) -> None:
    report = town.send("boa")
    page = sit_down(town, "desk", f"/postvak/{report}")
    open_envelope(page)
    expect(page.get_by_text("Nog niet vastgelegd. De naam is gelezen op")).to_be_visible()
    page.get_by_text("Leg vast", exact=True).click()
    page.get_by_role("button", name="Leg vast: nog niet").click()
    reason, day = page.locator(f"#nog-niet-{report}"), page.locator(f"#verteld-{report}")
    expect(page.get_by_text("Kies waarom nog niet.")).to_be_visible()
    expect(reason).to_be_focused()
    reason.select_option("unreachable")
    page.get_by_role("button", name="Leg vast: nog niet").click()
    expect(page.get_by_text("Informeren uitgesteld door jou")).to_be_visible()
    expect(page.get_by_text("We kunnen niemand bereiken").first).to_be_visible()

    fresh(page, "/#/rechten/informeren")
    row = page.locator("li", has=page.locator(f"#verteld-{report}"))
    expect(row).to_contain_text("we kunnen niemand bereiken")
    day.fill("")
    row.get_by_role("button", name="Leg vast: verteld").click()
    expect(row.get_by_text("Kies de dag waarop het is verteld.")).to_be_visible()
    expect(day).to_be_focused()
    day.fill("2999-01-01")
    row.get_by_role("button", name="Leg vast: verteld").click()
    expect(row.get_by_text("Kies een dag die al geweest is.")).to_be_visible()
    day.fill("2026-11-21")
    row.get_by_role("button", name="Leg vast: verteld").click()
    expect(page.get_by_text("Vastgelegd bij bonnummer")).to_be_visible()
    expect(day).to_have_count(0)
    told = town.call("desk", "GET", f"/observations/{report}")["timeline"]
    assert [one["detail"] for one in told if one["kind"] == "informing"] == [
        "not_yet:unreachable",
        "informed",
    ]
