"""What is shown of the figures."""

from __future__ import annotations

from marshmallow import fields

from server.reports.service import TABLES
from server.wire import Moment, Out, Part, Row, one_of

QUARTER = {"pattern": "^[0-9]{4}-Q[1-4]$", "example": "2026-Q4"}


class CountOut(Out):
    path = Row(
        fields.String(),
        required=True,
        metadata={
            "description": "Van geheel naar deel: een kaart, een soort organisatie, wijk en "
            "buurt (CBS-codes), soort signaal en begrip, of op tijd en hoeveel werkdagen. Leeg is "
            "het totaal. `none` is niets ingevuld, `other` is de rest."
        },
    )
    count = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "`null` is verborgen. Dat zegt niet of er iets was."},
    )


class TableOut(Out):
    name = fields.String(required=True, validate=one_of(TABLES))
    rows = Row(Part(CountOut), required=True)


class QuarterOut(Out):
    quarter = fields.String(required=True, metadata=QUARTER)
    begins_on = fields.Date(required=True)
    published_at = Moment(required=True)
    tables = Row(Part(TableOut), required=True)


class CurrentOut(Out):
    quarter = fields.String(required=True, metadata=QUARTER)
    due_at = Moment(required=True, metadata={"description": "Vanaf wanneer de cijfers er zijn."})


class PublishedOut(Out):
    least = fields.Integer(
        required=True, metadata={"description": "Onder dit aantal is een cijfer verborgen."}
    )
    quarters = Row(Part(QuarterOut), required=True)
    current = Part(CurrentOut, required=True)
