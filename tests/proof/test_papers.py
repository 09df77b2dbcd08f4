"""docs/privacy/ and docs/security/ promise things: each is tested, or they say why it is not.

`make test` runs this last: it holds every test they name against the reports of the runs before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.reports import ROOT, TEST_ID, passed

PAPERS = sorted(
    path for name in ("privacy", "security") for path in (ROOT / "docs" / name).rglob("*.md")
)
TABLE = ROOT / "docs" / "security" / "asvs.md"
ROW = re.compile(r"^\| (V[\d.]+) \| ([123]) \| (.+?) \| ([a-z ]+) \| (.*) \|$", re.MULTILINE)
SUM = re.compile(r"^\| ([a-z ]+) \| (\d+) \|$", re.MULTILINE)
LINK = re.compile(r"\]\([^)]+\)")
# Every requirement of level 1 and 2 of ASVS 5.0.0, and after the + what we take from level 3.
ASKED = """
V1.1 1-2; V1.2 1-9; V1.3 1-11; V1.4 1-3; V1.5 1-2; V2.1 1-3; V2.2 1-3; V2.3 1-4; V2.4 1; V3.2 1-2;
V3.3 1-4; V3.4 1-6 +8; V3.5 1-5; V3.6 +1; V3.7 1-2; V4.1 1-3; V4.2 1; V4.3 1-2; V4.4 1-4; V5.1 1;
V5.2 1-3; V5.3 1-2; V5.4 1-3; V6.1 1-3; V6.2 1-12; V6.3 1-4; V6.4 1-4; V6.5 1-5; V6.6 1-3; V6.8 1-4;
V7.1 1-3; V7.2 1-4; V7.3 1-2; V7.4 1-5; V7.5 1-2 +3; V7.6 1-2; V8.1 1-2; V8.2 1-3; V8.3 1; V8.4 1;
V9.1 1-3; V9.2 1-4; V10.1 1-2; V10.2 1-2; V10.3 1-4; V10.4 1-11; V10.5 1-5; V10.6 1-2; V10.7 1-3;
V11.1 1-2; V11.2 1-3; V11.3 1-3; V11.4 1-4; V11.5 1; V11.6 1; V12.1 1-3; V12.2 1-2; V12.3 1-4;
V13.1 1; V13.2 1-5; V13.3 1-2; V13.4 1-5; V14.1 1-2; V14.2 1-4 +6-7; V14.3 1-3; V15.1 1-3;
V15.2 1-3; V15.3 1-7; V16.1 1; V16.2 1-5; V16.3 1-4; V16.4 1-3; V16.5 1-3; V17.1 1; V17.2 1-4;
V17.3 1-2
"""
LEVELS = {"1": 70, "2": 183, "3": 5}
# What a row must hold, by how it stands.
STANDS = {
    "voldoet": lambda proof: TEST_ID.search(proof),
    "deels": lambda proof: TEST_ID.search(proof) and "Nog niet:" in proof,
    "beschreven": lambda proof: LINK.search(proof),
    "gemeente": lambda proof: LINK.search(proof),
    "nog niet": lambda proof: "Wacht op" in proof,
    "afwijking": lambda proof: len(proof) > 40,
    "nvt": lambda proof: len(proof) > 15,
}

pytestmark = pytest.mark.proof


def asked() -> Iterator[str]:
    for part in ASKED.replace("\n", " ").split(";"):
        section, *ranges = part.split()
        for numbers in ranges:
            first, _, last = numbers.removeprefix("+").partition("-")
            yield from (f"{section}.{n}" for n in range(int(first), int(last or first) + 1))


def rows() -> list[tuple[str, ...]]:
    return ROW.findall(TABLE.read_text())


def test_every_requirement_of_the_standard_has_its_row_once_and_in_order() -> None:
    assert [number for number, *_ in rows()] == list(asked())
    assert Counter(level for _, level, *_ in rows()) == LEVELS


def test_no_line_of_the_table_is_left_out_of_these_checks() -> None:
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| V")]
    assert len(lines) == len(rows())


def test_no_row_is_empty_and_each_holds_what_its_standing_asks() -> None:
    for number, _, _, stands, proof in rows():
        assert stands in STANDS, f"{number}: {stands}"
        assert STANDS[stands](proof), f"{number}: {stands}"


def test_what_is_not_met_names_no_test_as_if_it_were() -> None:
    for number, _, _, stands, proof in rows():
        if stands in {"nog niet", "nvt", "gemeente"}:
            assert not TEST_ID.search(proof), number


def test_the_counts_above_the_table_add_up() -> None:
    counted = Counter(stands for *_, stands, _ in rows())
    said = {stands: int(count) for stands, count in SUM.findall(TABLE.read_text())}
    assert said.pop("samen") == sum(LEVELS.values())
    assert said == {stands: counted[stands] for stands in STANDS}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_promise_in_a_table_names_its_test_or_who_keeps_it(paper: Path) -> None:
    promising = False
    for line in paper.read_text().splitlines():
        if not line.startswith("|"):
            promising = False
            continue
        last = line.strip("| ").rpartition(" | ")[2].strip()
        if last == "toets":
            promising = True
        elif promising and set(last) - set("-| "):
            kept = TEST_ID.search(last) or last.lstrip("*").startswith(
                ("Nog niet:", "Gemeente:", "Leverancier:")
            )
            assert kept, f"{paper.name}: {line}"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_test_a_paper_names_ran_and_passed(paper: Path) -> None:
    assert sorted(set(TEST_ID.findall(paper.read_text())) - passed()) == []
