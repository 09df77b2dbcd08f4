"""Every screen is open to everybody: whatever the colours, the size of text and the way to tap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from server.people.models import ROLES
from tests.browser import accessibility as look
from tests.browser.steps import Screen, visit
from tests.browser.tour import REFUSED, SCREENS
from tests.browser.town import PEOPLE, Town, build, fresh
from tests.push_service import PushService

# Two years of quarters are over, and reporters are asked what they think: not every month does.
MOMENT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def town(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, push: PushService
) -> Iterator[Town]:
    """A town at one moment, so that every screen has the same on it whenever this is run."""
    with build(tmp_path_factory.mktemp("town"), browser, push, MOMENT) as town:
        town.fill()
        town.save_offline()
        yield town


@pytest.fixture(scope="module")
def clash(town: Town) -> None:
    """Another report got the number of the one that waits, and the network is back."""
    town.send("boa", id=town.ids["saved"])
    town.phone("offline").online()


def test_the_tour_calls_at_every_address_of_the_app() -> None:
    pages = look.ROOT / "pwa" / "src"
    later = re.findall(r"^  (\w+): \(", (pages / "pages" / "later.tsx").read_text(), re.M)
    first = re.findall(r'name === "(\w+)"', (pages / "pages" / "Screen.tsx").read_text())
    desk = re.search(r"DESK =\s+/\^\((.+?)\)", (pages / "App.tsx").read_text())
    assert first
    assert later
    assert desk
    addresses = {*first, *later, *re.findall(r"\w+", desk[1])}
    called = {screen.path.split("/")[1] for screen in SCREENS}
    assert addresses <= called


def test_somebody_in_every_role_takes_the_tour() -> None:
    roles = {who: role for who, (role, *_more) in PEOPLE.items()}
    assert {roles[screen.who] for screen in SCREENS if screen.who in roles} == set(ROLES)


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_everybody_can_use(screen: Screen, town: Town, request: pytest.FixtureRequest) -> None:
    if screen in REFUSED:
        request.getfixturevalue("clash")
    page = town.phone(screen.who).page
    look.put(page, look.MODES[0], screen.wide)
    visit(town, screen)
    faults = []
    for mode in look.MODES:
        look.put(page, mode, screen.wide)
        found = look.find_violations(page, mode)
        if mode.name == "light":
            found += look.find_heading_faults(page, screen.title)
        if mode.narrow:
            found += look.find_small_controls(page)
            found += look.find_what_does_not_fit(page)
        if mode.name == ("light" if screen.wide else "320 px"):
            found += look.find_covered_focus(page)
        faults += [f"{screen.name}, {mode.name}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)
    assert town.phone(screen.who).faults == []


TARGETS = """
async () => {
  const rule = { type: 'rule', values: ['target-size'] };
  const { violations } = await axe.run(document, { runOnly: rule });
  return violations.flatMap(({ nodes }) => nodes.map(({ target }) => target.join(' ')));
}
"""


@pytest.mark.parametrize("height", [740, 780, 823, 844, 915])
def test_the_menu_leaves_no_half_a_row_to_tap(town: Town, height: int) -> None:
    page = town.phone("boa").page
    page.set_viewport_size({"width": 412, "height": height})
    fresh(page, "/#/kaarten")
    expect(page.get_by_text("Andere kaarten")).to_be_visible()
    assert page.evaluate(TARGETS) == []
    last = page.locator(".card-row").last
    last.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    menu = page.get_by_role("navigation", name="Hoofdmenu").bounding_box()
    row = last.bounding_box()
    assert menu is not None
    assert row is not None
    assert row["y"] + row["height"] <= menu["y"]


ROWS = """
links => links.map((link) => {
  const words = document.createRange();
  words.selectNodeContents(link);
  return [link.offsetTop, words.getBoundingClientRect().width <= link.clientWidth];
})
"""


def test_five_screens_of_the_desk_stand_in_one_row_on_a_phone(town: Town) -> None:
    page = town.phone("desk").page
    look.put(page, look.MODES[0], wide=False)
    fresh(page, "/#/bundels")
    expect(page.get_by_text("Bundel Groot Corlaer")).to_be_visible()
    rows = page.locator(".appnav a").evaluate_all(ROWS)
    assert len(rows) == 5
    assert len({top for top, _fits in rows}) == 1
    assert all(fits for _top, fits in rows)


def test_the_emergency_number_lies_over_the_cards_and_not_over_the_desk(town: Town) -> None:
    page = town.phone("desk").page
    fresh(page, "/#/postvak")
    expect(page.get_by_text("open meldingen").first).to_be_visible()
    expect(page.locator(".alarmbar")).to_have_count(0)
    fresh(page, "/#/kaarten")
    expect(page.get_by_role("link", name="Nu gevaar? Bel 112")).to_be_in_viewport()


SPOILED = """
    b { color: #999 !important; }
    .card-row { min-block-size: 0 !important; block-size: 20px; overflow: hidden; }
    main { min-inline-size: 500px; }
    *:focus-visible { outline: none !important; box-shadow: none !important; }
"""


def test_the_measures_see_what_is_wrong(town: Town) -> None:
    page = town.phone("boa").page
    look.put(page, look.MODES[0], wide=False)
    fresh(page, "/#/kaarten")
    expect(page.get_by_text("Andere kaarten")).to_be_visible()
    with look.wearing(page, SPOILED):
        assert any("color-contrast" in one for one in look.find_violations(page))
        assert any("card-row" in one for one in look.find_small_controls(page))
        assert any("no ring" in one for one in look.find_covered_focus(page))
        wide = page.evaluate("measures.tooWide()")
        assert any("page 5" in one for one in wide)
        assert any("cut off below" in one for one in wide)
    page.evaluate("document.title = 'Signaalkaart'")
    assert look.find_heading_faults(page, None) != []
