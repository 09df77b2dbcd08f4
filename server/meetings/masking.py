"""A letter on the place of every name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_uppercase
from typing import Any

from server.likeness import Name

# Of somebody else nobody could say how old they are.
YOUNG = ("under_12", "12_15", "16_17", "18_25")

NOBODY = "(naam)"


class Mask:
    """The people in some texts, each with a letter; who may be the same person has the same one."""

    def __init__(
        self, persons: Iterable[Mapping[str, Any]], known: Iterable[tuple[str, str]] | None = None
    ) -> None:
        """``known`` are people who have a label already; then nobody else gets a letter."""
        self._people = [(label, name, Name(name)) for label, name in known or () if name.strip()]
        for person in persons:
            written = str(person.get("name") or "").strip()
            if not written or any(
                name.strength(written, is_name=True) for *_, name in self._people
            ):
                continue
            if known is not None:
                self._people.append((NOBODY, written, Name(written)))
                continue
            number = len(self._people)
            letter = ascii_uppercase[number % 26] * (number // 26 + 1)
            kind = "jongere" if person.get("age") in YOUNG else "persoon"
            self._people.append((f"{kind} {letter}", written, Name(written)))

    @property
    def labels(self) -> list[str]:
        """Return what stands in the place of names."""
        return [label for label, *_ in self._people if label != NOBODY]

    @property
    def names(self) -> dict[str, str]:
        """Return the name behind each label."""
        return {label: written for label, written, _ in self._people if label != NOBODY}

    def hide(self, text: str) -> str:
        """Return a text in which nobody can tell who was named."""
        return self.cover(text, instead=NOBODY)

    def cover(self, text: str, instead: str = "") -> str:
        """Return a text with labels for names; a name of several words becomes one label."""
        spans = sorted(
            (start, end, instead or label)
            for label, _, name in self._people
            for start, end in name.spans(text)
        )
        made, at, last = "", 0, None
        for start, end, label in spans:
            if start < at:
                continue
            between = text[at:start]
            if label == last and not between.strip():
                at = end
                continue
            made += between + label
            at, last = end, label
        return made + text[at:]
