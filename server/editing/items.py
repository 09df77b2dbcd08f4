"""Everything that stands on one card, item by item, as an editor or an expert looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from server.cards.kinds import LEVELS
from server.cards.models import Table, Tables

ADVICE = "handelingskader.toml"
BEGIN = "Begin"
SENTENCES = (("do", "Wel doen"), ("dont", "Niet doen"), ("pitfalls", "Zo vergis je je niet"))
STATUS_NAMES = {"B": "staat in de bron", "V": "vertaald", "E": "eigen voorstel"}


@dataclass(frozen=True)
class Item:
    """One thing a reader reads, with the mark and the sources it rests on."""

    id: str
    part: str
    text: str
    status: str
    sources: tuple[str, ...]


def items_of(tables: Tables, name: str) -> list[Item]:
    """Return all items of a card in the order in which they stand on it."""
    return list(_items(tables, name))


def _items(tables: Tables, name: str) -> Iterator[Item]:
    card, advice = tables.cards[name], tables.file(ADVICE)
    for key in ("headline", "intro", "note"):
        if key in card:
            yield _item(key, BEGIN, card[key], card)
    yield Item("tip", BEGIN, card["tip"], "E", ())
    for number, step in enumerate(card["steps"], start=1):
        yield _item(f"stap {number}", "Stappen", step, card)
    yield from _signals(card, tables.file("begrippen.toml"))
    for kind, part in (("risk", "Risicofactoren"), ("protective", "Wat beschermt")):
        for row in _chosen(tables.file("factoren.toml")[kind], card[f"{kind}_factors"]):
            own = {**row, **row["own"].get(name, {})}
            yield _item(row["id"], part, own["text"], row)
            if "now" in own:
                # What to do now is a proposal of our own, whatever the factor rests on.
                yield Item(f"{row['id']} nu doen", part, own["now"], "E", ())
    yield from _levels(advice, name)
    yield from _talk(card)
    for key, part in (*SENTENCES, ("sharing_rules", "Mag ik dit delen?")):
        for row in _chosen(advice[key], card[key]):
            yield _item(row["id"], part, {**row, **row["own"].get(name, {})}["text"], row)
    yield from _shared(tables, card)
    for row in tables.practice.get(name, {"situations": []})["situations"]:
        answers = " / ".join(
            f"{'✓' if answer['right'] else '✗'} {answer['text']} {answer['explanation']}"
            for answer in row["choices"]
        )
        yield _item(row["id"], "Oefenen", f"{row['text']} {row['question']} {answers}", row)


def _signals(card: Table, concepts: Table) -> Iterator[Item]:
    for signal in card["signals"]:
        concept = concepts[signal["concept"]]
        yield _item(signal["id"], "Signalen", signal["text"], signal)
        # The weight and what it could be are proposals of our own.
        yield Item(f"{signal['id']} gewicht", "Signalen", signal["weight"], "E", ())
        for key, label in (("could_be", "kan dit zijn"), ("could_also_be", "kan het ook zijn")):
            text = signal.get(key, concept[key])
            yield Item(f"{signal['id']} {label}", "Signalen", text, "E", ())
        if "alarm" in signal:
            yield Item(f"{signal['id']} alarm", "Signalen", signal["alarm"], "E", ())


def _levels(advice: Table, name: str) -> Iterator[Item]:
    for level in LEVELS:
        row = advice["levels"][level]
        own = {**row, **row["own"].get(name, {})}
        text = " ".join([f"{own['title']}.", own["text"], *own["steps"]])
        yield _item(row["name"].lower(), "Wat doe je nu?", text, row)


def _talk(card: Table) -> Iterator[Item]:
    talk = card["conversation"]
    text = " ".join([talk["moment"], talk["say"], *talk["ask"]])
    yield _item("gesprek", "Zo begin je", text, talk)


def _shared(tables: Tables, card: Table) -> Iterator[Item]:
    advice = tables.file(ADVICE)
    questions = {row["id"]: row["question"] for row in advice["sharing"]}
    for row in card["sharing"]:
        question = row.get("question", questions[row["id"]])
        yield _item(row["id"], "Mag ik dit delen?", f"{question} {row['text']}", row)
    if card["meldcode"]:
        code = advice["meldcode"]
        yield _item("meldcode", "Meldcode", " ".join([code["text"], *code["steps"]]), code)
    for row in card["protocols"]:
        yield _item(row["id"], "Afspraken", f"{row['name']}: {row['text']}", row)
    for row in _chosen(advice["afraid"], card["afraid"]):
        yield _item(row["id"], "Wat als ik bang ben?", f"{row['title']}: {row['text']}", row)
    for row in _chosen(tables.file("cijfers.toml")["figures"], card["figures"]):
        yield _item(row["id"], "Cijfers", f"{row['text']} ({row['line']})", row)
    for row in _chosen(tables.file("woorden.toml")["words"], card["words"]):
        yield _item(row["id"], "Woorden", f"{row['word']}: {row['text']}", row)


def _chosen(rows: list[Table], wanted: list[str]) -> list[Table]:
    by_id = {row["id"]: row for row in rows}
    return [by_id[one] for one in wanted]


def _item(name: str, part: str, text: str, row: dict[str, Any]) -> Item:
    return Item(name, part, text, row["status"], tuple(row["sources"]))
