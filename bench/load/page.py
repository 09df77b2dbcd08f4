"""The page that a run leaves behind: docs/load.md."""

from __future__ import annotations

from bench import record
from bench.load import mixed, shift, slow, subscriptions
from bench.record import Measured
from tests.browser.installation import ROOT

FILE = ROOT / "docs" / "load.md"

EXPLAINED = f"""\
## How it is measured

`make load` makes this page; `make load MINUTES=60` gives mixed use a whole hour. The web runs as
the Procfile says with two workers of four threads, and one clock. Once on SQLite, once on a
PostgreSQL of its own that waits for the disk (`fsync` and `synchronous_commit` on). Everything is
on 127.0.0.1: the phones, the server, the database and the push service share the machine's cores,
so what is measured is more than the server alone would need.

- **{shift.DEVICES} devices.** All were used before, and half of them have an answer of the desk
  waiting. Each comes at a moment of its own, evenly spread by chance over the seconds named, on a
  new connection, and does what the app does when it is opened: who am I, are the cards new, a round
  trip with {shift.ITEMS} items that were sealed in the night, are the areas new, a round trip to
  hear the rest. A request's time runs from when it should have been sent: who has to wait for a
  connection waits in the figure. All {shift.DEVICES} within one second is beyond what was promised.
- **Mixed use.** {mixed.REPORTERS} reporters and {mixed.DESKS} accounts of the desk, chosen by a
  seed, evenly spread in time: half of the turns hear what is new, one in six hands in one to three
  observations; the others start the app, look at a page of the list, open, answer, read a public
  page. The memory is what the system says each process holds (VmRSS), looked at
  {mixed.SAMPLES} times; the slope is that of all of them, for every thousand turns. Five minutes
  hold as many turns as an hour has. Before anything is counted, {mixed.WARM_UP:,} turns go by and
  the clock does its round of five minutes with a full batch: until then caches fill that have an
  end (of statements, of the database's pages, of what the allocator keeps), and a short run would
  measure those. A worker grew by 13 MB in the first 300 turns, 5 in the next 4,000 and 1 in the
  4,500 after those; the clock by 3 MB the first time that it compared a thousand reports, by 0.1
  in the last three of eight times, with no more objects in it, and by 6 the first time that it
  chained a thousand lines of the log. Eleven arenas of the allocator, one for each thread, held 65
  MB; the Procfile allows two of them (`MALLOC_ARENA_MAX=2`). What then went on growing on SQLite,
  and not on PostgreSQL, were its page caches, at most 2 MB for each of five connections in the
  clock: since then it keeps 256 kB for each, and the system has the rest. A web worker keeps its 2
  MB for each connection, as a smaller one made the inbox slower. With 8,000 turns before it the
  same run gave +229 and +156 kB for the workers and +177 for the clock.
- **2G.** {slow.SLOW} phones at {slow.SPEED / 1000:g} kB a second behind nginx with the settings of
  [deploy](deploy/nginx.conf): half send {slow.ITEMS} items, half read all cards, over lines on
  which little fits unread. Beside them somebody does a round trip ten times a second.
- **{subscriptions.COUNT:,} subscriptions.** Each is somebody's, and all are told at once. The push
  service says at the first try: taken, taken after a second, 500, 429 with `Retry-After`, nothing
  at all until we give up after six seconds; or always 404 or 410. It checks each message as
  strictly as the real ones. Counted is what it accepted and what the database says became of it.
  Meanwhile a phone
  does round trips, and somebody hands in an observation that the desk's phone is told of.
- **What one of each costs** is the input of the simulation in [scale](scale.md).
"""


def rewrite(parts: dict[str, Measured], order: list[str]) -> None:
    """Write the page."""
    FILE.write_text(write(record.in_order(parts, order), order))


def write(parts: dict[str, Measured], order: list[str]) -> str:
    """Return the whole page."""
    missed = [line.what for found in parts.values() for line in found.lines if line.met is False]
    verdict = f"Missed: {'; '.join(missed)}." if missed else "Every goal was met."
    if absent := [part for part in order if part not in parts]:
        verdict += f" Not measured yet: {'; '.join(absent)}."
    return f"{record.head('Load', parts)}\n\n{record.render(parts)}\n\n{verdict}\n\n{EXPLAINED}"
