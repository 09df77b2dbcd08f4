"""docs/failures.md promises tests; this holds it against the reports of the runs before.

`make test` writes a report of every run to .reports/ and runs this last.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "docs" / "failures.md"
REPORTS = ROOT / ".reports"
ROW = re.compile(r"^\| (C-\d+) \|.*\|$", re.MULTILINE)
TEST_ID = re.compile(r"`((?:tests|pwa)/[^`]+::[^`]+)`")
NUMBERS = [f"C-{number}" for number in range(1, 49)]

pytestmark = pytest.mark.proof


def passed() -> set[str]:
    """Return the ids of all tests that passed in the runs before."""
    ids = set()
    for report in REPORTS.glob("*.xml"):
        for case in ElementTree.parse(report).iter("testcase"):
            if case.find("failure") is None and case.find("error") is None:
                ids.add(identify(case.get("classname", ""), case.get("name", "")))
    return ids


def identify(place: str, name: str) -> str:
    """Return how the catalogue writes a test: its file and its name, without parameters."""
    if place.endswith((".ts", ".tsx")):
        return f"pwa/{place}::{name}"
    return f"{place.replace('.', '/')}.py::{name.partition('[')[0]}"


def test_every_known_failure_has_its_row_once() -> None:
    assert ROW.findall(CATALOGUE.read_text()) == NUMBERS


def test_every_row_names_a_test_or_says_what_is_not_there_yet() -> None:
    for row in CATALOGUE.read_text().splitlines():
        if row.startswith("| C-"):
            assert TEST_ID.search(row) or "Nog niet:" in row, row


def test_every_test_in_the_catalogue_ran_and_passed() -> None:
    named = set(TEST_ID.findall(CATALOGUE.read_text()))
    assert named
    assert sorted(named - passed()) == []
