"""From the files in content/gebieden/ to the areas as the phone gets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from server.areas import successors
from server.areas.models import Library
from server.areas.schemas import CollectionFile
from server.content.files import ContentError, list_files, name_of, read_text, read_toml
from server.content.folders import SETTINGS
from server.content.kept import Kept
from server.content.shapes import check as check_shape

FOLDER = "gebieden"


def load(root: Path) -> Library:
    """Read every file with areas; raise ContentError with every fault at once."""
    found: list[str] = []
    # Faults of this file are told with the cards; here only its code matters.
    gemeente = (read_toml(root, root / SETTINGS, []) or {}).get("code")
    features: dict[str, dict[str, Any]] = {}
    sources: list[str] = []
    for path in list_files(root, FOLDER, ".geojson", found):
        collection = _read(root, path, found)
        if collection is None:
            continue
        sources.append(collection["source"])
        for number, area in enumerate(collection["features"]):
            code = area["properties"]["statcode"]
            place = f"{name_of(root, path)}, features[{number}].properties.statcode"
            if code in features:
                found.append(f"{place}: {code} staat er twee keer in.")
            if isinstance(gemeente, str) and code[2:6] != gemeente[2:]:
                found.append(f"{place}: {code} ligt niet in {gemeente} uit gemeente.toml.")
            features[code] = {"type": "Feature", "id": code, **area}
    former = successors.read(root, FOLDER, features, found)
    if found:
        raise ContentError(found)
    return Library(
        features=[area for code, area in features.items() if not code.startswith("GM")],
        source=" · ".join(dict.fromkeys(sources)),
        names={
            code: f"{one.name} (tot {one.on.day}-{one.on.month}-{one.on.year})"
            for code, one in former.items()
        }
        | {code: area["properties"]["statnaam"] for code, area in features.items()},
        now={code: successors.last(former, code) for code in former if code not in features},
    )


def _read(root: Path, path: Path, found: list[str]) -> dict[str, Any] | None:
    text = read_text(root, path, found)
    if text is None:
        return None
    place = name_of(root, path)
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as fault:
        found.append(
            f"{place}, regel {fault.lineno}, teken {fault.colno}: dit is geen geldige JSON."
        )
    except RecursionError:
        found.append(f"{place}: dit is geen geldige JSON, er zitten te veel haken in elkaar.")
    else:
        if isinstance(raw, dict):
            return check_shape(raw, CollectionFile(), place, found)
        found.append(f"{place}: dit is geen FeatureCollection.")
    return None


_kept = Kept(load)
start, library, faults, check = _kept.start, _kept.value, _kept.faults, _kept.check
