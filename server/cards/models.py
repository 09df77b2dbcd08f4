"""What the loader hands out: every card of this gemeente, complete and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Card = dict[str, Any]
Table = dict[str, Any]


@dataclass(frozen=True)
class Tables:
    """What stands in content/, file by file; None or absent where a file has a fault.

    ``shared`` holds the files all cards share by their name, ``places`` says how each file is
    called in a sentence.
    """

    shared: dict[str, Table | None]
    cards: dict[str, Table]
    practice: dict[str, Table]
    published: Table
    places: dict[str, str]

    def file(self, name: str) -> Table:
        """Return what stands in a shared file; an empty table where it has a fault."""
        return self.shared.get(name) or {}


@dataclass(frozen=True)
class Library:
    """All cards and the settings of the gemeente, in the shape in which the phone gets them.

    ``version`` changes with every change of text. ``concepts`` says what signals on several cards
    have in common. ``unchecked`` names the contacts that nobody has tried.
    ``retention`` says how long things stay, and why; ``reading`` how
    much one account may open. ``covenant`` names what others than the
    gemeente work together under, if anything. ``embed_sites`` may show a card inside their pages.
    ``events`` is the system that is told when something happens, None where there is none.
    ``meeting`` is the rhythm in which the kernteam meets, ``evaluation`` what it asks itself after.
    ``casework`` is what the phases of a case ask, and the kinds of action. ``referrals`` is whom
    the desk can bring in, and on which grounds. ``earlier`` holds the texts
    of signals and factors on earlier versions of each card.
    """

    version: str
    gemeente: dict[str, Any]
    cards: dict[str, Card]
    open_cards: frozenset[str]
    concepts: tuple[Table, ...]
    words: tuple[Table, ...]
    route: Table
    unchecked: tuple[str, ...]
    retention: Table
    reading: Table
    covenant: Table | None
    meeting: Table | None
    events: Table | None
    evaluation: Table
    embed_sites: tuple[str, ...]
    suggests_bundles: bool
    casework: dict[str, list[Table]]
    referrals: Table
    earlier: dict[str, dict[int, dict[str, str]]]

    def as_json(self, *, open_only: bool) -> dict[str, Any]:
        """Return what the phone gets; ``open_only`` leaves cards out that ask for an invitation."""
        cards = [
            card for name, card in self.cards.items() if not open_only or name in self.open_cards
        ]
        return {
            "version": self.version,
            "gemeente": self.gemeente,
            "cards": cards,
            "concepts": list(self.concepts),
            "words": list(self.words),
            "route": self.route,
        }

    def knows(self, card_id: str) -> bool:
        """Say whether this card exists."""
        return card_id in self.cards

    def signal_ids(self, card_id: str) -> frozenset[str]:
        """Return the ids of the signals on a card; none for a card that does not exist."""
        return self._ids(card_id, "signals")

    def signal_groups(self, card_id: str, ids: Iterable[str]) -> frozenset[str]:
        """Return the groups that signals of a card are in; an unknown signal is in none."""
        signals = self.cards.get(card_id, {}).get("signals", [])
        groups = {row["id"]: row["group"] for row in signals}
        return frozenset(groups[one] for one in ids if one in groups)

    def concepts_of(self, card_id: str, ids: Iterable[str]) -> frozenset[str]:
        """Return what signals of a card are about; an unknown signal is about nothing known."""
        signals = self.cards.get(card_id, {}).get("signals", [])
        concepts = {row["id"]: row["concept"] for row in signals}
        return frozenset(concepts[one] for one in ids if one in concepts)

    def protective_ids(self, card_id: str) -> frozenset[str]:
        """Return the ids of the protective factors on a card; none for an unknown card."""
        return self._ids(card_id, "protective_factors")

    def _ids(self, card_id: str, part: str) -> frozenset[str]:
        return frozenset(row["id"] for row in self.cards.get(card_id, {}).get(part, []))
