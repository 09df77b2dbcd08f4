"""Seal what is written in a case, open it again, and keep names out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_uppercase
from typing import Any

from server.keyring import ring
from server.likeness import Name
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


def letter(number: int) -> str:
    """Return A, B … Z, AA, BB … for 0, 1 … 25, 26, 27 …"""
    return ascii_uppercase[number % 26] * (number // 26 + 1)


class Cover:
    """Puts a word in the place of each name it knows."""

    def __init__(self, names: Iterable[tuple[str, str]] = ()) -> None:
        self._names = [(label, Name(name)) for label, name in names if name.strip()]

    def over(self, text: str | None) -> str | None:
        """Return a text in which the names it knows are covered."""
        if not text:
            return text
        # Who has a letter comes first among those of one name.
        spans = sorted(
            ((start, end, label) for label, name in self._names for start, end in name.spans(text)),
            key=lambda span: span[:2],
        )
        made, at, last = "", 0, ""
        for start, end, label in spans:
            if start < at:
                continue
            between = text[at:start]
            # A name of several words becomes one label.
            if label != last or between.strip() or not made:
                made += between + label
            at, last = end, label
        return made + text[at:]
