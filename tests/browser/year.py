"""Two years of the story of the week, on a clock of its own: figures, letters and papers.

``make year`` lives them in a minute, looks in everything that comes out for the one report that was
planted, as an attacker would, and takes the pictures of figures, papers and letters.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import expect, sync_playwright

from server.app import create_app
from server.config import Config
from server.db import db
from server.people.models import Person
from server.reports.suppression import LEAST
from tests.browser.installation import ROOT, Installation
from tests.browser.profile import FLAGS, executable
from tests.browser.two_years import A_YEAR, AFTER, NEWEST, TwoYears
from tests.browser.week import say
from tests.browser.year_pictures import Pictures
from tests.conftest import Browser
from tests.push_service import PushService


def live(installation: Installation) -> None:
    """Live two years in this installation before anybody looks, and say what became of them."""
    app = create_app(Config.from_env(installation.environ, ROOT))
    app.test_client_class = Browser
    with app.app_context():
        years = TwoYears(app)
        years.begin()
        years.live()
        years.look_back()
        check_that_it_tells(years)
        people = db.session.scalar(sa.select(sa.func.count(Person.id)))
        say(f"Twee jaar van {people} mensen: {years.counted}")
        say(f"Nagezocht: {look_for_the_planted_one(years)}, en niemand gevonden.")
        db.session.remove()
        db.engine.dispose()


def check_that_it_tells(years: TwoYears) -> None:
    """Every table has something in it, and beside the year before something became more."""
    told = years.leader.get(f"/figures?first={A_YEAR[0]}&last={A_YEAR[1]}").json
    empty = [one["name"] for one in told["shown"]["tables"] if not one["cells"][0]["at_least"]]
    assert empty == [], empty
    assert told["compared"], told["periods"]
    assert told["changes"]
    cells = [cell for one in told["shown"]["tables"] for cell in one["cells"]]
    assert None in {cell["value"] for cell in cells}
    done = {"nooit beantwoord", "laat beantwoord", "casussen gesloten", "door het loket ingevoerd"}
    assert done <= years.counted.keys(), years.counted


def look_for_the_planted_one(years: TwoYears) -> dict[str, int]:
    """Look in every output as somebody who subtracts would; return how much was looked through."""
    cells, texts = 0, []
    quarters = years.leader.get("/figures").json["periods"]
    assert NEWEST in quarters, quarters
    for first, last in [(one, one) for one in quarters] + [(quarters[-1], quarters[0])]:
        shown = years.leader.get(f"/figures?first={first}&last={last}").json["shown"]
        for table in shown["tables"]:
            values = {cell["key"]: cell["value"] for cell in table["cells"]}
            cells += len(values)
            if first == last:
                _check_tree(table["name"], values)
    for quarter in quarters:
        for kind in ("driehoek", "raad"):
            shown = years.leader.get(f"/briefings?kind={kind}&quarter={quarter}").json["shown"]
            texts.append(shown["text"])
    for phone in years.reporters:
        told = phone.get("/notes").json["items"]
        texts += ["\n".join(_flat(note["sheet"])) for note in told]
    small = re.compile(r": [1-4]$|^[1-4]$|\b[1-4] keer\b", re.M)
    assert not [text for text in texts if small.search(text)]
    return {"cellen": cells, "teksten": len(texts)}


def _check_tree(name: str, values: dict[str, int | None]) -> None:
    """No number under five is shown, and none follows by subtracting parts from their whole."""
    assert not {1, 2, 3, 4} & set(values.values()), name
    for key, whole in values.items():
        depth = key.count("/") + 1 if key else 0
        parts = [
            value
            for other, value in values.items()
            if other and other.count("/") == depth and (not key or other.startswith(f"{key}/"))
        ]
        if whole is not None and parts:
            rest = whole - sum(value or 0 for value in parts)
            assert rest == 0 or rest >= LEAST, (name, key, rest)


def _flat(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    else:
        for one in part.values() if isinstance(part, dict) else part:
            yield from _flat(one)


def main() -> None:
    """Live two years, and look back."""
    expect.set_options(timeout=20_000)
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        PushService() as push,
        sync_playwright() as playwright,
    ):
        installation = Installation(Path(folder), push.origin)
        installation.move_to(AFTER)
        installation.prepare()
        live(installation)
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            installation.start_web()
            installation.wait_for_web()
            Pictures(playwright, installation, browser, push).take()
        finally:
            browser.close()
            installation.stop()
    say(f"Twee jaar in {time.monotonic() - begun:.0f} seconden.")


if __name__ == "__main__":
    os.environ.setdefault("TZ", "Europe/Amsterdam")
    sys.exit(main())
