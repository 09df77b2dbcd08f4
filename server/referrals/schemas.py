"""What the desk records when it brings somebody in, and whom it can choose."""

from __future__ import annotations

from marshmallow import fields, validate

from server.observations.schemas import CODE, WRITING
from server.wire import Id, In, Out, Part, Text, Whole


class ReferralIn(In):
    id = Id(required=True, metadata={"description": "Gemaakt door het scherm; twee keer is één."})
    version = Whole(
        required=True, metadata={"description": "De `version` die je zag: zo overschrijf je niets."}
    )
    to = Text(required=True, validate=CODE, metadata={"description": "Een id uit de keuzes."})
    ground = Text(required=True, validate=CODE, metadata={"description": "Een grond die past."})
    shared = Text(
        required=True,
        validate=[validate.Length(min=1, error="Schrijf op wat je deelde."), *WRITING],
        metadata={"description": "Wat je deelde, in je eigen woorden; wordt verzegeld."},
    )


class GroundOut(Out):
    id = fields.String(required=True, metadata={"example": "convenant"})
    name = fields.String(required=True)
    text = fields.String(required=True)


class ReceiverOut(GroundOut):
    grounds = fields.List(
        fields.String(), required=True, metadata={"description": "De gronden die hier passen."}
    )


class ChoicesOut(Out):
    to = fields.List(Part(ReceiverOut), required=True)
    grounds = fields.List(Part(GroundOut), required=True)
