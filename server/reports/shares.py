"""Say which share of a whole one part is, from what was published and from nothing else.

Where the number itself is hidden, what is shown of the part is the least it can be, and what is
shown beside it leaves the most. Both are what anybody can work out who reads the same table.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.reports.service import Cell, Table

HALF = 50


@dataclass(frozen=True)
class Share:
    """A percentage and its number: all there was, the least there can be, or the most."""

    percent: int
    count: int
    is_: str

    @property
    def said(self) -> str:
        """Return the percentage as it is said."""
        more = {"exactly": "", "least": " of meer", "most": " of minder"}[self.is_]
        return f"{self.percent}%{more}"


def share(table: Table, key: str, at: int | None = None) -> Share | None:
    """Return which share of the whole a part is; None where what is shown says too little.

    ``at`` picks one of the quarters. That it is at least a third or at most two thirds says
    nothing, so the least is told from half on, and the most up to half.
    """
    part, whole = table.cell(key), table.cell("")
    total = _value(whole, at) if whole else None
    if part is None or not total:
        return None
    exact, least = _value(part, at), _least(part, at)
    if exact is not None:
        return Share(round(100 * exact / total), exact, "exactly")
    beside = (one for one in table.cells if len(one.path) == len(part.path) and one.key != key)
    most = total - sum(_least(one, at) for one in beside)
    if 100 * least >= HALF * total:
        return Share(100 * least // total, least, "least")
    if 100 * most <= HALF * total:
        return Share(-(-100 * most // total), most, "most")
    return None


def _value(cell: Cell, at: int | None) -> int | None:
    return cell.value if at is None else cell.by_quarter[at]


def _least(cell: Cell, at: int | None) -> int:
    return cell.at_least if at is None else cell.least_by_quarter[at]
