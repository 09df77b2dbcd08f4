"""What everybody was told during a run, to be held against what the databases hold at its end."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Made:
    """One item that a phone said it kept. ``sure`` is False when the phone died before it could.

    ``what`` is what was written under the seal. ``removed`` is set when the phone said that it was
    taken back before it left, ``withdrawn`` when the server was asked to.
    """

    id: str
    kind: str
    phone: int
    person: str
    device: str
    item: dict[str, Any]
    what: Any = None
    parent: str | None = None
    sure: bool = True
    removed: bool = False
    withdrawn: bool = False


@dataclass
class Answered:
    """One answer of the desk. ``sure`` is False as long as the desk did not hear that it went."""

    id: str
    observation: str
    kind: str
    sure: bool = False
    # When it was first sent, by the clock of the run.
    began: float = field(default_factory=time.monotonic)


@dataclass
class Journal:
    """All of it, written by many threads."""

    items: dict[str, Made] = field(default_factory=dict)
    answers: dict[str, Answered] = field(default_factory=dict)
    # What each device was, and whether its phone was emptied since.
    wiped: dict[str, int] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    # What a phone was making while it died: there or not, both are well.
    unsure: set[str] = field(default_factory=set)
    phone_faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def made(self, item: Made) -> None:
        with self.lock:
            self.items[item.id] = item
