"""The key ring: a small store of its own for the keys that open what is sealed.

It lies apart from the database, so that either alone is worth nothing, and so that destroying a
key reaches every backup of what was sealed to it. Private keys lie in it wrapped under a master
key that only the environment holds.
"""

from __future__ import annotations

import os

from server.keyring.keys import KeyDestroyed, KeyRing, UnknownKey
from server.keyring.lasting import Act
from server.keyring.master import (
    KeyRingError,
    MasterKey,
    MasterKeyError,
    make_master_key,
    read_master_key,
)
from server.keyring.month import Period

__all__ = [
    "Act",
    "KeyDestroyed",
    "KeyRing",
    "KeyRingError",
    "MasterKey",
    "MasterKeyError",
    "Period",
    "UnknownKey",
    "make_master_key",
    "read_master_key",
    "ring",
    "use",
]

_current: KeyRing | None = None


def use(ring: KeyRing) -> None:
    """Make this the ring of the process; the app does so once, when it starts."""
    global _current
    _current = ring


def ring() -> KeyRing:
    """Return the ring of this process."""
    if _current is None:
        raise KeyRingError("De sleutelring is nog niet geopend.")
    return _current


def _leave_connections_to_the_parent() -> None:
    if _current is not None:
        _current.forget_connections()


# gunicorn may load the app first and fork afterwards; two processes on one connection mix answers.
os.register_at_fork(after_in_child=_leave_connections_to_the_parent)
