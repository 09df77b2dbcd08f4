"""What may be asked of cases, actions and goals, and what is shown of them."""

from __future__ import annotations

from marshmallow import fields, validate

from server.cases.models import (
    EDGE_KINDS,
    EVENTS,
    KINDS,
    NODE_KINDS,
    OUTCOMES,
    PARTS,
    PHASES,
    PILLARS,
    REASONS,
    ZONES,
)
from server.observations.schemas import CODE, WRITING
from server.wire import Day, Id, In, Moment, Out, Part, Row, Text, Whole, at_most, one_of

PURPOSES = ("work", "prepare", "check")
SEALED = {"description": "Wordt verzegeld bewaard."}
SHORT = [validate.Length(min=1, max=80, error="Houd het bij 80 tekens."), WRITING[1]]
SEVERAL_MOST = validate.Length(max=200, error="Houd het bij 200.")
LONG = [validate.Length(min=1, max=1000, error="Schrijf 1 tot 1000 tekens."), WRITING[1]]


def a_version() -> Whole:
    """Return the field that says which version somebody saw."""
    return Whole(required=True, metadata={"description": "Van wat je zag; anders 409."})


class CasesQuery(In):
    closed = Text(load_default="no", validate=one_of(("yes", "no")))
    observation = Id(
        load_default=None,
        metadata={"description": "Alleen casussen waar deze melding in zit; voor het loket."},
    )


class CaseIn(In):
    id = Id(required=True)
    kind = Text(required=True, validate=one_of(KINDS))
    title = Text(required=True, validate=SHORT, metadata=SEALED)
    text = Text(load_default=None, allow_none=True, validate=WRITING, metadata=SEALED)
    area = Text(load_default=None, allow_none=True, validate=CODE)
    bundle = Id(load_default=None, allow_none=True)
    observations = Row(Id(), load_default=list, validate=SEVERAL_MOST)


class CaseChangeIn(In):
    version = a_version()
    title = Text(required=True, validate=SHORT, metadata=SEALED)
    text = Text(load_default=None, allow_none=True, validate=WRITING, metadata=SEALED)


class EvaluationDayIn(In):
    version = a_version()
    evaluate_on = Day(required=True, allow_none=True)


class PhaseIn(In):
    version = a_version()
    phase = Text(required=True, validate=one_of(PHASES))


class AskedIn(In):
    version = a_version()
    asked = Row(Text(validate=at_most(40)), required=True, validate=SEVERAL_MOST)


class SourcesIn(In):
    version = a_version()
    observations = Row(Id(), required=True, validate=SEVERAL_MOST)


class ParticipantIn(In):
    version = a_version()
    person = Id(required=True)
    part = Text(required=True, validate=one_of(PARTS))


class CaseDecisionIn(In):
    id = Id(required=True)
    ground = Text(required=True, validate=at_most(40))
    text = Text(required=True, validate=LONG, metadata=SEALED)
    meeting = Id(load_default=None, allow_none=True)


class ClosingIn(In):
    version = a_version()
    outcome = Text(required=True, validate=one_of(OUTCOMES))
    text = Text(required=True, validate=LONG, metadata=SEALED)
    word = Text(
        load_default=None,
        allow_none=True,
        validate=WRITING,
        metadata={"description": "Aan wie alleen aan deze casus meewerkte: hoe liep het af."},
    )


class ReopeningIn(In):
    version = a_version()
    text = Text(required=True, validate=LONG, metadata=SEALED)


class CaseOpeningIn(In):
    purpose = Text(required=True, validate=one_of(PURPOSES))


class CaseUnmaskingIn(In):
    reason = Text(required=True, validate=one_of(REASONS))
    meeting = Id(load_default=None, allow_none=True)


class PlansOpeningIn(In):
    """Nothing is asked."""


