"""What may be sent and shown of people, sessions and invitations."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from server.people import lists
from server.people.models import ORGANISATION_KINDS, ROLES
from server.wire import Id, In, Moment, OpenIn, Out, Part, Row, Shape, Text, at_most, one_of

LINE = [
    validate.Length(min=1, max=200, error="Vul dit in, met hooguit 200 tekens."),
    Shape(r"^[^\x00-\x1f\x7f]+$", error="Gebruik gewone tekens op één regel."),
]
CARD = Shape(r"^[a-z][a-z0-9-]{0,39}$", error="Kies een kaart.")
VERSION_SHAPE = Shape(r"^[ -~]{0,40}$", error="Ongeldige versie.")
SECRET = validate.Length(min=1, max=100, error="Dit is te lang of leeg.")


class SignInIn(OpenIn):
    invitation = Text(validate=SECRET)
    code = Text(
        validate=validate.Length(min=1, max=20, error="Een code heeft 8 tekens."),
        metadata={"example": "ABCD 2345"},
    )
    device = Id(
        required=True, metadata={"description": "Eén keer gemaakt op het toestel, en bewaard."}
    )
    app_version = Text(load_default="", validate=VERSION_SHAPE)

    @ma.validates_schema
    def need_one(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if ("invitation" in data) == ("code" in data):
            raise ma.ValidationError("Geef een uitnodiging of een code.", "code")


# The same, for the description.
ONE_WAY_IN = {"oneOf": [{"required": ["invitation"]}, {"required": ["code"]}]}


class PersonOut(Out):
    id = Id(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True, validate=one_of(ROLES))
    role_label = fields.String(required=True)
    organisation = fields.String(required=True)
    card = fields.String(allow_none=True, required=True)


class LeavingIn(OpenIn):
    """Among the headers, because addresses are written down in many places."""

    person = Id(
        data_key="Session-Person",
        metadata={
            "description": "Wie er uitlogt. Is de sessie van een ander, dan verandert er niets."
        },
    )


class SessionOut(Out):
    person = Part(PersonOut, required=True)
    device = Id(required=True)
    push_key = fields.String(
        required=True, metadata={"description": "Publieke VAPID-sleutel voor seintjes, base64url."}
    )
    expires_at = Moment(required=True)
    unsent_elsewhere = fields.Integer(
        required=True,
        metadata={"description": "Zoveel meldingen wachtten het laatst op een ander toestel."},
    )


class SignedInOut(SessionOut):
    delivery_key = fields.String(
        allow_none=True,
        metadata={"description": "Alleen als dit toestel er nog geen had. Daarna nooit meer."},
    )


class OrganisationIn(In):
    name = Text(required=True, validate=LINE)
    kind = Text(required=True, validate=one_of(ORGANISATION_KINDS, "Kies een soort organisatie."))


class InvitationIn(In):
    name = Text(required=True, validate=LINE)
    role = Text(required=True, validate=one_of(ROLES, "Kies een rol uit de lijst."))
    organisation = Part(OrganisationIn, required=True)
    card = Text(load_default=None, allow_none=True, validate=CARD)
    mail = Text(
        load_default=None,
        allow_none=True,
        validate=Shape(f"^{lists.MAIL.pattern}$", error="Dit mailadres klopt niet."),
    )


class InvitationOut(Out):
    id = Id(required=True)
    person = Id(required=True)
    link = fields.String(required=True)
    code = fields.String(required=True, metadata={"example": "ABCD2345"})
    qr = fields.List(
        fields.String(metadata={"pattern": "^[01]+$"}),
        required=True,
        metadata={"description": "De link als QR-code: per rij nullen en enen, met witte rand."},
    )
    expires_at = Moment(required=True)


class ListIn(In):
    csv = Text(
        required=True,
        validate=at_most(40_000, "Dit is te veel tekst."),
        metadata={
            "description": "Een kop en een regel per persoon; komma, puntkomma of tab ertussen.",
            "example": "naam;rol;organisatie;soort;kaart;mail",
        },
    )


class ListedInvitationOut(InvitationOut):
    name = fields.String(required=True)
    mail = fields.String(required=True, allow_none=True)


class ListOut(Out):
    items = Row(Part(ListedInvitationOut), required=True)


class ListedOut(PersonOut):
    kind = fields.String(required=True, validate=one_of(ORGANISATION_KINDS))
    mail = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=one_of(("invited", "expired", "joined", "ended")))
    joined_at = Moment(required=True, allow_none=True)
    expires_at = Moment(required=True, allow_none=True)
    limited_at = Moment(
        required=True,
        allow_none=True,
        metadata={"description": "Las toen zoveel dat het even moest wachten."},
    )


class ExportOut(Out):
    csv = fields.String(
        required=True,
        metadata={"description": "Met puntkomma's; een cel is nooit een formule."},
    )


class PeopleOut(Out):
    items = Row(Part(ListedOut), required=True)


class NothingIn(In):
    """An empty object."""


class TypedCodeIn(OpenIn):
    invitation = Text(required=True, validate=at_most(100))


class TypedCodeOut(Out):
    code = fields.String(required=True, metadata={"example": "ABCD2345"})
    expires_at = Moment(required=True)
