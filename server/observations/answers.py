"""What the desk is shown of observations."""

from __future__ import annotations

from marshmallow import fields

from server.observations.models import (
    BASES,
    CLOSED_LATE,
    DESKS,
    FEEDBACK_KINDS,
    SOURCES,
    STATES,
    TOLD,
    URGENCIES,
)
from server.observations.nearby import NEAR
from server.observations.schemas import PROBLEMS, PURPOSES
from server.wire import (
    Id,
    Moment,
    Out,
    Part,
    one_of,
)


class SomebodyOut(Out):
    id = Id(required=True)
    name = fields.String(required=True)


class InboxItemOut(Out):
    id = Id(required=True)
    receipt = fields.String(required=True, metadata={"example": "7K2-4MX"})
    card = fields.String(required=True)
    card_version = fields.Integer(required=True)
    area = fields.String(required=True, allow_none=True)
    date = fields.Date(required=True)
    basis = fields.String(required=True, validate=one_of(BASES))
    urgency = fields.String(required=True, validate=one_of(URGENCIES))
    desk = fields.String(required=True, validate=one_of(DESKS))
    signals = fields.List(fields.String(), required=True)
    protective = fields.List(fields.String(), required=True)
    state = fields.String(required=True, validate=one_of(STATES))
    received_at = Moment(required=True)
    made_at = Moment(required=True, metadata={"description": "Volgens de klok van de telefoon."})
    skewed = fields.Boolean(
        required=True, metadata={"description": "Die klok liep meer dan tien minuten verkeerd."}
    )
    read_by = fields.Date(required=True)
    answer_by = fields.Date(required=True)
    due = fields.String(required=True, validate=one_of(("none", "soon", "late")))
    waiting = fields.Boolean(required=True)
    answered = fields.Boolean(required=True)
    new_addition = fields.Boolean(required=True)
    withdrawal = fields.Boolean(required=True)
    source = fields.String(
        required=True,
        validate=one_of(SOURCES),
        metadata={"description": "Hoe hij binnenkwam; alles behalve `app` voerde het loket in."},
    )
    nobody = fields.Boolean(
        required=True, metadata={"description": "Er is geen melder om te antwoorden."}
    )
    own = fields.Boolean(
        required=True, metadata={"description": "Je meldde dit zelf: een collega behandelt het."}
    )
    assignee = Part(SomebodyOut, required=True, allow_none=True)
    keep_until = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "De dag waarop hij wordt gewist, buiten een casus."},
    )
    expiring = fields.Boolean(required=True, metadata={"description": "Dat is binnen een week."})
    objection = fields.Boolean(
        required=True, metadata={"description": "Er loopt een bezwaar: gebruik hem nu niet."}
    )
    version = fields.Integer(required=True)


class CountsOut(Out):
    all = fields.Integer(required=True)
    new = fields.Integer(required=True)
    mine = fields.Integer(required=True)
    late = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    expiring = fields.Integer(required=True)
    late_box = fields.Integer(required=True)


class InboxOut(Out):
    items = fields.List(Part(InboxItemOut), required=True)
    next = fields.String(required=True, allow_none=True)
    counts = Part(CountsOut, required=True)


class ReporterOut(Out):
    name = fields.String(required=True)
    role_label = fields.String(required=True, allow_none=True)
    organisation = fields.String(required=True, allow_none=True)
    shielded = fields.Boolean(
        required=True,
        metadata={"description": "Wie meldde is afgeschermd; dit zijn geen echte gegevens."},
    )


class EventOut(Out):
    at = Moment(required=True)
    kind = fields.String(required=True)
    by = Part(SomebodyOut, required=True, allow_none=True)
    detail = fields.String(required=True, allow_none=True)


class SignalWordsOut(Out):
    id = fields.String(required=True, metadata={"example": "BOA-05"})
    text = fields.String(required=True, allow_none=True)
    group = fields.String(required=True, allow_none=True)
    could_be = fields.String(required=True, allow_none=True)
    could_also_be = fields.String(required=True, allow_none=True)


class FactorWordsOut(Out):
    id = fields.String(required=True, metadata={"example": "P-04"})
    text = fields.String(required=True, allow_none=True)


class CardWordsOut(Out):
    version = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Van welke versie de teksten zijn; leeg als er geen zijn."},
    )
    signals = fields.List(Part(SignalWordsOut), required=True)
    protective = fields.List(Part(FactorWordsOut), required=True)


class ObservationOut(InboxItemOut):
    reporter = Part(ReporterOut, required=True)
    entered_by = Part(
        SomebodyOut,
        required=True,
        allow_none=True,
        metadata={"description": "Wie hem invoerde, als hij niet door de app kwam."},
    )
    words = Part(
        CardWordsOut,
        required=True,
        metadata={"description": "De teksten van de kaart zoals de melder die zag."},
    )
    timeline = fields.List(Part(EventOut), required=True)


