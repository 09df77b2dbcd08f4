"""What may be asked of the sheets and the story, and what is shown of them."""

from __future__ import annotations

from marshmallow import fields, validate

from server.briefings.composing import KINDS
from server.names.giveaways import KINDS as GIVEAWAYS
from server.reports.schemas import QUARTER, CurrentOut
from server.wire import Flag, In, Moment, Out, Part, Row, Shape, Text, Whole, one_of

# More than any sheet holds, so that a sentence says how much is too much.
MOST = validate.Length(max=4000, error="Houd het bij 4000 tekens.")
PLAIN = {"description": "Staat zo op het papier: schrijf niets waaraan iemand te herkennen is."}
PERIOD = Shape(r"2[0-9]{3}-Q[1-4]", error="Schrijf een kwartaal als 2026-Q4.")


class BriefingQuery(In):
    kind = Text(load_default="driehoek", validate=one_of(KINDS))
    quarter = Text(
        load_default=None,
        validate=PERIOD,
        metadata={**QUARTER, "description": "Anders het laatste kwartaal met cijfers."},
    )


class PrintIn(In):
    kind = Text(required=True, validate=one_of(KINDS))
    quarter = Text(required=True, validate=PERIOD, metadata=QUARTER)


class StoryTextIn(In):
    text = Text(required=True, validate=MOST, metadata=PLAIN)


class StoryIn(In):
    quarter = Text(required=True, validate=PERIOD, metadata=QUARTER)
    version = Whole(required=True, metadata={"description": "Van wat je zag; anders 409."})
    text = Text(
        required=True,
        validate=MOST,
        metadata={"description": f"{PLAIN['description']} Leeg haalt het verhaal weg."},
    )
    read_over = Flag(
        required=True,
        metadata={"description": "Ik heb nagelezen dat niemand te herkennen is."},
    )
    seen = Row(
        Text(validate=MOST),
        required=True,
        validate=validate.Length(max=200, error="Houd het bij 200."),
        metadata={"description": "De woorden uit de controle die je hebt nagelezen."},
    )


class GiveawayOut(Out):
    kind = fields.String(required=True, validate=one_of(GIVEAWAYS))
    words = fields.String(required=True)


class StoryCheckOut(Out):
    giveaways = Row(Part(GiveawayOut), required=True)
    over = fields.Integer(
        required=True, metadata={"description": "Zoveel letters te veel voor het A4."}
    )


class StoryOut(Out):
    text = fields.String(required=True)
    version = fields.Integer(
        required=True, metadata={"description": "0 als niemand nog iets schreef."}
    )
    at = Moment(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)


class SheetLineOut(Out):
    name = fields.String(required=True)
    value = fields.String(required=True)


class SheetSectionOut(Out):
    title = fields.String(required=True)
    said = fields.List(fields.String(), required=True)
    lines = Row(Part(SheetLineOut), required=True)


class SheetOut(Out):
    title = fields.String(required=True)
    to = fields.String(required=True)
    opening = fields.List(fields.String(), required=True)
    figures = Row(Part(SheetSectionOut), required=True)
    sections = Row(Part(SheetSectionOut), required=True)
    closing = fields.List(fields.String(), required=True)
    signed = fields.String(required=True)


class BriefingOut(Out):
    kind = fields.String(required=True, validate=one_of(KINDS))
    quarter = fields.String(required=True, metadata=QUARTER)
    sheet = Part(SheetOut, required=True)
    text = fields.String(required=True, metadata={"description": "Hetzelfde als tekst."})
    story = Part(StoryOut, required=True)


class BriefingsOut(Out):
    periods = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Kwartalen waarvan er cijfers zijn, het nieuwste eerst."},
    )
    current = Part(CurrentOut, required=True)
    shown = Part(
        BriefingOut,
        required=True,
        allow_none=True,
        metadata={"description": "`null` zolang er nog nergens cijfers van zijn."},
    )
