"""What may be shown of devices."""

from __future__ import annotations

from marshmallow import fields

from server.people.sessions import KIND_NAMES
from server.wire import Id, Moment, Out, Part, Row, one_of


class DeviceOut(Out):
    id = Id(required=True)
    kind = fields.String(required=True, validate=one_of(KIND_NAMES))
    here = fields.Boolean(required=True, metadata={"description": "Dit toestel vraagt het zelf."})
    signed_in = fields.Boolean(required=True)
    made_at = Moment(required=True)
    seen_at = Moment(required=True, allow_none=True)
    synced_at = Moment(required=True, allow_none=True)
    app_version = fields.String(required=True, allow_none=True)
    unsent = fields.Integer(
        required=True, metadata={"description": "Zoveel wachtte er het laatst nog op dit toestel."}
    )
    push = fields.String(required=True, validate=one_of(("off", "on", "failing")))


class DevicesOut(Out):
    items = Row(Part(DeviceOut), required=True)


class NeedyOut(DeviceOut):
    person = Id(required=True)
    name = fields.String(required=True)
    needs = fields.List(
        fields.String(validate=one_of(("unsent", "push"))),
        required=True,
        metadata={
            "description": (
                "`unsent`: er wacht iets en het toestel is twee dagen stil. `push`: seintjes komen "
                "niet meer aan."
            )
        },
    )


class NeediesOut(Out):
    items = Row(Part(NeedyOut), required=True)


class RevokedOut(Out):
    revoked = fields.Integer(required=True)
