"""What the desk may ask of observations."""

from __future__ import annotations

from marshmallow import validate

from server.cards.kinds import GROUPS
from server.observations import reporter
from server.observations.inbox import VIEWS
from server.observations.models import (
    DESKS,
    FEEDBACK_KINDS,
    NO_FEEDBACK_REASONS,
    TOLD,
    URGENCIES,
)
from server.wire import (
    Flag,
    Id,
    In,
    OpenIn,
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


class PurposeIn(OpenIn):
    purpose = Text(required=True, validate=one_of(PURPOSES, "Kies waarom je dit opent."))


class OpeningIn(PurposeIn):
    note = Text(
        load_default=None,
        allow_none=True,
        validate=WRITING,
        metadata={"description": "Toelichting, verzegeld bij de melding en niet in het logboek."},
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


class LogQuery(In):
    cursor = WholeInQuery(
        validate=between(1, 10**15 - 1),
        metadata={"description": "De `next` van de vorige bladzijde."},
    )
    limit = WholeInQuery(load_default=50, validate=between(1, 100))
