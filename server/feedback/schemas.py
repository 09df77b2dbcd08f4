"""What is said about answers: when they come, who is away, and whether they were of use."""

from __future__ import annotations

from marshmallow import fields, validate

from server.observations.models import DESKS, FEEDBACK_KINDS, TOLD
from server.observations.schemas import WRITING
from server.wire import SAID, Flag, Id, In, Out, Part, Row, Text, Whole, one_of


class UsefulIn(In):
    useful = Flag(required=True)


class AwayOut(Out):
    desk = fields.String(required=True, validate=one_of(DESKS))
    until = fields.Date(required=True, metadata={"description": "Deze dag ook nog."})
    replaced = fields.Boolean(required=True)


class WaitingOut(Out):
    id = Id(required=True)
    until = fields.Date(required=True)
    replaced = fields.Boolean(required=True)


class ExpectationsOut(Out):
    usual_days = fields.Integer(
        required=True,
        allow_none=True,
        metadata={
            "description": "Werkdagen; leeg als er te weinig antwoorden zijn. Verandert hooguit "
            "één keer per maand.",
            "example": 4,
        },
    )
    away = fields.List(
        Part(AwayOut),
        required=True,
        metadata={"description": "Loketten waar nu niemand is."},
    )
    waiting = fields.List(
        Part(WaitingOut),
        required=True,
        metadata={"description": "Eigen meldingen die liggen bij wie er niet is."},
    )


class FiguresOut(Out):
    days = fields.Integer(
        required=True, metadata={"description": "Over zoveel dagen.", "example": 91}
    )
    answered = fields.Integer(required=True)
    on_time = fields.Integer(required=True)
    median_days = fields.Integer(
        required=True, allow_none=True, metadata={"description": "In werkdagen."}
    )
    missed = fields.Integer(
        required=True, metadata={"description": "Gewist zonder het antwoord dat er moest komen."}
    )
    useful = fields.Integer(required=True)
    not_useful = fields.Integer(required=True)


class BundleAnswerIn(In):
    observation = Id(required=True)
    id = Id(
        required=True, metadata={"description": "Gemaakt door het scherm; twee keer is één keer."}
    )
    version = Whole(
        load_default=None,
        allow_none=True,
        metadata={"description": "De `version` die je zag: zo overschrijf je niets."},
    )
    told = Text(
        load_default=None,
        allow_none=True,
        validate=one_of(TOLD),
        metadata={"description": "Hoe een melder zonder app het hoorde."},
    )


class BundleFeedbackIn(In):
    kind = Text(required=True, validate=one_of(FEEDBACK_KINDS, "Kies een antwoord uit de lijst."))
    text = Text(load_default=None, allow_none=True, validate=WRITING)
    answers = Row(
        Part(BundleAnswerIn),
        required=True,
        validate=validate.Length(1, 100, error="Antwoord op één tot en met honderd meldingen."),
    )


class BundleFeedbackOut(Out):
    answered = fields.Integer(required=True)


class SubstituteOut(Out):
    id = Id(required=True)
    name = fields.String(required=True)


class AbsenceOut(Out):
    until = fields.Date(required=True)
    substitute = Part(SubstituteOut, required=True, allow_none=True)


class ColleagueOut(SubstituteOut):
    role_label = fields.String(required=True)
    absence = Part(AbsenceOut, required=True, allow_none=True)


class ColleaguesOut(Out):
    items = fields.List(Part(ColleagueOut), required=True)


class AbsenceIn(In):
    until = fields.Date(
        required=True,
        error_messages={**SAID, "invalid": "Hier hoort een dag zoals 2026-12-01."},
    )
    substitute = Id(
        load_default=None,
        allow_none=True,
        metadata={"description": "Wie vervangt; neemt over wat open staat."},
    )


class TakenOverOut(Out):
    taken_over = fields.Integer(
        required=True, metadata={"description": "Zoveel meldingen gingen naar de vervanger."}
    )
