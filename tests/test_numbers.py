"""The numbers that documents hold are those that were measured."""

from __future__ import annotations

import json
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import __main__ as performance
from bench import graph, marked, page, scale, short, turns
from bench.load import __main__ as load
from bench.load import page as load_page
from bench.record import Measured, Record, in_order
from bench.table import Line


def test_the_readme_holds_what_the_pages_of_numbers_say() -> None:
    readme = (short.ROOT / "README.md").read_text()
    assert marked.replaced(readme, short.NAME, short.current()) == readme


def test_the_pages_hold_what_every_part_measured_last() -> None:
    order = list(performance.PARTS)
    told = page.write(in_order(performance.RECORD.all(), order), order)
    assert told == (page.DOCS / "performance.md").read_text()
    told = load_page.write(in_order(load.RECORD.all(), load.ORDER), load.ORDER)
    assert told == load_page.FILE.read_text()


def test_a_part_measured_again_renews_its_own_lines_and_no_others(tmp_path: Path) -> None:
    record = Record("some", tmp_path)
    record.put("one", Measured([Line("eerst", "1 ms")], "aaa", "2026-11-22 08:00"))
    record.put("two", Measured([Line("ander", "2 ms")], "aaa", "2026-11-22 08:01"))
    record.put("one", Measured([Line("eerst", "3 ms")], "bbb", "2026-11-23 09:00"))
    told = page.write(record.all(), ["one", "two"])
    lines = {line["what"]: (line["ours"], line["measured"]) for line in short.lines(told)}
    assert lines == {"eerst": ("3 ms", "11-23 09:00, bbb"), "ander": ("2 ms", "11-22 08:01, aaa")}


def test_a_part_that_was_tried_in_vain_keeps_its_lines_and_the_page_says_so(tmp_path: Path) -> None:
    record = Record("some", tmp_path)
    record.put("one", Measured([Line("eerst", "1 ms")], "aaa", "2026-11-22 08:00"))
    record.fail("one", "did not finish in 60 s", "bbb")
    record.fail("two", "failed", "bbb")
    told = page.write(record.all(), ["one", "two"])
    lines = {line["what"]: line["ours"] for line in short.lines(told)}
    assert lines == {"eerst": "1 ms", "two": "not measured: failed"}
    assert "tried in vain: one, " in told
    assert "did not finish in 60 s" in told
    assert "Missed: two." in told


def test_a_part_that_hangs_is_ended_with_all_that_it_began(tmp_path: Path) -> None:
    began = tmp_path / "pid"
    hangs = "import subprocess, pathlib, sys; one = subprocess.Popen(['sleep', '60']); "
    hangs += f"pathlib.Path({str(began)!r}).write_text(str(one.pid)); one.wait()"
    assert turns.take("one", ["-c", hangs], 1) == "did not finish in 1 s"
    end = time.monotonic() + 10
    while _lives(began.read_text()) and time.monotonic() < end:
        time.sleep(0.01)
    assert not _lives(began.read_text())


def _lives(pid: str) -> bool:
    """Say whether a process is there; one that ended and was not asked for yet is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


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


@pytest.mark.parametrize(("devices", "within"), scale.MORNINGS)
def test_whoever_comes_last_waits_for_the_work_of_all_before(devices: int, within: int) -> None:
    cost = 44.58
    # One core can do no more: when 95 of a hundred are done, that much work is.
    assert scale.play(devices, within, 1, cost) >= 0.95 * devices * cost - within * 1000


def costs_of(**found: float) -> scale.Costs:
    """Return costs that are nought, but for some."""
    names = json.loads(scale.FILE.read_text())[scale.POSTGRES]
    return scale.Costs(scale.POSTGRES, {**dict.fromkeys(names, 0.0), **found})


def sizes(costs: scale.Costs) -> dict[str, list[str]]:
    """Return the table of sizes, by its first column."""
    lines = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in scale.sizes_table(costs).splitlines()
    ]
    return {line[0]: line[1:] for line in lines}


def test_what_is_handed_in_is_counted_once_and_with_it_the_requests_of_every_start() -> None:
    # A minute for each item: 2,000 a year, whoever opens the app.
    handed_in = costs_of(**{"round trip with one item: web ms": 60_000})
    *_, day, requests = sizes(handed_in)["gemeente of 45,000"]
    assert day == f"{2_000 / 365:.1f} min"
    # 300 devices ask forty times what is new, and four times as much as opening takes.
    assert requests == f"{(300 * (40 + 4 * 4) + 2_000 / 365) / 8 / 3600:.2f}"
    started = costs_of(**{"session: database ms": 60_000})
    assert sizes(started)["gemeente of 45,000"][3] == f"{300 * 4:,}.0 min"


def test_what_is_said_beside_the_tables_follows_from_them() -> None:
    waits = {"clock, nothing to do: ms a minute": 6_000, "session: web ms": 1}
    told = scale.apart(costs_of(**waits))
    assert "34.2 processors" in told
    assert "use more than the work" in " ".join(told.split())
    works = costs_of(**{"session: web ms": 1_000})
    assert "less than the work" in " ".join(scale.apart(works).split())
    # One worker less is a third when a worker and a clock are as large.
    large = dict.fromkeys(("web worker: bytes of memory", "clock: bytes of memory"), 1e9)
    told = scale.apart(costs_of(**large, **waits))
    assert "1.0 TB" in told
    assert "684.0 GB" in told


def test_who_comes_when_nobody_else_does_waits_for_nobody() -> None:
    assert scale.play(10, 3600, 1, 10) == pytest.approx(10)


def test_the_graph_tells_every_point_to_who_cannot_see_it() -> None:
    drawn = ElementTree.fromstring(graph.draw("Zo lang", {"ours": [(20, 60.0), (1_000, 1_100.0)]}))
    told = drawn.findtext("{http://www.w3.org/2000/svg}desc")
    assert told == "ours: 60 ms for 20, 1.1 s for 1,000."
