"""One run: start everything, let everything go wrong, let it come to rest, and check."""

from __future__ import annotations

import asyncio
import contextlib
import math
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import sqlalchemy as sa

from server.db import db
from server.notify.models import Delivery, Notification
from tests.faults import plan
from tests.faults.brought import unwritten
from tests.faults.browsers import Browsers
from tests.faults.checker import Broken, Checker
from tests.faults.desk import Desk
from tests.faults.house import ROOT, UNWRITTEN, House
from tests.faults.journal import Journal
from tests.faults.office import Office
from tests.faults.phones import Fault, Host, Phone
from tests.faults.pushes import Pushes
from tests.faults.store import Cluster, Files, Store
from tests.faults.tally import Tally
from tests.faults.wire import Wire

# The full length of a run, in seconds; the least it may take to come to rest, and at full length;
# and how many phones live in how many processes.
LENGTH = 360.0
# A run goes on until these numbers are reached, so many times its length at most: other work on the
# same machine makes it slow.
TOGETHER, EACH, LONGER = 10_000, 200, 4
PHONES, HOSTS = 36, 2
REST = 25.0, 150.0
# While all comes to rest the clock goes on in leaps, so that nothing waits for a later hour.
LEAP = 600.0


@dataclass(frozen=True)
class Wish:
    """How a run has to be. ``share`` is the part of the full length."""

    seed: int
    database: str = "sqlite"
    share: float = 1.0
    phones: int = PHONES
    hosts: int = HOSTS
    pause: float = 1.0
    # So many people share all phones; without it a few phones are shared.
    people: int = 0
    # Real ones, beside the simulated phones.
    browsers: int = 0
    # In the house nothing happens but that its disk is slow: there a planted bug is looked for.
    calm: bool = False
    plant: str = ""

    @property
    def seconds(self) -> float:
        return LENGTH * self.share


@dataclass
class Found:
    """What came of a run."""

    wish: Wish
    table: str
    items: int
    answers: int
    pushes: int
    seconds: float
    counts: dict[str, int]
    broken: list[Broken] = field(default_factory=list)
    # Where the logs are, when something broke.
    folder: Path | None = None


async def run(wish: Wish, build: Path) -> Found:
    """Do one run with the phones that were built in a folder."""
    folder = Path(mkdtemp(prefix="signaalkaart-faults-"))
    store: Store = Cluster() if wish.database == "postgres" else Files(folder)
    tally, journal = Tally(), Journal()
    begin, broken = time.monotonic(), None
    try:
        with Pushes(wish.seed, tally) as pushes:
            async with _running(wish, folder, store, build, (tally, journal, pushes)) as parts:
                contents = await _live(wish, parts, pushes)
                house = parts.house
                tally.unwritten = unwritten(house.folder / UNWRITTEN)
                broken = await asyncio.to_thread(
                    house.do, lambda: Checker(journal, contents, pushes, tally).broken()
                )
                broken = _fallen(parts, journal) + broken
            handed = len(pushes.received)
    finally:
        store.close()
        if broken == []:
            shutil.rmtree(folder)
    return Found(
        wish, tally.table(), len(journal.items), len(journal.answers), handed,
        time.monotonic() - begin, dict(tally.counts), broken, folder if broken else None,
    )  # fmt: skip


@dataclass
class Parts:
    """Everything that runs."""

    house: House
    wire: Wire
    office: Office
    desk: Desk
    phones: list[Phone]
    browsers: Browsers | None


@contextlib.asynccontextmanager
async def _running(
    wish: Wish, folder: Path, store: Store, build: Path, books: tuple[Tally, Journal, Pushes]
) -> AsyncIterator[Parts]:
    tally, journal, pushes = books
    ports: list[int] = []

    def judge(phone: str, number: int, hands_in: bool) -> plan.Trouble | None:
        return plan.on_the_wire(wish.seed, phone, number, hands_in=hands_in)

    wire = Wire(lambda: ports[0], judge, tally)
    port = await wire.start()
    house = House(folder, store, port, pushes.origin, tally, wish.plant)
    ports.append(house.port)
    hosts = [Host(build, f"http://127.0.0.1:{port}", journal) for _ in range(wish.hosts)]
    try:
        await asyncio.to_thread(house.start)
        for host in hosts:
            await host.start()
        office = Office(house, wish.seed)
        office.phones = [
            Phone(number, hosts[number % wish.hosts], journal, tally, pushes, office.invite,
                  wish.seed, wish.people)
            for number in range(wish.phones)
        ]  # fmt: skip
        desk = await asyncio.to_thread(Desk, house, journal, wish.seed, wish.pause * 0.3)
        browsers = None
        if wish.browsers:
            url = f"http://localhost:{port}"
            browsers = Browsers(
                wish.browsers, url, office, journal, tally, pushes, wish.seed, wish.pause * 4
            )
        yield Parts(house, wire, office, desk, office.phones, browsers)
    finally:
        await wire.stop()
        for host in hosts:
            await host.stop()
        await asyncio.to_thread(house.stop)


