"""The figures: what is looked at stands in the address, and what is there can be reached."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page, expect

from tests.browser import insight
from tests.browser.phone import LAPTOP
from tests.browser.town import Town, fresh

SHOWN = "/#/kwartaalcijfers?"
ROWS = """
links => links.map((link) => {
  const words = document.createRange();
  words.selectNodeContents(link);
  return [link.offsetTop, words.getBoundingClientRect().width <= link.clientWidth];
})
"""


@pytest.fixture(scope="module")
def town(town: Town) -> Town:
    insight.publish(town, {"2026-Q2": 1, "2026-Q3": 2})
    town.installation.change("INSERT INTO quarter VALUES ('2025-Q3', '2025-10-16 03:00:00')")
    for name, path, count in (("card", "", 20), ("card", "boa", 7), ("card", "sport", 13)):
        town.installation.change(
            "INSERT INTO figure VALUES ('2025-Q3', ?, ?, ?)", name, path, count
        )
    town.installation.change("INSERT INTO figure VALUES ('2026-Q3', 'card', 'sport', 0)")
    return town


@pytest.fixture
def page(town: Town) -> Page:
    page = town.phone("leader").page
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    return page


def asked(page: Page) -> dict[str, str]:
    return dict(parse_qsl(page.url.partition("?")[2]))


def row(page: Page, name: str) -> list[str]:
    """Return the numbers of a row, once it is there."""
    found = page.locator("tr", has=page.get_by_role("rowheader", name=name)).first
    expect(found).to_be_visible()
    return found.locator(".num").all_inner_texts()


def heads(page: Page) -> list[str]:
    return page.locator("table.figures").first.locator("thead th").all_inner_texts()


def test_an_address_shows_the_period_the_comparison_and_the_table_it_names(page: Page) -> None:
    fresh(page, f"{SHOWN}vanaf=2026-Q3&tot=2026-Q3&naast=2025-Q3&tabel=card")
    assert row(page, "Boa") == ["24", "7"]
    assert heads(page) == ["Kaart", "3e kw. 2026", "3e kw. 2025"]
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Met welke kaart"]
    expect(page.get_by_label("Vergelijk met")).to_have_value("2025-Q3")
    # What came in then and not now is not left out.
    assert row(page, "Sport") == ["0", "13"]


def test_a_choice_changes_the_address_and_the_figures_follow(page: Page) -> None:
    fresh(page, f"{SHOWN}vanaf=2026-Q3&tot=2026-Q3&naast=2025-Q3&tabel=card")
    page.get_by_label("Vergelijk met").select_option("2026-Q2")
    expect(page.get_by_role("columnheader", name="2e kw. 2026")).to_be_visible()
    assert row(page, "Boa") == ["24", "12"]
    assert asked(page)["naast"] == "2026-Q2"
    page.get_by_label("Wijk").select_option("WK026701")
    assert row(page, "Nijkerk-stad") == ["36", "18"]
    expect(page.get_by_role("img", name="Kaart van de buurten")).to_be_visible()
    assert asked(page) == {
        "vanaf": "2026-Q3",
        "tot": "2026-Q3",
        "naast": "2026-Q2",
        "tabel": "area",
        "wijk": "WK026701",
    }
    page.get_by_label("Tot en met").select_option("2026-Q2")
    expect(page.get_by_role("columnheader", name="Aantal")).to_be_visible()
    assert row(page, "Nijkerk-stad") == ["18"]
    assert "naast" not in asked(page)
    page.reload()
    assert row(page, "Nijkerk-stad") == ["18"]


def test_only_a_period_that_is_there_is_offered_to_compare_with(page: Page) -> None:
    fresh(page, f"{SHOWN}vanaf=2026-Q3&tot=2026-Q3")
    expect(page.get_by_label("Vergelijk met")).to_be_visible()
    offered = page.get_by_label("Vergelijk met").locator("option").all_inner_texts()
    assert offered == ["2e kwartaal van 2026", "3e kwartaal van 2025"]
    fresh(page, f"{SHOWN}vanaf=2026-Q2&tot=2026-Q2")
    expect(page.get_by_text("Over de periode ervoor zijn er geen cijfers.")).to_be_visible()
    expect(page.get_by_label("Vergelijk met")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "sentence", "still"),
    [
        ("tabel=area&wijk=WK999999", "Die wijk kennen we niet. Je ziet alle wijken.", "Waar"),
        ("tabel=zomaar", "Die tabel kennen we niet. Kies er een bij ‘Wat’.", None),
        ("naast=2020-Q1", "Over de periode die je ernaast wilt zetten, zijn er geen", "Waar"),
    ],
)
def test_an_address_that_names_what_is_not_there_is_answered_in_words(
    page: Page, address: str, sentence: str, still: str | None
) -> None:
    fresh(page, f"{SHOWN}vanaf=2026-Q3&tot=2026-Q3&{address}")
    expect(page.get_by_text(sentence)).to_be_visible()
    if still:
        expect(page.get_by_role("heading", name=still)).to_be_visible()
        expect(page.get_by_role("img", name="Kaart van de wijken")).to_be_visible()


def test_the_file_that_is_kept_is_of_the_period_that_is_shown(page: Page) -> None:
    fresh(page, f"{SHOWN}vanaf=2026-Q2&tot=2026-Q3")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Bewaar als CSV").click()
    assert kept.value.suggested_filename == "signaalkaart-cijfers-2026-Q2-2026-Q3.csv"
    expect(page.get_by_text("Deze periode is bewaard als bestand.")).to_be_visible()
    content = kept.value.path().read_text(encoding="utf-8-sig")
    assert "2026-Q2" in content
    assert "2025-Q3" not in content


@pytest.mark.parametrize("width", [320, 360, 412])
def test_the_projectleider_finds_every_screen_in_two_rows_on_a_phone(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    fresh(page, "/#/effect")
    expect(page.get_by_role("heading", name="Effect", exact=True)).to_be_visible()
    links = page.locator(".appnav a")
    assert "Effect" in links.all_inner_texts()
    rows = links.evaluate_all(ROWS)
    assert len({top for top, _fits in rows}) == 2
    assert all(fits for _top, fits in rows)
    heights = links.evaluate_all("links => links.map((link) => link.offsetHeight)")
    assert len(set(heights)) == 1, "a name broke off in the middle"


def test_the_projectleider_finds_every_screen_on_one_line_at_the_narrowest_desk(page: Page) -> None:
    page.set_viewport_size({"width": 1024, "height": 740})
    fresh(page, "/#/effect")
    links = page.locator(".deskbar nav a")
    expect(links.filter(has_text="Effect")).to_be_visible()
    assert len({top for top, _fits in links.evaluate_all(ROWS)}) == 1
