"""Hold a table against its schema; every fault becomes a Dutch sentence with file and key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import marshmallow as ma
from marshmallow import fields

Table = dict[str, Any]
Shape = ma.Schema | fields.Field[Any]


def check(raw: Table, shape: Shape, place: str, faults: list[str]) -> Table | None:
    """Return the table as the schema knows it; on faults add a sentence for each, return None."""
    try:
        checked: Table = shape.load(raw) if isinstance(shape, ma.Schema) else shape.deserialize(raw)
    except ma.ValidationError as fault:
        faults.extend(f"{place}, {sentence}" for sentence in _sentences(fault.messages, raw))
        return None
    return checked


def _sentences(messages: Any, raw: Any, path: str = "", about: str = "") -> Iterator[str]:
    """Flatten marshmallow's messages to ‘signals[3].weight: kies …’.

    ``raw`` walks along, so that a fault deep in a list can say the id a person knows it by.
    """
    if isinstance(messages, dict):
        if isinstance(raw, dict) and isinstance(raw.get("id"), str):
            about = raw["id"]
        for key, inner in messages.items():
            if isinstance(key, int):
                yield from _sentences(inner, raw[key], f"{path}[{key}]", about)
            elif key in {"value", ma.exceptions.SCHEMA}:
                # marshmallow's own level: values of a table with free keys, or the table as such
                yield from _sentences(inner, raw, path, about)
            else:
                below = raw.get(key) if isinstance(raw, dict) else None
                yield from _sentences(inner, below, f"{path}.{key}" if path else key, about)
    else:
        for message in messages:
            known_as = f" Het gaat om {about}." if about and not path.endswith(".id") else ""
            yield f"{path}: {message}{known_as}"
