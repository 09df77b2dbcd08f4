"""On what, of what and when it was measured."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

from tests.browser.installation import ROOT
from tests.browser.profile import executable

# What a measurement writes itself.
OWN = (":!bench/*.json", ":!docs/*.md", ":!docs/*.svg", ":!README.md")


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
    return [
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {system}",
        ", ".join(versions),
    ]


def commit() -> str:
    """Return what was measured; whether it was changed since is said as well."""
    name = _output("git", "rev-parse", "--short", "HEAD")
    changed = _output("git", "status", "--porcelain", "--untracked-files=no", "--", ".", *OWN)
    return f"{name}, with changes" if changed else name


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
