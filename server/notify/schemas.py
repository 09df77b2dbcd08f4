"""What a phone says when it turns messages on, and what people may choose of them."""

from __future__ import annotations

from marshmallow import fields

from server.notify.models import CHANNELS, TOPICS
from server.notify.preferences import DIGEST_HOURS
from server.notify.push import LONGEST_ENDPOINT
from server.wire import (
    Id,
    In,
    Moment,
    OpenIn,
    Out,
    Part,
    Shape,
    Text,
    Whole,
    at_most,
    between,
    one_of,
)

# Only plain letters: an address with others asks for more than every mail server can.
ADDRESS = Shape(
    r"^[A-Za-z0-9.!#$%&'*+/=?_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,3}$",
    error="Dit mailadres klopt niet.",
)
TIME = Shape(r"^([01]\d|2[0-3]):[0-5]\d$", error="Schrijf een tijd zoals 22:00.")


class KeysIn(OpenIn):
    p256dh = Text(required=True, validate=at_most(100))
    auth = Text(required=True, validate=at_most(100))


class SubscriptionIn(OpenIn):
    """A browser's own description of itself; what it says beyond this is of no use here."""

    endpoint = Text(required=True, validate=at_most(LONGEST_ENDPOINT))
    keys = Part(KeysIn, required=True)


ChannelsIn = In.from_dict(
    {topic: Text(load_default="push", validate=one_of(CHANNELS)) for topic in TOPICS},
    name="ChannelsIn",
)
ChannelsOut = Out.from_dict(
    {topic: fields.String(required=True, validate=one_of(CHANNELS)) for topic in TOPICS},
    name="ChannelsOut",
)


class QuietIn(In):
    class Meta(In.Meta):
        # A word that Python keeps for itself cannot be an attribute.
        include = {"from": Text(required=True, validate=TIME)}  # noqa: RUF012

    until = Text(required=True, validate=TIME)


class QuietOut(Out):
    class Meta(Out.Meta):
        include = {"from": fields.String(required=True, metadata={"example": "22:00"})}  # noqa: RUF012

    until = fields.String(required=True, metadata={"example": "07:00"})


class PreferencesIn(In):
    channels = Part(ChannelsIn, required=True)
    quiet = Part(
        QuietIn,
        required=True,
        allow_none=True,
        metadata={"description": "Eigen stille uren. Leeg: die van de gemeente."},
    )
    digest_hour = Whole(required=True, validate=between(DIGEST_HOURS.start, DIGEST_HOURS.stop - 1))


class MailOut(Out):
    state = fields.String(
        required=True, validate=one_of(("off", "none", "waiting", "confirmed", "refused"))
    )
    address = fields.String(required=True, allow_none=True)


class PreferencesOut(Out):
    channels = Part(ChannelsOut, required=True)
    quiet = Part(QuietOut, required=True, allow_none=True)
    digest_hour = fields.Integer(required=True)
    mail = Part(
        MailOut,
        required=True,
        metadata={"description": "`off`: deze gemeente verstuurt geen mail."},
    )


class MailIn(In):
    mail = Text(required=True, validate=[at_most(200), ADDRESS])


class CodeIn(In):
    code = Text(required=True, validate=Shape(r"^[0-9]{6}$", error="De code heeft zes cijfers."))


class RefusedOut(Out):
    person = Id(required=True)
    name = fields.String(required=True)
    role_label = fields.String(required=True)
    at = Moment(required=True)
    status = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Het nummer dat de mailserver gaf.", "example": 550},
    )


class RefusalsOut(Out):
    items = fields.List(Part(RefusedOut), required=True)
