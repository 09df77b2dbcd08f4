"""Lighthouse as a phone, on screens of somebody who is signed in."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from bench.pages import NODE
from bench.server import Town
from bench.table import Line
from tests.browser.installation import PATIENCE
from tests.browser.phone import Phone
from tests.browser.profile import FLAGS, Profile, executable
from tests.push_service import PushService

CATEGORIES = ("performance", "accessibility", "best-practices")
# what, address, whether the browser keeps what it had
SCREENS = (
    ("card, signed in", "#/kaart/boa", True),
    ("form, signed in", "#/melden/boa/1", True),
    ("first visit, nothing kept", "#/kaarten", False),
)
TURNS = 3
# On a busy machine Lighthouse at times loses its patience with the browser.
TRIES = 3


def sign_in(driver: Playwright, town: Town, push: PushService, folder: Path) -> Path:
    """Make a profile of somebody who is signed in, and return its folder."""
    profile = folder / "lighthouse"
    phone = Phone(Profile(driver, profile), town, push)
    phone.sign_in("melder", card="boa")
    phone.close()
    return profile


def measure(town: Town, profile: Path) -> list[Line]:
    """Run Lighthouse on each screen and take the median of each score."""
    with _browser(profile) as port:
        return [_line(what, f"{town.url}/{path}", keep, port) for what, path, keep in SCREENS]


def _line(what: str, url: str, keep: bool, port: int) -> Line:
    runs = [_run(url, keep, port) for _ in range(TURNS)]
    scores = {
        name: statistics.median(run["categories"][name]["score"] for run in runs)
        for name in CATEGORIES
    }
    paint, busy = (
        statistics.median(run["audits"][audit]["numericValue"] for run in runs)
        for audit in ("largest-contentful-paint", "total-blocking-time")
    )
    met = scores["performance"] >= 0.95 and all(scores[name] == 1 for name in CATEGORIES[1:])
    said = ", ".join(f"{name} {score:g}" for name, score in scores.items())
    return Line(
        f"Lighthouse mobile: {what}",
        f"{said} (LCP {paint / 1000:.1f} s, TBT {busy:.0f} ms)",
        "≥ 0.95, 1, 1",
        met,
    )


def _run(url: str, keep: bool, port: int) -> dict[str, Any]:
    words = ["node", "../bench/node_modules/lighthouse/cli/index.js", url, f"--port={port}"]
    words += [f"--only-categories={','.join(CATEGORIES)}", "--output=json", "--quiet"]
    if keep:
        words.append("--disable-storage-reset")
    for _ in range(TRIES):
        done = subprocess.run([NODE, *words], capture_output=True, text=True)
        if done.returncode == 0:
            break
        sys.stderr.write(f"Lighthouse gave up on {url} and tries again\n")
    assert done.returncode == 0, done.stderr[-500:]
    run: dict[str, Any] = json.loads(done.stdout)
    # A screen that sends the reader elsewhere would be measured under the wrong name.
    assert run["finalDisplayedUrl"] == url, run["finalDisplayedUrl"]
    return run


@contextmanager
def _browser(profile: Path) -> Iterator[int]:
    words = ["--headless=new", "--password-store=basic", "--use-mock-keychain", "--no-first-run"]
    where = [f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"]
    note = profile / "DevToolsActivePort"
    note.unlink(missing_ok=True)
    process = subprocess.Popen(
        [executable(), *FLAGS, *words, *where],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _wait_for_port(note)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for_port(note: Path) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            port = int(note.read_text().split()[0])
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/version", timeout=2):
                return port
        except (OSError, IndexError, ValueError, urllib.error.URLError):
            time.sleep(0.1)
    raise TimeoutError("the browser did not come up")
