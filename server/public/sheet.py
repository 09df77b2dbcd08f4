"""A card on one sheet of paper: what stands on which side, in which column, and how large."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.cards.models import Card, Table
from server.public.headings import headings

# In points. Below the smallest nobody reads it by the light of a street lamp.
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
MM = 0.3528
# In millimetres: how wide a column is and what stands before a line, how wide the ladder's text is,
# how high the code to scan and a note are, and what each side has left for what differs.
COLUMN, MARK, LADDER = 88.0, 6.0, 123.0
SCAN, NOTE, CALL = 27.0, 6.0, 13.0
FRONT, BACK = 214.0, 250.0
# How long a list may be, and below which size it had better be shorter.
LENGTHS = (99, 8, 7, 6, 5, 4)
GOOD = 9.5


@dataclass(frozen=True)
class Line:
    """One thing to read; ``first`` is what matters most, ``sign`` points at a note below."""

    text: str
    first: bool = False
    sign: str = ""


@dataclass(frozen=True)
class Block:
    """A heading with lines under it; ``kind`` says what stands before each line."""

    title: str
    lines: tuple[Line, ...]
    kind: str = "dot"
    note: str = ""


@dataclass(frozen=True)
class Columns:
    """Blocks in the order in which they are read: first the left column, then the right."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True)
class Sheet:
    """Both sides of one card; the sizes are those of the letters, in points."""

    signals: Columns
    cautions: tuple[str, ...]
    beside: Columns
    advice: Columns
    contacts: tuple[Table, ...]
    front: float
    back: float


def sheet_of(card: Card, gemeente: dict[str, Any], smaller: tuple[int, int] = (0, 0)) -> Sheet:
    """Lay a card out; ``smaller`` is how many sizes each side stays below what was expected.

    Every signal is there. Of the advice there is as much as can be read without glasses; the code
    to scan leads to the rest.
    """
    cautions = tuple(
        dict.fromkeys(signal["caution"] for signal in card["signals"] if signal["caution"])
    )
    groups = _split(_groups(card, gemeente, cautions))
    notes = NOTE * (len(cautions) + bool(card["note"]))
    ladder = sum(_lines(" ".join(level["steps"]), LADDER, SIZES[0]) for level in card["levels"])
    calls = CALL * math.ceil(len(_contacts(card, gemeente)) / 3)
    front, beside = _most(
        lambda most: [groups, Columns((_pitfalls(card, most),), (_talk(card, most),))],
        FRONT - notes,
    )
    back, advice = _most(
        lambda most: [_split(_advice(card, most))],
        BACK - calls - ladder * SIZES[0] * MM * 1.36,
    )
    return Sheet(
        signals=groups,
        cautions=cautions,
        beside=beside[-1],
        advice=advice[-1],
        contacts=_contacts(card, gemeente),
        front=_smaller(front, smaller[0]),
        back=_smaller(back, smaller[1]),
    )


def _most(rows_of: Callable[[int], list[Columns]], room: float) -> tuple[float, list[Columns]]:
    """Return the size and the blocks with the longest lists that leave the letters large enough."""
    for most in LENGTHS:
        rows = rows_of(most)
        size = _size(rows, room)
        if size >= GOOD:
            break
    return size, rows


def _groups(card: Card, gemeente: dict[str, Any], cautions: tuple[str, ...]) -> list[Block]:
    names = {choice["id"]: choice["name"].lower() for choice in card["choices"]}
    kind = "dot" if card["public"] else "tick"
    found: dict[str, list[Line]] = {}
    for signal in card["signals"]:
        caution = signal["caution"]
        sign = "*" * (cautions.index(caution) + 1) if caution else ""
        readers = [names[one] for one in signal["choices"]]
        some = f" ({', '.join(readers)})" if 0 < len(readers) < len(names) else ""
        line = Line(signal["text"] + some, signal["top"], sign)
        found.setdefault(signal["group"], []).append(line)
    labels = gemeente["group_labels"]
    return [Block(labels[group], tuple(lines), kind) for group, lines in found.items()]


def _pitfalls(card: Card, most: int) -> Block:
    return _block(headings(card)["pitfalls"], card["pitfalls"][:most])


def _talk(card: Card, most: int) -> Block:
    talk = card["conversation"]
    return _block(headings(card)["talk"], [talk["moment"], talk["say"], *talk["ask"]][:most])


def _advice(card: Card, most: int) -> list[Block]:
    told = headings(card)
    risk = [row["text"] for row in card["risk_factors"]]
    protective = [row["text"] for row in card["protective_factors"]]
    return [
        _block(told["steps"], card["steps"], "step"),
        _block("Doe dit wel", card["do"][:most]),
        _block("Doe dit niet", card["dont"][:most], "no"),
        _block(told["risk"], risk[:most], note=card["risk_note"]),
        _block(told["protective"], protective[:most], note=card["tip"]),
        Block("", (), "scan"),
    ]


def _block(title: str, texts: list[str], kind: str = "dot", note: str = "") -> Block:
    return Block(title, tuple(Line(text) for text in texts), kind, note)


def _contacts(card: Card, gemeente: dict[str, Any]) -> tuple[Table, ...]:
    """Return whom to call, in the card's own order; 112 stands on top of the sheet."""
    known = {contact["id"]: contact for contact in gemeente["contacts"]}
    return tuple(known[one] for one in card["contacts"] if known[one]["number"] != "112")


def _split(blocks: list[Block]) -> Columns:
    """Break where the longer column is shortest; the order of reading stays."""
    at = min(
        range(1, len(blocks) + 1),
        key=lambda cut: _longer(Columns(tuple(blocks[:cut]), tuple(blocks[cut:])), SIZES[0]),
    )
    return Columns(tuple(blocks[:at]), tuple(blocks[at:]))


def _size(rows: list[Columns], room: float) -> float:
    """Return the largest letters with which everything is expected to fit."""
    return next(
        (size for size in SIZES if sum(_longer(row, size) for row in rows) <= room), SIZES[-1]
    )


def _smaller(size: float, steps: int) -> float:
    return SIZES[min(SIZES.index(size) + steps, len(SIZES) - 1)]


def _longer(row: Columns, size: float) -> float:
    return max(sum(_height(block, size) for block in column) for column in (row.left, row.right))


def _height(block: Block, size: float) -> float:
    """Estimate how high a block is, in millimetres; who draws it has the last word."""
    if block.kind == "scan":
        return SCAN
    letter = size * MM
    lines = sum(
        _lines(line.text, COLUMN - MARK, size, wide=1.06 if line.first else 1) * 1.36 + 0.4
        for line in block.lines
    )
    note = _lines(block.note, COLUMN, size) * 1.3 + 0.4 if block.note else 0
    return (lines + note + 1.6) * letter + 5


def _lines(text: str, width: float, size: float, wide: float = 1) -> int:
    # Noto Sans is half as wide as it is high, on average.
    return math.ceil(len(text) * wide * size * MM * 0.5 / width)
