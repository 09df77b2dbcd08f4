"""The cards for phones, and what a card looks like in the API."""

from __future__ import annotations

from flask import Response
from marshmallow import fields

from server.access import allow, signed_in_person
from server.cards import service
from server.content.answers import answer_unless_known
from server.db import now
from server.keyring import ring
from server.openapi import Blueprint
from server.openapi.about import SESSION_OR_NONE
from server.openapi.answers import ETAG_HEADER
from server.wire import Out

blp = Blueprint("cards", __name__, description="Signaalkaarten.")


def _words() -> fields.List[str]:
    return fields.List(fields.String(), required=True)


class SignalOut(Out):
    id = fields.String(required=True, metadata={"example": "BOA-05"})
    group = fields.String(required=True)
    concept = fields.String(required=True)
    text = fields.String(required=True)
    weight = fields.String(required=True, metadata={"enum": ["licht", "opvallend", "ernstig"]})
    caution = fields.String(required=True, allow_none=True)
    alarm = fields.String(required=True, allow_none=True)


class FactorOut(Out):
    id = fields.String(required=True)
    level = fields.String(required=True)
    text = fields.String(required=True)


class LevelOut(Out):
    id = fields.String(required=True, metadata={"enum": ["red", "orange", "yellow", "green"]})
    name = fields.String(required=True)
    title = fields.String(required=True)
    when = fields.String(required=True)
    text = fields.String(required=True)
    steps = _words()
    contacts = _words()


class CardFormOut(Out):
    wpg = fields.Boolean(required=True)
    names = fields.String(required=True, metadata={"enum": ["open", "behind_question"]})
    desk = fields.String(required=True, metadata={"enum": ["sociaal", "veiligheid"]})


class SourceOut(Out):
    code = fields.String(required=True)
    title = fields.String(required=True)
    url = fields.String(required=True, allow_none=True)


class CardOut(Out):
    id = fields.String(required=True, metadata={"example": "boa"})
    title = fields.String(required=True)
    audience = fields.String(required=True)
    emblem = fields.String(required=True)
    version = fields.Integer(required=True)
    reviewed_on = fields.Date(required=True)
    review_note = fields.String(required=True)
    intro = fields.String(required=True)
    note = fields.String(required=True, allow_none=True)
    tip = fields.String(required=True)
    form = fields.Nested(CardFormOut, required=True)
    signals = fields.List(fields.Nested(SignalOut), required=True)
    risk_note = fields.String(required=True)
    risk_factors = fields.List(fields.Nested(FactorOut), required=True)
    protective_factors = fields.List(fields.Nested(FactorOut), required=True)
    levels = fields.List(fields.Nested(LevelOut), required=True)
    steps = _words()
    do = _words()
    dont = _words()
    pitfalls = _words()
    contacts = _words()
    sources = fields.List(fields.Nested(SourceOut), required=True)


class ContactOut(Out):
    class Meta(Out.Meta):
        # A word that Python keeps for itself cannot be an attribute.
        include = {"for": fields.String(required=True)}  # noqa: RUF012

    id = fields.String(required=True)
    name = fields.String(required=True)
    number = fields.String(required=True, metadata={"description": "Leeg als er geen nummer is."})
    url = fields.String(required=True, allow_none=True)


class DeskHoursOut(Out):
    class Meta(Out.Meta):
        include = {"from": fields.String(required=True, metadata={"example": "08.30"})}  # noqa: RUF012

    text = fields.String(required=True)
    days = fields.List(
        fields.Integer(), required=True, metadata={"description": "1 is maandag, 7 is zondag."}
    )
    until = fields.String(required=True)


class TermsOut(Out):
    read_days = fields.Integer(required=True, metadata={"description": "In werkdagen."})
    answer_days = fields.Integer(required=True, metadata={"description": "In werkdagen."})


class SwitchesOut(Out):
    offline_recording = fields.Boolean(required=True)
    draft_hours = fields.Integer(required=True)


class GemeenteOut(Out):
    name = fields.String(required=True)
    code = fields.String(required=True, metadata={"example": "GM0267"})
    phone = fields.String(required=True)
    contacts = fields.List(fields.Nested(ContactOut), required=True)
    desk_hours = fields.Nested(DeskHoursOut, required=True)
    terms = fields.Nested(TermsOut, required=True)
    role_labels = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    group_labels = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    switches = fields.Nested(SwitchesOut, required=True)


class PublishedKeyOut(Out):
    id = fields.String(required=True, metadata={"example": "2026-11-3f9c"})
    public_key = fields.String(required=True, metadata={"description": "Punt op P-256, base64."})


class CardsOut(Out):
    version = fields.String(required=True)
    gemeente = fields.Nested(GemeenteOut, required=True)
    seal_key = fields.Nested(PublishedKeyOut, required=True)
    cards = fields.List(fields.Nested(CardOut), required=True)


@blp.route("/cards")
@allow("anyone")
@blp.doc(security=SESSION_OR_NONE)
@blp.response(200, CardsOut, headers=ETAG_HEADER)
@blp.alt_response(
    304, description="Er is niets veranderd sinds de ETag die je meestuurt.", headers=ETAG_HEADER
)
def show_cards() -> Response:
    """Haal de signaalkaarten op

    Geeft de kaarten met al hun teksten, wat er per gemeente anders is, en de sleutel waarmee een
    telefoon meldingen verzegelt. Zonder sessie krijg je alleen de kaarten die de gemeente voor
    iedereen heeft opengezet. Stuur de `ETag` van de vorige keer mee als `If-None-Match`: is er
    niets veranderd, dan is het antwoord 304 zonder inhoud.
    """
    cards = service.library().as_json(open_only=signed_in_person() is None)
    response = answer_unless_known({**cards, "seal_key": ring().current(now()).published()})
    # Signing in shows more cards; a cache must not mix the two up.
    response.vary.add("Cookie")
    return response
