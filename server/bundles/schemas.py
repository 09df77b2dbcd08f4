"""What the desk may ask and is shown of bundles."""

from __future__ import annotations

from marshmallow import fields, validate

from server.bundles.models import REASONS
from server.observations.answers import OpeningOut, SomebodyOut
from server.observations.models import BASES, DESKS, SOURCES, STATES, URGENCIES
from server.observations.schemas import WRITING
from server.wire import Id, In, Moment, Out, Part, Row, Text, Whole, WholeInQuery, between, one_of

VERSION = {"description": "De `version` die je zag: zo overschrijf je niets."}
WORDS = fields.List(
    fields.String(validate=one_of(REASONS)),
    required=True,
    metadata={"description": "Waarom, in vaste woorden; nooit een getal."},
)
SEVERAL = validate.Length(min=1, max=50, error="Kies 1 tot en met 50 meldingen.")


class MemberOut(Out):
    """The plain part of an observation; the rest stays shut."""

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
    source = fields.String(
        required=True,
        validate=one_of(SOURCES),
        metadata={"description": "Alles behalve `app` voerde het loket in: die melder bel je."},
    )
    nobody = fields.Boolean(
        required=True, metadata={"description": "Er is geen melder om te antwoorden."}
    )
    answered = fields.Boolean(
        required=True, metadata={"description": "De melder kreeg een antwoord dat iets belooft."}
    )
    version = fields.Integer(required=True, metadata=VERSION)


class SuggestionOut(Out):
    observation = Part(MemberOut, required=True)
    reasons = WORDS
    bundle = Id(
        required=True,
        allow_none=True,
        metadata={"description": "De bundel waar die al in zit; die staat er één keer bij."},
    )


class SuggestionsOut(Out):
    on = fields.Boolean(required=True, metadata={"description": "De gemeente wil dit weten."})
    ready = fields.Boolean(
        required=True,
        metadata={"description": "Nee: de melding is zo nieuw dat er nog niet is gekeken."},
    )
    bundle = Id(
        required=True, allow_none=True, metadata={"description": "De bundel van deze melding."}
    )
    items = fields.List(Part(SuggestionOut), required=True)


class RejectionIn(In):
    observation = Id(required=True, metadata={"description": "De andere melding."})


class BundlesQuery(In):
    limit = WholeInQuery(load_default=100, validate=between(1, 200))


class BundleRowOut(Out):
    id = Id(required=True)
    reasons = WORDS
    made_at = Moment(required=True)
    members = fields.Integer(required=True)
    answered = fields.Integer(
        required=True, metadata={"description": "Van zoveel weet de melder wat ermee gebeurt."}
    )
    areas = fields.List(fields.String(), required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)


class BundlesOut(Out):
    items = fields.List(Part(BundleRowOut), required=True)


class StayOut(Out):
    """An observation in a bundle, or one that was taken out of it."""

    observation = Part(MemberOut, required=True)
    added_at = Moment(required=True)
    added_by = Part(SomebodyOut, required=True, allow_none=True)
    removed_at = Moment(required=True, allow_none=True)
    removed_by = Part(SomebodyOut, required=True, allow_none=True)


class BundleOut(Out):
    id = Id(required=True)
    reasons = WORDS
    has_note = fields.Boolean(
        required=True, metadata={"description": "Er is iets bij geschreven; dat is verzegeld."}
    )
    made_at = Moment(required=True)
    made_by = Part(SomebodyOut, required=True, allow_none=True)
    ended_at = Moment(required=True, allow_none=True)
    merged_into = Id(
        required=True,
        allow_none=True,
        metadata={"description": "De bundel waar alles naartoe ging, als hij is samengevoegd."},
    )
    version = fields.Integer(required=True)
    members = fields.List(Part(StayOut), required=True)
    taken_out = fields.List(Part(StayOut), required=True)
    suggestions = fields.List(Part(SuggestionOut), required=True)


class BundleIn(In):
    observations = Row(Id(), required=True, validate=SEVERAL)
    reasons = Row(
        Text(validate=one_of(REASONS)),
        load_default=list,
        validate=validate.Length(max=len(REASONS), error="Kies elk woord één keer."),
        metadata={"description": "Leeg: de woorden waarmee ze op elkaar leken."},
    )
    note = Text(
        load_default=None,
        allow_none=True,
        validate=WRITING,
        metadata={"description": "In je eigen woorden waarom; wordt verzegeld bewaard."},
    )


class MembersIn(In):
    observations = Row(Id(), required=True, validate=SEVERAL)
    version = Whole(required=True, metadata=VERSION)


class MergerIn(In):
    bundle = Id(required=True, metadata={"description": "De bundel die hierin opgaat."})
    version = Whole(required=True, metadata=VERSION)


class BundleOpeningIn(In):
    """One reason for everything in the bundle."""

    purpose = Text(
        required=True, validate=one_of(("handle", "consult", "cover"), "Kies waarom je ze opent.")
    )
    note = Text(
        load_default=None,
        allow_none=True,
        validate=WRITING,
        metadata={"description": "Toelichting, verzegeld bij elke melding en niet in het logboek."},
    )


class BundleOpeningOut(Out):
    note = fields.String(required=True, allow_none=True)
    openings = fields.List(Part(OpeningOut), required=True)
