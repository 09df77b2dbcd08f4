"""When something is due: on the clock people live by, or so often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from server.workdays import AMSTERDAM


def daily(hour: int, minute: int) -> CronTrigger:
    """Return a trigger for once a day, on the clock people live by."""
    return CronTrigger(hour=hour, minute=minute, timezone=AMSTERDAM)


def weekly(hour: int, minute: int) -> CronTrigger:
    """Return a trigger for once a week, in the night to Sunday."""
    return CronTrigger(day_of_week="sun", hour=hour, minute=minute, timezone=AMSTERDAM)


def monthly(hour: int, minute: int) -> CronTrigger:
    """Return a trigger for the first Tuesday of the month, on the clock people live by."""
    return CronTrigger(day="1st tue", hour=hour, minute=minute, timezone=AMSTERDAM)


def hourly(minute: int) -> CronTrigger:
    """Return a trigger for once an hour."""
    return CronTrigger(minute=minute, timezone=UTC)


def every_minutes(minutes: int) -> CronTrigger:
    """Return a trigger for several times an hour."""
    return CronTrigger(minute=f"*/{minutes}", timezone=UTC)


def every_seconds(seconds: int) -> CronTrigger:
    """Return a trigger for several times a minute."""
    return CronTrigger(second=f"*/{seconds}", timezone=UTC)


def last_due(trigger: BaseTrigger, moment: datetime) -> datetime:
    """Return the last time at or before this moment that a trigger was due."""
    for back in (timedelta(hours=2), timedelta(days=2), timedelta(days=40), timedelta(days=400)):
        last, fire = None, trigger.get_next_fire_time(None, moment - back)
        while fire is not None and fire <= moment:
            last, fire = fire, trigger.get_next_fire_time(fire, fire)
        if last is not None:
            return cast(datetime, last).astimezone(UTC)
    raise ValueError("A trigger that is never due.")
