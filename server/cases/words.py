"""Seal what is written in a case, and open it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.keyring import ring
from server.sealing import SealError


def seal(kind: str, item_id: str, by_id: str, **words: str | None) -> str:
    """Return what somebody wrote, sealed to its place."""
    return ring().seal(kind, item_id, by_id, {"v": 1, **words})


def read(sealed: str | None, kind: str, item_id: str, by_id: str) -> Mapping[str, Any]:
    """Return what was written there, or nothing when nobody can read it any more."""
    if sealed is None:
        return {}
    try:
        return ring().open(sealed, kind, item_id, by_id)
    except SealError:
        return {}
