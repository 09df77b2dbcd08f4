"""What every part measured last, each with the commit and the moment it was measured at.

A part that is run again renews its own lines and no others. One that could not be measured keeps
what it measured before, and the page says that it was tried in vain.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from bench import machine
from bench.table import HEADS, Line, table

FOLDER = Path(__file__).resolve().parent
# The minutes are those of UTC.
MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Measured:
    """What one part found, on what and when.

    ``note`` is what else a reader must know; ``in_vain`` a later try that came to nothing.
    """

    lines: list[Line]
    commit: str = ""
    begun: str = ""
    seconds: float = 0
    loads: list[float] = field(default_factory=list)
    machine: list[str] = field(default_factory=list)
    series: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    table: str = ""
    note: str = ""
    in_vain: str = ""

    @property
    def moment(self) -> str:
        return f"{self.begun[5:]}, {self.commit}"


class Run:
    """One part that is being measured: when it began, and at which commit."""

    def __init__(self) -> None:
        self.commit, self.machine = machine.commit(), machine.describe()
        self.begun, self.start = time.strftime(MOMENT, time.gmtime()), time.monotonic()
        self.load = machine.load()

    def ends(self, found: Measured) -> Measured:
        """Return what was found with all that a reader must know of the run."""
        return replace(
            found,
            commit=self.commit,
            begun=self.begun,
            seconds=round(time.monotonic() - self.start),
            loads=[round(self.load, 1), round(machine.load(), 1)],
            machine=self.machine,
        )


class Record:
    """All parts of one page, in a file beside this one."""

    def __init__(self, name: str, folder: Path = FOLDER) -> None:
        self.file = folder / f"{name}.json"

    def all(self) -> dict[str, Measured]:
        if not self.file.exists():
            return {}
        kept = json.loads(self.file.read_text())
        return {part: _measured(told) for part, told in kept.items()}

    def put(self, part: str, found: Measured) -> None:
        self._write({**self.all(), part: found})

    def fail(self, part: str, why: str, commit: str) -> None:
        """Note that a part was tried at a commit and not measured."""
        moment = time.strftime(MOMENT, time.gmtime())
        before = self.all().get(part)
        if before is None:
            lines = [Line(part, f"not measured: {why}", met=False)]
            self.put(part, Measured(lines, commit, moment))
        else:
            tried = f"{part}, {moment[5:]} at {commit}: {why}"
            self._write({**self.all(), part: replace(before, in_vain=tried)})

    def _write(self, parts: dict[str, Measured]) -> None:
        kept = {part: asdict(found) for part, found in parts.items()}
        self.file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def _measured(told: dict[str, object]) -> Measured:
    lines = told["lines"]
    assert isinstance(lines, list)
    return Measured(**{**told, "lines": [Line(**line) for line in lines]})  # type: ignore[arg-type]


def head(title: str, parts: dict[str, Measured]) -> str:
    """Return the top of a page: on what it was measured, and how busy the machine was."""
    told = [f"- {line}" for line in _machines(parts)]
    told.append(
        "- each line was measured at the moment (UTC) and the commit in its last column; a part "
        "that is measured again renews its own lines only"
    )
    told += [f"- {note}" for note in dict.fromkeys(found.note for found in parts.values()) if note]
    if timed := {part: found for part, found in parts.items() if found.loads}:
        loads = "; ".join(
            f"{part} {found.loads[0]:.1f} to {found.loads[-1]:.1f} in {found.seconds:.0f} s"
            for part, found in timed.items()
        )
        told.append(f"- load of the last minute at the start and the end, and how long: {loads}")
    told += [f"- tried in vain: {found.in_vain}" for found in parts.values() if found.in_vain]
    return "\n".join([f"# {title}", "", *told])


def _machines(parts: dict[str, Measured]) -> Iterable[str]:
    """Return what it ran on; when that was not the same for all, which parts ran on what."""
    ran: dict[tuple[str, ...], list[str]] = {}
    for part, found in parts.items():
        if found.machine:
            ran.setdefault(tuple(found.machine), []).append(part)
    for lines, names in ran.items():
        for line in lines:
            yield line if len(ran) == 1 else f"{', '.join(names)}: {line}"


def render(parts: dict[str, Measured]) -> str:
    """Return the one table of the page; each line says when it was measured."""
    rows = [(*line.cells(), found.moment) for found in parts.values() for line in found.lines]
    return table((*HEADS, "measured"), rows)


def in_order(parts: dict[str, Measured], order: Sequence[str]) -> dict[str, Measured]:
    """Return the parts as a page has them; what is not in the order is no part any more."""
    return {part: parts[part] for part in order if part in parts}
