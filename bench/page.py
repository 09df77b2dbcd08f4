"""The page that a run leaves behind: docs/performance.md."""

from __future__ import annotations

from collections import defaultdict
from textwrap import fill

from bench import graph, record
from bench.losses.page import EXPLAINED as FATES
from bench.record import Measured
from tests.browser.installation import ROOT

DOCS = ROOT / "docs"
TITLE = "From reconnect until all is delivered"
GRAPH = """\
## Time against number

![Time from reconnect until all is delivered, against the number of items, for the phone and for
PouchDB; the numbers are in the table above and in the text of the picture](performance.svg)
"""

EXPLAINED = """\
## How it is measured

`make bench` makes this page: real processes, a real Chromium, invented people. The web runs as the
Procfile says, on SQLite. Each part has an installation of its own, on the disk the repository is
on, and nothing but 127.0.0.1 is reached.

- **Each part by itself.** `.venv/bin/python -m bench delivery losses` measures two parts again. A
  part runs in a process of its own and is ended when it takes some four times as long as it should.
- **Queued items.** The app's own `outbox`, `seal` and `sync`, without the screen, on a page that
  the installation serves under the app's own policy. Items are sealed and added first; the clock
  runs from the call that the `online` event makes until nothing waits in IndexedDB. PouchDB 9 has
  the same payloads in its idb adapter and replicates them to express-pouchdb 4 on LevelDB, with its
  own settings (100 documents a batch); the clock runs until `replicate.to` is done. Both pages are
  in one browser that keeps its stores on disk, new and empty at every turn: median of 5, and the
  most round trips of any turn. What waited "at the server" is the sum of what the browser measured
  of each request; while one is out the phone writes the answer before it and makes the next ready.
- **Until the phone has a receipt of each.** Our phone's clock always runs until then: what the
  server answers is the receipt, and it is on disk. PouchDB's phone knows of a checkpoint only, so
  in these lines its server follows the changes and writes a receipt for each document, as many at
  once as came in meanwhile, in a database of its own, and the phone copies that back until it has
  them all. Copying back while the documents still go out, and doing so live, were slower.
- **Known items sent again.** All 1,000 once more, as after a server was restored. PouchDB does it
  without its checkpoint, so that it asks for each document whether it is there.
- **10,000 items** once only: no phone comes to hold so many. They show how time grows.
- **20 devices at once.** 20 windows of one browser, each signed in on a device of its own, begin at
  one moment; PouchDB's 20 replicate to one database. Windows that forget keep their stores in
  memory, on both sides. Median of 3.
- **Cards.** All cards as a signed-in phone asks them, over four connections that stay, 150 times
  each; nginx and a bare app in gunicorn give the same bytes from a file. The best of 3.
- **Nothing new.** One sync, and one replication from its checkpoint.
- **Save to durable.** `outbox.add` and `put`, 200 times one after the other; sealing comes before.
- **Cold start.** The browser starts anew on the profile of somebody who used the app before, is
  offline and four times slower (`Emulation.setCPUThrottlingRate`). From the start of navigation
  until the frame with the first sign to tick was drawn; median of 7.
- **Search.** The 60 questions of `tests/zoekvragen.toml`, typed letter by letter on the real cards
  with the page four times slower; from the keystroke until the results stand in the page.
- **Network.** A case with 300 points and a line to each, opened anew with the page four times
  slower; from the moment the code that draws is there until the frame with the drawing was painted,
  which the app notes itself; median of 7.
- **Ingest.** 50 devices hand in 50 sealed observations each, four at a time, each on a connection
  of its own and with the cursor of its last answer; four times over. After each time plain SQL has
  its turn: `executemany` of the rows that came of it (receipt, observation, event, audit), 50 items
  a transaction, on one connection, in a copy of the database: same tables, same indexes and
  triggers, no foreign keys checked, nothing parsed, opened or decided.
- **Feedback to push.** From the desk's request until the push service of the tests has the message,
  20 times, at moments that do not keep step with the clock process.
- **Opening a seal.** 1,000 observations sealed to the current key, opened one after the other by
  the key ring in one process; an opening at the desk adds its log line.
- **Looking for a person.** 2,000 observations about 70 invented people, one to four sentences each,
  and a name that is spelled wrong; 7 times, from the desk's request until the list of hits is
  there. One process opens every seal.
- **Overlap.** The 2,000 invented observations of [bench](../bench/README.md), sealed and taken up
  by the clock's own index; counted are pairs. The baseline lists what lies in one buurt within 14
  days. For the speed 100,000 are in the index, and 60 new ones are opened, hashed, compared,
  written and asked for over the API, one after the other.
- **Lighthouse.** Mobile, simulated slow network, in a Chromium with a profile that is signed in and
  has the app on it; for the first visit all that was kept is erased. Median of 3.

## What is not like for like

- Our phone writes with durability strict and encrypts what waits; PouchDB's idb adapter writes
  relaxed and plain. Our server says "stored" after an fsync; LevelDB here does not wait for one.
- Our server opens and checks each seal, writes an audit line, and tells the phone the state of each
  item. PouchDB keeps revisions and checkpoints, which we have not.
- Without distance PouchDB's round trips cost next to nothing; a phone is never that near. That is
  why there are lines with 20 ms, as over a good line, and with 150 ms, as over a poor one.
- A phone may hand in 200 new items a day. That limit is lifted for the queued items only: with it,
  1,000 items take five days, whatever their speed.
- Throttling slows the page, not the service worker's thread nor the disk. The start of the browser
  itself is not counted.
- Browser, server, PouchDB's server and everything else on this machine share its cores. The load is
  above the table: over the number of cores, times are longer than they need be, and what takes more
  processor time suffers more.
"""

