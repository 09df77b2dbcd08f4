"""What may be asked of actions and goals, and what is shown of them."""

from __future__ import annotations

from marshmallow import fields

from server.cases.models import ABOUT, PILLARS, TERMS
from server.cases.schemas import LONG, SEALED, WhoOut, a_version
from server.wire import Day, Flag, Id, In, Out, Part, Text, at_most, one_of


class ActionIn(In):
    id = Id(required=True)
    kind = Text(required=True, validate=at_most(40))
    text = Text(required=True, validate=LONG, metadata=SEALED)
    owner = Id(required=True)
    due_on = Day(required=True)
    case = Id(load_default=None, allow_none=True)
    about = Text(load_default="case", validate=one_of(ABOUT))
    meeting = Id(load_default=None, allow_none=True)


class ActionChangeIn(In):
    version = a_version()
    owner = Id(required=True)
    due_on = Day(required=True)
    done = Flag(required=True)


class GoalIn(In):
    id = Id(required=True)
    term = Text(required=True, validate=one_of(TERMS))
    text = Text(required=True, validate=LONG, metadata=SEALED)
    case = Id(load_default=None, allow_none=True)
    about = Text(load_default="case", validate=one_of(ABOUT))


class ReachedIn(In):
    version = a_version()
    reached = Flag(required=True)


class PlanTextsOut(Out):
    texts = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True), required=True)


class ActionOut(Out):
    id = Id(required=True)
    case_id = Id(required=True, allow_none=True)
    about = fields.String(required=True, validate=one_of(ABOUT))
    pillar = fields.String(required=True, validate=one_of(PILLARS))
    kind = fields.String(required=True)
    owner = Part(WhoOut, required=True)
    orphaned = fields.Boolean(
        required=True, metadata={"description": "Niemand doet dit meer: diens toegang is gestopt."}
    )
    due_on = fields.Date(required=True)
    done_on = fields.Date(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ActionsOut(Out):
    items = fields.List(Part(ActionOut), required=True)


class GoalOut(Out):
    id = Id(required=True)
    case_id = Id(required=True, allow_none=True)
    about = fields.String(required=True, validate=one_of(ABOUT))
    term = fields.String(required=True, validate=one_of(TERMS))
    reached_on = fields.Date(required=True, allow_none=True)
    version = fields.Integer(required=True)


class GoalsOut(Out):
    items = fields.List(Part(GoalOut), required=True)
