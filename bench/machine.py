"""On what, of what and when it was measured."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import time
from importlib.metadata import version
from pathlib import Path

from tests.browser.installation import ROOT
from tests.browser.profile import executable


def describe() -> list[str]:
    """Return what a reader must know to weigh the numbers."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    node = _output(str(ROOT / "tools" / "node.sh"), "node", "--version")
    system = f"{platform.system()} {platform.release()}, {_file_system()}"
    versions = [
        f"Python {platform.python_version()}",
        f"gunicorn {version('gunicorn')}",
        f"SQLite {sqlite3.sqlite_version}",
        _output(executable(), "--version"),
        f"Node {node}",
    ]
    commit = _output("git", "describe", "--always", "--dirty=, with changes")
    return [
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {system}",
        ", ".join(versions),
        f"commit {commit}, {time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC",
    ]


def load() -> float:
    """Return how many processes wanted a core in the last minute."""
    return os.getloadavg()[0]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _file_system() -> str:
    kind = _output("stat", "--file-system", "--format=%T", str(ROOT))
    return f"file system {kind}"


def _output(*words: str) -> str:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
