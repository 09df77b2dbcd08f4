"""What the first visit fetches, as the build itself counts it."""

from __future__ import annotations

import re
import subprocess

from bench.pages import NODE
from bench.table import Line

NAMES = {
    "first load of JavaScript": "first load of JavaScript, gzip",
    "whole precache": "whole precache, gzip, woff2 as is",
}
SIZE = re.compile(r"(?:ok|too large): (.+) (\d+) of (\d+) bytes")


def measure() -> list[Line]:
    """Ask the build for the sizes of what lies in pwa/dist."""
    done = subprocess.run([NODE, "npm", "run", "--silent", "sizes"], capture_output=True, text=True)
    found = SIZE.findall(done.stdout)
    assert [what for what, *_ in found] == list(NAMES), done.stdout + done.stderr
    return [
        Line(
            NAMES[what],
            f"{int(size) / 1000:.1f} kB",
            f"≤ {int(budget) // 1000} kB",
            int(size) <= int(budget),
        )
        for what, size, budget in found
    ]
