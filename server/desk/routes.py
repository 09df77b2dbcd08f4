"""The addresses of what a desk keeps for itself, and of who is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response

from server.access.door import allow, caller
from server.desk import presence, schemas, service
from server.observations import limits
from server.openapi import Blueprint

blp = Blueprint("desk", __name__, description="Eigen filters, en wie er ook bij een melding is.")

OBSERVATION = [{"in": "path", "name": "observation_id", "description": "Het id van de melding."}]
FILTER = [{"in": "path", "name": "filter_id", "description": "Het id uit je eigen lijst."}]
ID = "$response.body#/id"
FROM_KEPT = {"forgetFilter": {"operationId": "forgetFilter", "parameters": {"filter_id": ID}}}


@blp.route("/filters")
@allow("keep_filters")
@blp.response(200, schemas.SavedFiltersOut)
def list_filters() -> dict[str, Any]:
    """Toon je bewaarde filters

    Alleen die van jezelf, op naam.
    """
    return {"items": service.filters(caller().person)}


@blp.route("/filters", methods=["POST"])
@allow("keep_filters")
@blp.arguments(schemas.SavedFilterIn)
@blp.response(201, schemas.SavedFilterOut)
@blp.doc(responses={201: {"links": FROM_KEPT}})
@blp.alt_response(409, description="`too_many`: je hebt er al twaalf.")
def keep_filter(data: dict[str, Any]) -> Any:
    """Bewaar een filter

    Onder een naam die je zelf kiest. Dezelfde naam nog een keer vervangt het oude filter.
    """
    return service.keep(caller(), data["name"], data["asked"])


@blp.route("/filters/<uuid:filter_id>", methods=["DELETE"], parameters=FILTER)
@allow("keep_filters")
@blp.response(204)
def forget_filter(filter_id: UUID) -> Response:
    """Haal een bewaard filter weg

    Alleen een filter van jezelf.
    """
    service.forget(caller(), str(filter_id))
    return make_response("", 204)


@blp.route("/observations/<uuid:observation_id>/presence", methods=["POST"], parameters=OBSERVATION)
@allow("be_present")
@blp.arguments(schemas.PresenceIn)
@blp.response(200, schemas.PresenceOut)
@blp.alt_response(429, description="`reading_limit`: dit account las in korte tijd te veel.")
def look_in(data: dict[str, Any], observation_id: UUID) -> dict[str, Any]:
    """Hoor wie deze melding ook open heeft

    Het scherm vraagt dit om de twintig tellen. Wie de envelop open heeft, is dan een minuut te zien
    voor collega's; daarna is het weg. Er wordt niets anders van bewaard.
    """
    here = presence.look_in(caller().person, str(observation_id), opened=data["opened"])
    limits.look(caller(), "show", "observation", subject_id=str(observation_id))
    return {"here": here}


@blp.route(
    "/observations/<uuid:observation_id>/presence", methods=["DELETE"], parameters=OBSERVATION
)
@allow("be_present")
@blp.response(204)
def leave(observation_id: UUID) -> Response:
    """Zeg dat je deze melding weer dicht hebt

    Collega's zien je er dan meteen niet meer bij.
    """
    presence.leave(caller().person, str(observation_id))
    return make_response("", 204)
