"""Believe the clock of the machine only as far as it makes sense: deleting cannot be undone.

A machine whose clock jumped a year ahead would delete everything and destroy the keys. The latest
moment that was believed is remembered; a moment over a week past it is not believed until somebody
says that it is right. A clock that was set back deletes nothing early, and needs no guard.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from server import audit
from server.db import db, now, reading
from server.observations.models import Installation
from server.workdays import local_day

LEAP = timedelta(days=7)


def watch() -> bool:
    """Say whether the time can be believed, and remember it when it can; every hour."""
    moment = now()
    if not is_believed(moment):
        return False
    _remember(moment)
    return True


def accept() -> None:
    """Believe the time, because somebody looked at it; after a leap that is written in the log."""
    if not is_believed(now()):
        audit.log(None, "confirm_time", "installation")
    _remember(now())


def ask(confirm: Callable[[str], object]) -> None:
    """Have somebody look at the date when it cannot be believed; ``confirm`` stops who says no."""
    if not is_believed(now()):
        confirm(f"De klok maakte een sprong. Is het vandaag echt {local_day(now())}?")
    accept()


def is_believed(moment: datetime) -> bool:
    """Say whether a moment is not too far past the last one that was believed."""
    with reading():
        seen = db.session.scalars(sa.select(Installation.time_seen_at)).one()
        db.session.rollback()
    return seen is None or moment - seen <= LEAP


def _remember(moment: datetime) -> None:
    db.session.execute(
        sa.update(Installation)
        .where(sa.or_(Installation.time_seen_at.is_(None), Installation.time_seen_at < moment))
        .values(time_seen_at=moment)
    )
    db.session.commit()
