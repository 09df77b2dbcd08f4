"""Do the files of content/ fit together: is everything a card names somewhere described, once?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from server.cards.models import Table, Tables

# Which list of a card names rows of which table in which file.
CARD_LISTS = (
    ("risk_factors", "factoren.toml", "risk"),
    ("protective_factors", "factoren.toml", "protective"),
    ("do", "handelingskader.toml", "do"),
    ("dont", "handelingskader.toml", "dont"),
    ("pitfalls", "handelingskader.toml", "pitfalls"),
    ("contacts", "gemeente.toml", "contacts"),
)


def faults_between(content: str, tables: Tables) -> list[str]:
    """Return a sentence for every id that points nowhere or stands twice."""
    return list(_Checker(content, tables).faults())


class _Checker:
    """Goes through checked tables and says what points nowhere or stands twice.

    A file with a fault of its own is not held against the others.
    """

    def __init__(self, content: str, tables: Tables) -> None:
        self._content = content
        self._tables = tables
        self._files: dict[str, Table | None] = {
            "factoren.toml": tables.factors,
            "handelingskader.toml": tables.advice,
            "gemeente.toml": tables.gemeente,
            "bronnen.toml": tables.sources,
            "begrippen.toml": tables.concepts,
        }

    def faults(self) -> Iterator[str]:
        yield from self._doubles()
        yield from self._open_cards()
        for file, table in self._files.items():
            if table is not None:
                yield from self._sources(file, table)
        if self._tables.advice is not None:
            for name, level in self._tables.advice["levels"].items():
                key = f"levels.{name}.contacts"
                yield from self._rows(
                    "handelingskader.toml", key, level["contacts"], "gemeente.toml", "contacts"
                )
        for name, card in self._tables.cards.items():
            yield from self._card(f"signaalkaarten/{name}.toml", card)

    def _card(self, file: str, card: Table) -> Iterator[str]:
        for key, described_in, table in CARD_LISTS:
            yield from self._rows(file, key, card[key], described_in, table)
        yield from self._sources(file, card)
        for number, signal in enumerate(card["signals"]):
            key = f"signals[{number}]"
            yield from self._known(
                file, f"{key}.concept", signal["concept"], "begrippen.toml", self._tables.concepts
            )
            advice = self._tables.advice
            if "caution" in signal and advice is not None:
                yield from self._known(
                    file,
                    f"{key}.caution",
                    signal["caution"],
                    "handelingskader.toml",
                    advice["cautions"],
                    "cautions",
                )

    def _rows(
        self, file: str, key: str, ids: list[str], described_in: str, table: str
    ) -> Iterator[str]:
        other = self._files[described_in]
        if other is None:
            return
        known = {row["id"] for row in other[table]}
        for number, name in enumerate(ids):
            yield from self._known(file, f"{key}[{number}]", name, described_in, known, table)

    def _known(
        self,
        file: str,
        key: str,
        name: str,
        described_in: str,
        known: Iterable[str] | None,
        table: str = "",
    ) -> Iterator[str]:
        if known is not None and name not in known:
            under = f", onder {table}" if table else ""
            yield (
                f"{self._content}/{file}, {key}: "
                f"{name} staat niet in {self._content}/{described_in}{under}."
            )

    def _sources(self, file: str, table: Any, path: str = "") -> Iterator[str]:
        """Check every ``sources`` list, however deep."""
        if isinstance(table, list):
            for number, row in enumerate(table):
                yield from self._sources(file, row, f"{path}[{number}]")
        elif isinstance(table, dict):
            for key, value in table.items():
                below = f"{path}.{key}" if path else key
                if key == "sources":
                    for number, code in enumerate(value):
                        yield from self._known(
                            file, f"{below}[{number}]", code, "bronnen.toml", self._tables.sources
                        )
                else:
                    yield from self._sources(file, value, below)

    def _open_cards(self) -> Iterator[str]:
        open_cards = (self._tables.gemeente or {}).get("open_cards", [])
        for number, name in enumerate(open_cards):
            if name not in self._tables.cards:
                yield (
                    f"{self._content}/gemeente.toml, open_cards[{number}]: "
                    f"er is geen kaart {name} in {self._content}/signaalkaarten."
                )

    def _doubles(self) -> Iterator[str]:
        first: dict[str, str] = {}
        for place, name in self._all_ids():
            if name in first:
                yield (
                    f"{self._content}/{place}.id: {name} staat al bij "
                    f"{self._content}/{first[name]}. Kies een ander id."
                )
            else:
                first[name] = place

    def _all_ids(self) -> Iterator[tuple[str, str]]:
        for file, tables in (
            ("factoren.toml", ("risk", "protective")),
            ("handelingskader.toml", ("do", "dont", "pitfalls")),
            ("gemeente.toml", ("contacts",)),
        ):
            for table in tables:
                for number, row in enumerate((self._files[file] or {}).get(table, [])):
                    yield f"{file}, {table}[{number}]", row["id"]
        for name, card in self._tables.cards.items():
            for number, signal in enumerate(card["signals"]):
                yield f"signaalkaarten/{name}.toml, signals[{number}]", signal["id"]
