"""Rows for who opens them in a spreadsheet: what people typed is never a formula there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# What a cell that is calculated begins with.
CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\n")


def written(head: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = True) -> str:
    """Return a list as Dutch spreadsheets read it: semicolons, and a mark that says UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" * mark + out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(CALCULATED) else text
