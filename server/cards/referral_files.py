"""What may stand in the file with whom the desk can bring in, and on which grounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import marshmallow as ma

from server.cards.kinds import Sourced, references
from server.content.fields import Strict, Text, like, part, row

NAME = r"[a-z]+(-[a-z]+)*"


class GroundFile(Sourced):
    id = like(NAME, "kies een id zoals wettelijke-taak.", required=True, longest=40)
    name = Text(required=True, longest=60)
    text = Text(required=True, longest=160)


class ReceiverFile(Sourced):
    id = like(NAME, "kies een id zoals veilig-thuis.", required=True, longest=40)
    name = Text(required=True, longest=60)
    text = Text(required=True, longest=160)
    grounds = references(least=1)


class ReferralsFile(Strict):
    grounds = row(part(GroundFile), required=True, least=1)
    to = row(part(ReceiverFile), required=True, least=1)

    @ma.validates_schema(skip_on_field_errors=True)
    def fit_together(self, data: dict[str, Any], **_kwargs: Any) -> None:
        known = {ground["id"] for ground in data["grounds"]}
        unknown = [
            f"{ground} staat niet onder grounds. Het gaat om {receiver['id']}."
            for receiver in data["to"]
            for ground in receiver["grounds"]
            if ground not in known
        ]
        faults = {"to": [*_doubles(data["to"]), *unknown], "grounds": [*_doubles(data["grounds"])]}
        if found := {key: told for key, told in faults.items() if told}:
            raise ma.ValidationError(found)


def _doubles(rows: list[dict[str, Any]]) -> Iterator[str]:
    seen: set[str] = set()
    for one in rows:
        if one["id"] in seen:
            yield f"{one['id']} staat er twee keer in."
        seen.add(one["id"])