class OpenedAdditionOut(Out):
    id = Id(required=True)
    at = Moment(required=True)
    question = Id(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)


class OpenedFeedbackOut(Out):
    id = Id(required=True)
    kind = fields.String(required=True, validate=one_of(FEEDBACK_KINDS))
    text = fields.String(required=True, allow_none=True)
    at = Moment(required=True)
    by = fields.String(required=True, allow_none=True)


class OpenedNoteOut(Out):
    at = Moment(required=True)
    purpose = fields.String(required=True, validate=one_of((*PURPOSES, "hand_over")))
    text = fields.String(required=True, allow_none=True)
    by = fields.String(required=True)


class OpenedCorrectionOut(Out):
    at = Moment(required=True)
    replaced = fields.Boolean(
        required=True, metadata={"description": "De tekst hierboven is al de verbeterde."}
    )
    text = fields.String(required=True, allow_none=True)
    by = fields.String(required=True)


class OpenedReferralOut(Out):
    id = Id(required=True)
    at = Moment(required=True)
    to = fields.String(required=True)
    ground = fields.String(required=True)
    shared = fields.String(required=True, allow_none=True)
    by = fields.String(required=True)


class OpeningOut(Out):
    id = Id(required=True)
    opened_at = Moment(required=True)
    # What a phone sealed is shown as it is; its inner shape belongs to the card of that day.
    opened = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    problem = fields.String(required=True, allow_none=True, validate=one_of(PROBLEMS))
    additions = fields.List(Part(OpenedAdditionOut), required=True)
    feedback = fields.List(Part(OpenedFeedbackOut), required=True)
    notes = fields.List(
        Part(OpenedNoteOut),
        required=True,
        metadata={"description": "Toelichtingen bij eerdere openingen; leeg voor wie meldde."},
    )
    corrections = fields.List(
        Part(OpenedCorrectionOut),
        required=True,
        metadata={"description": "Wat het loket op verzoek verbeterde; leeg voor wie meldde."},
    )
    referrals = fields.List(
        Part(OpenedReferralOut),
        required=True,
        metadata={"description": "Wie erbij is gehaald en wat die hoorde; leeg voor wie meldde."},
    )


class ReporterOpeningOut(Out):
    id = Id(required=True)
    opened_at = Moment(required=True)
    name = fields.String(required=True)
    role_label = fields.String(required=True)
    organisation = fields.String(required=True)


class NearbyItemOut(Out):
    item = Part(InboxItemOut, required=True)
    reasons = fields.List(
        fields.String(validate=one_of(NEAR)),
        required=True,
        metadata={"description": "Wat er hetzelfde aan is."},
    )
    days = fields.Integer(
        required=True, metadata={"description": "Zoveel dagen ervoor (min) of erna."}
    )
    signals = fields.Integer(
        required=True, metadata={"description": "Hoeveel signalen over hetzelfde gaan."}
    )


class NearbyOut(Out):
    items = fields.List(Part(NearbyItemOut), required=True)


class LateItemOut(Out):
    id = Id(required=True)
    kind = fields.String(required=True)
    reason = fields.String(required=True)
    received_at = Moment(required=True)
    settled_at = Moment(
        required=True, allow_none=True, metadata={"description": "Sinds wanneer het klaar is."}
    )
    settled_as = fields.String(
        required=True, allow_none=True, validate=one_of((*TOLD, *CLOSED_LATE))
    )
    settled_by = Part(SomebodyOut, required=True, allow_none=True)


class LateBoxOut(Out):
    items = fields.List(Part(LateItemOut), required=True)


class LateOpeningOut(Out):
    opened = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    problem = fields.String(required=True, allow_none=True, validate=one_of(PROBLEMS))
    plain = fields.Dict(keys=fields.String(), required=True)
    sender = Part(
        ReporterOut,
        required=True,
        allow_none=True,
        metadata={"description": "Wie dit stuurde; leeg als we die niet kennen."},
    )


class LookedByOut(Out):
    role_label = fields.String(required=True)
    organisation = fields.String(required=True)


class LookOut(Out):
    at = Moment(required=True)
    action = fields.String(required=True)
    subject = fields.String(required=True)
    receipt = fields.String(
        required=True, allow_none=True, metadata={"description": "Van welke melding."}
    )
    purpose = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True)
    by = Part(
        LookedByOut,
        required=True,
        allow_none=True,
        metadata={"description": "Rol en organisatie, geen naam. Leeg: het systeem zelf."},
    )


class LogOut(Out):
    items = fields.List(Part(LookOut), required=True)
    next = fields.Integer(required=True, allow_none=True)
