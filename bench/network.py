"""Drawing a large network around a case, on a slow laptop."""

from __future__ import annotations

import statistics
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Playwright

from bench.server import Town
from bench.table import Line
from tests.browser.casework import crowd
from tests.browser.phone import LAPTOP, Phone
from tests.browser.profile import Profile
from tests.browser.town import CALL
from tests.push_service import PushService

POINTS = 300
TURNS = 7
SLOWER = 4
GOAL = 1000.0
DRAWN = "performance.getEntriesByName('network-drawn')"


def measure(driver: Playwright, town: Town, push: PushService, folder: Path) -> list[Line]:
    """Open one case anew each time; the app itself notes when its drawing was painted."""
    phone = Phone(Profile(driver, folder / "network"), town, push, size=LAPTOP)
    phone.sign_in("procesregisseur", name="Samira Voorbeeld")
    page = phone.page
    body = {"id": str(uuid4()), "kind": "youth", "title": "Fiets van Zwiep"}
    case = page.evaluate(CALL, ["POST", "/cases", body])["id"]
    crowd(page, POINTS)
    session = phone.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    phone.open(f"/#/casussen/{case}")
    laps = [_draw(phone) for _ in range(TURNS)]
    phone.close()
    median = statistics.median(laps)
    return [
        Line(
            f"drawing a network of {POINTS} points, {SLOWER}× slower CPU",
            f"{median:.0f} ms ({min(laps):.0f}–{max(laps):.0f})",
            f"< {GOAL:,.0f} ms",
            median < GOAL,
        )
    ]


def _draw(phone: Phone) -> float:
    phone.page.reload()
    phone.page.wait_for_function(f"() => {DRAWN}.length > 0")
    took: float = phone.page.evaluate(f"{DRAWN}[0].duration")
    return took