async def _live(wish: Wish, parts: Parts, pushes: Pushes) -> dict[int, dict[str, Any]]:
    """Let everything happen, then come to rest; return what each phone holds at the end."""
    await asyncio.gather(*(phone.begin() for phone in parts.phones))
    if parts.browsers:
        parts.wire.quiet = True
        parts.browsers.start()
        await asyncio.to_thread(parts.browsers.ready.wait)
        parts.wire.quiet = False
    parts.desk.start()
    end = time.monotonic() + wish.seconds
    _disturb(wish, parts.office)
    over = _until(wish, parts.house.tally, end)
    saying = asyncio.create_task(_say_how_far(wish, parts.house.tally))
    await asyncio.gather(*(one.live(wish.pause, over) for one in parts.phones))
    saying.cancel()
    if parts.browsers:
        parts.browsers.stop.set()
    await asyncio.to_thread(parts.office.stop)
    await asyncio.to_thread(parts.desk.stop)
    pushes.quiet = True
    for disk in ("full", "slow"):
        parts.house.board.write(disk, 0)
    await parts.wire.settle()
    await _come_to_rest(parts, max(REST[0], REST[1] * wish.share))
    held = {one.number: await one.contents() for one in parts.phones}
    if parts.browsers:
        parts.browsers.rest.set()
        await asyncio.to_thread(parts.browsers.join)
        held |= parts.browsers.contents
    return held


def _until(wish: Wish, tally: Tally, end: float) -> Callable[[], bool]:
    """Return what says that a run is over: its time is, and enough went wrong, or it takes long."""
    kinds = _kinds(wish)
    last = end + wish.seconds * (LONGER - 1)

    def over() -> bool:
        moment = time.monotonic()
        if moment < end or moment > last or wish.calm:
            return moment > end
        return tally.total() >= TOGETHER * wish.share and not _lacking(wish, tally, kinds)

    return over


def _lanes(wish: Wish) -> list[dict[str, int]]:
    """Return what happens in the house, by what goes on beside each other."""
    if wish.calm:
        # Where writers take turns a slow disk only makes less happen.
        return [plan.CALM] if wish.database == "postgres" else []
    lanes = [plan.PROCESSES, plan.PEOPLE, plan.KEYS, plan.WORLD, plan.DISK, plan.BACKUP]
    return [*lanes, plan.DATABASE] if wish.database == "postgres" else lanes


def _kinds(wish: Wish) -> list[str]:
    return [*plan.WIRE, *plan.PHONE, *plan.PUSH, *chain(*_lanes(wish))]


async def _say_how_far(wish: Wish, tally: Tally) -> None:
    """Say each minute how much went wrong so far, and of what there was not enough."""
    while True:
        await asyncio.sleep(60)
        lack = ", ".join(
            f"{kind} {tally.counts[kind]}" for kind in _lacking(wish, tally, _kinds(wish))
        )
        print(f"{tally.total():,} faults; not enough of: {lack or 'nothing'}", flush=True)


def _lacking(wish: Wish, tally: Tally, kinds: Iterable[str]) -> list[str]:
    return [kind for kind in kinds if tally.counts[kind] < EACH * wish.share]


def _disturb(wish: Wish, office: Office) -> None:
    for lane in _lanes(wish):
        happens = plan.in_the_house(wish.seed, lane, wish.share)
        lacking = partial(_lacking, wish, office.house.tally, lane)
        office.keep_going(happens, wish.seconds * 0.95, lacking)


async def _come_to_rest(parts: Parts, patience: float) -> None:
    """Open every phone once more and wait until nothing is under way anywhere."""
    for phone in parts.phones:
        await phone.ask("shift", 0)
    await asyncio.gather(*(_wake(phone) for phone in parts.phones))
    end, shift, least = time.monotonic() + patience, 0.0, math.inf
    while time.monotonic() < end:
        await asyncio.gather(*(phone.see() for phone in parts.phones))
        await asyncio.gather(*(phone.sync_now() for phone in parts.phones))
        seen = await asyncio.gather(*(phone.contents() for phone in parts.phones))
        waiting = sum(row["state"] == "queued" for one in seen for row in one["rows"])
        owed = await asyncio.to_thread(parts.house.do, _owed)
        if not waiting and not owed and not any(phone.revoked for phone in parts.phones):
            break
        if waiting + owed < least:
            # As long as it comes along, so much patience more.
            end, least = time.monotonic() + patience, waiting + owed
        shift = min(shift + LEAP, 20 * 3600)
        parts.house.board.write("shift", shift)
        await asyncio.sleep(1)
    await asyncio.gather(*(phone.sync_now() for phone in parts.phones))
    await asyncio.to_thread(parts.desk.finish)


async def _wake(phone: Phone) -> None:
    with contextlib.suppress(Fault):
        await phone.ask("kill")
    await phone.ask("rest")
    await phone.ask("start")
    await phone.see()


def _owed() -> int:
    """Return how much is still to be told to somebody."""
    unsent = sa.select(sa.func.count()).where(Notification.fanned_at.is_(None))
    undone = sa.select(sa.func.count()).where(Delivery.done_at.is_(None))
    return (db.session.scalar(unsent) or 0) + (db.session.scalar(undone) or 0)


def _fallen(parts: Parts, journal: Journal) -> list[Broken]:
    """Return what went wrong with those who took part, which is no fault they were given."""
    faults = [*parts.office.faults, *parts.desk.faults]
    if parts.browsers and parts.browsers.fault:
        faults.append(parts.browsers.fault)
    said = [f"{type(fault).__name__} {fault}"[:300] for fault in faults]
    return [Broken("R0", text) for text in [*said, *journal.phone_faults[:5]]]


def build_phones(folder: Path) -> Path:
    """Build the phones into a folder and return it."""
    subprocess.run(
        [ROOT / "tools" / "node.sh", "node", "phones/build.mjs", str(folder)], check=True
    )
    return folder
