"""``python -m tests.faults``: one run with faults, and the table of what went wrong in it."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import planted
from tests.faults.run import Found, Wish, build_phones, run

MOST_SHOWN = 20


def main() -> int:
    asked = argparse.ArgumentParser(prog="make faults", description=__doc__)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    asked.add_argument("--share", type=float, default=1.0, help="part of the full length")
    asked.add_argument("--phones", type=int, default=36)
    asked.add_argument("--hosts", type=int, default=2)
    asked.add_argument("--people", type=int, default=0, help="have so many share all phones")
    asked.add_argument("--browsers", type=int, default=0, help="so many real ones as well")
    asked.add_argument("--pause", type=float, default=1.0)
    asked.add_argument("--calm", action="store_true", help="in the house only a slow disk")
    asked.add_argument("--plant", choices=("", *planted.ALL), default="", help="put a known bug in")
    given = vars(asked.parse_args())
    if given["seed"] is None:
        given["seed"] = random.SystemRandom().randrange(10**6)
    wish = Wish(**given)
    print(f"seed {wish.seed}, {wish.database}, {wish.seconds:.0f} s", flush=True)
    with TemporaryDirectory(prefix="signaalkaart-phones-") as folder:
        build = build_phones(Path(folder))
        if wish.plant in planted.PHONES:
            planted.PHONES[wish.plant].change(build)
        found = asyncio.run(run(wish, build))
    return report(found)


def report(found: Found) -> int:
    """Print what came of a run; return how the process has to end."""
    print(found.table)
    print(
        f"{found.items} items, {found.answers} answers, {found.pushes} pushes handed over "
        f"in {found.seconds:.0f} s"
    )
    rules = sorted({one.rule for one in found.broken})
    for rule in rules:
        for one in [one for one in found.broken if one.rule == rule][:MOST_SHOWN]:
            print(one)
    if found.folder:
        print(f"the logs are in {found.folder}")
    lost = sum("lost" in one.text or one.rule in {"R3", "R9"} for one in found.broken)
    doubled = sum("times" in one.text for one in found.broken)
    print(f"lost {lost}, doubled {doubled}, broken rules: {' '.join(rules) or 'none'}")
    return 1 if found.broken else 0


if __name__ == "__main__":
    sys.exit(main())
