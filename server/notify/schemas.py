"""What a browser may send to be told things."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields, validate

from server.notify.push import LONGEST_ENDPOINT


class KeysIn(ma.Schema):
    class Meta:
        unknown = ma.EXCLUDE

    p256dh = fields.String(required=True, validate=validate.Length(max=100))
    auth = fields.String(required=True, validate=validate.Length(max=100))


class SubscriptionIn(ma.Schema):
    """A browser's own description of itself; what it says beyond this is of no use here."""

    class Meta:
        unknown = ma.EXCLUDE

    endpoint = fields.String(required=True, validate=validate.Length(max=LONGEST_ENDPOINT))
    keys = fields.Nested(KeysIn, required=True)
