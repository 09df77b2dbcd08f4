"""What was published last: of every card its version, its texts and what changed (a JSON file)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from server.content.files import read_text
from server.content.folders import Folder

REGISTER = "gepubliceerd.json"
NOTHING: dict[str, Any] = {"cards": {}}


def read_register(folder: Folder, faults: list[str]) -> dict[str, Any]:
    """Return the register; before the first time there is none, and that is no fault."""
    root, path = folder.find(REGISTER)
    if not path.exists():
        return NOTHING
    text = read_text(root, path, faults)
    if text is None:
        return NOTHING
    try:
        register = json.loads(text)
        for card in register["cards"].values():
            _ = card["version"], card["items"].items()
            for version, texts in card.get("earlier", {}).items():
                _ = int(version), texts.items()
            for change in card["changes"]:
                _ = change["version"], change["on"], list(change["lines"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        faults.append(
            f"{root.name}/{REGISTER}: dit bestand is beschadigd. Zet de vorige versie terug; "
            "publiceren schrijft het zelf."
        )
        return NOTHING
    return dict(register)


def write_register(root: Path, register: dict[str, Any]) -> None:
    """Write the register beside the files it is about, in one go."""
    path = root / REGISTER
    text = json.dumps(register, ensure_ascii=False, indent=1, sort_keys=True)
    beside = path.with_suffix(".nieuw")
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(path)
