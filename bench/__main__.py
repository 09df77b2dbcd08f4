"""Measure what is promised, renew the lines of docs/performance.md and print the table."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from bench import (
    coldstart,
    delivery,
    feedback,
    inbox,
    ingest,
    lighthouse,
    machine,
    network,
    overlap,
    page,
    passkey,
    person,
    sealing,
    search,
    short,
    sizes,
    statics,
    turns,
)
from bench.graph import Series
from bench.losses import matrix
from bench.record import Measured, Record, Run
from bench.server import Town
from bench.table import Line, render
from tests.browser.installation import ROOT
from tests.push_service import PushService

# Every part, and the seconds after which it is ended: some four times what it should take.
PARTS = {
    "sizes": 60.0,
    "delivery": 900.0,
    "receipts": 600.0,
    "many": 480.0,
    "crowd": 300.0,
    "coldstart": 180.0,
    "search": 180.0,
    "network": 180.0,
    "ingest": 240.0,
    "cards": 240.0,
    "losses": 1500.0,
    "feedback": 240.0,
    "passkey": 120.0,
    "person": 240.0,
    "sealing": 120.0,
    "overlap": 900.0,
    "inbox": 1200.0,
    "lighthouse": 480.0,
}
RECORD = Record("performance")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}; none is all")
    arguments.add_argument("--look", action="store_true", help="measure, and write nothing")
    arguments.add_argument("--page", action="store_true", help="measure nothing, write the page")
    arguments.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    wanted = arguments.parse_args()
    if unknown := set(wanted.parts) - set(PARTS):
        arguments.error(f"no such part: {', '.join(sorted(unknown))}")
    if wanted.page:
        _rewrite()
        return
    if wanted.alone:
        with turns.stopping_when_told():
            measure(wanted.parts[0], look=wanted.look)
        return
    look = ["--look"] if wanted.look else []
    missed = []
    for part, limit in PARTS.items():
        if part in (wanted.parts or PARTS):
            why = turns.take(part, ["-m", "bench", "--alone", *look, part], limit)
            if why:
                missed.append(f"{part} {why}")
            if not wanted.look:
                if why:
                    RECORD.fail(part, why, machine.commit())
                _rewrite()
    if missed:
        sys.exit(f"Not measured: {'; '.join(missed)}.")


def _rewrite() -> None:
    """Write what was measured last on the page and in the README."""
    page.rewrite(RECORD.all(), list(PARTS))
    short.rewrite()


def measure(part: str, *, look: bool) -> None:
    """Measure one part in this process, print its lines and keep them."""
    run = Run()
    try:
        with Works() as works, PushService() as push, sync_playwright() as driver:
            found = run.ends(getattr(works, part)(driver, push))
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        sys.exit(turns.FAILED)
    sys.stdout.write(f"{render(found.lines)}\n")
    if not look:
        RECORD.put(part, found)


class Works:
    """What every part does, in a folder of its own on the disk that the repository is on."""

    def __init__(self) -> None:
        (ROOT / "var").mkdir(exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))

    def __enter__(self) -> Works:
        return self

    def __exit__(self, *_fault: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def sizes(self, _driver: Playwright, _push: PushService) -> Measured:
        return Measured(sizes.measure())

    def delivery(self, driver: Playwright, push: PushService) -> Measured:
        town_of = self._town("delivery", push, unlimited=True)
        with town_of as town, delivery.opened(driver, town) as bench:
            return _drawn(*delivery.measure(bench))

    def receipts(self, driver: Playwright, push: PushService) -> Measured:
        town_of = self._town("receipts", push, unlimited=True)
        with town_of as town, delivery.opened(driver, town) as bench:
            return Measured(delivery.measure_receipts(bench))

    def many(self, driver: Playwright, push: PushService) -> Measured:
        town_of = self._town("many", push, unlimited=True)
        with town_of as town, delivery.opened(driver, town) as bench:
            return _drawn(*delivery.measure_many(bench))

    def crowd(self, driver: Playwright, push: PushService) -> Measured:
        town_of = self._town("crowd", push, unlimited=True)
        with town_of as town, delivery.opened(driver, town) as bench:
            return Measured([delivery.measure_crowd(bench)])

    def coldstart(self, driver: Playwright, push: PushService) -> Measured:
        with self._town("coldstart", push) as town:
            return Measured(coldstart.measure(driver, town, push, self.folder))

    def search(self, driver: Playwright, push: PushService) -> Measured:
        with self._town("search", push) as town:
            return Measured(search.measure(driver, town, push, self.folder))

    def network(self, driver: Playwright, push: PushService) -> Measured:
        with self._town("network", push) as town:
            return Measured(network.measure(driver, town, push, self.folder))

    def ingest(self, _driver: Playwright, push: PushService) -> Measured:
        with self._town("ingest", push) as town:
            return Measured(ingest.measure(town))

    def cards(self, _driver: Playwright, push: PushService) -> Measured:
        with self._town("cards", push) as town:
            return Measured(statics.measure(town, self.folder / "statics"))

    def losses(self, driver: Playwright, push: PushService) -> Measured:
        lines, told = matrix.measure(driver, self.folder, push.origin)
        return Measured(lines, table=told)

    def feedback(self, _driver: Playwright, push: PushService) -> Measured:
        with self._town("feedback", push) as town:
            return Measured(feedback.measure(town, push))

    def passkey(self, _driver: Playwright, push: PushService) -> Measured:
        with self._town("passkey", push) as town:
            return Measured(passkey.measure(town))

    def sealing(self, _driver: Playwright, _push: PushService) -> Measured:
        return Measured(sealing.measure(self.folder))

    def person(self, _driver: Playwright, push: PushService) -> Measured:
        with self._town("person", push, unlimited=True) as town:
            return Measured(person.measure(town))

    def inbox(self, _driver: Playwright, _push: PushService) -> Measured:
        return Measured(inbox.measure(self.folder / "inbox"))

    def overlap(self, _driver: Playwright, _push: PushService) -> Measured:
        return Measured(overlap.measure(self.folder))

    def lighthouse(self, driver: Playwright, push: PushService) -> Measured:
        with self._town("lighthouse", push) as town:
            profile = lighthouse.sign_in(driver, town, push, self.folder)
            return Measured(lighthouse.measure(town, profile))

    @contextmanager
    def _town(self, name: str, push: PushService, *, unlimited: bool = False) -> Iterator[Town]:
        town = Town(self.folder / name, push.origin, unlimited=unlimited)
        try:
            town.start()
            yield town
        finally:
            town.stop()


def _drawn(lines: Sequence[Line], series: Series) -> Measured:
    """Keep for the graph what was measured, beside the lines."""
    return Measured(list(lines), series={name: list(points) for name, points in series.items()})


if __name__ == "__main__":
    main()
