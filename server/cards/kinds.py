"""The words that a file of content/ chooses from, and what every item that states something has."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields

from server.content.fields import Strict, Text, one_of, row

WEIGHTS = ("licht", "opvallend", "ernstig")
STATUSES = ("B", "V", "E")
GROUPS = (
    "gedrag",
    "geld-en-spullen",
    "contacten",
    "plek-en-tijd",
    "school-en-werk",
    "lichaam-en-veiligheid",
)
EMBLEMS = ("boa", "onderwijs", "sport", "jongerenwerk", "gemeente", "ouders", "jongeren")
DESKS = ("sociaal", "veiligheid")
NAMES = ("open", "behind_question")
LEVELS = ("red", "orange", "yellow", "green")
SURROUNDINGS = (
    "individu",
    "gezin",
    "vrienden",
    "school",
    "vrije tijd",
    "werk",
    "buurt",
    "online",
    "omgeving",
    "hulp",
)
ROLES = (
    "melder",
    "contactpersoon",
    "procesregisseur",
    "adviseur-oov",
    "kernteam",
    "projectleider",
    "bestuur",
    "beheerder",
)


def references(least: int = 0, *, required: bool = True) -> fields.List[Any]:
    """Return a list of ids or codes that are described elsewhere."""
    return row(Text(longest=40), required=required, least=least)


class Sourced(Strict):
    """Something that rests on a source, or says that it is a proposal of our own."""

    status = one_of(STATUSES, required=True)
    sources = references()

    @ma.validates_schema(skip_on_field_errors=True)
    def need_source(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["status"] != "E" and not data["sources"]:
            raise ma.ValidationError("noem minstens één bron, of kies status E.", "sources")
