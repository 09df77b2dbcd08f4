"""Every fault for every page, and what became of the items."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, Error, Playwright

from bench import pages
from bench.losses.cases import CASES, Case
from bench.losses.gate import Gate
from bench.losses.keepers import Keeper
from bench.losses.shelf import Shelf
from bench.server import Town
from bench.table import Line, table
from tests.browser.profile import Profile

ITEMS = 5
# How long the line stays ill after every page tried once, and how long all may take after that;
# who waits for nothing any more is left alone sooner, but not before its next try by itself.
ILL, WELL, LEAST = 2.0, 20.0, 8.0
STRUCK = 15.0
# What one fault may take for all pages together; a browser that hangs is ended then.
CASE = 110.0
OURS = "ours"
# A page that hears this cannot tell whether the item was kept.
NETWORK = "TypeError: Failed to fetch"


@dataclass(frozen=True)
class Fate:
    """What became of the items of one page under one fault."""

    lost: int
    waiting: int
    heard: int
    doubled: int
    silent: str = ""

    def words(self) -> str:
        parts = [f"**{self.silent}**"] if self.silent else []
        if self.lost:
            parts.append(f"**{self.lost} lost**")
        if self.heard:
            parts.append(f"{self.heard} not kept, the page hears so")
        if self.waiting:
            parts.append(f"{self.waiting} still waiting")
        if self.doubled:
            parts.append(f"**{self.doubled} doubled**")
        return ", ".join(parts) or "all once"


Fates = dict[str, dict[str, Fate]]


def measure(driver: Playwright, folder: Path, push_origin: str) -> tuple[list[Line], str]:
    """Return a line for the table, and a table of its own with every fault."""
    built = pages.build(folder)
    fates: Fates = {}
    with ExitStack() as stack:
        keepers = _keepers(stack, folder, built, push_origin)
        for number, case in enumerate(CASES):
            fates[case.what] = _try(driver, folder / f"losses-{number}", keepers, case)
            told = ", ".join(f"{name}: {fate.words()}" for name, fate in fates[case.what].items())
            sys.stderr.write(f"{case.what}: {told}\n")
    return [_line(fates)], render(fates)


def _keepers(stack: ExitStack, folder: Path, built: Path, push_origin: str) -> list[Keeper]:
    gate = stack.enter_context(Gate(lambda method, path: path == "/api/v1/sync"))
    town = Town(folder / "losses", push_origin)
    # The app must take the line's address for its own.
    town.url, gate.behind = gate.url, town.port
    town.environ["PUBLIC_URL"] = gate.url
    stack.callback(town.stop)
    town.start()
    shutil.copytree(built, town.pwa / "bench")
    token = town.invite("melder", "Bo Verzonnen", "boa").rsplit("/", 1)[1]

    def stored(ids: Iterable[str]) -> Counter[str]:
        known = Counter(row[0] for row in town.rows("SELECT id FROM observation"))
        return Counter({one: known[one.replace("-", "")] + known[one] for one in ids})

    tokens = iter([token])

    def starting() -> str:
        """Return an invitation; a fresh profile needs a new one."""
        return next(tokens, None) or town.invite("melder", "Bo Verzonnen", "boa").rsplit("/", 1)[1]

    keepers = [Keeper(OURS, gate, "/bench/kept.html", stored, starting)]
    for name, page, plugin in (
        ("RxDB", "rxdb", None),
        ("Workbox", "workbox", "plain"),
        ("Workbox, 5xx as failure", "workbox", "5xx"),
    ):
        keepers.append(_peer(stack, built, name, page, plugin))
    return keepers


def _peer(stack: ExitStack, built: Path, name: str, page: str, plugin: str | None) -> Keeper:
    shelf = stack.enter_context(Shelf(built))
    gate = stack.enter_context(
        Gate(lambda method, path: method == "POST" and path in {"/items", "/push"})
    )
    gate.behind = shelf.port

    def stored(ids: Iterable[str]) -> Counter[str]:
        known = Counter(shelf.rows)
        return Counter({one: known[one] for one in ids})

    return Keeper(name, gate, f"/{page}.html", stored, lambda: plugin)


def _try(driver: Playwright, folder: Path, keepers: list[Keeper], case: Case) -> dict[str, Fate]:
    """Save items on every page while the line is ill, heal it, and look until all is settled.

    A page that does not answer has that for its fate; so have all of them when the browser hangs.
    """
    profile = Profile(driver, folder)
    ids = {keeper.name: [str(uuid4()) for _ in range(ITEMS)] for keeper in keepers}
    for keeper in keepers:
        keeper.silent, keeper.gate.fault = "", None
    watch = threading.Timer(CASE, profile.end)
    watch.daemon = True
    watch.start()
    try:
        context = _suffer(profile, keepers, case, ids)
        fates = _settle(keepers, ids)
        context.close()
    except Error as fault:
        sys.stderr.write(f"{case.what}: {str(fault).splitlines()[0]}\n")
        profile.end()
        for keeper in keepers:
            keeper.silent = keeper.silent or f"did not finish in {CASE:.0f} s"
        fates = {keeper.name: _fate(keeper, ids[keeper.name]) for keeper in keepers}
    finally:
        watch.cancel()
    shutil.rmtree(folder, ignore_errors=True)
    return fates


def _suffer(
    profile: Profile, keepers: list[Keeper], case: Case, ids: dict[str, list[str]]
) -> BrowserContext:
    """Let the line be ill while every page has items to hand over, and make it well again."""
    context = _open(profile, keepers)
    for keeper in keepers:
        keeper.gate.struck, keeper.gate.fault = 0, case.fault
        if case.no_room:
            keeper.attempt(lambda keeper=keeper: keeper.leave_no_room(really=True))
        keeper.attempt(lambda keeper=keeper: keeper.save(ids[keeper.name]))
    _wait_until_struck(keepers, case)
    if case.kill:
        profile.kill()
    else:
        time.sleep(ILL + case.fault.silence)
    for keeper in keepers:
        keeper.gate.fault = None
        if case.no_room:
            keeper.attempt(lambda keeper=keeper: keeper.leave_no_room(really=False))
    if case.kill:
        time.sleep(case.fault.silence)
        context = _open(profile, keepers)
    return context


def _open(profile: Profile, keepers: list[Keeper]) -> BrowserContext:
    context = profile.new_context(locale="nl-NL")
    for keeper in keepers:
        keeper.attempt(lambda keeper=keeper: keeper.open(context))
    return context


def _wait_until_struck(keepers: list[Keeper], case: Case) -> None:
    end = time.monotonic() + (3 if case.no_room else STRUCK)
    while time.monotonic() < end and not all(
        keeper.gate.struck or keeper.silent for keeper in keepers
    ):
        # The pages must go on meanwhile, and the driver hears of them only while it waits.
        assert keepers[0].page
        keepers[0].page.wait_for_timeout(100)


def _settle(keepers: list[Keeper], ids: dict[str, list[str]]) -> dict[str, Fate]:
    """Let every page try again now and then, until each has handed over what it still has."""
    start = time.monotonic()
    open_ones = list(keepers)
    while open_ones and time.monotonic() < start + WELL:
        for keeper in open_ones:
            keeper.attempt(keeper.again)
        assert keepers[0].page
        keepers[0].page.wait_for_timeout(1500)
        long = time.monotonic() > start + LEAST
        open_ones = [one for one in open_ones if not _done(one, ids[one.name], long=long)]
    return {keeper.name: _fate(keeper, ids[keeper.name]) for keeper in keepers}


def _done(keeper: Keeper, ids: Sequence[str], *, long: bool) -> bool:
    """Say whether nothing will come any more: it is all there, or nothing is under way."""
    seen = _look(keeper)
    if seen is None:
        return True
    busy = "under way" in seen["told"].values() or seen["waiting"]
    return not busy and (long or all(keeper.stored(ids).values()))


def _look(keeper: Keeper) -> dict[str, Any] | None:
    """Return what the page says, or None when it says nothing any more."""
    seen: list[dict[str, Any]] = []
    keeper.attempt(lambda: seen.append(keeper.look()))
    return seen[0] if seen else None


def _fate(keeper: Keeper, ids: Sequence[str]) -> Fate:
    seen = _look(keeper)
    stored = keeper.stored(ids)
    doubled = sum(count > 1 for count in stored.values())
    missing = [one for one in ids if not stored[one]]
    if seen is None:
        # Nobody knows what is left on a page that says nothing: it may wait there.
        return Fate(lost=0, waiting=len(missing), heard=0, doubled=doubled, silent=keeper.silent)
    told = {one: seen["told"].get(one, "") for one in missing}
    heard = sum(said.startswith("failed") and NETWORK not in said for said in told.values())
    left = len(missing) - heard
    waiting = left if seen["waiting"] else 0
    return Fate(lost=left - waiting, waiting=waiting, heard=heard, doubled=doubled)


def _line(fates: Fates) -> Line:
    def total(name: str) -> str:
        all_of_it = [one[name] for one in fates.values()]
        lost = sum(one.lost for one in all_of_it)
        heard = sum(one.heard for one in all_of_it)
        doubled = sum(one.doubled for one in all_of_it)
        silent = sum(bool(one.silent) for one in all_of_it)
        more = f" ({heard} more not kept, said so)" if heard else ""
        hung = f", {silent} times not finished" if silent else ""
        return f"{lost} lost{more}, {doubled} doubled{hung}"

    ours = [one[OURS] for one in fates.values()]
    names = [name for name in next(iter(fates.values())) if name != OURS]
    return Line(
        f"{ITEMS} items each under {len(fates)} faults",
        total(OURS),
        "0 lost, 0 doubled",
        not any(one.lost or one.doubled or one.waiting or one.silent for one in ours),
        "; ".join(f"{name}: {total(name)}" for name in names),
        durability="peers with a server as their documentation has it; see below",
    )


def render(fates: Fates) -> str:
    """Return the faults as a table, a column for each page."""
    names = list(next(iter(fates.values())))
    rows = [[what, *(fate[name].words() for name in names)] for what, fate in fates.items()]
    return table(["fault", *names], rows)
