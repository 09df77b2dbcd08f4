"""One sheet of paper: the same words as a PDF and as text to copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server import workdays
from server.db import now
from server.errors import Unavailable
from server.public.drawing import MONTHS
from server.public.pdf import PaperError, TooMuchError, print_side
from server.reports.quarters import Quarter

HERE = Path(__file__).resolve().parent
# A story stands in the serif of who speaks; the rest is the tool.
PLAIN, STORY = "plain", "story"


@dataclass(frozen=True)
class Line:
    """One figure with its name, as it is said."""

    name: str
    value: str


@dataclass(frozen=True)
class Section:
    """A heading with sentences, figures, or both."""

    title: str
    said: Sequence[str] = ()
    lines: Sequence[Line] = ()
    voice: str = PLAIN


@dataclass(frozen=True)
class Sheet:
    """What stands on one side of A4; the figures in two columns above the rest."""

    title: str
    to: str
    opening: Sequence[str] = ()
    figures: Sequence[Section] = ()
    sections: Sequence[Section] = ()
    closing: Sequence[str] = ()
    signed: str = ""
    made: str = field(default_factory=lambda: day_of_today())


def quarter_name(name: str) -> str:
    """Return a quarter as people say it."""
    quarter = Quarter.named(name)
    return f"{quarter.number}e kwartaal van {quarter.year}"


def day_of_today() -> str:
    """Return the day it is, in words."""
    day = workdays.local_day(now())
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def as_text(sheet: Sheet) -> str:
    """Return a sheet as text to copy into a letter or a mail."""
    parts = [sheet.title, sheet.to, *sheet.opening]
    for section in (*sheet.figures, *sheet.sections):
        rows = [f"- {line.name}: {line.value}" for line in section.lines]
        parts.append("\n".join([section.title, *section.said, *rows]))
    parts += [*sheet.closing, *([sheet.signed] if sheet.signed else [])]
    return "\n\n".join(parts) + "\n"


def as_html(sheet: Sheet) -> str:
    """Return a sheet as the page that is printed."""
    return _templates().get_template("sheet.html").render(sheet=sheet)


def as_pdf(sheet: Sheet, pwa_dir: Path) -> bytes:
    """Return a sheet as a tagged PDF of exactly one side; what does not fit is said."""
    try:
        return print_side(as_html(sheet), (HERE / "sheet.css").read_text("utf-8"), pwa_dir)
    except TooMuchError:
        raise Unavailable(
            "Dit past niet op één A4. Maak het verhaal korter.", code="too_long"
        ) from None
    except PaperError:
        raise Unavailable(
            "De PDF kan nu niet worden gemaakt. Vraag de beheerder om hulp.", code="paper"
        ) from None


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