# What a profile said of goals that were missed before; told when they are missed again.
WHY = {
    "200 queued items after reconnect": (
        "the same as with 1,000, see there. Up to 50 items go in one request; with 20 ours is "
        "faster."
    ),
    "1,000 queued items after reconnect": (
        "profiled side by side in processor time, on a busy machine, least of three: the browser "
        "1,010 ms against 850 for PouchDB, our server 600 against 260. PouchDB's phone only reads, "
        "and keeps one checkpoint. Ours writes twice for each item, durably: that it arrived, "
        "without which it would go again at every start, and how it stands in the list, encrypted. "
        "Our server tries every seal. The browser needed 1,280 ms when the items had three "
        "indexes, each row said whether it may have left, and each turn took two transactions; "
        "measured then, larger requests (200 items) won 15 %, two at a time 6 %, and the "
        "contract's 50 stayed. From 20 ms of distance on our fewer round trips win, see the next "
        "lines. A phone may hand in 200 a day, so this many never wait at once. It is not the "
        "same work: where PouchDB's phone too gets a receipt of each, as ours does here, ours is "
        "faster."
    ),
    "20 known items sent again": (
        "PouchDB asks which ids are missing and sends no body; ours sends each sealed item whole, "
        "because the server may have lost it, and notes durably that each arrived. It happens "
        "after a restore only."
    ),
    "overlap found in 2,000 observations, half a year, 15 % without a name": (
        "harder than was promised for: twice as crowded, and every seventh reporter knows no name. "
        "What is left then is where, when and what was ticked, and more than half of the concepts "
        "stand on one card only, so that two professionals seldom tick the same."
    ),
    "1,000 known items sent again": (
        "profiled on two cores at a load of 4, 1,317 of 1,437 ms went to the server. "
        "PouchDB first asks which ids are missing and then sends no body. Our phone sends each "
        "sealed item whole, because the server may have lost it, and that compares all bytes. "
        "It happens after a restore only."
    ),
}


def rewrite(parts: dict[str, Measured], order: list[str]) -> None:
    """Write the page and the graph beside it."""
    shown = record.in_order(parts, order)
    if series := _series(shown):
        (DOCS / "performance.svg").write_text(graph.draw(TITLE, series))
    (DOCS / "performance.md").write_text(write(shown, order))


def write(parts: dict[str, Measured], order: list[str]) -> str:
    """Return the whole page."""
    missed = [line.what for found in parts.values() for line in found.lines if line.met is False]
    verdict = f"Missed: {'; '.join(missed)}." if missed else "Every goal was met."
    for what in missed:
        if what in WHY:
            verdict += f"\n\n{fill(f'**{what}**: {WHY[what]}', 100)}"
    if absent := [part for part in order if part not in parts]:
        verdict += f"\n\nNot measured yet: {', '.join(absent)}."
    losses = parts["losses"].table if "losses" in parts else ""
    head = record.head("Performance", parts)
    fates = losses or "Not measured."
    table = record.render(parts)
    return "\n".join([f"{head}\n\n{table}\n\n{verdict}\n", GRAPH, FATES, f"{fates}\n", EXPLAINED])


def _series(parts: dict[str, Measured]) -> graph.Series:
    """Return the points of every part that has some, as one line for each name."""
    joined = defaultdict(list)
    for found in parts.values():
        for name, points in found.series.items():
            joined[name] += [(number, time) for number, time in points]
    return {name: sorted(points) for name, points in joined.items()}
