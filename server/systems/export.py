"""The figures as a file, for who keeps or works them out elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from server import audit, spreadsheet
from server.db import db
from server.errors import fault
from server.people.models import Session
from server.reports import service as reports
from server.reports.suppression import LEAST
from server.systems import columns
from server.wire import write

FORMS = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True)
class File:
    """A file for the browser to keep."""

    name: str
    type: str
    content: str


@dataclass(frozen=True)
class Span:
    """From which quarter up to and including which; None is as far as there are figures."""

    first: str | None = None
    last: str | None = None

    def __contains__(self, quarter: str) -> bool:
        return (self.first or quarter) <= quarter <= (self.last or quarter)

    @property
    def names(self) -> list[str]:
        """Return the quarters it was given."""
        return [one for one in (self.first, self.last) if one]


ALL = Span()


def export(by: Session, form: str, span: Span = ALL, *, mark: bool) -> File:
    """Return the published figures of a period as a file, and log that somebody took them along.

    ``mark`` puts in front of CSV what some spreadsheets need to read the letters right.
    """
    if span.first and span.last and span.last < span.first:
        raise fault("last", "De periode eindigt voordat hij begint. Draai de kwartalen om.")
    content = write(everything(span)) if form == "json" else _as_csv(span, mark=mark)
    taken = " ".join([form, *span.names])
    audit.log(by.person_id, "export", "figures", outcome=taken, device_id=by.device_id)
    db.session.commit()
    name = "-".join(["signaalkaart-cijfers", *span.names])
    return File(f"{name}.{form}", FORMS[form], content)


def everything(span: Span = ALL) -> dict[str, Any]:
    """Return the published figures with what every column means."""
    return {
        "least": LEAST,
        "warning": reports.WARNING,
        "hiding": reports.HIDING,
        "columns": columns.dictionary(),
        "rows": list(_rows(span)),
    }


def _rows(span: Span) -> Iterator[columns.Row]:
    return (row for row in columns.rows() if row["quarter"] in span)


def _as_csv(span: Span, *, mark: bool) -> str:
    head = [column.name for column in columns.COLUMNS]
    return spreadsheet.written(head, (list(row.values()) for row in _rows(span)), mark=mark)
