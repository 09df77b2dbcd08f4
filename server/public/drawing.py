"""From a card to HTML: the page, the frame, the sheet. No script is needed to read any of them."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from server.cards.models import Card, Library
from server.public import fonts
from server.public.colours import LIGHT, by_day, colours
from server.public.emblems import emblem
from server.public.headings import headings
from server.public.sheet import sheet_of

HERE = Path(__file__).resolve().parent
# What is fetched under a name, and the files it is made of.
STYLES = {
    "kaart.css": ("card.css", "paper.css"),
    "papier.css": ("paper.css", "shown.css"),
    "pdf.css": ("paper.css", "pdf.css"),
}
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september"),
    *("oktober", "november", "december"),
)


class Drawer:
    """Draws for one gemeente. ``public_url`` is the address that people type."""

    def __init__(self, library: Library, public_url: str) -> None:
        self.library = library
        self.public_url = public_url

    def page(self, name: str, sheet_name: str) -> str:
        """Return the page of a card; ``sheet_name`` is the address of its style."""
        return self._draw("page.html", name, style=sheet_name)

    def frame(self, name: str, sheet_name: str) -> str:
        """Return the card as another site shows it inside a page of its own."""
        return self._draw("frame.html", name, style=sheet_name)

    def paper(self, name: str, sheet_name: str) -> str:
        """Return the sheet on a page from which it is printed."""
        return self._draw("paper.html", name, style=sheet_name)

    def sides(self, name: str, smaller: tuple[int, int]) -> str:
        """Return the two sides and nothing else; ``smaller`` is how many sizes each gave up."""
        return self._draw("pdf.html", name, smaller)

    def missing(self, sheet_name: str) -> str:
        """Return the page for who came to a card that is not there, or not for everybody."""
        return (
            _templates()
            .get_template("missing.html")
            .render(gemeente=self.library.gemeente, public_url=self.public_url, style=sheet_name)
        )

    def address(self, name: str) -> str:
        """Return where somebody reads this card: a page, or the app for who was invited."""
        if name in self.library.open_cards:
            return f"{self.public_url}/{name}"
        return f"{self.public_url}/#/kaart/{name}"

    def _draw(
        self, template: str, name: str, smaller: tuple[int, int] = (0, 0), **more: Any
    ) -> str:
        card = self.library.cards[name]
        first, rest = signals(card, self.library.gemeente)
        return (
            _templates()
            .get_template(template)
            .render(
                card=card,
                gemeente=self.library.gemeente,
                contacts={one["id"]: one for one in self.library.gemeente["contacts"]},
                words=[word for word in self.library.words if word["id"] in card["words"]],
                said=headings(card),
                first=first,
                rest=rest,
                sheet=sheet_of(card, self.library.gemeente, smaller),
                address=self.address(name),
                is_open=name in self.library.open_cards,
                qr=qr(self.address(name)),
                ink=(self.library.gemeente["theme"]["light"] or LIGHT),
                public_url=self.public_url,
                **more,
            )
        )


def signals(card: Card, gemeente: dict[str, Any]) -> tuple[list[Any], list[tuple[str, list[Any]]]]:
    """Return what to look at first, and the rest by group."""
    first = [signal for signal in card["signals"] if signal["top"]]
    groups: dict[str, list[Any]] = {}
    for signal in card["signals"]:
        if not signal["top"]:
            groups.setdefault(gemeente["group_labels"][signal["group"]], []).append(signal)
    return first, list(groups.items())


def style(name: str, library: Library, faces: list[fonts.Face]) -> str:
    """Return a style sheet with the letters and the colours of this gemeente in front."""
    painted = by_day if name == "pdf.css" else colours
    parts = [fonts.rules(faces), painted(library.gemeente["theme"])]
    return "".join([*parts, *((HERE / "style" / file).read_text("utf-8") for file in STYLES[name])])


def digest(text: str) -> str:
    """Return what changes when the text does."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=64)
def qr(address: str) -> Markup:
    """Return a code to scan, as a drawing without a colour of its own."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        nl=False,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        border=2,
        dark="#000",
        light="#fff",
        title=None,
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - made here, of an address of our own


def dial(number: str) -> str:
    """Return a number as a telephone dials it."""
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")


def day(written: str) -> str:
    """Return a date as people say it: 21 november 2026."""
    year, month, number = written.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"dial": dial, "day": day, "emblem": emblem}
    return made
