"""The cards for phones."""

from __future__ import annotations

from flask import Response

from server.access.door import allow, signed_in_person
from server.cards import service
from server.cards.answers import CardsOut
from server.content.answers import answer_unless_known
from server.db import now
from server.keyring import ring
from server.openapi import Blueprint
from server.openapi.about import SESSION_OR_NONE
from server.openapi.answers import ETAG_HEADER

blp = Blueprint("cards", __name__, description="Signaalkaarten.")


@blp.route("/cards")
@allow("look_around")
@blp.doc(security=SESSION_OR_NONE)
@blp.response(200, CardsOut, headers=ETAG_HEADER)
@blp.alt_response(
    304, description="Er is niets veranderd sinds de ETag die je meestuurt.", headers=ETAG_HEADER
)
def show_cards() -> Response:
    """Haal de signaalkaarten op

    Geeft de kaarten met al hun teksten, wat er per gemeente anders is, en de sleutel waarmee een
    telefoon meldingen verzegelt. Zonder sessie krijg je de kaarten voor ouders en jongeren, en
    wat de gemeente voor iedereen heeft opengezet. Stuur de `ETag` van de vorige keer mee als
    `If-None-Match`: is er niets veranderd, dan is het antwoord 304 zonder inhoud.
    """
    cards = service.library().as_json(open_only=signed_in_person() is None)
    response = answer_unless_known({**cards, "seal_key": ring().current(now()).published()})
    # Signing in shows more cards; a cache must not mix the two up.
    response.vary.add("Cookie")
    return response
