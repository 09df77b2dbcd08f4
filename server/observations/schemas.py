"""What the desk may ask and is shown of observations."""

from __future__ import annotations

from marshmallow import fields, validate

from server.cards.kinds import GROUPS
from server.observations import reporter
from server.observations.inbox import VIEWS
from server.observations.models import (
    BASES,
    DESKS,
    FEEDBACK_KINDS,
    NO_FEEDBACK_REASONS,
    SOURCES,
    STATES,
    TOLD,
    URGENCIES,
)
from server.observations.nearby import NEAR
from server.wire import (
    Flag,
    Id,
    In,
    Moment,
    OpenIn,
    Out,
    Part,
    Shape,
    Text,
    Whole,
    WholeInQuery,
    at_most,
    between,
    one_of,
)

CODE = Shape(r"^[A-Za-z0-9-]{1,40}$", error="Kies iets uit de lijst.")
PURPOSES = ("own", "handle", "consult", "cover")
PROBLEMS = ("unknown_key", "broken_seal")
# Line breaks and tabs are writing; the other control characters are not.
WRITING = [
    validate.Length(max=1000, error="Deze tekst is te lang. Houd het bij 1000 tekens."),
    Shape(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$", error="Gebruik gewone letters en tekens."),
]


class InboxQuery(In):
    view = Text(load_default="all", validate=one_of(VIEWS))
    desk = Text(validate=one_of(DESKS))
    card = Text(validate=CODE)
    group = Text(
        validate=one_of(GROUPS), metadata={"description": "Alleen met een signaal van dit soort."}
    )
    area = Text(validate=CODE)
    urgency = Text(validate=one_of(URGENCIES))
    older_than = WholeInQuery(
        data_key="olderThan",
        validate=between(1, 3650),
        metadata={"description": "Alleen wat langer geleden binnenkwam dan zoveel dagen."},
    )
    cursor = Text(
        validate=at_most(300),
        metadata={"description": "De `next` van de vorige bladzijde."},
    )
    limit = WholeInQuery(load_default=50, validate=between(1, 100))


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


class PurposeIn(OpenIn):
    purpose = Text(required=True, validate=one_of(PURPOSES, "Kies waarom je dit opent."))


class OpeningIn(PurposeIn):
    note = Text(
        load_default=None,
        allow_none=True,
        validate=WRITING,
        metadata={"description": "Toelichting, verzegeld bij de melding en niet in het logboek."},
    )


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


class ReporterOpeningIn(In):
    purpose = Text(
        required=True,
        validate=one_of(reporter.PURPOSES, "Kies waarom je wilt weten wie dit meldde."),
        metadata={
            "description": "Om iets te vragen (`contact`), voor iemands veiligheid (`safety`), of "
            "omdat het van de wet moet (`legal`)."
        },
    )


class ReporterOpeningOut(Out):
    id = Id(required=True)
    opened_at = Moment(required=True)
    name = fields.String(required=True)
    role_label = fields.String(required=True)
    organisation = fields.String(required=True)


class StateIn(In):
    state = Text(required=True, validate=one_of(("in_progress", "closed")))
    version = Whole(
        required=True, metadata={"description": "De `version` die je zag: zo overschrijf je niets."}
    )
    reason = Text(
        load_default=None,
        allow_none=True,
        validate=one_of(NO_FEEDBACK_REASONS),
        metadata={"description": "Waarom de melder geen terugkoppeling krijgt."},
    )


class WithdrawalIn(In):
    decision = Text(required=True, validate=one_of(("erase", "keep")))
    version = Whole(
        required=True, metadata={"description": "De `version` die je zag: zo overschrijf je niets."}
    )


class FeedbackIn(In):
    id = Id(
        required=True, metadata={"description": "Gemaakt door het scherm; twee keer is één keer."}
    )
    kind = Text(required=True, validate=one_of(FEEDBACK_KINDS, "Kies een antwoord uit de lijst."))
    text = Text(load_default=None, allow_none=True, validate=WRITING)
    version = Whole(
        load_default=None,
        allow_none=True,
        metadata={"description": "De `version` die je zag: was een collega eerder, dan 409."},
    )
    told = Text(
        load_default=None,
        allow_none=True,
        validate=one_of(TOLD, "Kies hoe je het vertelde."),
        metadata={"description": "Hoe een melder zonder app het hoorde; alleen dan, en dan moet."},
    )
    close = Flag(load_default=False, metadata={"description": "Rond hem daarna meteen af."})


class HandoverIn(In):
    desk = Text(required=True, validate=one_of(DESKS, "Kies een loket."))
    version = Whole(
        required=True, metadata={"description": "De `version` die je zag: zo overschrijf je niets."}
    )
    note = Text(
        load_default=None,
        allow_none=True,
        validate=WRITING,
        metadata={"description": "Voor het andere loket, verzegeld bij de melding."},
    )


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


class LateBoxOut(Out):
    items = fields.List(Part(LateItemOut), required=True)


class LateOpeningOut(Out):
    opened = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    problem = fields.String(required=True, allow_none=True, validate=one_of(PROBLEMS))
    plain = fields.Dict(keys=fields.String(), required=True)


class LogQuery(In):
    cursor = WholeInQuery(
        validate=between(1, 10**15 - 1),
        metadata={"description": "De `next` van de vorige bladzijde."},
    )
    limit = WholeInQuery(load_default=50, validate=between(1, 100))


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
