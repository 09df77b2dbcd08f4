"""Which request, or which turn of the clock, something came of: one short name in every log."""

from __future__ import annotations

import secrets
from contextvars import ContextVar

_name: ContextVar[str | None] = ContextVar("trace", default=None)


def begin() -> str:
    """Give what starts here a name of its own; nobody outside has a say in it."""
    name = secrets.token_hex(8)
    _name.set(name)
    return name


def current() -> str | None:
    """Return the name of what is going on here, or None at a terminal."""
    return _name.get()
