"""On which days the kernteam meets, from what gemeente.toml says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from server.workdays import AMSTERDAM, add_workdays, is_workday


@dataclass(frozen=True)
class Rhythm:
    """Every so many weeks on the weekday of ``first``, at a time on the clock people live by."""

    first: date
    every_weeks: int
    at: time
    minutes: int
    place: str

    @classmethod
    def of(cls, settings: Mapping[str, Any] | None) -> Rhythm | None:
        """Return what gemeente.toml says, if anything."""
        if not settings:
            return None
        return cls(
            first=date.fromisoformat(settings["first"]),
            every_weeks=settings["every_weeks"],
            at=time.fromisoformat(settings["at"].replace(".", ":")),
            minutes=settings["minutes"],
            place=settings["place"],
        )

    def slots(self, since: date, until: date) -> Iterator[date]:
        """Return the days from ``since`` up to and including ``until`` that the rhythm falls on."""
        step = timedelta(weeks=self.every_weeks)
        behind = max(-(-(since - self.first) // step), 0)
        day = self.first + behind * step
        while day <= until:
            yield day
            day += step

    def start(self, slot: date) -> datetime:
        """Return when the meeting of a day begins: on a holiday it is the next working day."""
        day = slot if is_workday(slot) else add_workdays(slot, 1)
        return datetime.combine(day, self.at, AMSTERDAM)
