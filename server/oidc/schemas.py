"""Coming in through the gemeente's own sign-in, over the wire."""

from __future__ import annotations

from marshmallow import fields, validate

from server.people.schemas import VERSION_SHAPE
from server.wire import Id, In, Out, Text, at_most

SENT_BACK = validate.Length(min=1, max=4000, error="Dit is te lang of leeg.")


class OidcOut(Out):
    available = fields.Boolean(required=True)


class OidcQuestionIn(In):
    """An empty object."""


class OidcQuestionOut(Out):
    url = fields.String(required=True, metadata={"description": "Stuur de browser hierheen."})


class OidcAnswerIn(In):
    code = Text(required=True, validate=SENT_BACK)
    state = Text(required=True, validate=SENT_BACK)
    device = Id(required=True)
    app_version = Text(load_default="", validate=VERSION_SHAPE)


class ReturnQuery(In):
    """What a provider sends along; more than we asked for is no fault of whoever comes back."""

    class Meta:
        unknown = "exclude"

    code = Text(load_default="", validate=at_most(4000))
    state = Text(load_default="", validate=at_most(4000))
