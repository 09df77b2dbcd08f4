"""Put an installation under load, print the table and write docs/load.md."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from bench import machine, scale
from bench.load import costs, mixed, page, shift, slow, subscriptions
from bench.load.city import DATABASES, open_city
from bench.load.services import Moody
from bench.table import Line, render
from tests.browser.installation import ROOT

PARTS = ("shift", "slow", "subscriptions", "mixed", "costs")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    arguments.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}; none is all")
    arguments.add_argument("--minutes", type=float, default=5, help="how long mixed use lasts")
    arguments.add_argument("--turns", type=int, default=mixed.TURNS, help="of mixed use")
    arguments.add_argument("--database", action="append", choices=DATABASES, help="only this one")
    wanted = arguments.parse_args()
    if unknown := set(wanted.parts) - set(PARTS):
        arguments.error(f"no such part: {', '.join(sorted(unknown))}")
    loads = [machine.load()]
    lines: list[Line] = []
    (ROOT / "var").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="load-", dir=ROOT / "var"))
    try:
        for part in PARTS:
            for kind in wanted.database or DATABASES:
                if part in (wanted.parts or PARTS):
                    lines += _measure(part, kind, folder / f"{part}-{kind}", wanted)
                    loads.append(machine.load())
    finally:
        shutil.rmtree(folder)
    sys.stdout.write(f"load {', '.join(f'{load:.1f}' for load in loads)}\n{render(lines)}\n")
    # Only a whole run replaces what the last whole run said.
    if not wanted.parts and not wanted.database:
        (ROOT / "docs" / "load.md").write_text(page.write(lines, loads))
        scale.rewrite()
    if any(line.met is False for line in lines):
        sys.exit("A goal was missed.")


def _measure(part: str, kind: str, folder: Path, wanted: argparse.Namespace) -> list[Line]:
    start = time.monotonic()
    try:
        with Moody() as push, open_city(kind, folder, push.origin) as city:
            works: dict[str, Callable[[], list[Line]]] = {
                "shift": lambda: shift.measure(city),
                "slow": lambda: slow.measure(city, folder / "proxy"),
                "subscriptions": lambda: subscriptions.measure(city, push),
                "mixed": lambda: mixed.measure(city, wanted.minutes, wanted.turns),
                "costs": lambda: costs.measure(city),
            }
            return works[part]()
    except Exception as fault:  # noqa: BLE001
        # The other parts still count; the table says which one is missing.
        traceback.print_exc()
        return [Line(f"{part}, {kind}", f"not measured: {type(fault).__name__}", met=False)]
    finally:
        sys.stderr.write(f"{part}, {kind}: {time.monotonic() - start:.0f} s\n")


if __name__ == "__main__":
    main()
