"""Guessing a code gets slower with every miss, on one device and over all of them together.

Kept in the database, so that all processes count the same. An address on the internet plays no
part: a whole school has one. Links hold 256 random bits and are not slowed down by anybody.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from server.db import db, insert_into, now
from server.errors import TooMany
from server.people.invitations import digest
from server.people.models import Guess


@dataclass(frozen=True)
class Bound:
    """After ``free`` misses each next one doubles the wait; one is forgotten per ``forgets``."""

    free: int
    forgets: timedelta
    longest: timedelta

    def left(self, guess: Guess, moment: datetime) -> float:
        return max(0.0, guess.failures - (moment - guess.failed_at) / self.forgets)

    def wait(self, guess: Guess, moment: datetime) -> float:
        """Return how many seconds nobody may try."""
        over = self.left(guess, moment) - self.free
        if over <= 0:
            return 0.0
        pause = min(2.0 ** math.ceil(over), self.longest.total_seconds())
        return pause - (moment - guess.failed_at).total_seconds()


# Somebody who mistypes stays under the first. The second holds who takes a new device each time:
# 3,000 misses a day against eight characters of thirty-one.
DEVICE = Bound(free=5, forgets=timedelta(minutes=10), longest=timedelta(minutes=15))
TOGETHER = Bound(free=100, forgets=timedelta(seconds=30), longest=timedelta(seconds=30))


def check(device_id: str) -> None:
    """Raise TooMany while a code may not be tried on this device."""
    moment = now()
    waits = [
        bound.wait(guess, moment)
        for name, bound in _bounds(device_id).items()
        if (guess := db.session.get(Guess, name)) is not None
    ]
    wait = max(waits, default=0.0)
    if wait > 0:
        raise TooMany(
            "Er is te vaak een verkeerde code ingevuld. Wacht even, of gebruik de link of de "
            "QR-code.",
            code="guesses",
            retry_after=math.ceil(wait),
        )


def missed(device_id: str) -> None:
    """Count a code that does not exist, and commit: the refusal must not undo it."""
    moment = now()
    for name, bound in sorted(_bounds(device_id).items()):
        insert = insert_into(Guess)
        fresh = insert.values(name=name, failures=0, failed_at=moment)
        db.session.execute(fresh.on_conflict_do_nothing())
        guess = db.session.scalars(
            sa.select(Guess)
            .filter_by(name=name)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        guess.failures = math.ceil(bound.left(guess, moment)) + 1
        guess.failed_at = moment
    db.session.commit()


def _bounds(device_id: str) -> dict[bytes, Bound]:
    return {digest(f"code on {device_id}"): DEVICE, digest("code anywhere"): TOGETHER}
