"""The sign of a card: a few dots, joined. As the app draws them; a test compares the two."""

from __future__ import annotations

import re
from dataclasses import dataclass

LINES = {
    "boa": "M10 44 24 26 40 34 54 14",
    "onderwijs": "M12 16 12 46 34 52 52 38 34 24Z",
    "sport": "M32 10 12 32 32 54 52 32ZM12 32 52 32",
    "jongerenwerk": "M14 50 22 18 44 12 52 44 22 18",
    "gemeente": "M32 32 12 16M32 32 52 16M32 32 52 48M32 32 12 48",
    "ouders": "M20 14 32 34 44 14M32 34 32 54",
    "jongeren": "M10 34 24 18 38 34 54 18M38 34 54 46",
}


@dataclass(frozen=True)
class Emblem:
    """A line and the dots on it, in a field of 64 by 64."""

    line: str
    dots: tuple[tuple[str, str], ...]


def emblem(name: str) -> Emblem:
    """Return the sign of a card."""
    line = LINES[name]
    numbers = re.findall(r"\d+", line)
    return Emblem(line, tuple(zip(numbers[::2], numbers[1::2], strict=True)))
