"""The list of one person: what is in each view, how much, and page after page."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from playwright.sync_api import Page, expect

from tests.browser.seat import sit_down
from tests.browser.town import Town

MANY = 104
AT_ONCE = 26


def count(page: Page, view: str) -> str:
    link = page.locator(".rail nav").get_by_role("link", name=view)
    return link.locator(".n").inner_text()


def send_many(town: Town, number: int) -> None:
    """Hand in so many reports with nothing but a signal, like a phone that was long away."""
    told = town.call("boa", "GET", "/session")
    by, request = told["person"]["id"], {"device": told["device"], "app_version": "0"}
    plain = {"card": "boa", "card_version": 1, "signals": ["BOA-08"], "protective": []}
    plain |= {"area": "BU02670102", "date": "2026-11-20", "basis": "seen", "desk": "sociaal"}
    plain |= {"kind": "observation", "urgency": "this_week", "made_at": "2026-11-20T20:50:00Z"}
    for _ in range(number // AT_ONCE):
        items = []
        for _ in range(AT_ONCE):
            one = str(uuid4())
            sealed = town.seal("boa", "observation", one, by, {"v": 1, "what": "Een tasje."})
            items.append({"id": one, "by": by, "sealed": sealed, **plain})
        body = {**request, "unsent": AT_ONCE, "items": items}
        outcomes = town.call("boa", "POST", "/sync", body)["outcomes"]
        assert {one["result"] for one in outcomes} == {"stored"}


def test_each_view_holds_what_it_says_and_the_count_beside_it(town: Town) -> None:
    ids = {name: town.send("boa") for name in ("new", "mine", "late", "waiting", "closed")}
    town.send("boa", card="weg")
    town.ids |= ids
    for name in ("mine", "waiting", "closed"):
        town.open_envelope(name)
    town.answer("waiting", "question", "Zag je dit vaker?")
    town.answer("closed", "watching", "")
    closed = f"/observations/{ids['closed']}"
    done = {"state": "closed", "version": town.call("desk", "GET", closed)["version"]}
    town.call("desk", "POST", f"{closed}/states", done)
    long_ago = "UPDATE observation SET due_on = '2026-10-05', read_by = '2026-10-05' WHERE id = ?"
    town.installation.change(long_ago, UUID(ids["late"]).hex)
    page = sit_down(town, "desk", "/postvak")
    for view, name, held in (
        ("new", "Nieuw", ("new", "late")),
        ("mine", "Van mij", ("mine",)),
        ("late", "Te laat", ("late",)),
        ("waiting", "Wacht op melder", ("waiting",)),
    ):
        page.locator(".rail nav").get_by_role("link", name=name).click()
        expect(page).to_have_url(f"{town.installation.url}/#/postvak/?view={view}")
        expect(page.locator(".mail li")).to_have_count(len(held))
        for one in held:
            expect(page.locator(f"#mail-{ids[one]}")).to_be_visible()
        assert count(page, name) == str(len(held))
    assert count(page, "Alles") == "4"
    assert count(page, "Nakomers") == "1"


def test_every_filter_narrows_the_list_and_stands_in_the_address(town: Town) -> None:
    ids = {
        "f-desk": town.send("boa", desk="veiligheid"),
        "f-area": town.send("boa", area="BU02670103"),
        "f-urgency": town.send("boa", urgency="today"),
        "f-age": town.send("boa"),
    }
    long_ago = "UPDATE observation SET received_at = '2026-08-01 10:00:00' WHERE id = ?"
    town.installation.change(long_ago, UUID(ids["f-age"]).hex)
    for field, name, value in (
        ("f-desk", "desk", "veiligheid"),
        ("f-area", "area", "BU02670103"),
        ("f-urgency", "urgency", "today"),
        ("f-age", "olderThan", "30"),
    ):
        page = sit_down(town, "desk", "/postvak")
        page.locator(f"#{field}").select_option(value)
        expect(page).to_have_url(re.compile(f"{name}={value}"))
        expect(page.locator(f"#mail-{ids[field]}")).to_be_visible()
        expect(page.locator(".mail li")).to_have_count(1)


def test_counts_stop_at_99_and_the_next_page_follows_where_reading_was(town: Town) -> None:
    send_many(town, MANY)
    page = sit_down(town, "desk", "/postvak")
    expect(page.get_by_role("heading", name="Meer dan 99 open meldingen")).to_be_visible()
    assert (count(page, "Alles"), count(page, "Nieuw")) == ("99+", "99+")
    expect(page.locator(".deskbar nav .utrecht-badge-counter").first).to_have_text("99+")
    rows = page.locator(".mail li")
    before = rows.count()
    page.get_by_role("button", name="Toon meer").click()
    expect(rows.nth(before)).to_be_visible()
    expect(rows.nth(before).locator("a")).to_be_focused()
    while page.get_by_role("button", name="Toon meer").count():
        had = rows.count()
        page.get_by_role("button", name="Toon meer").click()
        expect(rows.nth(had)).to_be_visible()
    names = {str(one.get_attribute("id")) for one in page.locator(".mail a").all()}
    there = "SELECT count(*) FROM observation WHERE state <> 'closed'"
    assert [(len(names),)] == town.installation.rows(there)
    assert len(names) == rows.count()
