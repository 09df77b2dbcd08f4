"""What the desk may ask for somebody who is written about, and what it is shown."""

from __future__ import annotations

from marshmallow import fields, validate

from server.observations.models import NOT_INFORMED_REASONS
from server.observations.schemas import WRITING
from server.rights.models import DECISIONS, OBJECTIONS, REASONS
from server.rights.records import RECORDS
from server.wire import Day, Id, In, Moment, Out, Part, Row, Shape, Text, Whole, one_of

AGES = ("under_12", "12_15", "16_17", "18_25", "unknown")
LINE = [
    validate.Length(max=200, error="Houd het bij 200 tekens."),
    Shape(r"^[^\x00-\x1f\x7f]*$", error="Gebruik gewone tekens op één regel."),
]
WHY = "Kies waarom je zoekt."
VERSION = {"description": "De `version` die je zag: zo overschrijf je niets."}


class WantedIn(In):
    name = Text(required=True, validate=[validate.Length(min=1, error="Vul een naam in."), *LINE])
    nickname = Text(load_default=None, allow_none=True, validate=LINE)
    age = Text(load_default=None, allow_none=True, validate=one_of(AGES))
    reason = Text(required=True, validate=one_of(REASONS, WHY))


class RecordIn(In):
    subject = Text(required=True, validate=one_of(tuple(RECORDS)))
    id = Id(required=True)


SOME = validate.Length(min=1, max=50, error="Kies 1 tot en met 50 stukken.")


class ReviewIn(WantedIn):
    records = Row(Part(RecordIn), required=True, validate=SOME)


class ExportIn(In):
    records = Row(Part(RecordIn), required=True, validate=SOME)
    reason = Text(required=True, validate=one_of(REASONS, WHY))


class ReasonOut(Out):
    kind = fields.String(required=True, metadata={"description": "Waarin: melding, aanvulling …"})
    field = fields.String(
        required=True, metadata={"description": "`name` is een genoemde persoon; anders een tekst."}
    )
    how = fields.String(required=True, validate=one_of(("same", "alike", "part")))
    age = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={"description": "Dezelfde leeftijd als gezocht; null = niet te zeggen."},
    )


class RecordOut(Out):
    subject = fields.String(required=True, validate=one_of(tuple(RECORDS)))
    id = Id(required=True)
    kind = fields.String(required=True)
    receipt = fields.String(required=True, allow_none=True, metadata={"example": "7K2-4MX"})
    received_at = Moment(required=True)
    state = fields.String(required=True, allow_none=True)
    card = fields.String(required=True, allow_none=True)
    area = fields.String(required=True, allow_none=True)
    date = fields.Date(required=True, allow_none=True)
    in_case = fields.Boolean(required=True)
    case = Id(
        required=True,
        allow_none=True,
        metadata={"description": "De casus waarin dit is geschreven."},
    )
    objection = fields.Boolean(required=True, metadata={"description": "Er loopt een bezwaar."})
    version = fields.Integer(required=True, allow_none=True)


class HitOut(RecordOut):
    reasons = fields.List(Part(ReasonOut), required=True)


class SearchOut(Out):
    id = Id(required=True)
    opened = fields.Integer(required=True)
    shut = fields.Integer(
        required=True, metadata={"description": "Niet te openen: de sleutel is er niet meer."}
    )
    items = fields.List(Part(HitOut), required=True)


class HeldPersonOut(Out):
    name = fields.String(required=True)
    age = fields.String(required=True)


class PassageOut(Out):
    kind = fields.String(required=True)
    field = fields.String(required=True)
    text = fields.String(required=True)
    black = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Woorden in deze tekst die een ander noemen."},
    )


class ReviewedOut(RecordOut):
    persons = fields.List(Part(HeldPersonOut), required=True)
    left_out = fields.Integer(
        required=True, metadata={"description": "Zoveel andere personen zijn weggelaten."}
    )
    passages = fields.List(Part(PassageOut), required=True)


class ReviewOut(Out):
    items = fields.List(Part(ReviewedOut), required=True)


class PersonIn(In):
    name = Text(required=True, validate=LINE)
    age = Text(required=True, validate=one_of(AGES))
    description = Text(required=True, validate=WRITING)


class ReplacementIn(In):
    what = Text(load_default=None, allow_none=True, validate=WRITING)
    persons = Row(
        Part(PersonIn),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=20, error="Hooguit 20 personen."),
    )


class CorrectionIn(In):
    text = Text(
        required=True,
        validate=[validate.Length(min=1, error="Schrijf op wat er klopt."), *WRITING],
    )
    version = Whole(required=True, metadata=VERSION)
    replacement = Part(
        ReplacementIn,
        load_default=None,
        allow_none=True,
        metadata={"description": "Wat er in plaats van de oude tekst komt; die is daarna weg."},
    )


class ErasureIn(In):
    subject = Text(required=True, validate=one_of(tuple(RECORDS)))
    reason = Text(required=True, validate=one_of(REASONS, WHY))


class ObjectionIn(In):
    kind = Text(required=True, validate=one_of(OBJECTIONS))
    made_on = Day(required=True)


class DecisionIn(In):
    decision = Text(required=True, validate=one_of(DECISIONS))


class ObjectionOut(Out):
    id = Id(required=True)
    kind = fields.String(required=True, validate=one_of(OBJECTIONS))
    made_on = fields.Date(required=True)
    decision = fields.String(required=True, allow_none=True, validate=one_of(DECISIONS))
    decided_at = Moment(required=True, allow_none=True)


class InformingOut(Out):
    named_on = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "De dag waarop een loket er voor het eerst een naam in las."},
    )
    informed_on = fields.Date(required=True, allow_none=True)
    reason = fields.String(
        required=True,
        allow_none=True,
        validate=one_of(NOT_INFORMED_REASONS),
        metadata={"description": "Waarom nog niet."},
    )
    remind_on = fields.Date(required=True, allow_none=True)


class RightsOut(Out):
    informing = Part(InformingOut, required=True)
    objections = fields.List(Part(ObjectionOut), required=True)


class InformingIn(In):
    informed_on = Day(load_default=None, allow_none=True)
    reason = Text(load_default=None, allow_none=True, validate=one_of(NOT_INFORMED_REASONS))


class ToInformOut(RecordOut):
    informing = Part(InformingOut, required=True)


class ToInformListOut(Out):
    items = fields.List(Part(ToInformOut), required=True)
