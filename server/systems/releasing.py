"""Let go of events for another system, held against the figures that everybody can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from server.events import service as events
from server.reports import counting
from server.reports import service as reports
from server.reports.places import NEVER
from server.reports.service import Table

# In the total of which table each kind of event counts, and what of it is no such event.
TOTALS = {"observation": ("card", ()), "feedback": ("answer", (NEVER,))}


def release_due() -> int:
    """Let go of what may be known this morning; return how many."""
    return events.release_due(published, counting.are_enough)


def published(quarter: str) -> Mapping[str, int | None] | None:
    """Return what the figures of a quarter say of each kind, or None while there are none.

    What happened in a quarter that was passed over is in no figure, and counts as hidden.
    """
    if quarter > max(reports.periods(), default=""):
        return None
    shown = reports.figures(quarter, quarter)
    return {kind: _less(shown.table(name), apart) for kind, (name, apart) in TOTALS.items()}


def _less(table: Table, apart: Iterable[str]) -> int | None:
    """Return the total of a table without some of its places; None where one of them is hidden."""
    total = 0
    for sign, key in ((1, ""), *((-1, one) for one in apart)):
        cell = table.cell(key)
        if cell is None or cell.value is None:
            return None
        total += sign * cell.value
    return total
