"""The one address a phone needs to deliver and to hear back."""

from __future__ import annotations

from typing import Any

from flask import request

from server.access import allow, delivery_key, signed_in
from server.db import db, reading
from server.errors import Invalid, TooLarge, UnknownDevice
from server.openapi import Blueprint
from server.openapi.about import KEY_OR_SESSION
from server.people import service as people
from server.people.models import Device, Session
from server.sync import examples, schemas, service

blp = Blueprint("sync", __name__, description="Inleveren en horen wat er veranderde.")

MOST_BYTES = 256 * 1024


@blp.route("/sync", methods=["POST"])
@allow("anyone")
@blp.doc(security=KEY_OR_SESSION)
@blp.arguments(schemas.SyncIn, example=examples.REQUEST)
@blp.response(200, schemas.SyncOut, example=examples.ANSWER)
@blp.alt_response(401, description="We kennen dit toestel niet, en er is niemand ingelogd.")
@blp.alt_response(429, description="Vandaag al 200 nieuwe onderdelen van dit toestel.")
def sync(data: dict[str, Any]) -> dict[str, Any]:
    """Lever meldingen in en hoor wat er veranderde

    Eén rondreis voor een telefoon. Inleveren kan met alleen de bezorgsleutel van het toestel
    (`Authorization: Bearer`), ook als de sessie voorbij is. Wat er veranderde hoort alleen wie is
    ingelogd. Elk onderdeel krijgt een eigen uitkomst: `stored`, `known` (was er al), `conflict`
    (zelfde id, andere inhoud) of `refused` (kan niet worden bewaard). Hetzelfde nog een keer
    sturen verandert niets. Hooguit 50 onderdelen en 256 kB per keer.
    """
    if len(request.get_data()) > MOST_BYTES:
        raise TooLarge("Dit bericht is te groot. Stuur minder meldingen tegelijk.")
    device, session = _who_asks(data["device"])
    return service.exchange(device, session, data)


def _who_asks(device_id: str) -> tuple[Device, Session | None]:
    """Return the device that delivers, and the session of who is signed in on it.

    This only reads, in a transaction of its own: no stranger ever holds SQLite's write lock, and
    seals are tried while nobody waits.
    """
    with reading():
        session = signed_in()
        device = people.find_device(delivery_key()) or (session.device if session else None)
        if device is None:
            raise UnknownDevice("We kennen dit toestel niet. Log in; je meldingen blijven bewaard.")
        if device.id != device_id:
            raise Invalid("Deze bezorgsleutel hoort bij een ander toestel.", code="other_device")
        if session is not None and session.device_id != device.id:
            session = None
        db.session.rollback()
    return device, session
