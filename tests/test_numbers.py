"""The numbers that documents hold are those that were measured."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from bench import graph, marked, scale, short


def test_the_readme_holds_what_the_pages_of_numbers_say() -> None:
    readme = (short.ROOT / "README.md").read_text()
    assert marked.replaced(readme, short.NAME, short.current()) == readme


def test_what_is_slower_than_a_peer_stands_in_the_short_form_too() -> None:
    page = (short.ROOT / "docs" / "performance.md").read_text()
    late = [line["what"] for line in short.lines(page) if short.slower(line)]
    told = short.make([page])
    assert all(f"| {what} " in told for what in late)
    assert f"Slower than PouchDB: {'; '.join(late)}." in told or not late


def test_the_page_on_scale_holds_what_the_costs_come_to() -> None:
    page = scale.PAGE.read_text()
    for name, told in scale.parts().items():
        assert marked.replaced(page, name, told) == page, name


@pytest.mark.parametrize(("cores", "p95"), [(1, 1_000), (2, 500), (10, 100)])
def test_a_crowd_that_comes_at_once_waits_as_long_as_the_work_divided_takes(
    cores: int, p95: float
) -> None:
    # A hundred visits of ten milliseconds: the last but five is done when 95 of them are.
    assert scale.play(100, 0, cores, 10) == pytest.approx(p95 * 0.95, abs=10)


def test_who_comes_when_nobody_else_does_waits_for_nobody() -> None:
    assert scale.play(10, 3600, 1, 10) == pytest.approx(10)


def test_the_graph_tells_every_point_to_who_cannot_see_it() -> None:
    drawn = ElementTree.fromstring(graph.draw("Zo lang", {"ours": [(20, 60.0), (1_000, 1_100.0)]}))
    told = drawn.findtext("{http://www.w3.org/2000/svg}desc")
    assert told == "ours: 60 ms for 20, 1.1 s for 1,000."
