"""Opening one seal: what every opening at the desk and every item that comes in costs."""

from __future__ import annotations

import base64
import secrets
import time
from pathlib import Path
from uuid import uuid4

from bench.table import Line, p50_p95, percentile
from server.db import now
from server.keyring import KeyRing
from server.keyring.master import MasterKey
from tests.factories import WRITTEN

TURNS = 1000


def measure(folder: Path) -> list[Line]:
    """Open sealed observations with a key from a ring on the disk, one after the other."""
    ring = KeyRing.at(f"sqlite:///{folder / 'sealing.sqlite'}", MasterKey(secrets.token_bytes(32)))
    ring.ensure(now())
    person = str(uuid4())
    made = [
        (one := str(uuid4()), ring.seal("observation", one, person, WRITTEN)) for _ in range(TURNS)
    ]
    laps = []
    for one, sealed in made:
        start = time.perf_counter()
        opened = ring.open(sealed, "observation", one, person)
        laps.append((time.perf_counter() - start) * 1000)
        assert opened == WRITTEN
    size = len(base64.b64decode(made[0][1]))
    ring.close()
    p95 = percentile(laps, 0.95)
    return [
        Line(f"opening one seal ({size} bytes)", p50_p95(laps), "p95 < 5 ms", p95 < 5),
    ]
