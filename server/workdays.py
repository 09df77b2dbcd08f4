"""Working days in the Netherlands, in which the terms for reporters are counted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


# What this gemeente is closed on besides; the content says so, and changes while we run.
_closed_days: Callable[[], Collection[str]] = tuple


def also_closed(days: Callable[[], Collection[str]]) -> None:
    """Ask ``days`` from now on which other days, such as 2027-05-05, the desk is closed."""
    global _closed_days
    _closed_days = days


def local_day(moment: datetime) -> date:
    """Return the day it is in the Netherlands at this moment."""
    return moment.astimezone(AMSTERDAM).date()


def add_workdays(day: date, count: int) -> date:
    """Return the day that lies ``count`` working days after ``day``; weekends and holidays pass."""
    while count > 0:
        day += timedelta(days=1)
        if is_workday(day):
            count -= 1
    return day


def is_workday(day: date) -> bool:
    """Say whether the desk works on this day."""
    if day.weekday() >= 5 or day in _holidays(day.year):
        return False
    return day.isoformat() not in _closed_days()


def count_workdays(start: date, end: date) -> int:
    """Return how many working days after ``start`` the day ``end`` is; none on the same day."""
    days = range(1, (end - start).days + 1)
    return sum(is_workday(start + timedelta(days=number)) for number in days)


@lru_cache(maxsize=16)
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("NL", years=year)
