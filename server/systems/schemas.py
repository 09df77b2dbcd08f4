"""What comes in and goes out about systems, and what they read."""

from __future__ import annotations

from marshmallow import fields

from server.reports.labels import TABLES
from server.reports.schemas import QUARTER
from server.systems.export import FORMS
from server.wire import Day, Flag, In, Moment, Out, Part, Row, Shape, Text, at_most, one_of

# One line, with something on it. The database keeps no control characters.
NAME = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
STATES = ("works", "ended", "revoked")


class SystemIn(In):
    name = Text(
        required=True,
        validate=[at_most(80), Shape(NAME, error="Geef de sleutel een naam.")],
        metadata={"description": "Welk systeem het is. Geen naam van een persoon."},
    )
    ends_on = Day(
        required=True,
        metadata={
            "description": "De laatste dag waarop de sleutel werkt, hooguit een jaar vooruit."
        },
    )


class SystemOut(Out):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True, validate=one_of(STATES))
    made_at = Moment(required=True)
    ends_on = fields.Date(required=True)
    last_used_at = Moment(required=True, allow_none=True)


class SystemsOut(Out):
    items = Row(Part(SystemOut), required=True)


class MadeSystemOut(SystemOut):
    secret = fields.String(
        required=True,
        metadata={
            "description": "De sleutel zelf. Je ziet hem alleen nu; bewaren doen we hem niet."
        },
    )


class ColumnOut(Out):
    name = fields.String(required=True)
    meaning = fields.String(required=True)
    type = fields.String(required=True)
    unit = fields.String(required=True)
    allowed = fields.String(required=True)
    null = fields.String(required=True, metadata={"description": "Wat een lege waarde betekent."})


class DictionaryOut(Out):
    columns = Row(Part(ColumnOut), required=True)


class FigureRowOut(Out):
    quarter = fields.String(required=True, metadata={"example": "2026-Q4"})
    begins_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    table = fields.String(required=True, validate=one_of(tuple(TABLES)))
    key = fields.String(required=True)
    label = fields.String(required=True)
    count = fields.Integer(required=True, allow_none=True)
    unit = fields.String(required=True)


class PublishedFiguresOut(DictionaryOut):
    least = fields.Integer(required=True)
    warning = fields.String(required=True)
    hiding = fields.String(required=True)
    rows = Row(Part(FigureRowOut), required=True)


def _quarter(description: str) -> Text:
    return Text(
        load_default=None,
        validate=Shape(QUARTER["pattern"], error="Schrijf een kwartaal als 2026-Q4."),
        metadata={**QUARTER, "description": description},
    )


class FigureExportIn(In):
    form = Text(required=True, validate=one_of(tuple(FORMS)))
    first = _quarter("Het eerste kwartaal; anders het oudste dat er is.")
    last = _quarter("Het laatste kwartaal; anders het nieuwste dat er is.")
    mark = Flag(
        load_default=False,
        metadata={"description": "Zet een BOM voor CSV. Sommige rekenprogramma's vragen daarom."},
    )


class FigureFileOut(Out):
    name = fields.String(required=True)
    type = fields.String(required=True)
    content = fields.String(required=True)
