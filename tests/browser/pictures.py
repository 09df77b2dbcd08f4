"""Pictures of screens for docs/screens, small enough to keep beside the code."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

# Text and a few flat colours need no more.
COLOURS = 96


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
