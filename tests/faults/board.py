"""Numbers that all processes of a run see: how the server's clock stands, how its disk is."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

PLACES = {"shift": 0, "full": 8, "slow": 16}
SIZE = 24


class Board:
    """Numbers in a file that is mapped into memory, so that looking costs nothing."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(bytes(SIZE))
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), SIZE)

    def read(self, name: str) -> float:
        return float(struct.unpack_from("d", self._memory, PLACES[name])[0])

    def write(self, name: str, value: float) -> None:
        struct.pack_into("d", self._memory, PLACES[name], value)
