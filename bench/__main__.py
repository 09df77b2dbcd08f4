"""Run every measurement, print the table and write docs/performance.md."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from bench import (
    coldstart,
    delivery,
    feedback,
    graph,
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
)
from bench.losses import matrix
from bench.server import Town
from bench.table import Line, render
from tests.browser.installation import ROOT
from tests.push_service import PushService

PARTS = (
    "sizes",
    "delivery",
    "many",
    "crowd",
    "coldstart",
    "search",
    "network",
    "ingest",
    "cards",
    "losses",
    "feedback",
    "passkey",
    "person",
    "sealing",
    "overlap",
    "inbox",
    "lighthouse",
)

GRAPH = "From reconnect until all is delivered"


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}; none is all")
    wanted = arguments.parse_args().parts
    unknown = set(wanted) - set(PARTS)
    if unknown:
        arguments.error(f"no such part: {', '.join(sorted(unknown))}")
    with Run() as run:
        lines = run.measure(wanted or PARTS)
    sys.stdout.write(f"load {', '.join(f'{load:.1f}' for load in run.loads)}\n{render(lines)}\n")
    # Only a whole run replaces what the last whole run said.
    if not wanted:
        docs = ROOT / "docs"
        if run.series:
            (docs / "performance.svg").write_text(graph.draw(GRAPH, run.series))
        (docs / "performance.md").write_text(page.write(lines, run.loads, run.losses_table))
        short.rewrite()


class Run:
    """One run in a folder of its own, on the disk that the repository is on."""

    def __init__(self) -> None:
        (ROOT / "var").mkdir(exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
        self.loads = [machine.load()]
        self.series: dict[str, list[tuple[int, float]]] = {}
        self.losses_table = ""

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_fault: object) -> None:
        shutil.rmtree(self.folder)

    def measure(self, wanted: tuple[str, ...] | list[str]) -> list[Line]:
        lines: list[Line] = []
        with PushService() as push, sync_playwright() as driver:
            for part in PARTS:
                if part not in wanted:
                    continue
                start = time.monotonic()
                work: Callable[[Playwright, PushService], list[Line]] = getattr(self, part)
                try:
                    lines += work(driver, push)
                except Exception as fault:  # noqa: BLE001
                    # The other parts still count; the table says which one is missing.
                    traceback.print_exc()
                    lines.append(Line(part, f"not measured: {type(fault).__name__}", met=False))
                self.loads.append(machine.load())
                sys.stderr.write(f"{part}: {time.monotonic() - start:.0f} s\n")
        return lines

    def sizes(self, _driver: Playwright, _push: PushService) -> list[Line]:
        return sizes.measure()

    def delivery(self, driver: Playwright, push: PushService) -> list[Line]:
        town_of = self._town("delivery", push, unlimited=True)
        with town_of as town, delivery.opened(driver, town) as bench:
            return self._drawn(*delivery.measure(bench))

    def many(self, driver: Playwright, push: PushService) -> list[Line]:
        town_of = self._town("many", push, unlimited=True)
        with town_of as town, delivery.opened(driver, town) as bench:
            return self._drawn(*delivery.measure_many(bench))

    def crowd(self, driver: Playwright, push: PushService) -> list[Line]:
        town_of = self._town("crowd", push, unlimited=True)
        with town_of as town, delivery.opened(driver, town) as bench:
            return [delivery.measure_crowd(bench)]

    def _drawn(self, lines: list[Line], series: graph.Series) -> list[Line]:
        """Keep for the graph what was measured, and return the lines."""
        for name, points in series.items():
            self.series[name] = [*self.series.get(name, []), *points]
        return lines

    def coldstart(self, driver: Playwright, push: PushService) -> list[Line]:
        with self._town("coldstart", push) as town:
            return coldstart.measure(driver, town, push, self.folder)

    def search(self, driver: Playwright, push: PushService) -> list[Line]:
        with self._town("search", push) as town:
            return search.measure(driver, town, push, self.folder)

    def network(self, driver: Playwright, push: PushService) -> list[Line]:
        with self._town("network", push) as town:
            return network.measure(driver, town, push, self.folder)

    def ingest(self, _driver: Playwright, push: PushService) -> list[Line]:
        with self._town("ingest", push) as town:
            return ingest.measure(town)

    def cards(self, _driver: Playwright, push: PushService) -> list[Line]:
        with self._town("cards", push) as town:
            return statics.measure(town, self.folder / "statics")

    def losses(self, driver: Playwright, push: PushService) -> list[Line]:
        lines, self.losses_table = matrix.measure(driver, self.folder, push.origin)
        return lines

    def feedback(self, _driver: Playwright, push: PushService) -> list[Line]:
        with self._town("feedback", push) as town:
            return feedback.measure(town, push)

    def passkey(self, _driver: Playwright, push: PushService) -> list[Line]:
        with self._town("passkey", push) as town:
            return passkey.measure(town)

    def sealing(self, _driver: Playwright, _push: PushService) -> list[Line]:
        return sealing.measure(self.folder)

    def person(self, _driver: Playwright, push: PushService) -> list[Line]:
        with self._town("person", push, unlimited=True) as town:
            return person.measure(town)

    def inbox(self, _driver: Playwright, _push: PushService) -> list[Line]:
        return inbox.measure(self.folder / "inbox")

    def overlap(self, _driver: Playwright, _push: PushService) -> list[Line]:
        return overlap.measure(self.folder)

    def lighthouse(self, driver: Playwright, push: PushService) -> list[Line]:
        with self._town("lighthouse", push) as town:
            profile = lighthouse.sign_in(driver, town, push, self.folder)
            return lighthouse.measure(town, profile)

    @contextmanager
    def _town(self, name: str, push: PushService, *, unlimited: bool = False) -> Iterator[Town]:
        town = Town(self.folder / name, push.origin, unlimited=unlimited)
        try:
            town.start()
            yield town
        finally:
            town.stop()


if __name__ == "__main__":
    main()
