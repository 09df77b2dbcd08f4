"""A card as a PDF of two sides, with letters of our own in it and nothing fetched."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from server.public import fonts
from server.public.drawing import Drawer, style
from server.public.sheet import SIZES

SIDES = 2
WEIGHTS = {"Noto Sans Variable": (400, 700), "Noto Serif Variable": (400, 600)}
# So that screen readers and archives can do something with it.
VARIANT = "pdf/ua-1"
# In points, for a text on one side; below the last nobody reads it easily.
SIDE_SIZES = (10.5, 10.0, 9.5, 9.0)
BACK = "achterkant"


class PaperError(Exception):
    """A PDF cannot be made; the text says what to do."""


class TooMuchError(PaperError):
    """What has to be on one side does not fit there, however small the letters."""


def make_pdf(drawer: Drawer, name: str, pwa_dir: Path) -> bytes:
    """Return the sheet of a card; letters grow smaller until it fits on two sides."""
    faces, weasyprint = _faces(pwa_dir), _load()
    letters = weasyprint.text.fonts.FontConfiguration()

    def fetch(url: str, *_more: Any, **_options: Any) -> Any:
        # Whatever a text would name: only letters are there to be had.
        return weasyprint.urls.URLFetcherResponse(url, faces[url][2])

    css = weasyprint.CSS(
        string=style("pdf.css", drawer.library, [(*face[:2], url) for url, face in faces.items()]),
        url_fetcher=fetch,
        font_config=letters,
    )
    front, back = 0, 0
    while max(front, back) < len(SIZES):
        page = weasyprint.HTML(string=drawer.sides(name, (front, back)), url_fetcher=fetch)
        drawn = page.render(stylesheets=[css], font_config=letters)
        began = next(at for at, sheet in enumerate(drawn.pages) if BACK in sheet.anchors)
        if len(drawn.pages) == SIDES:
            return bytes(drawn.write_pdf(pdf_variant=VARIANT))
        front += began > 1
        back += len(drawn.pages) - began > 1
    raise PaperError(f"De kaart ‘{name}’ past niet op twee kanten. Maak de teksten korter.")


def print_side(html: str, css: str, pwa_dir: Path) -> bytes:
    """Return a text as a tagged PDF of one side; letters grow smaller until it fits."""
    faces, weasyprint = _faces(pwa_dir), _load()
    letters = weasyprint.text.fonts.FontConfiguration()

    def fetch(url: str, *_more: Any, **_options: Any) -> Any:
        return weasyprint.urls.URLFetcherResponse(url, faces[url][2])

    rules = fonts.rules([(*face[:2], url) for url, face in faces.items()])
    page = weasyprint.HTML(string=html, url_fetcher=fetch)
    for size in SIDE_SIZES:
        sized = f"{rules}{css}html {{ font-size: {size}pt }}"
        sheet = weasyprint.CSS(string=sized, url_fetcher=fetch, font_config=letters)
        drawn = page.render(stylesheets=[sheet], font_config=letters)
        if len(drawn.pages) == 1:
            return bytes(drawn.write_pdf(pdf_variant=VARIANT))
    raise TooMuchError("Deze tekst past niet op één kant.")


def print_html(html: str, css: str, pwa_dir: Path) -> bytes:
    """Return a text of any length as a PDF, in the letters of the app."""
    faces, weasyprint = _faces(pwa_dir), _load()
    letters = weasyprint.text.fonts.FontConfiguration()

    def fetch(url: str, *_more: Any, **_options: Any) -> Any:
        return weasyprint.urls.URLFetcherResponse(url, faces[url][2])

    rules = fonts.rules([(*face[:2], url) for url, face in faces.items()])
    sheet = weasyprint.CSS(string=rules + css, url_fetcher=fetch, font_config=letters)
    page = weasyprint.HTML(string=html, url_fetcher=fetch)
    made = page.write_pdf(stylesheets=[sheet], font_config=letters)
    return bytes(made)


def _load() -> Any:
    """Return the library that draws; it needs Pango, which is not a Python package."""
    try:
        return import_weasyprint()
    except (ImportError, OSError):
        raise PaperError(
            "Om PDF’s te maken moet Pango op deze computer staan, op Debian en Ubuntu met: "
            "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."
        ) from None


def import_weasyprint() -> Any:
    """Load it only now: the server never draws, and half a second is long for a command."""
    import weasyprint
    import weasyprint.text.fonts

    return weasyprint


@lru_cache(maxsize=2)
def _faces(pwa_dir: Path) -> dict[str, tuple[str, str, bytes]]:
    """Return every weight that stands on paper; a PDF holds no letters that still can change."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    found = fonts.files(pwa_dir)
    if len(found) < len(fonts.FAMILIES):
        raise PaperError("De letters zijn er niet. Bouw eerst de app: make pwa/dist/index.html.")
    made = {}
    for family, weights in WEIGHTS.items():
        for weight in weights:
            font = instantiateVariableFont(TTFont(found[family]), {"wght": weight})
            font.flavor = None
            font.save(out := io.BytesIO())
            made[f"letters://{fonts.FAMILIES[family]}/{weight}"] = (
                family,
                str(weight),
                out.getvalue(),
            )
    return made
