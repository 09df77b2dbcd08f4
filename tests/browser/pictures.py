"""Pictures of screens for docs/screens, small enough to keep beside the code."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browser.profile import FLAGS, executable

# Text and a few flat colours need no more.
COLOURS = 96
# And a run through many screens makes do with less.
FEW_COLOURS = 64


def keep(shown: Page | Locator, name: str, *, width: int | None = None) -> None:
    """Take a picture, when the run is asked for pictures; ``width`` makes it smaller."""
    folder = os.environ.get("SCREENS")
    if not folder:
        return
    picture = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
    if width:
        picture = picture.resize((width, picture.height * width // picture.width), Image.LANCZOS)
    small = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(Path(folder) / f"{name}.png", optimize=True)


def settle(page: Page) -> None:
    """Wait until everything that was asked for is drawn, and nothing says that it is on its way."""
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(re.compile(r"\b(ophalen|Kijken in).*…$"))).to_have_count(0)


def shoot(page: Page, name: str, run: str = "week") -> None:
    """Keep a picture in few colours, when the run is asked for pictures."""
    folder = os.environ.get("SCREENS")
    if not folder:
        return
    raw = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    raw.quantize(FEW_COLOURS, dither=Image.Dither.NONE).save(
        Path(folder) / f"{run}-{name}.png", optimize=True
    )


def shoot_paper(
    playwright: Playwright, file: Path, name: str = "verslag", run: str = "week"
) -> None:
    """Keep a picture of a PDF, as the reader inside the browser shows it."""
    # That reader is an extension of the browser itself, which a test switches off.
    needed = ["--disable-extensions", "--disable-component-extensions-with-background-pages"]
    reader = playwright.chromium.launch(
        executable_path=executable(), args=FLAGS, ignore_default_args=needed
    )
    page = reader.new_page(viewport={"width": 900, "height": 1200})
    page.goto(f"{file.as_uri()}#toolbar=0")
    # It says nowhere that it has drawn.
    page.wait_for_timeout(4000)
    shoot(page, name, run)
    reader.close()
