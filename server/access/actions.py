"""What an action is, who can come in, and with whose records somebody may do something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from server.people.models import ROLES

ANYONE = "anyone"
DELIVERY_KEY = "delivery-key"
# What a system of the gemeente has; no person comes in with it.
SYSTEM_KEY = "system-key"
DESK = ("procesregisseur", "adviseur-oov")
# So long somebody is taken to be there after having proved it.
FRESH = timedelta(minutes=10)


class Scope(Enum):
    """Whose records somebody may do it with; the values are what the document shows."""

    YES = "ja"  # there is no record in it
    OWN = "eigen"
    ORGANISATION = "eigen organisatie"
    ALL = "alle"


May = Mapping[str, Scope]


@dataclass(frozen=True)
class Action:
    """One thing people do here. ``what`` and ``terms`` are for who reads the document.

    ``fresh`` is how short ago they must have proved to be there.
    """

    what: str
    may: May
    terms: str = ""
    fresh: timedelta | None = None

    def __post_init__(self) -> None:
        if self.fresh and {ANYONE, DELIVERY_KEY, SYSTEM_KEY} & self.may.keys():
            raise ValueError("Anyone is nobody to ask for proof.")


def everybody(scope: Scope) -> May:
    """Let every role do it."""
    return dict.fromkeys(ROLES, scope)


def only(*roles: str, scope: Scope = Scope.ALL) -> May:
    """Let these roles do it."""
    return dict.fromkeys(roles, scope)
