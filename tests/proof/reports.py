"""What the runs before reported, and how documents name a test."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / ".reports"
TEST_ID = re.compile(r"`((?:tests|pwa)/[^`]+::[^`]+)`")


@cache
def passed() -> frozenset[str]:
    """Return the ids of all tests that passed in the runs before."""
    return frozenset(
        identify(case.get("classname", ""), case.get("name", ""))
        for report in REPORTS.glob("*.xml")
        for case in ElementTree.parse(report).iter("testcase")
        if all(case.find(kind) is None for kind in ("failure", "error", "skipped"))
    )


def identify(place: str, name: str) -> str:
    """Return how documents write a test: its file and its name, without parameters."""
    if place.endswith((".ts", ".tsx")):
        return f"pwa/{place}::{name}"
    return f"{place.replace('.', '/')}.py::{name.partition('[')[0]}"
