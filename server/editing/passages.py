"""Every text in content/ that somebody reads, with the file and line where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.content.files import name_of, read_text, read_toml
from server.content.folders import Folder
from server.content.places import line_of, lines_of

# Keys whose text stands on a screen or on paper as a sentence.
SENTENCES = {
    "alarm", "ask", "could_also_be", "could_be", "explanation", "intro", "moment",
    "note", "notes", "now", "question", "review_note", "risk_note", "say", "steps", "text", "tip",
}  # fmt: skip
# Keys whose text is a name or a heading: spelled well, but no sentence.
NAMES = {"audience", "for", "line", "name", "title", "when", "who", "word"}
# Titles of sources are as their makers wrote them; settings belong to the gemeente alone.
LEFT_OUT = {"bronnen.toml", "gemeente.toml", "vervallen.toml"}
# A table with free keys: each value is a sentence.
FREE = {"cautions"}
FAULT = re.compile(r"(?P<place>[^,:]+\.toml), (?P<path>[\w.\[\]-]+): (?P<said>.+)", re.S)


@dataclass(frozen=True)
class Passage:
    """One text of one file."""

    place: str
    file: str
    line: int
    path: str
    text: str
    is_sentence: bool


def passages(root: Path) -> Iterator[Passage]:
    """Yield every text a reader may see; a file that cannot be read yields none."""
    for own, path in _files(Folder.at(root, [])):
        table = read_toml(own, path, [])
        lines = lines_of(read_text(own, path, []) or "")
        for key, text, is_sentence in _texts(table or {}, ""):
            file = path.relative_to(own).as_posix()
            yield Passage(name_of(own, path), file, line_of(lines, key), key, text, is_sentence)


def with_line(root: Path, fault: str) -> str:
    """Add the line to a sentence that names file and key: ‘boa.toml, regel 61, signals[3]…’."""
    found = FAULT.fullmatch(fault)
    if not found:
        return fault
    for own in Folder.at(root, []).roots:
        path = own.parent / found["place"]
        if found["place"].startswith(f"{own.name}/") and path.is_file():
            line = line_of(lines_of(read_text(own, path, []) or ""), found["path"])
            return f"{found['place']}, regel {line}, {found['path']}: {found['said']}"
    return fault


def _files(folder: Folder) -> Iterator[tuple[Path, Path]]:
    for name in sorted({path.name for root in folder.roots for path in root.glob("*.toml")}):
        if name not in LEFT_OUT:
            yield folder.find(name)
    for subfolder in ("signaalkaarten", "oefenen"):
        yield from folder.list(subfolder, ".toml", [])


def _texts(value: Any, path: str, key: str = "") -> Iterator[tuple[str, str, bool]]:
    if isinstance(value, str):
        if key in SENTENCES | NAMES:
            yield path, value, key in SENTENCES
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{number}]", key)
    elif isinstance(value, dict):
        for name, inner in value.items():
            below = f"{path}.{name}" if path else name
            yield from _texts(inner, below, "text" if key in FREE else name)
