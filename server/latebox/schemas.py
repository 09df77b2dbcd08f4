"""What a desk decides about an item of the late box."""

from __future__ import annotations

from marshmallow import fields

from server.latebox.service import HOW
from server.observations.models import CLOSED_LATE, DESKS, STATES, TOLD
from server.observations.schemas import CODE
from server.wire import Id, In, Moment, Out, Part, Text, one_of


class LateSettlementIn(In):
    how = Text(
        required=True,
        validate=one_of(HOW, "Kies wat je ermee doet."),
        metadata={
            "description": "Een gewone melding (`observation`), bij een eerdere melding "
            "(`addition`), verteld aan wie het stuurde (`told`), of afgesloten (`closed`)."
        },
    )
    card = Text(
        load_default=None,
        allow_none=True,
        validate=CODE,
        metadata={"description": "Alleen nodig als er geen kaart is die we kennen."},
    )
    desk = Text(load_default=None, allow_none=True, validate=one_of(DESKS, "Kies een loket."))
    parent = Id(load_default=None, allow_none=True)
    reason = Text(
        load_default=None,
        allow_none=True,
        validate=one_of((*TOLD, *CLOSED_LATE)),
        metadata={"description": "Bij `told` hoe het is verteld, bij `closed` waarom."},
    )


class LateSettledOut(Out):
    observation = Id(
        required=True,
        allow_none=True,
        metadata={"description": "De melding waar het nu in staat, of leeg."},
    )


class LateParentOut(Out):
    id = Id(required=True)
    receipt = fields.String(required=True, metadata={"example": "7K2-4MX"})
    card = fields.String(required=True)
    area = fields.String(required=True, allow_none=True)
    date = fields.Date(required=True)
    state = fields.String(required=True, validate=one_of(STATES))
    received_at = Moment(required=True)


class LateParentsOut(Out):
    items = fields.List(Part(LateParentOut), required=True)
