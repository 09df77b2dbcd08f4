"""docs/failures.md promises tests; this holds it against the reports of the runs before.

`make test` writes a report of every run to .reports/ and runs this last.
"""

from __future__ import annotations

import re

import pytest

from tests.proof.reports import ROOT, TEST_ID, passed

CATALOGUE = ROOT / "docs" / "failures.md"
ROW = re.compile(r"^\| (C-\d+) \|.*\|$", re.MULTILINE)
# So many are known from comparable products; what we found ourselves comes after them.
KNOWN = 48

pytestmark = pytest.mark.proof


def test_every_known_failure_has_its_row_once() -> None:
    rows = ROW.findall(CATALOGUE.read_text())
    assert len(rows) >= KNOWN
    assert rows == [f"C-{number}" for number in range(1, len(rows) + 1)]


def test_every_row_names_a_test_or_says_what_is_not_there_yet() -> None:
    for row in CATALOGUE.read_text().splitlines():
        if row.startswith("| C-"):
            assert TEST_ID.search(row) or "Nog niet:" in row, row


def test_every_test_in_the_catalogue_ran_and_passed() -> None:
    named = set(TEST_ID.findall(CATALOGUE.read_text()))
    assert named
    assert sorted(named - passed()) == []
