"""Publish: raise the version of what changed, and write down what it was and what it is."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from server.cards.models import Table, Tables
from server.content.files import name_of
from server.content.folders import Folder
from server.content.register import write_register
from server.editing.changes import changes_of, gone, lines_for_phones, of_every_id, snapshot

VERSION = re.compile(r"^version = \d+", re.M)
RETIRED = "vervallen.toml"
# Older changes are in the history of the files.
CHANGES_KEPT = 10
# A report lives 18 months; so many versions of a card in that time is more than one a month.
VERSIONS_KEPT = 24
TICKED = ("Signalen", "Wat beschermt")


class NotHere(Exception):  # noqa: N818
    """A card changed whose file belongs to another folder; the text says what to do."""


def publish(root: Path, tables: Tables, today: date) -> list[str]:
    """Publish every card that changed; return what was done, a sentence for each."""
    folder = Folder.at(root, [])
    changed = {name: found for name in tables.cards if (found := changes_of(tables, name))}
    new = [name for name in tables.cards if name not in tables.published["cards"]]
    paths = {name: _own_file(folder, name) for name in changed}
    done = [f"Kaart {name} is voor het eerst gepubliceerd." for name in new]
    cards = {}
    for name, card in tables.cards.items():
        version = card["version"]
        before: Table = tables.published["cards"].get(name, {"changes": []})
        history: list[Table] = before["changes"]
        earlier: Table = before.get("earlier", {})
        if name in changed:
            version += 1
            lines = lines_for_phones(changed[name])
            entry = {"version": version, "on": today.isoformat(), "lines": lines}
            history = [entry, *history][:CHANGES_KEPT]
            earlier = _remember(earlier, before)
            _raise(paths[name], version)
            done.append(f"Kaart {name} is nu versie {version}.")
        cards[name] = {
            "version": version,
            "items": snapshot(tables, name),
            "concepts": {signal["id"]: signal["concept"] for signal in card["signals"]},
            "changes": history,
            **({"earlier": earlier} if earlier else {}),
        }
    done.extend(_retire(folder, gone(tables), today))
    write_register(root, {"cards": cards, "ids": of_every_id(tables)})
    return done


def _remember(earlier: Table, before: Table) -> Table:
    """Keep what was ticked on the version before: reports of that version still point at it."""
    texts = {name: text for name, (part, text) in before["items"].items() if part in TICKED}
    kept = {**earlier, str(before["version"]): texts}
    return {version: kept[version] for version in sorted(kept, key=int)[-VERSIONS_KEPT:]}


def _own_file(folder: Folder, name: str) -> Path:
    root, path = folder.find(f"signaalkaarten/{name}.toml")
    if root != folder.root:
        raise NotHere(
            f"Kaart {name} is veranderd, maar {name_of(root, path)} hoort bij een andere map. "
            f"Zet eerst een kopie in {folder.root.name}/signaalkaarten."
        )
    return path


def _raise(path: Path, version: int) -> None:
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(VERSION.sub(f"version = {version}", text, count=1), encoding="utf-8")


def _retire(folder: Folder, ids: dict[str, str], today: date) -> list[str]:
    """Add ids that are gone to the register of ids that never come back."""
    if not ids:
        return []
    _root, path = folder.find(RETIRED)
    text = path.read_text(encoding="utf-8-sig").rstrip("\n")
    for name, was in ids.items():
        # JSON writes a text the way TOML reads it.
        quoted = json.dumps(was[:300], ensure_ascii=False)
        text += f'\n\n[[retired]]\nid = "{name}"\non = {today.isoformat()}\nwas = {quoted}'
    (folder.root / RETIRED).write_text(text + "\n", encoding="utf-8")
    return [f"{name} is vervallen en komt nooit terug." for name in ids]
