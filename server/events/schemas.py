"""What the beheerder sees of events."""

from __future__ import annotations

from marshmallow import fields

from server.wire import Moment, Out


class EventsOut(Out):
    on = fields.Boolean(required=True, metadata={"description": "Of er een adres is ingesteld."})
    address = fields.String(required=True, allow_none=True)
    sending = fields.Integer(
        required=True, metadata={"description": "Vrijgegeven en nog niet aangenomen."}
    )
    missed = fields.Integer(
        required=True, metadata={"description": "Opgegeven: de andere kant nam het niet aan."}
    )
    last_status = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Wat de andere kant zei toen het niet lukte; leeg is niets."},
    )
    delivered_at = Moment(required=True, allow_none=True)


class RetriedOut(Out):
    again = fields.Integer(required=True, metadata={"description": "Hoeveel er opnieuw gaan."})
