"""Destroy a month's key on its day, once what lives on is under another."""

from __future__ import annotations

from dataclasses import dataclass

from server import audit
from server.db import db, now
from server.keyring import Period, ring
from server.retention.resealing import reseal, survivors


@dataclass(frozen=True)
class Destroyed:
    """One key that went, or would go: what was sealed again and what nobody could open."""

    period: Period
    resealed: int
    unreadable: int


def due() -> list[Period]:
    """Return the keys whose day has come."""
    moment = now()
    return [period for period in ring().periods() if period.state(moment) == "due"]


def destroy_due(*, dry_run: bool = False) -> list[Destroyed]:
    """Seal again what lives on, then destroy the keys whose day has come."""
    if dry_run:
        return [Destroyed(period, survivors(period.id), 0) for period in due()]
    return [_destroy(period) for period in due()]


def _destroy(period: Period) -> Destroyed:
    ring().ensure(now())
    resealed, unreadable = reseal(period.id)
    # What came in meanwhile.
    more, unreadable_now = reseal(period.id)
    ring().destroy(period.id, now())
    done = Destroyed(period, resealed + more, max(unreadable, unreadable_now))
    audit.log(None, "destroy", "seal_key", outcome=period.id, count=done.resealed)
    db.session.commit()
    return done
