"""What is different from what was published last, said in words."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from server.cards.models import Table, Tables
from server.cards.references import ids_of
from server.editing.items import Item, items_of

MOST_LINES = 12
LONGEST_LINE = 110


@dataclass(frozen=True)
class Change:
    """One item that came, went or reads differently."""

    item: str
    part: str
    before: str
    now: str

    def in_words(self) -> str:
        """Return the change as a sentence."""
        if not self.before:
            return f"Nieuw bij {self.part}: {_said(self.now)}"
        if not self.now:
            return f"Weg bij {self.part}: {_said(self.before)}"
        return f"Anders bij {self.part}: {_said(self.now)}"

    def in_short(self) -> str:
        """Return the change as a phone tells it, cut off at a word."""
        return textwrap.shorten(self.in_words(), LONGEST_LINE, placeholder=" …’")


def snapshot(tables: Tables, name: str) -> dict[str, list[str]]:
    """Return of every item of a card its part and text, to compare with later."""
    return {item.id: [item.part, item.text] for item in items_of(tables, name)}


def changes_of(tables: Tables, name: str) -> list[Change]:
    """Return what changed on a card; a card that was never published has no changes."""
    published = tables.published["cards"].get(name)
    if published is None:
        return []
    before, now = published["items"], snapshot(tables, name)
    found = []
    for key in [*now, *(key for key in before if key not in now)]:
        part = (now.get(key) or before[key])[0]
        was, reads = before.get(key, ["", ""])[1], now.get(key, ["", ""])[1]
        if was != reads:
            found.append(Change(key, part, was, reads))
    return found


def unpublished(tables: Tables) -> list[str]:
    """Return the cards that were never published."""
    return [name for name in tables.cards if name not in tables.published["cards"]]


def lines_for_phones(changes: list[Change]) -> list[str]:
    """Return the changes as lines for readers; what is many is counted."""
    lines = [change.in_short() for change in changes]
    if len(lines) > MOST_LINES:
        rest = len(lines) - MOST_LINES + 1
        lines = [*lines[: MOST_LINES - 1], f"En nog {rest} veranderingen."]
    return lines


def gone(tables: Tables) -> dict[str, str]:
    """Return the ids that were published and stand nowhere any more, with what they were."""
    now = {name for _file, _place, name in ids_of(tables)}
    retired = {row["id"] for row in tables.file("vervallen.toml").get("retired", [])}
    before: Table = tables.published.get("ids", {})
    return {name: was for name, was in before.items() if name not in now | retired}


def moved_concepts(tables: Tables) -> list[tuple[str, str, str, str]]:
    """Return the signals that now mean another thing: card, id, concept before and now."""
    found = []
    for name, card in tables.cards.items():
        before = tables.published["cards"].get(name, {}).get("concepts", {})
        for signal in card["signals"]:
            was = before.get(signal["id"], signal["concept"])
            if was != signal["concept"]:
                found.append((name, signal["id"], was, signal["concept"]))
    return found


def of_every_id(tables: Tables) -> dict[str, str]:
    """Return of everything with an id what it says, for the register."""
    texts = {item.id: item for name in tables.cards for item in items_of(tables, name)}
    return {name: _text(texts.get(name), name) for _file, _place, name in ids_of(tables)}


def _text(item: Item | None, name: str) -> str:
    return item.text if item else name


def _said(text: str) -> str:
    return text if text.startswith("‘") else f"‘{text}’"
