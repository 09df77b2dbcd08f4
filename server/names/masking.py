"""A letter on the place of every name: on the screen of a case, at a meeting and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_uppercase
from typing import Any

from server.names.likeness import Name

# Of somebody else nobody could say how old they are.
YOUNG = ("under_12", "12_15", "16_17", "18_25")

NOBODY = "(naam)"


def letter(number: int) -> str:
    """Return A, B … Z, AA, BB … for 0, 1 … 25, 26, 27 …"""
    return ascii_uppercase[number % 26] * (number // 26 + 1)


def label(number: int, *, young: bool) -> str:
    """Return what stands in the place of a name."""
    return f"{'jongere' if young else 'persoon'} {letter(number)}"


class Mask:
    """The people in some texts, each with a label; who may be the same person has the same one."""

    def __init__(
        self,
        persons: Iterable[Mapping[str, Any]] = (),
        known: Iterable[tuple[str, str]] | None = None,
    ) -> None:
        """``known`` are people who have a label already; then nobody else gets a letter."""
        self._people = [(said, name, Name(name)) for said, name in known or () if name.strip()]
        for person in persons:
            written = str(person.get("name") or "").strip()
            if not written:
                continue
            found = self._label_of(written, whole=known is not None)
            if found is None and known is None:
                found = label(len(self.labels), young=person.get("age") in YOUNG)
            # However somebody is written, each word of it is covered.
            self._people.append((found or NOBODY, written, Name(written)))

    @property
    def labels(self) -> list[str]:
        """Return what stands in the place of names."""
        return list(self.names)

    @property
    def names(self) -> dict[str, str]:
        """Return the name behind each label, as it was written first."""
        found: dict[str, str] = {}
        for said, written, _ in self._people:
            if said != NOBODY:
                found.setdefault(said, written)
        return found

    def hide(self, text: str) -> str:
        """Return a text in which nobody can tell who was named."""
        return self.cover(text, instead=NOBODY)

    def over(self, text: str | None) -> str | None:
        """Return a text with labels for names; nothing stays nothing."""
        return self.cover(text) if text else text

    def cover(self, text: str, instead: str = "") -> str:
        """Return a text with labels for names; a name of several words becomes one label."""
        # Who has a letter comes first among those of one name.
        spans = sorted(
            (
                (start, end, instead or said)
                for said, _, name in self._people
                for start, end in name.spans(text)
            ),
            key=lambda span: span[:2],
        )
        made, at, last = "", 0, ""
        for start, end, said in spans:
            if start < at:
                continue
            between = text[at:start]
            if said != last or between.strip():
                made += between + said
            at, last = end, said
        return made + text[at:]

    def _label_of(self, written: str, *, whole: bool) -> str | None:
        """Return the label of who this may be; ``whole`` asks for more than one word in common."""
        for said, _, name in self._people:
            strength = name.strength(written, is_name=True)
            if strength and not (whole and strength == "part"):
                return said
        return None
