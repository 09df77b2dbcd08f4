"""Areas that CBS gave another code or put together: what they were, and what they became."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marshmallow as ma
from marshmallow import fields

from server.content.fields import MISSING, Loose, Strict, Text, like, part, row
from server.content.files import name_of, read_toml
from server.content.shapes import check

FILE = "opvolgers.toml"
CODE = r"WK\d{6}|BU\d{8}"
SAY = "schrijf een CBS-code, zoals BU99990106."


@dataclass(frozen=True)
class Successor:
    """What an area became, and on which day."""

    name: str
    became: str
    on: dt.date


class Day(fields.Field[dt.date]):
    """A day as TOML writes it, without quotes."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> dt.date:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        raise ma.ValidationError("schrijf een dag zonder aanhalingstekens, zoals 2027-01-01.")


class FormerFile(Strict):
    code = like(CODE, SAY, required=True)
    name = Text(required=True)
    became = like(CODE, SAY, required=True)
    on = Day(required=True, error_messages={"required": MISSING})

    @ma.validates_schema(skip_on_field_errors=True)
    def keep_kind(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["code"][:2] != data["became"][:2]:
            raise ma.ValidationError("een wijk wordt een wijk, een buurt een buurt.", "became")


class SuccessorsFile(Loose):
    areas = row(part(FormerFile, required=True), required=True, least=1)


def read(
    root: Path, folder: str, known: Collection[str], faults: list[str]
) -> dict[str, Successor]:
    """Return what each area became; a gemeente in which nothing changed has no such file."""
    path = root / folder / FILE
    if not path.exists():
        return {}
    raw = read_toml(root, path, faults)
    place = name_of(root, path)
    table = check(raw, SuccessorsFile(), place, faults) if raw is not None else None
    found: dict[str, Successor] = {}
    for number, one in enumerate(table["areas"] if table else ()):
        if one["code"] in found:
            faults.append(f"{place}, areas[{number}].code: {one['code']} staat er twee keer in.")
        found[one["code"]] = Successor(one["name"], one["became"], one["on"])
    for code in found:
        end = last(found, code)
        if end not in known:
            faults.append(f"{place}: {code} werd {end}, en dat staat niet op de kaart.")
    return found


def last(successors: Mapping[str, Successor], code: str) -> str:
    """Return what an area is called now; in a circle, what it was called first."""
    seen: set[str] = set()
    while code in successors and code not in seen:
        seen.add(code)
        code = successors[code].became
    return code
