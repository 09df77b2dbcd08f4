"""What may be asked about practising and training, and what is shown of it."""

from __future__ import annotations

from marshmallow import fields

from server.training.models import WISHES
from server.wire import Flag, Id, In, Moment, Out, Part, Row, Text, one_of


class NudgeIn(In):
    wanted = Flag(required=True)


class NudgeOut(Out):
    wanted = fields.Boolean(required=True)


class WishIn(In):
    kind = Text(
        required=True,
        validate=one_of(WISHES),
        metadata={"description": "`briefing` is voorlichting."},
    )


class WishOut(Out):
    id = Id(required=True)
    kind = fields.String(required=True, validate=one_of(WISHES))
    made_at = Moment(required=True)


class WisherOut(WishOut):
    name = fields.String(required=True)
    role = fields.String(required=True)
    organisation = fields.String(required=True)


class WishesOut(Out):
    items = Row(Part(WisherOut), required=True)
