"""The figures on paper: only what there is to read, and nothing that only a colour says."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page, expect

from tests.browser import insight
from tests.browser.phone import LAPTOP
from tests.browser.town import Town, fresh

# Beside what the town publishes: a wijk of each shade, and one that is hidden.
MORE = (("WK026703", 44), ("WK026704", None), ("WK026705", 9))
# How light something is on white paper, from 0 to 255.
GREY = """
one => {
  const { fill, fillOpacity } = getComputedStyle(one);
  const [red, green, blue] = fill.match(/[\\d.]+/g).map(Number);
  const own = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 255 - (255 - own) * Number(fillOpacity);
}
"""
APART = 30


@pytest.fixture(scope="module")
def town(town: Town) -> Town:
    insight.publish(town, {"2026-Q2": 1, "2026-Q3": 2})
    for path, count in MORE:
        town.installation.change("INSERT INTO figure VALUES ('2026-Q3', 'area', ?, ?)", path, count)
    return town


@pytest.fixture
def paper(town: Town) -> Page:
    page = town.phone("leader").page
    page.emulate_media(media="screen")
    page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    fresh(page, "/#/kwartaalcijfers?vanaf=2026-Q2&tot=2026-Q3")
    expect(page.get_by_role("button", name="Bewaar als CSV")).to_be_visible()
    page.emulate_media(media="print", color_scheme="light")
    return page


def test_on_paper_there_is_nothing_to_press_or_choose(paper: Page) -> None:
    assert paper.locator("header, nav, button, select, a").locator("visible=true").count() == 0
    expect(paper.get_by_role("heading", name="Kwartaalcijfers")).to_be_visible()
    expect(paper.get_by_text("2e kwartaal van 2026 tot en met 3e kwartaal")).to_be_visible()
    expect(paper.locator(".choropleth > svg")).to_be_visible()
    expect(paper.locator(".columns > svg")).to_be_visible()


def test_each_shade_of_the_map_is_darker_in_grey_and_hidden_is_a_pattern(paper: Page) -> None:
    swatches = paper.locator(".figures__legend .swatch path")
    assert swatches.first.get_attribute("fill") == "url(#verborgen)"
    said = paper.locator(".figures__legend li").all_inner_texts()
    assert [one.strip() for one in said] == [
        "verborgen",
        "geen",
        "1 tot en met 9",
        "10 tot en met 19",
        "20 tot en met 39",
        "40 of meer",
    ]
    greys = [swatches.nth(at).evaluate(GREY) for at in range(1, 6)]
    assert greys == sorted(greys, reverse=True)
    assert all(light - dark >= APART for light, dark in itertools.pairwise(greys))


def test_every_area_has_a_letter_and_its_number_and_both_stand_in_the_table(paper: Page) -> None:
    drawn = paper.locator(".choropleth text")
    words = [drawn.nth(at).evaluate(WORDS) for at in range(drawn.count())]
    assert words == [["A", "54"], ["B", "0"], ["C", "44"], ["D", "–"], ["E", "9"]]
    table = paper.locator("section", has=paper.locator(".choropleth")).locator("table").first
    for letter, number in words:
        row = table.locator("tr", has=paper.locator(f".figures__letter:text-is('{letter}')"))
        assert row.locator(".num").first.inner_text().split("\n")[0] == number


WORDS = """
text => [...text.childNodes].filter(({ nodeName }) => nodeName !== 'title')
  .map(({ textContent }) => textContent.trim())
"""


def test_bars_and_columns_stand_out_in_grey_and_have_their_number(paper: Page) -> None:
    own, rest = (paper.locator(f".bar__{part}").first.evaluate(GREY) for part in ("own", "all"))
    assert rest - own >= 2 * APART
    shown = paper.locator(".columns text").all_text_contents()
    assert shown[:1] == ["31"]
    assert "62" in shown
