"""What waits on the phone after the network is back, and saving on the phone; PouchDB beside it."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from bench import crowd, pages
from bench.graph import Series
from bench.server import Town
from bench.table import Line, p50_p95, percentile, times_faster
from tests.browser.profile import Profile

TURNS = 5
# So many take so long that once must do.
ONCE = 10_000
SAVES = 200
WORKS = ["deliver", "deliver", "deliverAgain"]
HEARD = "deliverAndHear"
NEAR = 20  # milliseconds there and back, as over a good line
FAR = 150  # milliseconds there and back, as on a poor mobile network

BOTH = "ours: fsync on phone and server; peer: IndexedDB relaxed, LevelDB without fsync"


@dataclass
class Laps:
    """Turns of one piece of work, on both sides."""

    ours: list[dict[str, float]] = field(default_factory=list)
    theirs: list[dict[str, float]] = field(default_factory=list)

    def line(self, what: str, durability: str, *, round_trips: int | None = None) -> Line:
        """Compare the medians; ``round_trips`` is how many we may need."""
        ms = statistics.median(lap["ms"] for lap in self.ours)
        requests = max(int(lap["requests"]) for lap in self.ours)
        waited = statistics.median(lap["waited"] for lap in self.ours)
        peer_ms = statistics.median(lap["ms"] for lap in self.theirs)
        peer_requests = max(int(lap["requests"]) for lap in self.theirs)
        goal: str = "faster"
        met: bool | None = ms < peer_ms
        # A phone cannot come to hold so many; it is here to see how time grows.
        if len(self.ours) == 1:
            goal, met = "–", None
        if round_trips is not None:
            goal, met = f"{trips(round_trips)}, faster", ms < peer_ms and requests <= round_trips
        return Line(
            what,
            f"{ms:.0f} ms ({waited:.0f} at the server), {trips(requests)}",
            goal,
            met,
            f"{peer_ms:.0f} ms, {trips(peer_requests)}",
            times_faster(peer_ms, ms),
            durability,
        )


def trips(count: int) -> str:
    """Return the count with its word."""
    return f"{count} round trip" if count == 1 else f"{count} round trips"


@contextmanager
def opened(driver: Playwright, town: Town) -> Iterator[Bench]:
    """Build the pages, and serve them on both sides."""
    built = pages.build(town.folder)
    shutil.copytree(built, town.pwa / "bench")
    with pages.peer_server(town.folder, built) as address:
        yield Bench(driver, town, address, town.folder)


def measure(bench: Bench) -> tuple[list[Line], Series]:
    """Let the phone and PouchDB do the same work in turns, in the same browser.

    Returns the lines, and the time against the number of items for the graph.
    """
    found = {count: bench.compare(count, WORKS) for count in (20, 200, 1000)}
    [far] = bench.compare(20, ["deliver"], latency=FAR)
    away = {ms: bench.compare(1000, ["deliver"], latency=ms)[0] for ms in (NEAR, FAR)}
    lines = [
        found[20][0].line("20 queued items after reconnect", BOTH, round_trips=1),
        far.line(f"the same with {FAR} ms to the server", BOTH, round_trips=1),
        *(
            found[count][0].line(f"{count:,} queued items after reconnect", BOTH)
            for count in (200, 1000)
        ),
        *(
            laps.line(f"the same 1,000 with {ms} ms to the server", BOTH)
            for ms, laps in away.items()
        ),
        *(found[count][2].line(f"{count:,} known items sent again", BOTH) for count in (20, 1000)),
        found[1000][1].line("nothing new, asked again", BOTH),
        bench.save(),
    ]
    return lines, _series(found)


def measure_receipts(bench: Bench) -> list[Line]:
    """Let both go on until the phone knows of each item that it is there, and has that on disk."""
    return [
        bench.compare(count, [HEARD])[0].line(
            f"{count:,} queued items, until the phone has a receipt of each", BOTH
        )
        for count in (20, 1000)
    ]


def measure_many(bench: Bench) -> tuple[list[Line], Series]:
    """Do the same once with more than a phone ever comes to hold."""
    laps = bench.compare(ONCE, WORKS, turns=1)
    lines = [
        laps[0].line(f"{ONCE:,} queued items after reconnect, once", BOTH),
        laps[2].line(f"{ONCE:,} known items sent again, once", BOTH),
    ]
    return lines, _series({ONCE: laps})


def measure_crowd(bench: Bench) -> Line:
    """Let many devices deliver at the same moment, with what a phone has to deliver."""
    with bench.pair():
        sample = bench.sample
    return crowd.measure(bench.driver, bench.town, bench.address, sample)


def _series(found: dict[int, list[Laps]]) -> Series:
    series = {}
    for name, side in (("ours", "ours"), ("PouchDB", "theirs")):
        for more, work in (("", 0), (", sent again", 2)):
            series[name + more] = [
                (count, statistics.median(lap["ms"] for lap in getattr(laps[work], side)))
                for count, laps in found.items()
            ]
    return series


class Bench:
    """A browser with the phone's page and PouchDB's page, each on its own server."""

    def __init__(self, driver: Playwright, town: Town, address: str, folder: Path) -> None:
        self.driver = driver
        self.town = town
        self.address = address
        self.folder = folder
        self.stores = 0
        self.sample: dict[str, object] = {}

    @contextmanager
    def pair(self) -> Iterator[tuple[Page, Page]]:
        """Open both pages with empty stores, in a browser that keeps them on disk."""
        self.stores += 1
        # A window that forgets keeps its stores in memory: there "durable" would cost nothing.
        profile = self.folder / f"profile-{self.stores}"
        context = Profile(self.driver, profile).new_context(locale="nl-NL")
        phone = _open(context, f"{self.town.url}/bench/phone.html")
        token = self.town.invite("melder", "Bo Verzonnen", "boa").rsplit("/", 1)[1]
        phone.evaluate("(token) => bench.signIn(token)", token)
        self.sample = phone.evaluate("() => bench.example()")
        peer = _open(context, f"{self.address}/peer.html")
        peer.evaluate("(all) => bench.start(...all)", [str(self.stores), self.sample])
        yield phone, peer
        context.close()
        shutil.rmtree(profile)

    def compare(
        self, count: int, works: list[str], latency: int = 0, turns: int = TURNS
    ) -> list[Laps]:
        """Do these works one after the other on both sides, with so many items to deliver."""
        all_laps = [Laps() for _ in works]
        for _ in range(turns):
            with self.pair() as (phone, peer):
                for page in (phone, peer):
                    if HEARD in works:
                        page.evaluate("() => bench.askReceipts()")
                    page.evaluate("(count) => bench.queue(count)", count)
                    if latency:
                        _slow_down(page, latency)
                for laps, work in zip(all_laps, works, strict=True):
                    laps.ours.append(phone.evaluate(f"() => bench.{work}()"))
                    laps.theirs.append(peer.evaluate(f"() => bench.{work}()"))
                assert peer.evaluate("() => bench.arrived()") == count
        return all_laps

    def save(self) -> Line:
        """Save one by one on both sides."""
        with self.pair() as (phone, peer):
            ours = phone.evaluate("(count) => bench.save(count)", SAVES)
            theirs = peer.evaluate("(count) => bench.save(count)", SAVES)
        return Line(
            "save to durable",
            p50_p95(ours),
            "p95 < 50 ms",
            percentile(ours, 0.95) < 50,
            p50_p95(theirs),
            times_faster(percentile(theirs, 0.95), percentile(ours, 0.95)) + " (p95)",
            "ours: encrypted, durability strict; peer: plain, durability relaxed",
        )


def _open(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(url)
    return page


def _slow_down(page: Page, latency: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1},
    )
