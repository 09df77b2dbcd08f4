"""The areas for phones."""

from __future__ import annotations

from flask import Response

from server.access.door import allow
from server.areas import service
from server.areas.schemas import AreasOut
from server.content.answers import answer_unless_known
from server.openapi import Blueprint
from server.openapi.answers import ETAG_HEADER

blp = Blueprint("areas", __name__, description="Wijken en buurten.")


@blp.route("/areas")
@allow("look_around")
@blp.response(200, AreasOut, headers=ETAG_HEADER)
@blp.alt_response(
    304, description="Er is niets veranderd sinds de ETag die je meestuurt.", headers=ETAG_HEADER
)
def show_areas() -> Response:
    """Haal de wijken en buurten op

    Geeft een GeoJSON FeatureCollection met de grenzen van de wijken en buurten van de gemeente,
    vereenvoudigd: goed genoeg om een buurt voor te stellen, niet om een adres toe te wijzen. De
    telefoon zoekt zelf op in welke buurt hij is; je plek gaat nooit naar de server.
    """
    return answer_unless_known(service.library().as_json())
