"""What somebody takes along of what is kept of them."""

from __future__ import annotations

from marshmallow import fields

from server.devices.schemas import DeviceOut
from server.observations.answers import LookOut, OpenedAdditionOut, OpenedFeedbackOut
from server.observations.models import BASES, DESKS, STATES, URGENCIES
from server.wire import Id, Moment, Out, Part, one_of


class AccountOut(Out):
    id = Id(required=True)
    name = fields.String(required=True)
    mail = fields.String(required=True, allow_none=True)
    role_label = fields.String(required=True)
    organisation = fields.String(required=True)
    made_at = Moment(required=True)


class KeptDeviceOut(DeviceOut):
    class Meta(DeviceOut.Meta):
        fields = ("id", "kind", "made_at", "synced_at", "app_version")


class KeptPasskeyOut(Out):
    made_at = Moment(required=True)
    used_at = Moment(required=True, allow_none=True)


class KeptFilterOut(Out):
    name = fields.String(required=True)
    made_at = Moment(required=True)


class PlainOut(Out):
    id = Id(required=True)
    card = fields.String(required=True)
    card_version = fields.Integer(required=True)
    signals = fields.List(fields.String(), required=True)
    protective = fields.List(fields.String(), required=True)
    area = fields.String(required=True, allow_none=True)
    date = fields.Date(required=True)
    basis = fields.String(required=True, validate=one_of(BASES))
    desk = fields.String(required=True, validate=one_of(DESKS))
    urgency = fields.String(required=True, validate=one_of(URGENCIES))
    shielded = fields.Boolean(required=True)
    state = fields.String(required=True, validate=one_of(STATES))
    made_at = Moment(required=True)
    received_at = Moment(required=True)
    keep_until = fields.Date(required=True, allow_none=True)


class OwnObservationOut(Out):
    receipt = fields.String(required=True, metadata={"example": "7K2-4MX"})
    plain = Part(PlainOut, required=True)
    opened = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    additions = fields.List(Part(OpenedAdditionOut), required=True)
    feedback = fields.List(Part(OpenedFeedbackOut), required=True)


class OwnLateItemOut(Out):
    receipt = fields.String(required=True)
    kind = fields.String(required=True)
    received_at = Moment(required=True)
    opened = fields.Dict(keys=fields.String(), required=True, allow_none=True)


class GoneOut(Out):
    receipt = fields.String(required=True)
    received_at = Moment(required=True)
    gone_at = Moment(required=True)


class AccountExportOut(Out):
    made_at = Moment(required=True)
    person = Part(AccountOut, required=True)
    devices = fields.List(Part(KeptDeviceOut), required=True)
    passkeys = fields.List(Part(KeptPasskeyOut), required=True)
    filters = fields.List(
        Part(KeptFilterOut),
        required=True,
        metadata={"description": "Filters die je voor het postvak bewaarde."},
    )
    asked = fields.List(
        fields.String(),
        required=True,
        metadata={
            "description": "Halve jaren waarin je de vragen over de signaalkaart beantwoordde of "
            "oversloeg. Wat je antwoordde is van niemand terug te vinden.",
            "example": ["2026-H2"],
        },
    )
    observations = fields.List(Part(OwnObservationOut), required=True)
    late_items = fields.List(Part(OwnLateItemOut), required=True)
    gone = fields.List(
        Part(GoneOut),
        required=True,
        metadata={"description": "Gewiste meldingen: alleen het bewijs van ontvangst."},
    )
    looks = fields.List(
        Part(LookOut), required=True, metadata={"description": "Wie keek, het nieuwste bovenaan."}
    )
