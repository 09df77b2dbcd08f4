"""What makes a screen usable for everybody, measured on the screen that is open now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.phone import LAPTOP, PHONE

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tools" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
MEASURES = Path(__file__).with_name("measures.js")

TAGS = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    *("EN-301-549", "EN-301-549v4", "best-practice"),
]
LEAST_TARGET = 44
NARROW = {"width": 320, "height": 640}
BRAND = " | Signaalkaart"

# The values of WCAG 1.4.12.
SPACING = """
    * {
        line-height: 1.5 !important;
        letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important;
    }
    p { margin-block-end: 2em !important; }
"""
NORMAL_TEXT, BIG_TEXT = 16, 32


@dataclass(frozen=True)
class Mode:
    """One way somebody may look at a screen."""

    name: str
    narrow: bool = False
    scheme: str = "light"
    forced: str = "none"

    def size(self, wide: bool) -> dict[str, int]:
        """Return the window, for a screen that is at home on a laptop or on a phone."""
        return NARROW if self.narrow else LAPTOP if wide else PHONE


MODES = (
    Mode("light"),
    Mode("dark", scheme="dark"),
    Mode("forced colours", forced="active"),
    Mode("320 px", narrow=True),
)


def equip(context: BrowserContext) -> None:
    """Let every page carry the measures; the policy of the app refuses a script tag."""
    context.add_init_script(path=AXE)
    context.add_init_script(path=MEASURES)


def put(page: Page, mode: Mode, wide: bool) -> None:
    """Show the screen that is open in another way."""
    page.set_viewport_size(mode.size(wide))  # type: ignore[arg-type]
    page.emulate_media(color_scheme=mode.scheme, forced_colors=mode.forced)  # type: ignore[arg-type]
    settle(page)


def settle(page: Page) -> None:
    """Wait until what was asked for is drawn."""
    page.evaluate("document.fonts.ready.then(() => measures.drawn())")


def find_violations(page: Page, mode: Mode = MODES[0]) -> list[str]:
    """Return what axe has against the screen; colours do not change the size of a target."""
    found: list[str] = page.evaluate("tags => measures.violations(tags)", TAGS)
    if mode.scheme == "light" and mode.forced == "none":
        found += page.evaluate("measures.targetSize()")
    return found


def find_small_controls(page: Page) -> list[str]:
    """Return every control that a finger of 44 by 44 pixels can miss."""
    found: list[str] = page.evaluate("least => measures.smallControls(least)", LEAST_TARGET)
    return [f"target {one}" for one in found]


def find_what_does_not_fit(page: Page) -> list[str]:
    """Return what scrolls sideways or is cut off, also with the text a reader wants."""
    faults: list[str] = page.evaluate("measures.tooWide()")
    with wearing(page, SPACING):
        faults += [f"with text spacing, {one}" for one in page.evaluate("measures.tooWide()")]
    with preferring(page, BIG_TEXT):
        faults += [f"with text of 200 %, {one}" for one in page.evaluate("measures.tooWide()")]
    return faults


@contextmanager
def wearing(page: Page, css: str) -> Iterator[None]:
    """Put a reader's own style sheet over the page."""
    page.evaluate("css => measures.wear(css)", css)
    yield
    page.evaluate("measures.wear('')")


@contextmanager
def preferring(page: Page, text: int) -> Iterator[None]:
    """Give the page the size of text that somebody chose in the settings of the browser."""
    session = page.context.new_cdp_session(page)
    sizes = {"standard": text, "fixed": text * 13 // 16}
    session.send("Page.setFontSizes", {"fontSizes": sizes})
    settle(page)
    yield
    sizes = {"standard": NORMAL_TEXT, "fixed": 13}
    session.send("Page.setFontSizes", {"fontSizes": sizes})
    session.detach()
    settle(page)


def find_heading_faults(page: Page, title: str | None) -> list[str]:
    """Return what is wrong with language, title and first heading: one thing, one name."""
    said: dict[str, Any] = page.evaluate("measures.headings()")
    faults = [] if said["lang"] == "nl" else [f"lang {said['lang']}"]
    if len(said["h1"]) != 1:
        return [*faults, f"h1: {said['h1']}"]
    name = said["title"].removesuffix(BRAND)
    heading = title or said["h1"][0]
    if name == said["title"] or heading.casefold() not in name.casefold():
        faults.append(f"title {said['title']!r} and h1 {said['h1'][0]!r}")
    return faults


def find_covered_focus(page: Page, most: int = 250) -> list[str]:
    """Walk through the screen with Tab; return where focus does not show or lies under a bar."""
    faults: list[str] = []
    page.evaluate("measures.begin()")
    for _ in range(most):
        page.keyboard.press("Tab")
        at: dict[str, Any] | None = page.evaluate("measures.focus()")
        if at is None:
            return faults
        faults += [f"focus on {at['name']}: {fault}" for fault in at["faults"]]
    return [*faults, f"focus never leaves the screen in {most} steps"]
