"""The desk's address for what came another way."""

from __future__ import annotations

from typing import Any

from server.access.door import allow, caller
from server.entries import schemas, service
from server.observations import showing
from server.observations.answers import ObservationOut
from server.openapi import Blueprint

blp = Blueprint("entries", __name__, description="Invoeren wat op een andere manier kwam.")


@blp.route("/observations", methods=["POST"])
@allow("enter_observations")
@blp.arguments(schemas.EntryIn)
@blp.response(201, ObservationOut)
@blp.alt_response(409, description="`id`: onder dit id staat al iets anders.")
def enter(data: dict[str, Any]) -> dict[str, Any]:
    """Voer een melding in die op een andere manier kwam

    Per telefoon, mail, gesprek, van de politie of van Meld Misdaad Anoniem. Het scherm verzegelt de
    tekst zoals een telefoon dat doet, met wie het invoert als schrijver. Hetzelfde nog een keer
    sturen geeft hetzelfde antwoord en bewaart niets dubbel.
    """
    return showing.show(service.enter(caller(), data))
