"""From the files of content/ to the cards as the phone gets them: every id replaced by its text."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from server.cards import (
    case_files,
    feedback_files,
    gemeente_files,
    referral_files,
    schemas,
    shared_files,
)
from server.cards.assembling import Assembly
from server.cards.models import Library, Table, Tables
from server.cards.references import faults_between
from server.content.files import ContentError, name_of, read_toml
from server.content.folders import SETTINGS, Folder
from server.content.kept import Kept
from server.content.register import read_register
from server.content.shapes import Shape
from server.content.shapes import check as check_shape

# Where a sentence comes from is for who edits it.
UNTOLD = ("status", "sources")
# The files that all cards share. gemeente.toml is always the gemeente's own.
SHARED: dict[str, Shape] = {
    SETTINGS: gemeente_files.GemeenteFile(),
    "factoren.toml": shared_files.FactorsFile(),
    "handelingskader.toml": shared_files.AdviceFile(),
    "bronnen.toml": shared_files.SOURCES_FILE,
    "begrippen.toml": shared_files.CONCEPTS_FILE,
    "woorden.toml": shared_files.WordsFile(),
    "cijfers.toml": shared_files.FiguresFile(),
    "route.toml": shared_files.RouteFile(),
    "overleg.toml": shared_files.EvaluationFile(),
    "casus.toml": case_files.CaseworkFile(),
    "doorverwijzen.toml": referral_files.ReferralsFile(),
    "terugkoppeling.toml": feedback_files.FeedbackFile(),
    "vervallen.toml": shared_files.RetirementsFile(),
}


def load(root: Path) -> Library:
    """Read all of content/; raise ContentError with every fault at once."""
    found: list[str] = []
    tables = read(root, found)
    found.extend(faults_between(tables))
    if found:
        raise ContentError(found)
    return _assemble(tables)


def read(root: Path, found: list[str]) -> Tables:
    """Read every file and hold it against its schema; every fault is added as a sentence."""
    folder = Folder.at(root, found)
    places: dict[str, str] = {}

    def checked(place: tuple[Path, Path], shape: Shape) -> Table | None:
        own, path = place
        raw = read_toml(own, path, found)
        name = places[path.relative_to(own).as_posix()] = name_of(own, path)
        return None if raw is None else check_shape(raw, shape, name, found)

    def several(name: str, shape: Shape) -> dict[str, Table]:
        files = folder.list(name, ".toml", found)
        tables = ((path.stem, checked((own, path), shape)) for own, path in files)
        return {stem: table for stem, table in tables if table is not None}

    return Tables(
        cards=several("signaalkaarten", schemas.CardFile()),
        practice=several("oefenen", schemas.PracticeFile()),
        shared={
            name: checked((root, root / name) if name == SETTINGS else folder.find(name), shape)
            for name, shape in SHARED.items()
        },
        published=read_register(folder, found),
        places=places,
    )


def _assemble(tables: Tables) -> Library:
    made = Assembly(tables)
    gemeente, cards, concepts = made.gemeente(), made.cards(), made.concepts()
    words, route = made.words(), made.route()
    settings = tables.file(SETTINGS)
    text = json.dumps([gemeente, cards, concepts, words, route], sort_keys=True, ensure_ascii=False)
    public = {name for name, card in tables.cards.items() if card["public"]}
    return Library(
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        gemeente=gemeente,
        cards=cards,
        open_cards=frozenset(settings["open_cards"]) | public,
        concepts=tuple(concepts),
        words=tuple(words),
        route=route,
        unchecked=tuple(
            contact["name"] for contact in settings["contacts"] if not contact["checked"]
        ),
        retention=settings["retention"],
        reading=settings["reading"],
        covenant=settings.get("covenant"),
        meeting=settings.get("meeting"),
        events=settings.get("events"),
        evaluation=_asked(tables),
        casework=_casework(tables),
        referrals={
            "grounds": [_told(ground) for ground in tables.file("doorverwijzen.toml")["grounds"]],
            "to": [
                {**_told(receiver), "grounds": receiver["grounds"]}
                for receiver in tables.file("doorverwijzen.toml")["to"]
            ],
        },
        earlier={
            name: {int(version): items for version, items in card.get("earlier", {}).items()}
            for name, card in tables.published["cards"].items()
        },
        embed_sites=tuple(settings.get("embed", {}).get("sites", ())),
        suggests_bundles=settings.get("bundles", {}).get("suggestions", True),
    )


def _casework(tables: Tables) -> dict[str, list[Table]]:
    return {
        key: [{name: one[name] for name in one if name not in UNTOLD} for one in rows]
        for key, rows in tables.file("casus.toml").items()
    }


def _told(row: Table) -> Table:
    return {name: row[name] for name in ("id", "name", "text")}


def _asked(tables: Tables) -> Table:
    """Return what the kernteam asks itself, by when."""
    return {
        kind: [{"id": one["id"], "text": one["text"]} for one in rows]
        for kind, rows in tables.file("overleg.toml").items()
    }


_kept = Kept(load)
start, library, faults, check = _kept.start, _kept.value, _kept.faults, _kept.check
