"""Put a card together: every id replaced by its text, in the voice of that card."""

from __future__ import annotations

from typing import Any

from server.cards.gemeente_files import MAIN_NUMBER
from server.cards.kinds import LEVELS
from server.cards.models import Card, Table, Tables
from server.content.placeholders import fill, words_of

# How many earlier changes a phone hears of.
CHANGES_TOLD = 3


class Assembly:
    """Makes what the phone gets from tables that were found without a fault."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._settings = tables.file("gemeente.toml")
        self._advice = tables.file("handelingskader.toml")
        self._factors = tables.file("factoren.toml")
        self._concepts = tables.file("begrippen.toml")
        self._words = words_of(self._settings)
        self._figures = _by_id(tables.file("cijfers.toml")["figures"])

    def gemeente(self) -> Table:
        settings = self._settings
        contacts = [
            {
                "id": contact["id"],
                "name": contact["name"],
                "number": self._number(contact.get("number", "")),
                "url": contact.get("url"),
                "for": contact["for"],
            }
            for contact in settings["contacts"]
        ]
        theme = settings["theme"]
        return {
            **_pick(settings, "name", "code", "phone", "desk_hours", "terms", "switches"),
            **_pick(settings, "role_labels", "group_labels"),
            "contacts": contacts,
            "feedback": {
                row["kind"]: row["text"]
                for row in self._tables.file("terugkoppeling.toml")["sentences"]
            },
            "theme": {
                "name": theme["name"],
                "light": theme.get("light"),
                "dark": theme.get("dark"),
            },
        }

    def concepts(self) -> list[Table]:
        return [
            {"id": name, "name": concept["name"], "also": concept.get("also", [])}
            for name, concept in self._concepts.items()
        ]

    def words(self) -> list[Table]:
        rows = self._tables.file("woorden.toml")["words"]
        return [
            {**_pick(row, "id"), **self._filled(row, "word", "text"), "also": row.get("also", [])}
            for row in rows
        ]

    def route(self) -> Table:
        route = self._tables.file("route.toml")
        steps = [_pick(step, "id", "title", "who", "text") for step in route["steps"]]
        filled: Table = fill(
            {**_pick(route, "title", "intro", "notes"), "steps": steps}, self._words
        )
        return filled

    def cards(self) -> dict[str, Card]:
        return {name: self._card(name, card) for name, card in self._tables.cards.items()}

    def _card(self, name: str, card: Table) -> Card:
        levels = [self._level(name, level) for level in LEVELS]
        practice = self._tables.practice.get(name, {"situations": []})["situations"]
        made = {
            "id": name,
            **_pick(card, "title", "audience", "emblem", "version", "public", "reviewed_on"),
            **_pick(card, "intro", "tip", "form", "choices", "steps", "contacts", "words"),
            "review_note": card.get("review_note", self._advice["review_note"]),
            **{key: card.get(key) for key in ("headline", "note")},
            "signals": [self._signal(signal) for signal in card["signals"]],
            "risk_note": self._factors["risk_note"],
            "risk_factors": self._factors_of(name, card, "risk"),
            "protective_factors": self._factors_of(name, card, "protective"),
            "levels": levels,
            "conversation": _pick(card["conversation"], "moment", "say", "ask"),
            **{key: self._sentences(name, card, key) for key in ("do", "dont", "pitfalls")},
            "meldcode": _pick(self._advice["meldcode"], "text", "steps")
            if card["meldcode"]
            else None,
            "protocols": [_pick(row, "id", "name", "text") for row in card["protocols"]],
            "sharing": {
                "questions": self._questions(card),
                "rules": self._sentences(name, card, "sharing_rules"),
            },
            "afraid": [
                {**_pick(way, "id", "title", "text"), "contact": way.get("contact")}
                for way in self._chosen(self._advice["afraid"], card["afraid"])
            ],
            "figures": [
                {**_pick(row, "id", "text"), "source": row["line"]}
                for row in (self._figures[wanted] for wanted in card["figures"])
            ],
            "practice": [
                _pick(row, "id", "text", "question", "signals", "choices") for row in practice
            ],
            "changes": self._changes(name),
            "sources": self._sources(card, practice),
        }
        filled: Card = fill(made, self._words)
        return filled

    def _signal(self, signal: Table) -> Table:
        concept = self._concepts[signal["concept"]]
        cautions = self._advice["cautions"]
        return {
            **_pick(signal, "id", "group", "concept", "text", "weight", "top"),
            "choices": signal.get("choices", []),
            "could_be": signal.get("could_be", concept["could_be"]),
            "could_also_be": signal.get("could_also_be", concept["could_also_be"]),
            "caution": cautions[signal["caution"]] if "caution" in signal else None,
            "alarm": signal.get("alarm"),
        }

    def _factors_of(self, name: str, card: Table, kind: str) -> list[Table]:
        keys = ("id", "level", "text") if kind == "risk" else ("id", "level", "text", "now")
        rows = self._chosen(self._factors[kind], card[f"{kind}_factors"])
        return [_pick({**row, **row["own"].get(name, {})}, *keys) for row in rows]

    def _sentences(self, name: str, card: Table, key: str) -> list[str]:
        rows = self._chosen(self._advice[key], card[key])
        return [{**row, **row["own"].get(name, {})}["text"] for row in rows]

    def _questions(self, card: Table) -> list[Table]:
        questions = _by_id(self._advice["sharing"])
        return [
            {
                "id": row["id"],
                "question": row.get("question", questions[row["id"]]["question"]),
                "text": row["text"],
            }
            for row in card["sharing"]
        ]

    def _level(self, name: str, level: str) -> Table:
        row = self._advice["levels"][level]
        own = {"id": level, **row, **row["own"].get(name, {})}
        return _pick(own, "id", "name", "title", "when", "text", "steps", "contacts")

    def _changes(self, name: str) -> list[Table]:
        published = self._tables.published["cards"].get(name, {"changes": []})
        return [
            _pick(change, "version", "on", "lines")
            for change in published["changes"][:CHANGES_TOLD]
        ]

    def _sources(self, card: Table, practice: list[Table]) -> list[Table]:
        """Every source the card rests on, wherever it is named, once."""
        rows: list[Table] = [
            *card["signals"],
            *card["sharing"],
            *card["protocols"],
            card["conversation"],
            *practice,
            *(self._advice["levels"][level] for level in LEVELS),
            *(self._concepts[signal["concept"]] for signal in card["signals"]),
            *(self._figures[wanted] for wanted in card["figures"]),
            *self._chosen(self._advice["afraid"], card["afraid"]),
        ]
        for kind in ("risk", "protective"):
            rows.extend(self._chosen(self._factors[kind], card[f"{kind}_factors"]))
        for key in ("do", "dont", "pitfalls", "sharing_rules"):
            rows.extend(self._chosen(self._advice[key], card[key]))
        if card["meldcode"]:
            rows.append(self._advice["meldcode"])
        codes = set(card["sources"]).union(*(row["sources"] for row in rows))
        described = self._tables.file("bronnen.toml")
        return [
            {"code": code, "title": described[code]["title"], "url": described[code].get("url")}
            for code in sorted(codes, key=str.lower)
        ]

    def _chosen(self, rows: list[Table], wanted: list[str]) -> list[Table]:
        by_id = _by_id(rows)
        return [by_id[one] for one in wanted]

    def _number(self, number: str) -> str:
        return str(self._settings["phone"]) if number == MAIN_NUMBER else number

    def _filled(self, row: Table, *keys: str) -> Table:
        filled: Table = fill(_pick(row, *keys), self._words)
        return filled


def _by_id(rows: list[Table]) -> dict[str, Table]:
    return {row["id"]: row for row in rows}


def _pick(row: Table, *keys: str) -> dict[str, Any]:
    return {key: row[key] for key in keys}
