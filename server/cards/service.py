"""From the files of content/ to the cards as the phone gets them: every id replaced by its text."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from server.cards import schemas
from server.cards.models import Card, Library, Table, Tables
from server.cards.references import faults_between
from server.content.files import ContentError, list_files, name_of, read_toml
from server.content.kept import Kept
from server.content.shapes import Shape
from server.content.shapes import check as check_shape

MAIN_NUMBER = "algemeen"


def load(root: Path) -> Library:
    """Read all of content/; raise ContentError with every fault at once."""
    found: list[str] = []
    tables = _read(root, found)
    found.extend(faults_between(root.name, tables))
    if found:
        raise ContentError(found)
    return _assemble(tables)


def _read(root: Path, found: list[str]) -> Tables:
    """Read every file and hold it against its schema; every fault is added as a sentence."""

    def read(path: Path, shape: Shape) -> Table | None:
        raw = read_toml(root, path, found)
        return None if raw is None else check_shape(raw, shape, name_of(root, path), found)

    cards = {}
    for path in list_files(root, "signaalkaarten", ".toml", found):
        card = read(path, schemas.CardFile())
        if card is not None:
            cards[path.stem] = card
    return Tables(
        gemeente=read(root / "gemeente.toml", schemas.GemeenteFile()),
        factors=read(root / "factoren.toml", schemas.FactorsFile()),
        advice=read(root / "handelingskader.toml", schemas.AdviceFile()),
        sources=read(root / "bronnen.toml", schemas.SOURCES_FILE),
        concepts=read(root / "begrippen.toml", schemas.CONCEPTS_FILE),
        cards=cards,
    )


def _assemble(tables: Tables) -> Library:
    settings = tables.gemeente or {}
    gemeente = _gemeente(settings)
    cards = {name: _card(name, card, tables) for name, card in tables.cards.items()}
    text = json.dumps([gemeente, cards], sort_keys=True, ensure_ascii=False)
    return Library(
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        gemeente=gemeente,
        cards=cards,
        open_cards=frozenset(settings["open_cards"]),
        concepts=tables.concepts or {},
        theme=settings["theme"],
        unchecked=tuple(
            contact["name"] for contact in settings["contacts"] if not contact["checked"]
        ),
        retention=settings["retention"],
    )


def _gemeente(settings: Table) -> Table:
    same = (
        "name",
        "code",
        "phone",
        "desk_hours",
        "terms",
        "role_labels",
        "group_labels",
        "switches",
    )
    contacts = []
    for contact in settings["contacts"]:
        number = contact.get("number", "")
        contacts.append(
            {
                "id": contact["id"],
                "name": contact["name"],
                "number": settings["phone"] if number == MAIN_NUMBER else number,
                "url": contact.get("url"),
                "for": contact["for"],
            }
        )
    return {**_pick(settings, *same), "contacts": contacts}


def _card(name: str, card: Table, tables: Tables) -> Card:
    factors, advice = tables.factors or {}, tables.advice or {}
    chosen = {
        key: [{row["id"]: row for row in table}[wanted] for wanted in card[key]]
        for key, table in (
            ("risk_factors", factors["risk"]),
            ("protective_factors", factors["protective"]),
            ("do", advice["do"]),
            ("dont", advice["dont"]),
            ("pitfalls", advice["pitfalls"]),
        )
    }
    levels = [{"id": level, **advice["levels"][level]} for level in schemas.LEVELS]
    codes = set(card["sources"])
    for row in (*card["signals"], *levels, *(row for rows in chosen.values() for row in rows)):
        codes.update(row["sources"])
    same = ("title", "audience", "emblem", "version", "reviewed_on", "intro", "tip", "form")
    return {
        "id": name,
        **_pick(card, *same),
        "review_note": card.get("review_note", advice["review_note"]),
        "note": card.get("note"),
        "signals": [_signal(signal, advice["cautions"]) for signal in card["signals"]],
        "risk_note": factors["risk_note"],
        **{
            key: [_pick(row, "id", "level", "text") for row in chosen[key]]
            for key in ("risk_factors", "protective_factors")
        },
        "levels": [
            _pick(level, "id", "name", "title", "when", "text", "steps", "contacts")
            for level in levels
        ],
        "steps": card["steps"],
        **{key: [row["text"] for row in chosen[key]] for key in ("do", "dont", "pitfalls")},
        "contacts": card["contacts"],
        "sources": [_source(code, tables.sources or {}) for code in sorted(codes, key=str.lower)],
    }


def _signal(signal: Table, cautions: Table) -> Table:
    return {
        **_pick(signal, "id", "group", "concept", "text", "weight"),
        "caution": cautions[signal["caution"]] if "caution" in signal else None,
        "alarm": signal.get("alarm"),
    }


def _source(code: str, sources: Table) -> dict[str, Any]:
    return {"code": code, "title": sources[code]["title"], "url": sources[code].get("url")}


def _pick(row: Table, *keys: str) -> Table:
    return {key: row[key] for key in keys}


_kept = Kept(load)
start, library, faults, check = _kept.start, _kept.value, _kept.faults, _kept.check
