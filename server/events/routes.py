"""How events reach the system that listens."""

from __future__ import annotations

from typing import Any

from server.access.door import allow, caller
from server.audit import looking
from server.events import schemas, service
from server.events.service import Overview
from server.openapi import Blueprint
from server.people.schemas import NothingIn

blp = Blueprint("events", __name__, description="Berichten aan een ander systeem.")


@blp.route("/events")
@allow("look_after_systems")
@blp.response(200, schemas.EventsOut)
def show_events() -> Overview:
    """Laat zien of berichten aan een ander systeem aankomen

    Een bericht zegt dat er een melding binnenkwam of dat een melder antwoord kreeg, en niets
    daarover. Hoeveel er nog wachten op genoeg andere, staat er niet bij.
    """
    found = service.overview()
    looking.look(caller(), "show", "event")
    return found


@blp.route("/events/retries", methods=["POST"])
@allow("look_after_systems")
@blp.arguments(NothingIn)
@blp.response(201, schemas.RetriedOut)
def retry_events(_data: dict[str, Any]) -> dict[str, int]:
    """Verstuur opnieuw wat was opgegeven

    Met dezelfde nummers, zodat de andere kant ziet wat er al was.
    """
    return {"again": service.try_again(caller())}
