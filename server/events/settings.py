"""Whether somebody outside listens, and where."""

from __future__ import annotations

from dataclasses import dataclass

from server import cards


@dataclass(frozen=True)
class Listener:
    """The system that events go to, and the number under which the gemeente is their source."""

    oin: str
    url: str

    @property
    def source(self) -> str:
        return f"urn:nld:oin:{self.oin}:systeem:signaalkaart"


def listener() -> Listener | None:
    """Return who listens, from gemeente.toml; None is nobody, and that is how it starts."""
    found = cards.library().events
    return Listener(found["oin"], found["url"]) if found else None
