"""Opening the app without a network on a slow phone, until the card can be read."""

from __future__ import annotations

import statistics
from pathlib import Path

from playwright.sync_api import Playwright

from bench.server import Town
from bench.table import Line
from tests.browser.phone import Phone
from tests.browser.profile import Profile
from tests.push_service import PushService

TURNS = 7
SLOWER = 4
CARD = "#/kaart/boa"

# Readable: the first sign to tick has a place on the screen, and that frame was drawn.
WATCH = """
(() => {
  window.readable = new Promise((done) => {
  const look = () => {
    const heading = document.querySelector('h1');
    const sign = document.querySelector('main li input, .tick input');
    const box = (sign?.closest('label, li') ?? sign)?.getBoundingClientRect();
    if (!heading?.textContent || !box || !box.height) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => done(performance.now())));
  };
  requestAnimationFrame(look);
  });
})();
"""


def measure(driver: Playwright, town: Town, push: PushService, folder: Path) -> list[Line]:
    """Start the browser anew each time, on the profile of somebody who used the app before."""
    profile = Profile(driver, folder / "cold")
    phone = Phone(profile, town, push)
    phone.sign_in("melder", card="boa")
    phone.open(f"/{CARD}")
    phone.close()
    laps = [_start(profile, town) for _ in range(TURNS)]
    median = statistics.median(laps)
    return [
        Line(
            f"cold start offline to readable card, {SLOWER}× slower CPU",
            f"{median:.0f} ms ({min(laps):.0f}–{max(laps):.0f})",
            "< 1,000 ms",
            median < 1000,
        )
    ]


def _start(profile: Profile, town: Town) -> float:
    context = profile.new_context(viewport={"width": 360, "height": 740}, base_url=town.url)
    context.set_offline(True)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"/{CARD}", wait_until="commit")
    took: float = page.evaluate("() => window.readable")
    context.close()
    return took
