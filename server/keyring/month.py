"""The period of one key: a calendar month in Amsterdam, and what becomes of the key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Month:
    """A calendar month; it begins and ends at midnight in Amsterdam."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime) -> Month:
        """Return the month a moment falls in."""
        local = moment.astimezone(AMSTERDAM)
        return cls(local.year, local.month)

    def plus(self, months: int) -> Month:
        """Return the month that many months later."""
        years, index = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, index + 1)

    def begin(self) -> datetime:
        """Return the first moment of this month."""
        return datetime(self.year, self.number, 1, tzinfo=AMSTERDAM)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True)
class Period:
    """What is known of one seal key; its halves are not in here."""

    id: str
    month: str
    publish_from: datetime
    seal_until: datetime
    destroy_on: date
    destroyed_at: datetime | None

    def state(self, now: datetime) -> str:
        """Return ``coming``, ``current``, ``open`` (only opens), ``due`` or ``gone``."""
        if self.destroyed_at is not None:
            return "gone"
        if self.destroy_on <= now.astimezone(AMSTERDAM).date():
            return "due"
        if now < self.publish_from:
            return "coming"
        return "current" if now < self.seal_until else "open"
