"""What people write is text at the desk, whatever it looks like; and who is shielded stays so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import reporting
from tests.browser.authenticator import give_authenticator
from tests.browser.installation import Installation
from tests.browser.phone import LAPTOP, Phone
from tests.browser.town import Town, enter
from tests.push_service import PushService

# Every way in that text has had, in one string; where one works it leaves a trace on the page.
EVIL = (
    """"'><img src=x onerror="window.ran='img'"><script>window.ran='script'</script>"""
    """<svg onload="window.ran='svg'"><a href="javascript:window.ran='a'">klik</a>"""
    """<iframe srcdoc="<script>parent.ran='frame'</script>"></iframe>"""
    """<style>body{display:none}</style><base href="//elders.example/">{{7*7}}${7*7}"""
)
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""
# Parts that no page of ours makes by itself, and what ran.
TRACES = """() => ({
  ran: window.ran ?? null,
  violations: window.violations,
  foreign: document.querySelectorAll(
    'iframe, base, object, embed, body style, body script, img[src="x"], [onerror], [onload], '
    + 'a[href^="javascript"]').length,
})"""
CLEAN = {"ran": None, "violations": [], "foreign": 0}


@pytest.fixture
def town(
    browser: Browser,
    installation: Installation,
    push: PushService,
    make_phone: Callable[..., Phone],
    make_laptop: Callable[..., Phone],
) -> Town:
    """A reporter, a desk and a beheerder whose very names mean harm."""
    town = Town(browser, installation, push)
    for who, role, card, kind in (
        ("boa", "melder", "boa", "gemeente"),
        ("desk", "procesregisseur", None, "gemeente"),
        ("keeper", "beheerder", None, "gemeente"),
    ):
        phone = make_laptop(size=LAPTOP) if card is None else make_phone()
        phone.context.add_init_script(WATCH)
        phone.open("/#/kaarten")
        enter(phone, installation.invite(role, f"{role} {EVIL}"[:200], card, kind))
        town.phones[who] = phone
    return town


def find_traces(page: Page, path: str, *texts: str) -> list[str]:
    """Open a screen where these must be readable; return what else came of them."""
    page.goto("about:blank")
    page.goto(path)
    for text in texts:
        expect(page.get_by_text(text).first).to_be_visible()
    page.wait_for_timeout(200)
    found = page.evaluate(TRACES)
    return [] if found == CLEAN else [f"{path}: {found}"]


def test_nothing_that_people_write_runs_or_becomes_part_of_a_page(town: Town) -> None:
    written = {
        "v": 1,
        "what": EVIL,
        "where": EVIL,
        "at": EVIL,
        # The desk may not write what is a name here, and writes the rest.
        "persons": [{"name": f"{EVIL}Q", "age": EVIL, "description": EVIL}],
        "answers": {"informed": EVIL, "without_name": EVIL, EVIL: EVIL},
    }
    plain: dict[str, Any] = {
        "kind": "observation",
        "card": "boa",
        "card_version": 1,
        "signals": ["BOA-08"],
        "protective": [],
        "area": None,
        "date": "2026-11-20",
        "basis": "seen",
        "desk": "sociaal",
        "urgency": "today",
    }
    one = town.hand_in("boa", written=written, **plain)
    late = town.hand_in("boa", written=written, **{**plain, "card": "weg", EVIL: EVIL})
    town.hand_in("boa", kind="addition", written={"v": 1, "text": EVIL}, parent=one)
    town.call("desk", "POST", f"/observations/{one}/openings", {"purpose": "cover", "note": EVIL})
    answer = {"id": str(uuid4()), "kind": "question", "text": f"Vraag {EVIL}"}
    town.call("desk", "POST", f"/observations/{one}/feedback", answer)

    desk = town.phone("desk").page
    found = find_traces(desk, "/#/postvak", "Alles")
    found += find_traces(desk, f"/#/postvak/{one}", "Deze envelop is nog dicht")
    desk.get_by_role("button", name="Open de envelop").click()
    expect(desk.get_by_text("onerror").first).to_be_visible()
    found += [str(desk.evaluate(TRACES))] if desk.evaluate(TRACES) != CLEAN else []
    found += find_traces(desk, "/#/nakomers", "Deze signaalkaart bestaat hier niet.")
    town.call("desk", "POST", f"/late-box/{late}/openings", {"purpose": "handle"})
    found += find_traces(town.phone("keeper").page, "/#/uitnodigen/mensen", "onerror")
    boa = town.phone("boa").page
    found += find_traces(boa, f"/#/mijn/{one}", "onerror")
    found += find_traces(boa, "/#/instellingen", "onerror")
    assert found == []


