"""Kinds of values in the files of content/, each with a Dutch message that says what belongs there.

Every message completes a sentence that starts with file and key, so it begins in lower case.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping, Sequence
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

Messages = dict[str, str | list[Any] | dict[Any, Any]]

LONGEST_TEXT = 300
MISSING = "deze sleutel ontbreekt."
TABLE = "hier hoort een tabel met sleutels, geen losse waarde."


def choices(words: Sequence[str]) -> str:
    """Return the words as a Dutch enumeration: ‘licht, opvallend of ernstig’."""
    return " of ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


class Loose(ma.Schema):
    """A table that may hold more than we ask for."""

    error_messages = {"type": TABLE}  # noqa: RUF012

    class Meta:
        unknown = ma.EXCLUDE


class Strict(Loose):
    """A table that knows all its keys; a key that is spelled wrongly gets a proposal."""

    @ma.validates_schema(pass_original=True, skip_on_field_errors=False)
    def refuse_unknown_keys(self, _data: Any, original: Any, **_kwargs: Any) -> None:
        known = list(self.load_fields)
        faults = {}
        for key in original if isinstance(original, Mapping) else ():
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f" Bedoel je {near[0]}?" if near else ""
                faults[key] = [f"deze sleutel kennen we niet.{hint}"]
        if faults:
            raise ma.ValidationError(faults)


class Text(fields.String):
    """One line of text without stray spaces; ``longest`` counts characters."""

    def __init__(self, *, longest: int = LONGEST_TEXT, **kwargs: Any) -> None:
        messages: Messages = {
            "required": MISSING,
            "invalid": "zet hier tekst tussen aanhalingstekens.",
            "shape": f"schrijf één regel van 1 tot {longest} tekens, zonder spaties eromheen.",
        }
        super().__init__(error_messages=messages, **kwargs)
        self.longest = longest

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        if not 0 < len(text) <= self.longest or text != text.strip() or not text.isprintable():
            raise self.make_error("shape")
        return text


class Whole(fields.Integer):
    """A whole number within bounds; ``true`` is none."""

    def __init__(self, low: int, high: int, **kwargs: Any) -> None:
        messages: Messages = {
            "required": MISSING,
            "bounds": f"kies een heel getal van {low} tot en met {high}.",
        }
        super().__init__(strict=True, error_messages=messages, **kwargs)
        self.low = low
        self.high = high

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> int:
        fits = isinstance(value, int) and self.low <= value <= self.high
        if fits and not isinstance(value, bool):
            return int(value)
        raise self.make_error("bounds")


class Switch(fields.Boolean):
    """On or off, in TOML's own words."""

    def __init__(self, **kwargs: Any) -> None:
        messages: Messages = {
            "required": MISSING,
            "invalid": "kies true (ja) of false (nee), los geschreven.",
        }
        super().__init__(error_messages=messages, **kwargs)

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> bool:
        if isinstance(value, bool):
            return value
        raise self.make_error("invalid")


class Day(fields.Field[str]):
    """A date in TOML's own form, handed on as text."""

    def __init__(self, **kwargs: Any) -> None:
        messages: Messages = {
            "required": MISSING,
            "invalid": "zet hier een datum zoals 2026-11-21.",
        }
        super().__init__(error_messages=messages, **kwargs)

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        raise self.make_error("invalid")


def one_of(words: Sequence[str], **kwargs: Any) -> Text:
    """Return a text that is one of these words."""
    return Text(validate=validate.OneOf(words, error=f"kies {choices(words)}."), **kwargs)


def like(pattern: str, error: str, **kwargs: Any) -> Text:
    """Return a text of a fixed shape."""
    return Text(validate=validate.Regexp(rf"\A(?:{pattern})\Z", error=error), **kwargs)


def part(schema: type[ma.Schema], **kwargs: Any) -> fields.Nested:
    """Return a table within a table."""
    return fields.Nested(schema, error_messages={"required": MISSING}, **kwargs)


def names(values: fields.Field[Any], **kwargs: Any) -> fields.Dict:
    """Return a table whose keys are free, such as codes of sources."""
    messages: Messages = {"required": MISSING, "invalid": TABLE}
    return fields.Dict(values=values, error_messages=messages, **kwargs)


def row(inner: fields.Field[Any], *, least: int = 0, **kwargs: Any) -> fields.List[Any]:
    """Return a list of at least this many, in which no word or number stands twice."""

    def check(found: list[Any]) -> None:
        if len(found) < least:
            raise ma.ValidationError(f"zet hier minstens {least} in.")
        for number, one in enumerate(found):
            if not isinstance(one, dict) and one in found[:number]:
                raise ma.ValidationError(f"{one} staat er twee keer in.")

    messages: Messages = {
        "required": MISSING,
        "invalid": "zet hier een lijst tussen vierkante haken.",
    }
    return fields.List(inner, validate=check, error_messages=messages, **kwargs)
