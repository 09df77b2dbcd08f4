"""What comes in and goes out about goals and the survey."""

from __future__ import annotations

from marshmallow import fields

from server.effect.halves import SHAPE
from server.effect.service import ENTERED, GOALS
from server.effect.survey import QUESTIONS
from server.wire import Flag, In, Out, Part, Row, Shape, Text, Whole, at_most, between, one_of

HALF = {"pattern": "^[0-9]{4}-H[12]$", "example": "2026-H2"}
HALF_ERROR = "Schrijf een half jaar als 2026-H2."
# Something that can be seen; lines may break, other control characters are not kept.
KEPT = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*"
MEASURE = rf"^{KEPT}[^\s\x00-\x1f\x7f]{KEPT}$"
UNITS = ("percent", "count")


def _few() -> Flag:
    return Flag(
        load_default=False,
        metadata={"description": "Het zijn er weinig: minder dan vijf. Dan is het getal `null`."},
    )


def _over() -> Whole:
    return Whole(
        load_default=None,
        allow_none=True,
        validate=between(0, 1_000_000),
        metadata={
            "description": "Over hoeveel mensen het percentage gaat; bij een aantal hoort dit niet."
        },
    )


def _told_over() -> fields.Integer:
    return fields.Integer(
        required=True,
        allow_none=True,
        metadata={
            "description": "Over hoeveel mensen het percentage gaat. `null` als er dan een klein "
            "aantal uit te rekenen is."
        },
    )


class EffectGoalIn(In):
    goal = Text(required=True, validate=one_of(tuple(GOALS)))
    measure = Text(
        required=True,
        validate=[at_most(200), Shape(MEASURE, error="Schrijf op hoe je het meet.")],
        metadata={"description": "Hoe je het meet, zonder namen."},
    )
    baseline = Whole(required=True, allow_none=True, validate=between(0, 1_000_000))
    few = _few()
    over = _over()
    version = Whole(required=True, validate=between(0, 1_000_000))


class EffectValueIn(In):
    goal = Text(required=True, validate=one_of(ENTERED))
    half = Text(required=True, validate=Shape(SHAPE, error=HALF_ERROR), metadata=HALF)
    value = Whole(
        required=True,
        allow_none=True,
        validate=between(0, 1_000_000),
        metadata={"description": "`null` haalt de waarde weg, tenzij `few`."},
    )
    few = _few()
    over = _over()
    version = Whole(required=True, validate=between(0, 1_000_000))


class EffectValueOut(Out):
    half = fields.String(required=True, metadata=HALF)
    value = fields.Integer(required=True, allow_none=True)
    few = fields.Boolean(
        required=True,
        metadata={
            "description": "Te weinig om te tonen: onder de vijf of verborgen. Een percentage waar "
            "niemand bij zei over hoeveel mensen het gaat, is verborgen."
        },
    )
    over = _told_over()
    version = fields.Integer(required=True)


class SaidYesOut(Out):
    half = fields.String(required=True, metadata=HALF)
    question = fields.String(required=True, validate=one_of(tuple(QUESTIONS)))
    value = fields.Integer(required=True, metadata={"description": "In procent."})
    over = fields.Integer(required=True, metadata={"description": "Van hoeveel antwoorden."})


class EffectGoalOut(Out):
    goal = fields.String(required=True, validate=one_of(tuple(GOALS)))
    unit = fields.String(required=True, validate=one_of(UNITS))
    entered = fields.Boolean(
        required=True, metadata={"description": "Nee: de waarden komen uit de kwartaalcijfers."}
    )
    measure = fields.String(required=True)
    baseline = fields.Integer(required=True, allow_none=True)
    baseline_few = fields.Boolean(required=True)
    baseline_over = _told_over()
    baseline_half = fields.String(
        required=True,
        allow_none=True,
        metadata={
            **HALF,
            "description": "Het half jaar waar het begin uit komt; `null`: iemand vulde het in.",
        },
    )
    version = fields.Integer(required=True)
    values = Row(Part(EffectValueOut), required=True)
    said_yes = Row(
        Part(SaidYesOut),
        required=True,
        metadata={
            "description": "Welk deel van de melders ja zegt op de vraag die over dit doel gaat."
        },
    )


class SurveyChoiceOut(Out):
    id = fields.String(required=True)
    text = fields.String(required=True)


class SurveyQuestionOut(Out):
    id = fields.String(required=True)
    text = fields.String(required=True)
    choices = Row(Part(SurveyChoiceOut), required=True)


class SurveyChoiceCountOut(Out):
    choice = fields.String(required=True)
    count = fields.Integer(
        required=True, allow_none=True, metadata={"description": "`null` is verborgen."}
    )


class SurveyQuestionCountOut(Out):
    question = fields.String(required=True)
    total = fields.Integer(required=True, allow_none=True)
    choices = Row(Part(SurveyChoiceCountOut), required=True)


class SurveyResultOut(Out):
    half = fields.String(required=True, metadata=HALF)
    questions = Row(Part(SurveyQuestionCountOut), required=True)


class EffectOut(Out):
    half = fields.String(required=True, metadata={**HALF, "description": "Het lopende half jaar."})
    goals = Row(Part(EffectGoalOut), required=True)
    questions = Row(Part(SurveyQuestionOut), required=True)
    survey = Row(Part(SurveyResultOut), required=True)


class SurveyOut(Out):
    half = fields.String(
        required=True,
        allow_none=True,
        metadata={**HALF, "description": "`null`: er is nu niets te vragen."},
    )
    questions = Row(Part(SurveyQuestionOut), required=True)


def _answer(question: str) -> Text:
    return Text(required=True, validate=one_of(tuple(QUESTIONS[question][1])))


SurveyAnswersIn = In.from_dict({name: _answer(name) for name in QUESTIONS}, name="SurveyAnswersIn")


class SurveyIn(In):
    half = Text(required=True, validate=Shape(SHAPE, error=HALF_ERROR), metadata=HALF)
    answers = Part(
        SurveyAnswersIn,
        required=True,
        allow_none=True,
        metadata={
            "description": "`null`: overgeslagen. Dan vragen we het dit half jaar niet meer."
        },
    )
