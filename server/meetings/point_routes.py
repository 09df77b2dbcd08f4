"""The points of an agenda over the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.access.door import allow, caller
from server.meetings import agenda, members, schemas, stage
from server.meetings.routes import MEETING, TWO_AT_ONCE, shown
from server.meetings.routes import blp as blp
from server.people.schemas import NothingIn

POINT = [*MEETING, {"in": "path", "name": "point_id", "description": "Het id van het punt."}]
GUEST = [*POINT, {"in": "path", "name": "person_id", "description": "Aan wie het is voorgelegd."}]


@blp.route("/meetings/<uuid:meeting_id>/agenda", methods=["POST"], parameters=MEETING)
@allow("prepare_meetings")
@blp.arguments(schemas.PointIn)
@blp.response(201, schemas.MeetingOut)
@blp.alt_response(
    409,
    description=(
        "`step`: het overleg is voorbij. `full`: de agenda is vol. `point_id`: dit id hoort bij "
        "een ander punt."
    ),
)
def add_point(data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Zet een eigen punt op de agenda

    De titel wordt verzegeld. Hetzelfde id nog een keer sturen verandert niets.
    """
    agenda.add(caller(), str(meeting_id), item_id=data["id"], title=data["title"])
    return shown(members.find(caller().person, str(meeting_id)))


@blp.route(
    "/meetings/<uuid:meeting_id>/agenda/<uuid:point_id>", methods=["DELETE"], parameters=POINT
)
@allow("prepare_meetings")
@blp.response(204)
@blp.alt_response(409, description="`step`: het punt is al besproken.")
def take_off_point(meeting_id: UUID, point_id: UUID) -> None:
    """Haal een punt van de agenda

    Het komt niet vanzelf terug op deze agenda.
    """
    agenda.take_off(caller(), str(meeting_id), str(point_id))


@blp.route(
    "/meetings/<uuid:meeting_id>/agenda/<uuid:point_id>/moves", methods=["POST"], parameters=POINT
)
@allow("prepare_meetings")
@blp.arguments(schemas.PlaceIn)
@blp.response(201, schemas.MeetingOut)
def move_point(data: dict[str, Any], meeting_id: UUID, point_id: UUID) -> dict[str, Any]:
    """Zet een punt op een andere plek

    De andere punten schuiven op. De eerste plek is 1.
    """
    agenda.move(caller(), str(meeting_id), str(point_id), data["place"])
    return shown(members.find(caller().person, str(meeting_id)))


@blp.route(
    "/meetings/<uuid:meeting_id>/agenda/<uuid:point_id>/outcomes",
    methods=["POST"],
    parameters=POINT,
)
@allow("record_meetings")
@blp.arguments(schemas.OutcomeIn)
@blp.response(201, schemas.MeetingOut)
@blp.alt_response(409, description=TWO_AT_ONCE)
def settle_point(data: dict[str, Any], meeting_id: UUID, point_id: UUID) -> dict[str, Any]:
    """Leg vast wat er bij een punt is besloten

    Alleen als het overleg bezig is. Wat je erbij schrijft, wordt verzegeld.
    """
    agenda.settle(caller(), str(meeting_id), str(point_id), **data)
    return shown(members.find(caller().person, str(meeting_id)))


@blp.route(
    "/meetings/<uuid:meeting_id>/agenda/<uuid:point_id>/openings",
    methods=["POST"],
    parameters=POINT,
)
@allow("open_agenda")
@blp.arguments(NothingIn)
@blp.response(201, schemas.StageOut)
def open_point(_data: dict[str, Any], meeting_id: UUID, point_id: UUID) -> dict[str, Any]:
    """Open een punt om het te bespreken

    Wat er is gezien, met een letter op de plek van elke naam. Komt per melding in het logboek.
    """
    return stage.open_point(caller(), str(meeting_id), str(point_id))


@blp.route(
    "/meetings/<uuid:meeting_id>/agenda/<uuid:point_id>/unmaskings",
    methods=["POST"],
    parameters=POINT,
)
@allow("unmask_agenda")
@blp.arguments(schemas.UnmaskingIn)
@blp.response(201, schemas.NamesOut)
@blp.alt_response(403, description="`confirm`: laat eerst met je passkey zien dat jij het bent.")
def unmask_point(data: dict[str, Any], meeting_id: UUID, point_id: UUID) -> dict[str, Any]:
    """Toon de namen achter de letters van een punt

    Vraagt een reden en een passkey; tijdens een overleg één keer per punt. Komt in het logboek.
    """
    names = stage.unmask(caller(), str(meeting_id), str(point_id), data["reason"])
    return {"names": names}


@blp.route(
    "/meetings/<uuid:meeting_id>/agenda/<uuid:point_id>/guests",
    methods=["POST"],
    parameters=POINT,
)
@allow("put_before")
@blp.arguments(schemas.GuestIn)
@blp.response(201, schemas.MeetingOut)
def put_before(data: dict[str, Any], meeting_id: UUID, point_id: UUID) -> dict[str, Any]:
    """Leg een punt voor aan iemand die geen lid is

    Zoals het OM als agendalid. Diegene ziet dit punt en verder niets van de agenda.
    """
    agenda.put_before_person(caller(), str(meeting_id), str(point_id), data["person"])
    return shown(members.find(caller().person, str(meeting_id)))


@blp.route(
    "/meetings/<uuid:meeting_id>/agenda/<uuid:point_id>/guests/<uuid:person_id>",
    methods=["DELETE"],
    parameters=GUEST,
)
@allow("put_before")
@blp.response(204)
def take_back(meeting_id: UUID, point_id: UUID, person_id: UUID) -> None:
    """Leg een punt niet langer voor

    Diegene ziet het punt meteen niet meer.
    """
    agenda.take_back(caller(), str(meeting_id), str(point_id), str(person_id))
