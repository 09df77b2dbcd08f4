"""A meeting on a big screen: names stay covered, and the keyboard is enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from server.workdays import local_day
from tests.browser.authenticator import give_authenticator
from tests.browser.installation import Installation
from tests.browser.invented_week import Seen
from tests.browser.phone import LAPTOP, Phone
from tests.browser.week import Laptop, Reporter

TODAY = local_day(datetime.now(UTC))
WRITTEN = {
    "v": 1,
    "what": "Zwiep krijgt een tasje.",
    "where": "",
    "at": "",
    "persons": [{"name": "Zwiep", "age": "12_15", "description": ""}],
    "answers": {},
}


@pytest.fixture
def desk(make_laptop: Callable[..., Phone]) -> Laptop:
    phone = make_laptop(size=LAPTOP)
    give_authenticator(phone)
    laptop = Laptop(phone, "procesregisseur", "Samira Voorbeeld")
    phone.open("/#/passkey")
    phone.page.get_by_role("button", name="Stel een passkey in").click()
    phone.page.wait_for_url("**/#/postvak**")
    return laptop


@pytest.fixture
def meeting(desk: Laptop, installation: Installation) -> str:
    """A meeting with one bundle and two own points on its agenda."""
    seen = Seen(0, 0, "BU02670101", TODAY, "sociaal", WRITTEN)
    reporters = [Reporter(installation, number) for number in (0, 20)]
    ids = [one.report(seen) for one in reporters]
    for one in reporters:
        one.close()
    desk.ask("POST", "/bundles", {"observations": ids, "reasons": ["same_area", "same_name"]})
    # Before any meeting of the rhythm, which would take up the bundle.
    soon = (datetime.now(UTC) + timedelta(minutes=10)).isoformat()
    made = desk.ask("POST", "/meetings", {"starts_at": soon, "place": "Kamer 2"})
    for title in ("Eerste eigen punt", "Tweede eigen punt"):
        own = {"id": str(uuid4()), "title": title}
        desk.ask("POST", f"/meetings/{made['id']}/agenda", own)
    return str(made["id"])


def own_points(desk: Laptop) -> Locator:
    return desk.page.locator(".points b", has_text="eigen punt")


def test_a_point_is_moved_with_the_keyboard_and_keeps_the_focus(desk: Laptop, meeting: str) -> None:
    page = desk.page
    desk.phone.open(f"/#/overleg/{meeting}")
    expect(own_points(desk)).to_have_text(["Eerste eigen punt", "Tweede eigen punt"])
    page.get_by_role("button", name="Tweede eigen punt omhoog").focus()
    page.keyboard.press("Enter")
    expect(own_points(desk)).to_have_text(["Tweede eigen punt", "Eerste eigen punt"])
    expect(page.locator(".points :focus")).to_contain_text("Tweede eigen punt")
    page.reload()
    expect(own_points(desk)).to_have_text(["Tweede eigen punt", "Eerste eigen punt"])


def test_names_are_covered_until_somebody_says_why_and_again_at_the_next_point(
    desk: Laptop, meeting: str
) -> None:
    page = desk.page
    desk.phone.open(f"/#/overleg/{meeting}")
    page.get_by_role("button", name="Begin het overleg").click()
    expect(page.get_by_text("Punt 1 van")).to_be_visible()
    expect(page.get_by_text("jongere A").first).to_be_visible()
    expect(page.get_by_text("Zwiep")).to_have_count(0)

    page.get_by_role("button", name="Toon een naam").click()
    page.get_by_label("Kijken wie deze jongere kent").check()
    page.get_by_role("button", name="Toon de namen").click()
    expect(page.get_by_text("Zwiep").first).to_be_visible()

    # Arrows walk, but not while somebody chooses or types.
    page.get_by_label("Wat spreken we af?").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Punt 1 van")).to_be_visible()
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Punt 2 van")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("jongere A").first).to_be_visible()
    expect(page.get_by_text("Zwiep")).to_have_count(0)


def test_the_text_grows_with_the_window_and_fits_on_a_phone(desk: Laptop, meeting: str) -> None:
    page = desk.page
    desk.phone.open(f"/#/overleg/{meeting}/bezig?punt=1")
    expect(page.get_by_text("Waarom samen")).to_be_visible()
    sizes = []
    for width in (1280, 1920, 2560):
        page.set_viewport_size({"width": width, "height": 1080})
        root = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
        sizes.append(page.evaluate(root))
    assert sizes[0] < sizes[1] < sizes[2] <= 24
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
