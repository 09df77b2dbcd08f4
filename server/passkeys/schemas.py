"""Passkeys over the wire: what the browser's own functions take and give, passed on as it is."""

from __future__ import annotations

from marshmallow import fields

from server.people.schemas import VERSION_SHAPE
from server.wire import SAID, Id, Moment, OpenIn, Out, Part, Row, Text

OPTIONS = "Geef dit aan de browser, zoals de WebAuthn-standaard het noemt (JSON, camelCase)."
ANSWER = "Wat de browser teruggaf, als JSON (`PublicKeyCredential.toJSON()`)."


class Answer(fields.Dict):
    """The answer of a passkey, which is judged as a whole."""

    default_error_messages = {**SAID, "invalid": "Hier hoort het antwoord van een passkey."}  # noqa: RUF012


class AskSignInIn(OpenIn):
    device = Id(required=True)


class QuestionOut(Out):
    options = fields.Dict(required=True, metadata={"description": OPTIONS})


class AnswerIn(OpenIn):
    credential = Answer(required=True, metadata={"description": ANSWER})


class PasskeySignInIn(AnswerIn):
    device = Id(required=True)
    app_version = Text(load_default="", validate=VERSION_SHAPE)


class PasskeyOut(Out):
    id = Id(required=True)
    made_at = Moment(required=True)
    used_at = Moment(required=True, allow_none=True)
    synced = fields.Boolean(
        required=True, metadata={"description": "Andere toestellen van jou kunnen hem ook hebben."}
    )
    here = fields.Boolean(required=True, metadata={"description": "Op dit toestel gemaakt."})


class PasskeysOut(Out):
    items = Row(Part(PasskeyOut), required=True)


class ConfirmedOut(Out):
    expires_at = Moment(required=True)
