"""The figures as a file, for who keeps or works them out elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server import audit, spreadsheet
from server.db import db
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


def export(by: Session, form: str, *, mark: bool) -> File:
    """Return all published figures as a file, and log that somebody took them along.

    ``mark`` puts in front of CSV what some spreadsheets need to read the letters right.
    """
    content = write(everything()) if form == "json" else _as_csv(mark=mark)
    audit.log(by.person_id, "export", "figures", outcome=form, device_id=by.device_id)
    db.session.commit()
    return File(f"signaalkaart-cijfers.{form}", FORMS[form], content)


def everything() -> dict[str, Any]:
    """Return the published figures with what every column means."""
    return {
        "least": LEAST,
        "warning": reports.WARNING,
        "hiding": reports.HIDING,
        "columns": columns.dictionary(),
        "rows": list(columns.rows()),
    }


def _as_csv(*, mark: bool) -> str:
    head = [column.name for column in columns.COLUMNS]
    return spreadsheet.written(head, (list(row.values()) for row in columns.rows()), mark=mark)
