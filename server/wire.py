"""Values as they go over the wire: one form out, and a Dutch sentence for what does not fit in."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import marshmallow as ma
from marshmallow import fields, validate

SAID: dict[str, Any] = {
    "required": "Dit ontbreekt.",
    "null": "Dit mag niet leeg zijn.",
    "validator_failed": "Dit klopt niet.",
}
# What a phone sends in words from a list is short, so a long one need not be repeated to it.
CHOOSE = "Kies iets uit de lijst."


class In(ma.Schema):
    """What comes in and is known in full; a field we do not know is a mistake of the sender."""

    error_messages = {  # noqa: RUF012
        "unknown": "Dit veld kennen we niet.",
        "type": "Hier hoort een object met velden.",
    }

    class Meta:
        unknown = ma.RAISE


class OpenIn(In):
    """What comes in from a sender who may know more than we do; the rest is left alone."""

    class Meta:
        unknown = ma.EXCLUDE


class Out(ma.Schema):
    """What goes out. A later version may say more, so who reads it leaves the rest alone."""

    class Meta:
        unknown = ma.EXCLUDE


class Text(fields.String):
    """Text that can be stored: half an emoji has no UTF-8."""

    default_error_messages = {**SAID, "invalid": "Hier hoort tekst.", "half": "Dit is geen tekst."}  # noqa: RUF012

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise self.make_error("half")
        return text


class Id(fields.UUID):
    """A UUID in its usual form of 36 characters; a string to us."""

    default_error_messages = {**SAID, "invalid_uuid": "Dit is geen id."}  # noqa: RUF012

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if not isinstance(value, str) or len(value) != 36:
            raise self.make_error("invalid_uuid")
        try:
            return str(UUID(value))
        except ValueError:
            raise self.make_error("invalid_uuid") from None


class Whole(fields.Integer):
    """A whole number in JSON."""

    default_error_messages = {**SAID, "invalid": "Hier hoort een heel getal."}  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strict=True, **kwargs)


class Flag(fields.Boolean):
    """Yes or no in JSON, and nothing that resembles it."""

    default_error_messages = {**SAID, "invalid": "Hier hoort ja (true) of nee (false)."}  # noqa: RUF012

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class WholeInQuery(Whole):
    """A whole number in a query, where everything is text."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> int:
        if isinstance(value, str) and re.fullmatch("-?[0-9]{1,15}", value):
            value = int(value)
        return int(super()._deserialize(value, *args, **kwargs))


class Moment(fields.AwareDateTime):
    """A moment: any offset in, UTC with a Z out."""

    default_error_messages = {  # noqa: RUF012
        **SAID,
        "invalid": "Hier hoort een tijdstip zoals 2026-11-21T20:42:00Z.",
        "invalid_awareness": "Zet de tijdzone erbij, zoals in 2026-11-21T20:42:00Z.",
    }

    def _serialize(self, value: datetime | None, *_args: Any, **_kwargs: Any) -> str | None:
        return None if value is None else moment(value)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> datetime:
        parsed: datetime = super()._deserialize(value, *args, **kwargs)
        try:
            return parsed.astimezone(UTC)
        except OverflowError:
            raise self.make_error("invalid") from None


class Day(fields.Date):
    """A day in JSON, without a time."""

    default_error_messages = {**SAID, "invalid": "Hier hoort een dag zoals 2026-11-21."}  # noqa: RUF012


class Part(fields.Nested):
    """An object within an object."""

    default_error_messages = SAID


class Row(fields.List[Any]):
    """A list."""

    default_error_messages = {**SAID, "invalid": "Hier hoort een lijst."}  # noqa: RUF012


class Shape(validate.Regexp):
    """A pattern the whole text must have; Python's ``$`` alone lets a line break through."""

    def __call__(self, value: Any) -> Any:
        if self.regex.fullmatch(value) is None:
            raise ma.ValidationError(self._format_error(value))
        return value


def moment(value: datetime) -> str:
    """Return a moment the way every answer writes it: in UTC, with a Z."""
    return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def write(answer: dict[str, Any]) -> str:
    """Return an answer of plain values, moments and days as JSON, the way schemas write them."""
    return json.dumps(answer, default=_write_time, separators=(",", ":"))


def _write_time(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form on the wire.")


def one_of(words: Sequence[str], error: str = CHOOSE) -> validate.OneOf:
    """Return a check that a word is one of these."""
    return validate.OneOf(words, error=error)


def at_most(letters: int, error: str = "Houd het bij {max} tekens.") -> validate.Length:
    """Return a check that a text is no longer than this."""
    return validate.Length(max=letters, error=error)


def between(low: int, high: int) -> validate.Range:
    """Return a check that a number lies within these bounds."""
    return validate.Range(low, high, error="Kies een getal van {min} tot en met {max}.")
