"""The lines of the one table, and the numbers in them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

HEADS = ("what", "ours", "peer", "ratio", "durability", "goal", "met")


@dataclass(frozen=True)
class Line:
    """One line; ``met`` is None where nothing was promised."""

    what: str
    ours: str
    goal: str = "–"
    met: bool | None = None
    peer: str = "–"
    ratio: str = "–"
    durability: str = "–"

    def cells(self) -> tuple[str, ...]:
        """Return the cells in the order of HEADS."""
        verdict = "–" if self.met is None else "yes" if self.met else "**no**"
        return (
            self.what,
            self.ours,
            self.peer,
            self.ratio,
            self.durability,
            self.goal,
            verdict,
        )


def render(lines: Sequence[Line]) -> str:
    """Return the table as Markdown that can also be read in a terminal."""
    return table(HEADS, [line.cells() for line in lines])


def table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return any table as Markdown."""
    rows = [tuple(heads), *(tuple(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def p50_p95(values: Sequence[float]) -> str:
    """Return both in milliseconds, as text."""
    return f"p50 {statistics.median(values):.1f} ms, p95 {percentile(values, 0.95):.1f} ms"


def times_faster(peer: float, ours: float) -> str:
    """Say how often our work fits in the peer's."""
    return f"{peer / ours:.1f}× as fast"
