"""The addresses of who works along on a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response

from server.access.door import allow, caller
from server.cases import members, schemas, service
from server.cases.routes import CASE, CHANGED, ONE, shown, who
from server.cases.routes import blp as blp
from server.observations import limits

PERSON = [*CASE, {"in": "path", "name": "person_id", "description": "Wie meewerkt."}]


@blp.route("/cases/people")
@allow("choose_participants")
@blp.response(200, schemas.CasePeopleOut)
def list_case_people() -> dict[str, Any]:
    """Toon wie aan een casus kan meewerken

    Met naam en organisatie, alleen aan het loket. Van buiten de gemeente alleen zolang het
    convenant loopt; het OM alleen als agendalid.
    """
    items = [
        {
            **who(one.id),
            "organisation": one.organisation.name,
            "agenda_only": members.is_agenda_only(one),
        }
        for one in members.candidates()
    ]
    limits.look(caller(), "list", "people", shown=[one["id"] for one in items])
    return {"items": items}


@blp.route("/cases/<uuid:case_id>/participants", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.ParticipantIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def add_participant(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Laat iemand meewerken

    In het kernteam (`core`), alleen voor deze casus (`shell`), of als agendalid (`agenda`).
    """
    return shown(service.add_participant(caller(), str(case_id), **data))


@blp.route(f"{ONE}/participants/<uuid:person_id>", methods=["DELETE"], parameters=PERSON)
@allow("work_on_cases")
@blp.response(204)
def end_participant(case_id: UUID, person_id: UUID) -> Response:
    """Laat iemand niet meer meewerken

    Diegene ziet de casus meteen niet meer.
    """
    service.end_participant(caller(), str(case_id), str(person_id))
    return make_response("", 204)
