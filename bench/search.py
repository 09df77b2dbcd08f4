"""Searching all cards on a slow phone: from a keystroke until the results stand in the page."""

from __future__ import annotations

import statistics
import tomllib
from pathlib import Path

from playwright.sync_api import Playwright

from bench.server import Town
from bench.table import Line
from tests.browser.installation import ROOT
from tests.browser.phone import Phone
from tests.browser.profile import Profile
from tests.push_service import PushService

SLOWER = 4
GOAL = 16.0
QUESTIONS = ROOT / "tests" / "zoekvragen.toml"

# Every question is typed letter by letter, so the short and vague beginnings count as well. The
# screen is drawn anew in a microtask or a frame; the clock stops when the page has changed.
TYPE = """
async (questions) => {
  const field = document.getElementById('zoek');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const main = document.querySelector('main');
  const laps = [];
  const type = (text) => new Promise((done) => {
    const start = performance.now();
    const stop = () => { watch.disconnect(); clearTimeout(timer); done(); };
    const watch = new MutationObserver(() => { laps.push(performance.now() - start); stop(); });
    // A letter that changes nothing on the screen has no moment to measure.
    const timer = setTimeout(stop, 150);
    watch.observe(main, { childList: true, subtree: true, characterData: true });
    set.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await type('w');
  await new Promise((done) => setTimeout(done, 2000));
  laps.length = 0;
  for (const question of questions) {
    for (let end = 3; end <= question.length; end += 1) await type(question.slice(0, end));
  }
  return laps;
}
"""


def measure(driver: Playwright, town: Town, push: PushService, folder: Path) -> list[Line]:
    """Type all questions; the index was made when the first letter was."""
    profile = Profile(driver, folder / "search")
    phone = Phone(profile, town, push)
    phone.sign_in("melder", card="boa")
    phone.open("/#/kaarten")
    phone.wait_for_worker()
    session = phone.context.new_cdp_session(phone.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    asked = [row["ask"] for row in tomllib.loads(QUESTIONS.read_text())["questions"]]
    laps: list[float] = phone.page.evaluate(TYPE, asked)
    phone.close()
    slowest = statistics.quantiles(laps, n=20)[-1]
    return [
        Line(
            f"search in all cards, letter by letter, p95 of {len(laps)}, {SLOWER}× slower CPU",
            f"{slowest:.1f} ms (median {statistics.median(laps):.1f})",
            f"< {GOAL:.0f} ms",
            slowest < GOAL,
        )
    ]
