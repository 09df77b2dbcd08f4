"""Half years, on the calendar people live by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from server.workdays import AMSTERDAM

SHAPE = re.compile("[0-9]{4}-H[12]")


@dataclass(frozen=True, order=True)
class Half:
    """Six months; ``str`` gives the id, such as ``2026-H2``."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Half:
        """Return the half year a day is in."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def named(cls, name: str) -> Half:
        """Return the half year with this id."""
        year, number = name.split("-H")
        return cls(int(year), int(number))

    @classmethod
    def of_quarter(cls, quarter: str) -> Half:
        """Return the half year that a quarter such as ``2026-Q4`` is in."""
        year, number = quarter.split("-Q")
        return cls(int(year), 1 if int(number) <= 2 else 2)

    def __str__(self) -> str:
        return f"{self.year:04}-H{self.number}"

    def before(self) -> Half:
        """Return the half year before this one."""
        return Half(self.year - 1, 2) if self.number == 1 else Half(self.year, 1)

    @property
    def quarters(self) -> tuple[str, str]:
        """Return the ids of its two quarters."""
        first = 2 * self.number - 1
        return f"{self.year}-Q{first}", f"{self.year}-Q{first + 1}"

    @property
    def ends_at(self) -> datetime:
        """Return the moment at which the next one begins."""
        first_day = date(self.year, 7, 1) if self.number == 1 else date(self.year + 1, 1, 1)
        return datetime.combine(first_day, time(), AMSTERDAM).astimezone(UTC)