def test_what_harms_is_read_from_no_address_either(make_phone: Callable[..., Phone]) -> None:
    phone = make_phone()
    phone.context.add_init_script(WATCH)
    for path in (
        f"/#/uitnodiging/{EVIL}",
        f"/#/kaart/{EVIL}",
        f"/?x={EVIL}#/zoek/{EVIL}",
        "/#javascript:window.ran='hash'",
    ):
        phone.page.goto("about:blank")
        phone.page.goto(path)
        expect(phone.page.locator("h1").first).to_be_visible()
        assert phone.page.evaluate(TRACES) == CLEAN, path


def report_shielded(phone: Phone) -> str:
    page = phone.page
    page.goto("/#/melden/onderwijs/1")
    page.get_by_label("Vertel wat je zag of hoorde").fill("Een verzonnen jongen telde briefjes.")
    page.locator("label", has_text="Zelf gezien").click()
    page.get_by_role("button", name="Verder: waar en wanneer").click()
    page.locator("#buurt").select_option("unknown")
    page.get_by_role("button", name="Verder: wie").click()
    page.get_by_label("Meld afgeschermd").check()
    expect(page.get_by_text("Schrijf in je melding niet op wie jij bent.")).to_be_visible()
    phone.shoot("afgeschermd-melden")
    page.get_by_role("button", name="Verder: nakijken").click()
    expect(page.get_by_text("Afgeschermd", exact=True)).to_be_visible()
    one = reporting.seal_report(page)
    phone.wait_until_arrived([one])
    return one


def desk_with_passkey(make_laptop: Callable[..., Phone]) -> Phone:
    laptop = make_laptop(size=LAPTOP)
    give_authenticator(laptop)
    laptop.open("/#/kaarten")
    link = laptop.installation.invite("procesregisseur", "Samira Voorbeeld")
    laptop.page.goto("/#/" + link.split("#/")[1])
    laptop.page.get_by_role("button", name="Log in op dit toestel").click()
    laptop.page.get_by_role("button", name="Stel een passkey in").click()
    laptop.page.wait_for_url("**/#/postvak")
    return laptop


def test_who_reports_shielded_is_seen_only_after_a_reason_and_a_passkey(
    make_phone: Callable[..., Phone], make_laptop: Callable[..., Phone]
) -> None:
    phone, laptop = make_phone(), desk_with_passkey(make_laptop)
    phone.sign_in("melder", name="Doris Bedacht", card="onderwijs")
    one = report_shielded(phone)
    page: Any = laptop.page
    page.goto(f"/#/postvak/{one}")
    page.get_by_role("button", name="Open de envelop").click()
    expect(page.get_by_text("Afgeschermde melder.", exact=True)).to_be_visible()
    expect(page.get_by_text("Van een afgeschermde melder.")).to_be_visible()
    laptop.shoot("afgeschermd-loket")
    assert "Doris" not in page.content()
    page.get_by_role("button", name="Zie wie dit meldde").click()
    laptop.shoot("afgeschermd-reden")
    page.get_by_role("button", name="Laat zien").click()
    expect(page.get_by_text("Kies een reden.")).to_be_visible()
    page.get_by_label("Waarom wil je weten wie dit meldde?").select_option("contact")
    # The passkey was used long ago by now.
    laptop.installation.change("UPDATE session SET confirmed_at = '2026-01-01 00:00:00.000000'")
    page.get_by_role("button", name="Laat zien").click()
    expect(page.get_by_text("Dit meldde Doris Bedacht, Melder")).to_be_visible()
    expect(page.get_by_text("Bekeken wie dit meldde door jou")).to_be_visible()
    laptop.shoot("afgeschermd-open")
    page.reload()
    expect(page.get_by_text("Deze envelop is nog dicht")).to_be_visible()
    assert "Doris" not in page.content()
