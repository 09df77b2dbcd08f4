"""What a text leaves open because it differs per gemeente, such as ``{procesregisseur}``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def fill(value: Any, words: Mapping[str, str]) -> Any:
    """Return the value with every placeholder replaced, however deep; an unknown one stays."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), value)
    if isinstance(value, dict):
        return {key: fill(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill(inner, words) for inner in value]
    return value


def unknown(value: Any, known: Mapping[str, str], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield path and name of every placeholder nobody fills in."""
    if isinstance(value, str):
        for name in PLACEHOLDER.findall(value):
            if name not in known:
                yield path, name
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from unknown(inner, known, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from unknown(inner, known, f"{path}[{number}]")


def words_of(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return what the placeholders stand for in this gemeente."""
    return {
        "gemeente": settings["name"],
        "nummer": settings["phone"],
        "read_days": str(settings["terms"]["read_days"]),
        "answer_days": str(settings["terms"]["answer_days"]),
        **{role: _in_a_sentence(label) for role, label in settings["role_labels"].items()},
    }


def _in_a_sentence(label: str) -> str:
    """‘Procesregisseur sociaal domein’ loses its capital; ‘JGZ-regisseur’ keeps it."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
