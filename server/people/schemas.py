"""What may be sent and shown of people, sessions and invitations."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from server.people.models import ORGANISATION_KINDS, ROLES

LINE = validate.And(
    validate.Length(min=1, max=200, error="Vul dit in, met hooguit 200 tekens."),
    validate.Regexp(r"^[^\x00-\x1f\x7f]+$", error="Gebruik gewone tekens op één regel."),
)


class SignInIn(ma.Schema):
    invitation = fields.String(load_default=None, validate=validate.Length(max=100))
    code = fields.String(load_default=None, validate=validate.Length(max=20))
    device = fields.UUID(required=True)
    app_version = fields.String(load_default="", validate=validate.Length(max=40))

    @ma.validates_schema
    def need_one(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if bool(data["invitation"]) == bool(data["code"]):
            raise ma.ValidationError("Geef een uitnodiging of een code.", "code")


class PersonOut(ma.Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    role_label = fields.String(required=True)
    organisation = fields.String(required=True)
    card = fields.String(allow_none=True, required=True)


class SessionOut(ma.Schema):
    person = fields.Nested(PersonOut, required=True)
    device = fields.String(required=True)
    push_key = fields.String(required=True)
    expires_at = fields.DateTime(required=True)


class SignedInOut(SessionOut):
    delivery_key = fields.String(allow_none=True)


class OrganisationIn(ma.Schema):
    name = fields.String(required=True, validate=LINE)
    kind = fields.String(
        required=True,
        validate=validate.OneOf(ORGANISATION_KINDS, error="Kies een soort organisatie."),
    )


class InvitationIn(ma.Schema):
    name = fields.String(required=True, validate=LINE)
    role = fields.String(
        required=True, validate=validate.OneOf(ROLES, error="Kies een rol uit de lijst.")
    )
    organisation = fields.Nested(OrganisationIn, required=True)
    card = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))


class InvitationOut(ma.Schema):
    id = fields.String(required=True)
    person = fields.String(required=True)
    link = fields.String(required=True)
    code = fields.String(required=True)
    qr = fields.List(fields.String(), required=True)
    expires_at = fields.DateTime(required=True)


class TypedCodeIn(ma.Schema):
    invitation = fields.String(required=True, validate=validate.Length(max=100))


class TypedCodeOut(ma.Schema):
    code = fields.String(required=True)
    expires_at = fields.DateTime(required=True)
