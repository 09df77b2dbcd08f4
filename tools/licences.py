"""Say under which licences others' packages come, and fail on one that nobody agreed to.

The product is EUPL-1.2. What is delivered with it may be used under that licence; what only makes
or checks it may carry a few more.
"""

from __future__ import annotations

import re
import sys
from collections import Counter

from tools.dependencies import Dependency, all_dependencies

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "EUPL-1.2",
    "ISC",
    "LGPL-2.0-or-later",  # libraries that are used as they are: pyphen
    "LGPL-3.0-only",  # and psycopg
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "OFL-1.1",  # fonts
    "PSF-2.0",
    "Unlicense",
}
ALLOWED_WHILE_MAKING = ALLOWED | {"BlueOak-1.0.0", "CC0-1.0", "WTFPL"}
SAME = {"Apache 2": "Apache-2.0", "BSD": "BSD-3-Clause"}


def is_allowed(expression: str, allowed: set[str]) -> bool:
    """Say whether an SPDX expression leaves a way that is allowed; AND binds before OR."""
    text = expression.strip()
    if text in SAME:
        text = SAME[text]
    tokens = re.findall(r"\(|\)|[^\s()]+", text)
    result, rest = _either(tokens, allowed)
    return result and not rest


def _either(tokens: list[str], allowed: set[str]) -> tuple[bool, list[str]]:
    result, rest = _both(tokens, allowed)
    while rest[:1] == ["OR"]:
        other, rest = _both(rest[1:], allowed)
        result = result or other
    return result, rest


def _both(tokens: list[str], allowed: set[str]) -> tuple[bool, list[str]]:
    result, rest = _one(tokens, allowed)
    while rest[:1] == ["AND"]:
        other, rest = _one(rest[1:], allowed)
        result = result and other
    return result, rest


def _one(tokens: list[str], allowed: set[str]) -> tuple[bool, list[str]]:
    if not tokens:
        return False, []
    if tokens[0] != "(":
        return tokens[0] in allowed, tokens[1:]
    result, rest = _either(tokens[1:], allowed)
    return result and rest[:1] == [")"], rest[1:]


def faults(dependencies: list[Dependency]) -> list[str]:
    """Return a Dutch sentence for every package whose licence is unknown or not allowed."""
    found = []
    for one in dependencies:
        allowed = ALLOWED if one.delivered else ALLOWED_WHILE_MAKING
        if one.licence is None:
            found.append(f"{one.name} {one.version}: de licentie is onbekend.")
        elif not is_allowed(one.licence, allowed):
            found.append(f"{one.name} {one.version}: {one.licence} staat niet op de lijst.")
    return found


def main() -> None:
    """Print how often each licence occurs, and the packages that do not fit."""
    dependencies = all_dependencies()
    for delivered, heading in (
        (True, "In het product"),
        (False, "Alleen om te maken en te toetsen"),
    ):
        counts = Counter(str(one.licence) for one in dependencies if one.delivered == delivered)
        print(f"{heading}: {counts.total()} pakketten")
        for licence, count in counts.most_common():
            print(f"  {count:4} {licence}")
    wrong = faults(dependencies)
    for fault in wrong:
        print(fault, file=sys.stderr)
    if wrong:
        print("De toegestane licenties staan in tools/licences.py.", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
