"""What the desk may ask and is shown of observations."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields, validate

from server.observations.inbox import VIEWS
from server.observations.models import (
    DESKS,
    FEEDBACK_KINDS,
    NO_FEEDBACK_REASONS,
    URGENCIES,
)

CODE = validate.Regexp(r"^[A-Za-z0-9-]{1,40}$", error="Kies iets uit de lijst.")
PURPOSES = ("own", "handle", "consult", "cover")
# Line breaks and tabs are writing; the other control characters are not.
WRITING = validate.And(
    validate.Length(max=1000, error="Deze tekst is te lang. Houd het bij 1000 tekens."),
    validate.Regexp(
        r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$", error="Gebruik gewone letters en tekens."
    ),
)


class InboxQuery(ma.Schema):
    view = fields.String(load_default="all", validate=validate.OneOf(VIEWS))
    desk = fields.String(load_default=None, validate=validate.OneOf(DESKS))
    card = fields.String(load_default=None, validate=CODE)
    area = fields.String(load_default=None, validate=CODE)
    urgency = fields.String(load_default=None, validate=validate.OneOf(URGENCIES))
    older_than = fields.Integer(
        load_default=None, data_key="olderThan", validate=validate.Range(1, 3650)
    )
    cursor = fields.String(load_default=None, validate=validate.Length(max=300))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))


class SomebodyOut(ma.Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class InboxItemOut(ma.Schema):
    id = fields.String(required=True)
    receipt = fields.String(required=True)
    card = fields.String(required=True)
    card_version = fields.Integer(required=True)
    area = fields.String(required=True, allow_none=True)
    date = fields.Date(required=True)
    basis = fields.String(required=True)
    urgency = fields.String(required=True)
    desk = fields.String(required=True)
    signals = fields.List(fields.String(), required=True)
    protective = fields.List(fields.String(), required=True)
    state = fields.String(required=True)
    received_at = fields.DateTime(required=True)
    made_at = fields.DateTime(required=True)
    skewed = fields.Boolean(required=True)
    read_by = fields.Date(required=True)
    answer_by = fields.Date(required=True)
    due = fields.String(required=True, validate=validate.OneOf(("none", "soon", "late")))
    waiting = fields.Boolean(required=True)
    answered = fields.Boolean(required=True)
    new_addition = fields.Boolean(required=True)
    withdrawal = fields.Boolean(required=True)
    assignee = fields.Nested(SomebodyOut, required=True, allow_none=True)
    version = fields.Integer(required=True)


class CountsOut(ma.Schema):
    all = fields.Integer(required=True)
    new = fields.Integer(required=True)
    mine = fields.Integer(required=True)
    late = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    late_box = fields.Integer(required=True)


class InboxOut(ma.Schema):
    items = fields.List(fields.Nested(InboxItemOut), required=True)
    next = fields.String(required=True, allow_none=True)
    counts = fields.Nested(CountsOut, required=True)


class ReporterOut(ma.Schema):
    name = fields.String(required=True)
    role_label = fields.String(required=True)
    organisation = fields.String(required=True)


class EventOut(ma.Schema):
    at = fields.DateTime(required=True)
    kind = fields.String(required=True)
    by = fields.Nested(SomebodyOut, required=True, allow_none=True)
    detail = fields.String(required=True, allow_none=True)


class ObservationOut(InboxItemOut):
    reporter = fields.Nested(ReporterOut, required=True)
    timeline = fields.List(fields.Nested(EventOut), required=True)


class OpeningIn(ma.Schema):
    purpose = fields.String(
        required=True,
        validate=validate.OneOf(PURPOSES, error="Kies waarom je dit opent."),
    )


class OpenedAdditionOut(ma.Schema):
    id = fields.String(required=True)
    at = fields.DateTime(required=True)
    question = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)


class OpenedFeedbackOut(ma.Schema):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True, allow_none=True)
    at = fields.DateTime(required=True)
    by = fields.String(required=True, allow_none=True)


class OpeningOut(ma.Schema):
    id = fields.String(required=True)
    opened_at = fields.DateTime(required=True)
    # What a phone sealed is shown as it is; its inner shape belongs to the card of that day.
    opened = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    problem = fields.String(required=True, allow_none=True)
    additions = fields.List(fields.Nested(OpenedAdditionOut), required=True)
    feedback = fields.List(fields.Nested(OpenedFeedbackOut), required=True)


class StateIn(ma.Schema):
    state = fields.String(required=True, validate=validate.OneOf(("in_progress", "closed")))
    version = fields.Integer(required=True, strict=True)
    reason = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(NO_FEEDBACK_REASONS)
    )


class FeedbackIn(ma.Schema):
    id = fields.UUID(required=True)
    kind = fields.String(
        required=True,
        validate=validate.OneOf(FEEDBACK_KINDS, error="Kies een antwoord uit de lijst."),
    )
    text = fields.String(load_default=None, allow_none=True, validate=WRITING)


class LateItemOut(ma.Schema):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    reason = fields.String(required=True)
    received_at = fields.DateTime(required=True)


class LateBoxOut(ma.Schema):
    items = fields.List(fields.Nested(LateItemOut), required=True)


class LateOpeningOut(ma.Schema):
    opened = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    problem = fields.String(required=True, allow_none=True)
    plain = fields.Dict(keys=fields.String(), required=True)
