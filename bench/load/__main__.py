"""Put an installation under load, renew the lines of docs/load.md and print the table."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from bench import machine, scale, short, turns
from bench.load import costs, mixed, page, shift, slow, subscriptions
from bench.load.city import DATABASES, open_city
from bench.load.services import Moody
from bench.record import Measured, Record, Run
from bench.table import Line, render
from tests.browser.installation import ROOT

# Every part, and the seconds after which it is ended on one database; mixed use gets its minutes
# on top of these.
PARTS = {"shift": 600.0, "slow": 300.0, "subscriptions": 1200.0, "mixed": 1200.0, "costs": 900.0}
ORDER = [f"{part}, {kind}" for part in PARTS for kind in DATABASES]
RECORD = Record("load")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    arguments.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}; none is all")
    arguments.add_argument("--minutes", type=float, default=5, help="how long mixed use lasts")
    arguments.add_argument("--turns", type=int, default=mixed.TURNS, help="of mixed use")
    arguments.add_argument("--subscriptions", type=int, default=subscriptions.COUNT)
    arguments.add_argument("--database", action="append", choices=DATABASES, help="only this one")
    arguments.add_argument("--look", action="store_true", help="measure, and write nothing")
    arguments.add_argument("--page", action="store_true", help="measure nothing, write the pages")
    arguments.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    wanted = arguments.parse_args()
    if unknown := set(wanted.parts) - set(PARTS):
        arguments.error(f"no such part: {', '.join(sorted(unknown))}")
    if wanted.page:
        _rewrite()
        return
    if wanted.alone:
        with turns.stopping_when_told():
            measure(wanted.parts[0], wanted.database[0], wanted)
        return
    all_done = True
    for part in PARTS:
        for kind in wanted.database or DATABASES:
            if part in (wanted.parts or PARTS):
                all_done = _take(part, kind, wanted) and all_done
    if not all_done:
        sys.exit("Not everything could be measured.")
    found = [RECORD.all().get(name) for name in ORDER]
    if not wanted.look and any(line.met is False for one in found if one for line in one.lines):
        sys.exit("A goal was missed.")


def _take(part: str, kind: str, wanted: argparse.Namespace) -> bool:
    """Have one part measured on one database, and renew its lines; say whether it was measured."""
    words = ["-m", "bench.load", "--alone", "--database", kind, "--turns", str(wanted.turns)]
    words += ["--minutes", str(wanted.minutes), "--subscriptions", str(wanted.subscriptions)]
    limit = PARTS[part] + (wanted.minutes * 60 if part == "mixed" else 0)
    look = ["--look"] if wanted.look else []
    why = turns.take(f"{part}, {kind}", [*words, *look, part], limit)
    if wanted.look:
        return why is None
    if why:
        RECORD.fail(f"{part}, {kind}", why, machine.commit())
    _rewrite()
    return why is None


def _rewrite() -> None:
    """Write what was measured last on the pages and in the README."""
    page.rewrite(RECORD.all(), ORDER)
    short.rewrite()
    scale.rewrite()


def measure(part: str, kind: str, wanted: argparse.Namespace) -> None:
    """Measure one part on one database in this process, print its lines and keep them."""
    run = Run()
    (ROOT / "var").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="load-", dir=ROOT / "var"))
    try:
        with Moody() as push, open_city(kind, folder / "city", push.origin) as city:
            works: dict[str, Callable[[], list[Line]]] = {
                "shift": lambda: shift.measure(city),
                "slow": lambda: slow.measure(city, folder / "proxy"),
                "subscriptions": lambda: subscriptions.measure(city, push, wanted.subscriptions),
                "mixed": lambda: mixed.measure(city, wanted.minutes, wanted.turns),
                "costs": lambda: costs.measure(city, run, keep=not wanted.look),
            }
            found = run.ends(Measured(works[part]()))
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        sys.exit(turns.FAILED)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(f"{render(found.lines)}\n")
    if not wanted.look:
        RECORD.put(f"{part}, {kind}", found)


if __name__ == "__main__":
    main()
