"""What is shown of the figures."""

from __future__ import annotations

from marshmallow import fields

from server.reports.labels import TABLES
from server.wire import In, Moment, Out, Part, Row, Text, one_of

QUARTER = {"pattern": "^2[0-9]{3}-Q[1-4]$", "example": "2026-Q4"}


def a_quarter(description: str) -> Text:
    """Return a field that holds a quarter; the service says in words what is none."""
    return Text(load_default=None, metadata={**QUARTER, "description": description})


class FiguresQuery(In):
    first = a_quarter("Het eerste kwartaal; anders het laatste dat er is.")
    last = a_quarter("Het laatste kwartaal; anders hetzelfde als het eerste.")
    against = a_quarter(
        "Het eerste kwartaal van een even lange periode ernaast; anders de periode ervoor."
    )


class CellOut(Out):
    key = fields.String(
        required=True,
        metadata={
            "description": "Van geheel naar deel met een schuine streep ertussen: een kaart, een "
            "soort organisatie, wijk en buurt (CBS-codes), soort signaal en begrip, of op tijd en "
            "hoeveel werkdagen. Leeg is het totaal. `none` is niets ingevuld, `other` is de rest."
        },
    )
    label = fields.String(required=True)
    value = fields.Integer(
        required=True,
        allow_none=True,
        metadata={
            "description": "`null` is verborgen. Van het kwartaal dat het cijfer verbergt zegt dat "
            "niet of er iets was."
        },
    )
    at_least = fields.Integer(
        required=True,
        metadata={
            "description": "Wat er in de hele periode van te zien is, ook als alleen een deel van "
            "het getal te zien is."
        },
    )
    by_quarter = fields.List(
        fields.Integer(allow_none=True),
        required=True,
        metadata={"description": "Het aantal in elk kwartaal uit `quarters`."},
    )


class TableOut(Out):
    name = fields.String(required=True, validate=one_of(tuple(TABLES)))
    title = fields.String(required=True)
    of = fields.String(required=True, metadata={"description": "Wat er in de rijen staat."})
    cells = Row(Part(CellOut), required=True)


class PeriodOut(Out):
    first = fields.String(required=True, metadata=QUARTER)
    last = fields.String(required=True, metadata=QUARTER)
    begins_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    quarters = fields.List(
        fields.String(), required=True, metadata={"description": "Waarvan er cijfers zijn."}
    )
    missing = fields.List(
        fields.String(), required=True, metadata={"description": "Waarvan er geen cijfers zijn."}
    )
    tables = Row(Part(TableOut), required=True)


class CurrentOut(Out):
    quarter = fields.String(required=True, metadata=QUARTER)
    due_at = Moment(required=True, metadata={"description": "Vanaf wanneer de cijfers er zijn."})


class FiguresShownOut(Out):
    least = fields.Integer(
        required=True, metadata={"description": "Onder dit aantal is een cijfer verborgen."}
    )
    warning = fields.String(required=True)
    hiding = fields.String(required=True)
    periods = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Kwartalen waarvan er cijfers zijn, het nieuwste eerst."},
    )
    current = Part(CurrentOut, required=True)
    shown = Part(PeriodOut, required=True)
    compared = Part(
        PeriodOut,
        required=True,
        allow_none=True,
        metadata={"description": "`null` als er niets is om naast te leggen."},
    )
    changes = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Wat nieuw is of meer werd, in zinnen."},
    )
