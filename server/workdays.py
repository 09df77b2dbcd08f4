"""Working days in the Netherlands, in which the terms for reporters are counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


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
    return day.weekday() < 5 and day not in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("NL", years=year)
