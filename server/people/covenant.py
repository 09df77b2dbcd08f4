"""Who may work together on a case: the gemeente itself, and others while a convenant says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from server.people.models import Person


@dataclass(frozen=True)
class Covenant:
    """What the gemeente and its partners agreed on, up to and including its last day."""

    name: str
    ends: date

    @classmethod
    def of(cls, settings: Mapping[str, str] | None) -> Covenant | None:
        """Return what gemeente.toml says of it, if anything."""
        return cls(settings["name"], date.fromisoformat(settings["ends"])) if settings else None


def may_see_cases(person: Person, covenant: Covenant | None, today: date) -> bool:
    """Say whether somebody's organisation takes part in cases today; the role decides the rest."""
    if person.ended_at is not None:
        return False
    if person.organisation.kind == "gemeente":
        return True
    return covenant is not None and today <= covenant.ends
