"""The one address a phone needs to deliver and to hear back."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_smorest import Blueprint

from server.access import allow, delivery_key, signed_in
from server.errors import Invalid, NotSignedIn, TooLarge
from server.people import service as people
from server.sync import schemas, service

blp = Blueprint("sync", __name__, description="Inleveren en horen wat er veranderde.")

MOST_BYTES = 256 * 1024


@blp.route("/sync", methods=["POST"])
@allow("anyone")
@blp.arguments(schemas.SyncIn)
@blp.response(200, schemas.SyncOut)
def sync(data: dict[str, Any]) -> dict[str, Any]:
    """Lever meldingen in en hoor wat er veranderde

    Eén rondreis voor een telefoon. Inleveren kan met alleen de bezorgsleutel van het toestel
    (`Authorization: Bearer`), ook als de sessie voorbij is. Wat er veranderde hoort alleen wie is
    ingelogd. Elk onderdeel krijgt een eigen uitkomst: `stored`, `known` (was er al), `conflict`
    (zelfde id, andere inhoud) of `refused` (kan niet worden bewaard). Hetzelfde nog een keer
    sturen verandert niets. Hooguit 50 onderdelen en 256 kB per keer.
    """
    if (request.content_length or 0) > MOST_BYTES:
        raise TooLarge("Dit bericht is te groot. Stuur minder meldingen tegelijk.")
    session = signed_in()
    device = people.find_device(delivery_key()) or (session.device if session else None)
    if device is None:
        raise NotSignedIn("We kennen dit toestel niet. Log in; je meldingen blijven bewaard.")
    if device.id != str(data["device"]):
        raise Invalid("Deze bezorgsleutel hoort bij een ander toestel.", code="other_device")
    if session is not None and session.device_id != device.id:
        session = None
    return service.exchange(device, session, data)
