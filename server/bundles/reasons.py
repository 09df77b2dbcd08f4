"""When two observations look alike enough to show it to somebody, and how that is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from server.bundles import spelling
from server.bundles.models import REASONS

FAR = timedelta(days=62)
SIX_WEEKS = timedelta(days=42)
NEAR = timedelta(days=21)
FORTNIGHT = timedelta(days=14)
WEEK = timedelta(days=7)
NEVER = timedelta(days=-1)
# Of words of one kind the first is said.
KINDS = (
    ("same_area", "same_wijk"),
    ("within_2_months", "within_3_weeks", "within_week"),
    ("signals_3", "signals_2", "signals_1"),
    ("same_name", "like_name"),
)


@dataclass(frozen=True)
class Likeness:
    """What two observations have in common; ``nameless`` when one of them names nobody."""

    other: str
    place: str | None
    apart: timedelta
    signals: int
    name: int
    nameless: bool = False

    def is_enough(self, *, common: bool) -> bool:
        """Say whether to show it to somebody; ``common`` is a name that turns up everywhere."""
        return self.apart <= self._patience(common)

    def _patience(self, common: bool) -> timedelta:
        """Return how long apart they may be: the more they share, the longer."""
        here, shared = self.place == "same_area", self.signals > 0
        if self.name >= spelling.ALIKE and here:
            return NEAR if common and not shared else FAR
        if self.name >= spelling.ALIKE and common:
            return WEEK if shared else NEVER
        if self.name == spelling.SAME:
            return NEAR
        if self.name == spelling.ALIKE:
            return NEAR if shared else FORTNIGHT
        if self.name == spelling.WEAK and here:
            return SIX_WEEKS if shared else NEAR
        # Who is named otherwise is somebody else, whatever happens at one place.
        return NEAR if here and self.signals > 1 and self.nameless else NEVER

    def reasons(self) -> list[str]:
        """Return it in words."""
        words = [self.place] if self.place else []
        if self.apart <= WEEK:
            words.append("within_week")
        elif self.apart <= NEAR:
            words.append("within_3_weeks")
        else:
            words.append("within_2_months")
        if self.signals:
            words.append(f"signals_{min(self.signals, 3)}")
        if self.name:
            words.append("same_name" if self.name == spelling.SAME else "like_name")
        return words


def place_of(one: str | None, other: str | None) -> str | None:
    """Say whether two codes are one area, or lie in one wijk."""
    if one is None or other is None:
        return None
    if one == other:
        return "same_area"
    # BU99990113 lies in WK999901: the CBS numbers a buurt after its wijk.
    return "same_wijk" if one[2:8] == other[2:8] else None


def ordered(words: Iterable[str]) -> list[str]:
    """Return what to say of several pairs at once: one word of each kind, in a fixed order."""
    said = set(words)
    for kind in KINDS:
        here = [word for word in kind if word in said]
        said -= set(here[1:])
    return [word for word in REASONS if word in said]
