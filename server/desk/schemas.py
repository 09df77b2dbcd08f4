"""What a desk keeps and asks for itself."""

from __future__ import annotations

from marshmallow import fields, post_load, validate

from server.cards.kinds import GROUPS
from server.observations.inbox import VIEWS
from server.observations.models import DESKS, URGENCIES
from server.observations.schemas import CODE
from server.wire import Flag, Id, In, Out, Part, Shape, Text, Whole, between, one_of


class FilterIn(In):
    view = Text(load_default="all", validate=one_of(VIEWS))
    desk = Text(validate=one_of(DESKS))
    card = Text(validate=CODE)
    group = Text(validate=one_of(GROUPS))
    area = Text(validate=CODE)
    urgency = Text(validate=one_of(URGENCIES))
    older_than = Whole(
        validate=between(1, 3650),
        metadata={"description": "Alleen wat langer geleden binnenkwam dan zoveel dagen."},
    )


class SavedFilterIn(In):
    name = Text(
        required=True,
        validate=[
            validate.Length(min=1, max=40, error="Geef het filter een naam van hooguit 40 tekens."),
            Shape(r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$", error="Geef het filter een naam."),
        ],
        metadata={"description": "Je eigen naam ervoor, zonder namen van mensen."},
    )
    asked = Part(FilterIn, required=True, metadata={"description": "Wat het postvak dan toont."})

    @post_load
    def _trim(self, data: dict[str, object], **_kwargs: object) -> dict[str, object]:
        return {**data, "name": str(data["name"]).strip()}


class AskedOut(Out):
    view = fields.String(required=True, validate=one_of(VIEWS))
    desk = fields.String(validate=one_of(DESKS))
    card = fields.String()
    group = fields.String(validate=one_of(GROUPS))
    area = fields.String()
    urgency = fields.String(validate=one_of(URGENCIES))
    older_than = fields.Integer()


class SavedFilterOut(Out):
    id = Id(required=True)
    name = fields.String(required=True)
    asked = Part(AskedOut, required=True)


class SavedFiltersOut(Out):
    items = fields.List(Part(SavedFilterOut), required=True)


class PresenceIn(In):
    opened = Flag(
        required=True,
        metadata={"description": "Je hebt de envelop open: dan zien anderen dat jij er ook bent."},
    )


class PresenceOut(Out):
    here = fields.List(
        fields.String(), required=True, metadata={"description": "Wie hem nu ook open heeft."}
    )
