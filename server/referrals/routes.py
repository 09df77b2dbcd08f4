"""The desk's addresses for bringing somebody in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.access.door import allow, caller
from server.observations import showing
from server.observations.answers import ObservationOut
from server.openapi import Blueprint
from server.referrals import schemas, service

blp = Blueprint("referrals", __name__, description="Vastleggen wie erbij is gehaald.")

OBSERVATION = [{"in": "path", "name": "observation_id", "description": "Het id van de melding."}]


@blp.route("/referrals/choices")
@allow("read_inbox")
@blp.response(200, schemas.ChoicesOut)
def show_choices() -> dict[str, Any]:
    """Toon wie het loket erbij kan halen

    Met de gronden waarop dat kan. Beide staan in `content/doorverwijzen.toml`.
    """
    return service.choices()


@blp.route(
    "/observations/<uuid:observation_id>/referrals", methods=["POST"], parameters=OBSERVATION
)
@allow("answer_observations")
@blp.arguments(schemas.ReferralIn)
@blp.response(201, ObservationOut)
@blp.alt_response(
    409,
    description="`version`: een collega was eerder. `referral_id`: dit id hoort bij een andere.",
)
def refer(data: dict[str, Any], observation_id: UUID) -> dict[str, Any]:
    """Leg vast dat je iemand erbij haalde

    Met de grond en wat je deelde; die tekst wordt verzegeld. De signaalkaart verstuurt niets: het
    contact leg je zelf. Hetzelfde id nog een keer sturen verandert niets.
    """
    data["referral_id"] = data.pop("id")
    return showing.show(service.refer(caller(), str(observation_id), **data))
