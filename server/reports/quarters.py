"""The quarters of a year, on the calendar people live by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from server.workdays import AMSTERDAM, local_day


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months; ``str`` gives the id, such as ``2026-Q4``."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter a day is in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def at(cls, moment: datetime) -> Quarter:
        """Return the quarter a moment is in."""
        return cls.of(local_day(moment))

    @classmethod
    def named(cls, name: str) -> Quarter:
        """Return the quarter with this id."""
        year, number = name.split("-Q")
        return cls(int(year), int(number))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    def plus(self, count: int) -> Quarter:
        """Return the quarter so many after this one; fewer than none is before it."""
        year, number = divmod(4 * self.year + self.number - 1 + count, 4)
        return Quarter(year, number + 1)

    def __sub__(self, other: Quarter) -> int:
        return 4 * (self.year - other.year) + self.number - other.number

    def next(self) -> Quarter:
        """Return the quarter after this one."""
        return self.plus(1)

    @property
    def begins_on(self) -> date:
        """Return its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ends_at(self) -> datetime:
        """Return the moment at which the next one begins."""
        midnight = datetime.combine(self.next().begins_on, time(), AMSTERDAM)
        return midnight.astimezone(UTC)
