"""Do the files of content/ fit together: is everything a card names somewhere described, once?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from server.cards.kinds import LEVELS
from server.cards.models import Table, Tables
from server.content.folders import SETTINGS
from server.content.placeholders import unknown, words_of

# Which list of a card names rows of which table in which file.
CARD_LISTS = (
    ("risk_factors", "factoren.toml", "risk"),
    ("protective_factors", "factoren.toml", "protective"),
    ("do", "handelingskader.toml", "do"),
    ("dont", "handelingskader.toml", "dont"),
    ("pitfalls", "handelingskader.toml", "pitfalls"),
    ("sharing_rules", "handelingskader.toml", "sharing_rules"),
    ("afraid", "handelingskader.toml", "afraid"),
    ("figures", "cijfers.toml", "figures"),
    ("words", "woorden.toml", "words"),
    ("contacts", SETTINGS, "contacts"),
)
# In which tables of which file things have an id.
WITH_ID = (
    ("factoren.toml", ("risk", "protective")),
    (
        "handelingskader.toml",
        ("do", "dont", "pitfalls", "sharing", "sharing_rules", "afraid"),
    ),
    (SETTINGS, ("contacts",)),
    ("woorden.toml", ("words",)),
    ("cijfers.toml", ("figures",)),
    ("route.toml", ("steps",)),
    ("overleg.toml", ("meeting", "year")),
)


def faults_between(tables: Tables) -> list[str]:
    """Return a sentence for every id that points nowhere, stands twice or was used before."""
    return list(_Checker(tables).faults())


def ids_of(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Yield of everything that has an id the file, the place in it and the id."""
    for file, names in WITH_ID:
        for name in names:
            for number, row in enumerate(tables.file(file).get(name, [])):
                yield file, f"{name}[{number}]", row["id"]
    for stem, card in tables.cards.items():
        for key in ("signals", "protocols"):
            for number, row in enumerate(card[key]):
                yield f"signaalkaarten/{stem}.toml", f"{key}[{number}]", row["id"]
    for stem, practice in tables.practice.items():
        for number, row in enumerate(practice["situations"]):
            yield f"oefenen/{stem}.toml", f"situations[{number}]", row["id"]


