"""Twenty devices that have the network back at the same moment, with twenty items each."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from playwright.sync_api import Browser, Page, Playwright

from bench.server import Town
from bench.table import Line, percentile, times_faster
from tests.browser.profile import FLAGS, executable

DEVICES, ITEMS, TURNS = 20, 20, 3
# Until all pages know when to begin.
NOTICE = 1.5


def measure(driver: Playwright, town: Town, address: str, payload: dict[str, object]) -> Line:
    """Let all deliver at once, ours and the peer in turns; the time is that of the last one.

    Every device is a window of its own that forgets, so on both sides its stores are in memory.
    """
    browser = driver.chromium.launch(executable_path=executable(), args=FLAGS)
    ours, theirs = list[list[float]](), list[list[float]]()
    for turn in range(TURNS):
        shared = f"crowd-{turn}"

        def open_peer(page: Page, number: int, shared: str = shared) -> None:
            _peer(page, address, [f"{shared}-{number}", payload, shared])

        ours.append(_together(browser, lambda page, _number: _phone(page, town)))
        theirs.append(_together(browser, open_peer))
    browser.close()
    last, peer = (statistics.median(max(one) for one in side) for side in (ours, theirs))
    p95 = percentile([one for turn in ours for one in turn], 0.95)
    return Line(
        f"{DEVICES} devices with {ITEMS} queued items each, at once",
        f"{last:.0f} ms until the last is done (device p95 {p95:.0f} ms)",
        "faster",
        last < peer,
        f"{peer:.0f} ms",
        times_faster(peer, last),
        "ours: fsync on the server; peer: LevelDB without; stores of all windows in memory",
    )


def _together(browser: Browser, open_page: Callable[[Page, int], None]) -> list[float]:
    """Open all pages with their items queued, let them begin at one moment, and clock each."""
    contexts = [browser.new_context(locale="nl-NL") for _ in range(DEVICES)]
    all_pages = []
    for number, context in enumerate(contexts):
        page = context.new_page()
        page.set_default_timeout(120_000)
        open_page(page, number)
        page.evaluate("(count) => bench.queue(count)", ITEMS)
        all_pages.append(page)
    moment = round((time.time() + NOTICE) * 1000)
    for page in all_pages:
        page.evaluate("(moment) => bench.beginAt(moment)", moment)
    assert time.time() * 1000 < moment, "the last page heard of it too late"
    took = [page.evaluate("() => bench.ended()") - moment for page in all_pages]
    for context in contexts:
        context.close()
    return took


def _phone(page: Page, town: Town) -> None:
    page.goto(f"{town.url}/bench/phone.html")
    token = town.invite("melder", "Bo Verzonnen", "boa").rsplit("/", 1)[1]
    page.evaluate("(token) => bench.signIn(token)", token)


def _peer(page: Page, address: str, start: list[object]) -> None:
    page.goto(f"{address}/peer.html")
    page.evaluate("(all) => bench.start(...all)", start)
