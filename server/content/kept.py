"""The last good version of what is read from content/, renewed while the server runs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from server.content.files import ContentError
from server.content.folders import folders_of

log = logging.getLogger(__name__)

Read = TypeVar("Read")

# Of each file its path, when it was last changed (ns) and its size (bytes).
State = tuple[tuple[str, int, int], ...]

SECONDS_BETWEEN_LOOKS = 2.0


class Kept(Generic[Read]):
    """The last good version of what a function reads from a directory.

    It looks at most every few seconds whether a file changed. A change that cannot be read leaves
    the version from before in place; the first reading has none to fall back on and raises.
    """

    def __init__(self, read: Callable[[Path], Read]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._started = False
        self._root = Path()
        self._seen: State = ()
        self._faults: list[str] = []

    def start(self, root: Path) -> None:
        """Read what is not in use yet; raise ContentError with every fault at once."""
        seen = _state_of_files(root)
        # A second app in one process finds what the first one read.
        if not self._started or self._faults or (root, seen) != (self._root, self._seen):
            self._value = self._read(root)
        self._root, self._seen, self._looked_at = root, seen, time.monotonic()
        self._faults = []
        self._started = True

    def check(self, root: Path) -> list[str]:
        """Return everything that is wrong in a directory; empty when all is well."""
        try:
            self._read(root)
        except ContentError as fault:
            return fault.faults
        return []

    def value(self) -> Read:
        """Return the last good version."""
        self._look()
        return self._value

    def faults(self) -> list[str]:
        """Return what is wrong with the files as they are now; empty when they are in use."""
        self._look()
        return list(self._faults)

    def _look(self) -> None:
        if not self._started:
            raise RuntimeError("Nothing has been read yet: call start() first.")
        if time.monotonic() - self._looked_at < SECONDS_BETWEEN_LOOKS:
            return
        # Whoever comes while another thread reads is served what there is.
        if not self._lock.acquire(blocking=False):
            return
        try:
            # Looked at before reading, so that a file written meanwhile is seen the next time.
            seen = _state_of_files(self._root)
            if seen != self._seen:
                self._renew()
                self._seen = seen
            self._looked_at = time.monotonic()
        finally:
            self._lock.release()

    def _renew(self) -> None:
        try:
            self._value = self._read(self._root)
        except ContentError as fault:
            self._faults = fault.faults
            log.warning("De vorige versie blijft in gebruik. %s", fault)
        else:
            self._faults = []
            log.info("De nieuwe inhoud van %s is in gebruik.", self._root.name)


def _state_of_files(root: Path) -> State:
    found = []
    for path in (path for folder in folders_of(root) for path in folder.rglob("*")):
        try:
            about = path.stat()
        except OSError:  # gone meanwhile, or a link to nowhere: reading it gives the sentence
            found.append((str(path), 0, 0))
        else:
            found.append((str(path), about.st_mtime_ns, about.st_size))
    return tuple(sorted(found))
