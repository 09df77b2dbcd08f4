"""The shape of the round trip; items are read one by one, so that one bad item harms no other."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields, validate

MOST_ITEMS = 50


class SyncIn(ma.Schema):
    class Meta:
        # A newer phone may say more than this server knows.
        unknown = ma.EXCLUDE

    device = fields.UUID(required=True)
    app_version = fields.String(
        load_default="", validate=validate.Regexp(r"^[ -~]{0,40}$", error="Ongeldige versie.")
    )
    unsent = fields.Integer(load_default=0, validate=validate.Range(0, 1_000_000))
    cursor = fields.Integer(load_default=0, validate=validate.Range(0, 2**53))
    epoch = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=36))
    sent_at = fields.AwareDateTime(load_default=None, allow_none=True)
    items = fields.List(
        fields.Raw(),
        load_default=list,
        validate=validate.Length(
            max=MOST_ITEMS, error="Stuur hooguit 50 meldingen tegelijk. De rest mag daarna."
        ),
    )


class OutcomeOut(ma.Schema):
    id = fields.String(required=True)
    result = fields.String(
        required=True, validate=validate.OneOf(("stored", "known", "conflict", "refused"))
    )
    receipt = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)


class ToldFeedbackOut(ma.Schema):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True, allow_none=True)
    at = fields.DateTime(required=True)


class ToldAdditionOut(ma.Schema):
    id = fields.String(required=True)
    at = fields.DateTime(required=True)
    question = fields.String(required=True, allow_none=True)


class ChangeOut(ma.Schema):
    kind = fields.String(required=True, validate=validate.OneOf(("observation", "removed")))
    id = fields.String(required=True)
    receipt = fields.String()
    card = fields.String()
    card_version = fields.Integer()
    area = fields.String(allow_none=True)
    date = fields.Date()
    signals = fields.Integer()
    state = fields.String()
    received_at = fields.DateTime()
    made_at = fields.DateTime()
    read_by = fields.Date()
    answer_by = fields.Date()
    feedback = fields.List(fields.Nested(ToldFeedbackOut))
    additions = fields.List(fields.Nested(ToldAdditionOut))
    withdrawal = fields.String(allow_none=True)


class SealKeyOut(ma.Schema):
    id = fields.String(required=True)
    public_key = fields.String(required=True)


class SyncOut(ma.Schema):
    outcomes = fields.List(fields.Nested(OutcomeOut), required=True)
    changes = fields.List(fields.Nested(ChangeOut), required=True)
    cursor = fields.Integer(required=True)
    more = fields.Boolean(required=True)
    epoch = fields.String(required=True)
    cards_version = fields.String(required=True)
    seal_key = fields.Nested(SealKeyOut, required=True)
    server_time = fields.DateTime(required=True)
    wipe = fields.Boolean(required=True)
