"""On which line of a TOML file a key stands, so that a sentence about it can say so."""

from __future__ import annotations

import re

HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*=\s*(.*)$""")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
PART = re.compile(r"""\s*("[^"]*"|'[^']*'|[^.\s]+)\s*(?:\.|$)""")


def lines_of(text: str) -> dict[str, int]:
    """Return the line of every table, key and text in a list: ``signals[3].weight`` → 61."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table, array, index = "", "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if array:
            if not line.lstrip().startswith("#"):
                index = _add_texts(found, array, index, line, number)
                array = "" if _closes(line) else array
            continue
        if header := HEADER.match(line):
            table = _open(header[2], counts, repeated=header[1] == "[[")
            found[table] = number
        elif key := KEY.match(line):
            path = _below(table, key[1].strip("\"'"))
            found[path] = number
            if key[2].startswith("["):
                index = _add_texts(found, path, 0, key[2], number)
                array = "" if _closes(key[2]) else path
    return found


def line_of(lines: dict[str, int], path: str) -> int:
    """Return the line of a path, or of the nearest thing around it that has one."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, 1)


def _open(header: str, counts: dict[str, int], *, repeated: bool) -> str:
    """Return the path of a table; ``[[signals]]`` counts, what stands below belongs to the last."""
    parts = [part.strip("\"'") for part in PART.findall(header)]
    path = ""
    for number, part in enumerate(parts):
        path = _below(path, part)
        if repeated and number == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def _below(table: str, key: str) -> str:
    return f"{table}.{key}" if table else key


def _add_texts(found: dict[str, int], path: str, index: int, line: str, number: int) -> int:
    # A row of tables on one line each is counted by its brackets, a row of texts by its quotes.
    tables = STRING.sub("", line).count("{")
    for _ in range(tables or len(STRING.findall(line))):
        found[f"{path}[{index}]"] = number
        index += 1
    return index


def _closes(line: str) -> bool:
    return "]" in STRING.sub("", line).split("#")[0]
