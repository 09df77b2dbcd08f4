"""Let go of events for another system, held against the figures that everybody can read."""

from __future__ import annotations

from collections.abc import Mapping

from server.events import service as events
from server.reports import service as reports

# In the total of which table each kind of event counts.
TABLES = {"observation": "card", "feedback": "answer"}


def release_due() -> int:
    """Let go of what may be known this morning; return how many."""
    return events.release_due(published)


def published(quarter: str) -> Mapping[str, int | None] | None:
    """Return what the figures of a quarter say of each kind, or None while there are none.

    What happened in a quarter that was passed over is in no figure, and counts as hidden.
    """
    if quarter > max(reports.periods(), default=""):
        return None
    shown = reports.figures(quarter, quarter)
    totals = {kind: shown.table(name).cell("") for kind, name in TABLES.items()}
    return {kind: total.value if total else None for kind, total in totals.items()}
