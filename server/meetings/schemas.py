"""What may be asked about meetings, and what is shown of them."""

from __future__ import annotations

from marshmallow import fields, validate

from server.meetings.evaluations import ANSWERS
from server.meetings.models import KINDS, OUTCOMES, REASONS, STATES
from server.observations.schemas import CODE, WRITING
from server.wire import Id, In, Moment, Out, Part, Row, Shape, Text, Whole, at_most, between, one_of

# One line, without what breaks it or hides in it.
LINE = Shape(r"^[^\x00-\x1f\x7f\u2028\u2029]*$", error="Houd het bij één regel gewone tekst.")
NOT_EMPTY = validate.Length(min=1, error="Dit ontbreekt.")


class PlanIn(In):
    starts_at = Moment(required=True)
    minutes = Whole(load_default=60, validate=between(15, 480))
    place = Text(load_default="", validate=[at_most(100), LINE])


class ChangeIn(PlanIn):
    version = Whole(required=True, validate=between(1, 1_000_000))


class MeetingStateIn(In):
    state = Text(required=True, validate=one_of(("planned", "running", "ended", "cancelled")))
    version = Whole(required=True, validate=between(1, 1_000_000))


class AttendanceIn(In):
    persons = Row(
        Id(), required=True, validate=validate.Length(max=60, error="Kies hooguit 60 mensen.")
    )


class PointIn(In):
    id = Id(required=True, metadata={"description": "Zelf gekozen: nog eens sturen is één punt."})
    title = Text(required=True, validate=[NOT_EMPTY, at_most(120), LINE])


class PlaceIn(In):
    place = Whole(
        required=True,
        validate=between(1, 1000),
        metadata={"description": "De nieuwe plek, vanaf 1. Voorbij het einde is het einde."},
    )


class OutcomeIn(In):
    outcome = Text(required=True, validate=one_of(OUTCOMES))
    ground = Text(load_default=None, allow_none=True, validate=CODE)
    note = Text(load_default=None, allow_none=True, validate=WRITING)
    version = Whole(required=True, validate=between(1, 1_000_000))


class GuestIn(In):
    person = Id(required=True)


class UnmaskingIn(In):
    reason = Text(required=True, validate=one_of(REASONS, "Kies waarom je een naam wilt zien."))


class EvaluationIn(In):
    answers = fields.Dict(
        # Which questions there are stands in the content, so the service knows.
        keys=Text(),
        values=Text(validate=one_of(ANSWERS)),
        required=True,
        error_messages={"required": "Dit ontbreekt.", "invalid": "Hier horen antwoorden."},
        metadata={"example": {"O-01": "yes"}},
    )
    words = Text(load_default=None, allow_none=True, validate=WRITING)


class YearEvaluationIn(EvaluationIn):
    year = Whole(required=True, validate=between(1, 100))


class AboutIn(In):
    meeting = Id(load_default=None, allow_none=True)
    year = Whole(load_default=None, allow_none=True, validate=between(1, 100))


class AttendeeOut(Out):
    id = Id(required=True)
    name = fields.String(required=True)
    role_label = fields.String(required=True)
    organisation = fields.String(required=True)


class MeetingRowOut(Out):
    id = Id(required=True)
    starts_at = Moment(required=True)
    minutes = fields.Integer(required=True)
    place = fields.String(required=True)
    state = fields.String(required=True, validate=one_of(STATES))
    points = fields.Integer(required=True)
    done = fields.Integer(required=True)
    evaluated = fields.Boolean(
        required=True, metadata={"description": "Of je zelf de vragen erna hebt ingevuld."}
    )
    version = fields.Integer(required=True)


class MeetingsOut(Out):
    items = Row(Part(MeetingRowOut), required=True)
    year = fields.Integer(
        required=True, metadata={"description": "Hoeveel jaar overleggen er om zijn."}
    )
    member = fields.Boolean(
        required=True,
        metadata={"description": "Nee: je ziet alleen wat aan je is voorgelegd, zoals het OM."},
    )


class PointOut(Out):
    id = Id(required=True)
    kind = fields.String(required=True, validate=one_of(KINDS))
    subject_id = Id(required=True)
    title = fields.String(
        required=True, metadata={"description": "Leeg bij een eigen punt: dat is verzegeld."}
    )
    detail = fields.String(required=True)
    outcome = fields.String(required=True, allow_none=True, validate=one_of(OUTCOMES))
    ground = fields.String(required=True, allow_none=True)
    done_at = Moment(required=True, allow_none=True)
    written = fields.Boolean(required=True, metadata={"description": "Of er tekst bij staat."})
    guests = Row(Part(AttendeeOut), required=True)
    version = fields.Integer(required=True)


class MeetingOut(Out):
    id = Id(required=True)
    starts_at = Moment(required=True)
    minutes = fields.Integer(required=True)
    place = fields.String(required=True)
    state = fields.String(required=True, validate=one_of(STATES))
    started_at = Moment(required=True, allow_none=True)
    ended_at = Moment(required=True, allow_none=True)
    agenda = Row(Part(PointOut), required=True)
    present = Row(Part(AttendeeOut), required=True)
    possible = Row(Part(AttendeeOut), required=True, metadata={"description": "Wie er kan zijn."})
    candidates = Row(
        Part(AttendeeOut), required=True, metadata={"description": "Aan wie een punt kan."}
    )
    member = fields.Boolean(
        required=True, metadata={"description": "Nee: je ziet alleen wat je is voorgelegd."}
    )
    version = fields.Integer(required=True)


class WrittenOut(Out):
    id = Id(required=True)
    title = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


class OpenedAgendaOut(Out):
    items = Row(Part(WrittenOut), required=True)


class NamesOut(Out):
    names = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "De naam achter elke letter.", "example": {"A": "Zwiep"}},
    )


class SeenOut(Out):
    date = fields.Date(required=True)
    card = fields.String(required=True)
    basis = fields.String(required=True)
    text = fields.String(
        required=True, allow_none=True, metadata={"description": "Met letters voor namen."}
    )


class StageOut(Out):
    reasons = Row(fields.String(), required=True)
    protective = Row(fields.String(), required=True)
    seen = Row(Part(SeenOut), required=True)
    letters = Row(fields.String(), required=True)


class EvaluationQuestionOut(Out):
    id = fields.String(required=True)
    text = fields.String(required=True)


class FoundOut(Out):
    meeting = Id(required=True, allow_none=True)
    year = fields.Integer(required=True, allow_none=True)
    at = Moment(required=True)
    count = fields.Integer(required=True)
    answers = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Integer()),
        required=True,
        metadata={"example": {"O-01": {"yes": 3, "partly": 1, "no": 0}}},
    )


class EvaluationsOut(Out):
    questions = Row(Part(EvaluationQuestionOut), required=True)
    year_questions = Row(Part(EvaluationQuestionOut), required=True)
    items = Row(Part(FoundOut), required=True)


class WordsOut(Out):
    words = Row(fields.String(), required=True)


class FeedOut(Out):
    made_at = Moment(required=True, allow_none=True)


class NewFeedOut(Out):
    url = fields.String(
        required=True, metadata={"description": "Staat alleen in dit antwoord; bewaar het niet."}
    )