class _Checker:
    """Goes through checked tables and says what points nowhere or stands twice.

    A file with a fault of its own is not held against the others.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._files = tables.shared

    def faults(self) -> Iterator[str]:
        yield from self._doubles()
        yield from self._retired()
        yield from self._open_cards()
        for file, table in self._files.items():
            if table is not None:
                yield from self._sources(file, table)
                yield from self._placeholders(file, table)
        yield from self._advice()
        yield from self._own_voices()
        for name, card in self._tables.cards.items():
            yield from self._card(f"signaalkaarten/{name}.toml", card)
        for name, practice in self._tables.practice.items():
            yield from self._practice(f"oefenen/{name}.toml", name, practice)

    def _advice(self) -> Iterator[str]:
        file = "handelingskader.toml"
        advice = self._tables.file(file)
        for name in LEVELS if advice else ():
            level = advice["levels"][name]
            yield from self._rows(
                file, f"levels.{name}.contacts", level["contacts"], SETTINGS, "contacts"
            )
            for card, own in level["own"].items():
                key = f"levels.{name}.own.{card}.contacts"
                yield from self._rows(file, key, own.get("contacts", []), SETTINGS, "contacts")
        for number, way in enumerate(advice.get("afraid", [])):
            if "contact" in way:
                contacts = {row["id"] for row in self._tables.file(SETTINGS).get("contacts", [])}
                known = contacts if self._files[SETTINGS] else None
                key = f"afraid[{number}].contact"
                yield from self._known(file, key, way["contact"], SETTINGS, known, "contacts")

    def _own_voices(self) -> Iterator[str]:
        for file, names in WITH_ID[:2]:
            for name in names:
                for number, row in enumerate(self._tables.file(file).get(name, [])):
                    yield from self._cards_named(file, f"{name}[{number}].own", row.get("own", {}))
        for level, row in self._tables.file("handelingskader.toml").get("levels", {}).items():
            yield from self._cards_named("handelingskader.toml", f"levels.{level}.own", row["own"])

    def _card(self, file: str, card: Table) -> Iterator[str]:
        for key, described_in, table in CARD_LISTS:
            yield from self._rows(file, key, card[key], described_in, table)
        yield from self._sources(file, card)
        yield from self._placeholders(file, card)
        yield from self._questions(file, card)
        choices = {choice["id"] for choice in card["choices"]}
        for number, signal in enumerate(card["signals"]):
            key = f"signals[{number}]"
            yield from self._known(
                file, f"{key}.concept", signal["concept"], "begrippen.toml",
                self._files["begrippen.toml"],
            )  # fmt: skip
            for place, name in enumerate(signal.get("choices", [])):
                if name not in choices:
                    yield self._told(
                        file, f"{key}.choices[{place}]", f"{name} staat niet bij choices."
                    )
            if "caution" in signal and self._files["handelingskader.toml"]:
                cautions = self._tables.file("handelingskader.toml")["cautions"]
                yield from self._known(
                    file, f"{key}.caution", signal["caution"], "handelingskader.toml", cautions,
                    "cautions",
                )  # fmt: skip

    def _questions(self, file: str, card: Table) -> Iterator[str]:
        """The four questions stand on every card, each once and in the same order."""
        questions = [
            row["id"] for row in self._tables.file("handelingskader.toml").get("sharing", [])
        ]
        if questions and [row["id"] for row in card["sharing"]] != questions:
            wanted = ", ".join(questions)
            yield self._told(file, "sharing", f"beantwoord de vragen {wanted}, in die volgorde.")

    def _practice(self, file: str, name: str, practice: Table) -> Iterator[str]:
        yield from self._sources(file, practice)
        yield from self._placeholders(file, practice)
        card = self._tables.cards.get(name)
        if card is None:
            if not self._has(name):
                yield self._told(file, "situations", f"er is geen kaart {name}.")
            return
        known = {signal["id"] for signal in card["signals"]}
        for number, situation in enumerate(practice["situations"]):
            for place, signal in enumerate(situation["signals"]):
                yield from self._known(
                    file, f"situations[{number}].signals[{place}]", signal,
                    f"signaalkaarten/{name}.toml", known,
                )  # fmt: skip

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
            place = self._tables.places[described_in]
            yield self._told(file, key, f"{name} staat niet in {place}{under}.")

    def _cards_named(self, file: str, key: str, own: Table) -> Iterator[str]:
        for card in own:
            if not self._has(card):
                yield self._told(file, f"{key}.{card}", f"er is geen kaart {card}.")

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
                            file, f"{below}[{number}]", code, "bronnen.toml",
                            self._files["bronnen.toml"],
                        )  # fmt: skip
                else:
                    yield from self._sources(file, value, below)

    def _placeholders(self, file: str, table: Table) -> Iterator[str]:
        settings = self._files[SETTINGS]
        if settings is None:
            return
        known = words_of(settings)
        for path, name in unknown(table, known):
            words = ", ".join(f"{{{word}}}" for word in known)
            yield self._told(file, path, f"{{{name}}} kennen we niet. Kies uit {words}.")

    def _open_cards(self) -> Iterator[str]:
        for number, name in enumerate(self._tables.file(SETTINGS).get("open_cards", [])):
            if not self._has(name):
                yield self._told(SETTINGS, f"open_cards[{number}]", f"er is geen kaart {name}.")

    def _doubles(self) -> Iterator[str]:
        first: dict[str, str] = {}
        for file, place, name in ids_of(self._tables):
            if name in first:
                sentence = f"{name} staat al bij {first[name]}. Kies een ander id."
                yield self._told(file, f"{place}.id", sentence)
            else:
                first[name] = f"{self._tables.places[file]}, {place}"

    def _retired(self) -> Iterator[str]:
        """An id that was taken away never comes back: reports still point at what it meant."""
        retired = {row["id"] for row in self._tables.file("vervallen.toml").get("retired", [])}
        for file, place, name in ids_of(self._tables):
            if name in retired:
                register = self._tables.places["vervallen.toml"]
                sentence = f"{name} is vervallen en staat in {register}. Kies een nieuw id."
                yield self._told(file, f"{place}.id", sentence)

    def _has(self, card: str) -> bool:
        """Say whether there is a file for this card; without any card that is the only fault."""
        files = [name for name in self._tables.places if name.startswith("signaalkaarten/")]
        return not files or f"signaalkaarten/{card}.toml" in files

    def _told(self, file: str, key: str, sentence: str) -> str:
        return f"{self._tables.places[file]}, {key}: {sentence}"