class CaseRowOut(Out):
    id = Id(required=True)
    number = fields.Integer(required=True)
    kind = fields.String(required=True, validate=one_of(KINDS))
    area = fields.String(required=True, allow_none=True)
    phase = fields.String(required=True, validate=one_of(PHASES))
    phase_at = Moment(required=True)
    evaluate_on = fields.Date(required=True, allow_none=True)
    closed_on = fields.Date(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    whole = fields.Boolean(
        required=True, metadata={"description": "Je mag de casus openen, niet alleen de fase zien."}
    )


class CaseWordOut(Out):
    number = fields.Integer(required=True)
    closed_on = fields.Date(required=True)
    text = fields.String(required=True, allow_none=True)


class CasesOut(Out):
    items = fields.List(Part(CaseRowOut), required=True)


class CaseWordsOut(Out):
    items = fields.List(Part(CaseWordOut), required=True)


class WhoOut(Out):
    id = Id(required=True)
    name = fields.String(required=True)


class CaseParticipantOut(WhoOut):
    part = fields.String(required=True, validate=one_of(PARTS))
    ended = fields.Boolean(required=True, metadata={"description": "Diens toegang is gestopt."})


class CaseSourceOut(Out):
    id = Id(required=True)
    area = fields.String(required=True, allow_none=True)
    date = fields.Date(required=True)
    card = fields.String(required=True)
    owed = fields.Boolean(
        required=True, metadata={"description": "De melder heeft nog geen antwoord."}
    )


class CaseOut(CaseRowOut):
    version = fields.Integer(required=True)
    asked = fields.List(fields.String(), required=True)
    participants = fields.List(Part(CaseParticipantOut), required=True)
    observations = fields.Integer(required=True)
    sources = fields.List(
        Part(CaseSourceOut),
        required=True,
        metadata={"description": "De meldingen zelf, alleen voor het loket."},
    )
    owed = fields.Integer(
        required=True, metadata={"description": "Zoveel melders hebben nog geen antwoord."}
    )
    unmasked = fields.Boolean(required=True)


class CaseNodeOut(Out):
    id = Id(required=True)
    kind = fields.String(required=True, validate=one_of(NODE_KINDS))
    zone = fields.String(required=True, validate=one_of(ZONES))
    letter = fields.String(required=True)
    since = fields.Date(required=True)
    until = fields.Date(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    role = fields.String(required=True, allow_none=True)
    cases = fields.List(
        fields.Integer(),
        required=True,
        metadata={"description": "Nummers van andere casussen die je mag zien."},
    )


class CaseEdgeOut(Out):
    id = Id(required=True)
    from_id = Id(required=True)
    to_id = Id(required=True)
    kind = fields.String(required=True, validate=one_of(EDGE_KINDS))
    since = fields.Date(required=True)
    until = fields.Date(required=True, allow_none=True)
    label = fields.String(required=True, allow_none=True)


class DecisionOut(Out):
    id = Id(required=True)
    at = Moment(required=True)
    ground = fields.String(required=True)
    text = fields.String(required=True, allow_none=True)


class CaseEventOut(Out):
    at = Moment(required=True)
    kind = fields.String(required=True, validate=one_of(EVENTS))
    phase = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)


class CaseOpeningOut(Out):
    masked = fields.Boolean(required=True)
    title = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)
    nodes = fields.List(Part(CaseNodeOut), required=True)
    edges = fields.List(Part(CaseEdgeOut), required=True)
    decisions = fields.List(Part(DecisionOut), required=True)
    texts = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True), required=True)
    events = fields.List(Part(CaseEventOut), required=True)


class AskOut(Out):
    id = fields.String(required=True)
    phase = fields.String(required=True, validate=one_of(PHASES))
    text = fields.String(required=True)


class ActionKindOut(Out):
    id = fields.String(required=True)
    pillar = fields.String(required=True, validate=one_of(PILLARS))
    text = fields.String(required=True)


class CaseGroundOut(Out):
    id = fields.String(required=True)
    name = fields.String(required=True)


class CaseChoicesOut(Out):
    asks = fields.List(Part(AskOut), required=True)
    actions = fields.List(Part(ActionKindOut), required=True)
    grounds = fields.List(Part(CaseGroundOut), required=True)
    owners = fields.List(Part(WhoOut), required=True)


class CasePersonOut(WhoOut):
    organisation = fields.String(required=True)
    agenda_only = fields.Boolean(
        required=True,
        metadata={"description": "Alleen als agendalid: ziet wat een overleg voorlegt."},
    )


class CasePeopleOut(Out):
    items = fields.List(Part(CasePersonOut), required=True)
