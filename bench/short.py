"""The short form of docs/performance.md and docs/load.md, as it stands in the README.

``python -m bench.short`` writes it; a test holds the README to it. Whatever is slower than a peer
or missed its goal is in it, whoever would rather not see that.
"""

from __future__ import annotations

import re
from pathlib import Path

from bench import marked
from bench.table import table

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("performance.md", "load.md")
NAME = "numbers"
# What a reader wants to know first; a line that is not measured (yet) is left out.
PICKED = (
    "first load of JavaScript",
    "20 queued items after reconnect",
    "1,000 queued items, until the phone",
    "the same with 150 ms",
    "5 items each under",
    "20 devices with 20 queued",
    "cold start offline",
    "ingest, 50 items",
    "inbox page at 1,000,000 observations, PostgreSQL",
    "feedback given",
    "300 devices within 5 s",
    "10,000 subscriptions",
)


def lines(page: str) -> list[dict[str, str]]:
    """Return the first table of a page that measured, line by line."""
    heads = [line for line in page.splitlines() if line.startswith("| what")]
    if not heads:
        return []
    names = _cells(heads[0])
    found = []
    for line in page[page.index(heads[0]) :].splitlines()[2:]:
        if not line.startswith("|"):
            break
        found.append(dict(zip(names, _cells(line), strict=True)))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def slower(line: dict[str, str]) -> bool:
    """Say whether a peer was faster at the same work, if only by what rounds to nothing."""
    number, _, rest = line["ratio"].partition("×")
    is_compared = rest.startswith(" as fast")
    missed = "faster" in line["goal"] and line["met"] == "**no**"
    return is_compared and (float(number) < 1 or missed)


def make(pages: list[str]) -> str:
    """Return the short table of these pages, and in words what is slower or missed."""
    everything = [line for page in pages for line in lines(page)]
    chosen = [
        line
        for line in everything
        if line["what"].startswith(PICKED) or slower(line) or line["met"] == "**no**"
    ]
    rows = [
        [
            line["what"],
            re.sub(r" \([^)]*\)", "", line["ours"]).partition(";")[0],
            line["peer"],
            line["goal"],
            line["met"],
        ]
        for line in chosen
    ]
    late = [line["what"] for line in everything if slower(line)]
    said = f"Slower than PouchDB: {'; '.join(late)}." if late else "Nowhere slower than PouchDB."
    return f"{table(['what', 'ours', 'peer', 'goal', 'met'], rows)}\n\n{said}"


def current() -> str:
    """Return what the README should hold now."""
    docs = ROOT / "docs"
    return make([(docs / name).read_text() for name in PAGES if (docs / name).exists()])


def rewrite() -> None:
    """Write it into the README."""
    marked.rewrite(ROOT / "README.md", {NAME: current()})


if __name__ == "__main__":
    rewrite()
