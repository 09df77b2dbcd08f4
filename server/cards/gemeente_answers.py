"""What the settings of the gemeente look like in the API."""

from __future__ import annotations

from marshmallow import fields

from server.wire import Out


class ContactOut(Out):
    class Meta(Out.Meta):
        # A word that Python keeps for itself cannot be an attribute.
        include = {"for": fields.String(required=True)}  # noqa: RUF012

    id = fields.String(required=True, metadata={"example": "veilig-thuis"})
    name = fields.String(required=True, metadata={"example": "Veilig Thuis"})
    number = fields.String(required=True, metadata={"description": "Leeg als er geen nummer is."})
    url = fields.String(required=True, allow_none=True)


class DeskHoursOut(Out):
    class Meta(Out.Meta):
        include = {"from": fields.String(required=True, metadata={"example": "08.30"})}  # noqa: RUF012

    text = fields.String(required=True)
    days = fields.List(
        fields.Integer(), required=True, metadata={"description": "1 is maandag, 7 is zondag."}
    )
    until = fields.String(required=True)
    closed = fields.List(
        fields.Date(),
        required=True,
        metadata={"description": "Dagen waarop het loket ook dicht is, naast feestdagen."},
    )


class TermsOut(Out):
    read_days = fields.Integer(required=True, metadata={"description": "In werkdagen."})
    answer_days = fields.Integer(required=True, metadata={"description": "In werkdagen."})
    escalate_days = fields.Integer(
        required=True,
        metadata={"description": "Zoveel werkdagen te laat hoort het andere loket het."},
    )


class SwitchesOut(Out):
    offline_recording = fields.Boolean(required=True)
    draft_hours = fields.Integer(required=True)


class ThemeOut(Out):
    name = fields.String(required=True, metadata={"example": "voorbeeld"})
    light = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        allow_none=True,
        metadata={
            "description": "Kleuren voor overdag, als CSS-eigenschappen. Null = die van de app.",
            "example": {"--sk-holder": "#08323c"},
        },
    )
    dark = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "Kleuren voor ’s nachts.", "example": {"--sk-holder": "#08323c"}},
    )


class GemeenteOut(Out):
    name = fields.String(required=True, metadata={"example": "Voorbeeldstad"})
    code = fields.String(required=True, metadata={"example": "GM9999"})
    phone = fields.String(required=True, metadata={"example": "012 - 345 67 89"})
    contacts = fields.List(fields.Nested(ContactOut), required=True)
    desk_hours = fields.Nested(DeskHoursOut, required=True)
    terms = fields.Nested(TermsOut, required=True)
    feedback = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={
            "description": "De vaste zin per soort terugkoppeling, zonder punt.",
            "example": {"watching": "We kijken mee"},
        },
    )
    role_labels = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    group_labels = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    switches = fields.Nested(SwitchesOut, required=True)
    theme = fields.Nested(ThemeOut, required=True)
