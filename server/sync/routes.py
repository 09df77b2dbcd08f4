"""The one address a phone needs to deliver and to hear back."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from server.access.door import allow, delivery_key, session_token
from server.errors import TooLarge
from server.metrics import counting
from server.openapi import Blueprint
from server.openapi.about import KEY_OR_SESSION
from server.sync import examples, schemas, service, visitor
from server.wire import write

blp = Blueprint("sync", __name__, description="Inleveren en horen wat er veranderde.")

MOST_BYTES = 256 * 1024


@blp.route("/sync", methods=["POST"])
@allow("hand_in")
@blp.doc(security=KEY_OR_SESSION)
@blp.arguments(schemas.SyncIn, example=examples.REQUEST)
@blp.response(200, schemas.SyncOut, example=examples.ANSWER)
@blp.alt_response(401, description="We kennen dit toestel niet, en er is niemand ingelogd.")
@blp.alt_response(429, description="Vandaag al 200 nieuwe onderdelen van dit toestel.")
def sync(data: dict[str, Any]) -> Response:
    """Lever meldingen in en hoor wat er veranderde

    Eén rondreis voor een telefoon. Inleveren kan met alleen de bezorgsleutel van het toestel
    (`Authorization: Bearer`), ook als de sessie voorbij is. Wat er veranderde hoort alleen wie is
    ingelogd. Elk onderdeel krijgt een eigen uitkomst: `stored`, `known` (was er al), `conflict`
    (zelfde id, andere inhoud) of `refused` (kan niet worden bewaard). Hetzelfde nog een keer
    sturen verandert niets. Hooguit 50 onderdelen en 256 kB per keer.
    """
    if len(request.get_data()) > MOST_BYTES:
        raise TooLarge("Dit bericht is te groot. Stuur minder meldingen tegelijk.")
    visit = visitor.find(data["device"], delivery_key=delivery_key(), token=session_token())
    answer = service.exchange(visit, data)
    counting.count_outcomes(data["items"], answer["outcomes"])
    # The schema describes this answer; a test holds the two together. Going through it field by
    # field would cost as much as storing what came in.
    return Response(write(answer), mimetype="application/json")
