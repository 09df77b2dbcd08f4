"""Coming in through the gemeente's own sign-in, over the wire."""

from __future__ import annotations

from marshmallow import fields, validate

from server.people.schemas import VERSION_SHAPE
from server.wire import Id, OpenIn, Out, Text

SENT_BACK = validate.Length(min=1, max=4000, error="Dit is te lang of leeg.")


class OidcOut(Out):
    available = fields.Boolean(required=True)


class OidcQuestionOut(Out):
    url = fields.String(required=True, metadata={"description": "Stuur de browser hierheen."})


class OidcAnswerIn(OpenIn):
    code = Text(required=True, validate=SENT_BACK)
    state = Text(required=True, validate=SENT_BACK)
    device = Id(required=True)
    app_version = Text(load_default="", validate=VERSION_SHAPE)
