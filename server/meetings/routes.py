"""Meetings over the API, and the calendar that a phone fetches by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app

from server import cards
from server.access.door import allow, caller
from server.access.permissions import scope_of
from server.audit import looking
from server.meetings import agenda, evaluations, members, minutes, schemas, service, stage
from server.meetings.models import AgendaItem, Meeting
from server.openapi import Blueprint
from server.people import service as people
from server.people.models import Person
from server.people.schemas import NothingIn

blp = Blueprint("meetings", __name__, description="Het overleg van het kernteam.")

MEETING = [{"in": "path", "name": "meeting_id", "description": "Het id uit de lijst."}]
ROW = "$response.body#/items/0/id"
LINKS = {"showMeeting": {"operationId": "showMeeting", "parameters": {"meeting_id": ROW}}}
TWO_AT_ONCE = "`version`: een collega was eerder. `step`: die stap kan nu niet."
PDF = {
    201: {
        "description": "Het verslag.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@blp.route("/meetings")
@allow("see_meetings")
@blp.doc(responses={200: {"links": LINKS}})
@blp.response(200, schemas.MeetingsOut)
def list_meetings() -> dict[str, Any]:
    """Toon de overleggen

    Alles wat komt, en de laatste vijftig die voorbij zijn. Wie geen lid is, ziet alleen een
    overleg waar iets aan hem is voorgelegd.
    """
    return {
        "items": [
            {
                **_plain(one.meeting),
                "points": one.points,
                "done": one.done,
                "evaluated": one.evaluated,
            }
            for one in service.list_meetings(caller().person)
        ],
        "year": evaluations.current_year(),
        "member": members.is_member(caller().person),
    }


@blp.route("/meetings", methods=["POST"])
@allow("lead_meetings")
@blp.arguments(schemas.PlanIn)
@blp.response(201, schemas.MeetingOut)
def plan_meeting(data: dict[str, Any]) -> dict[str, Any]:
    """Plan een extra overleg

    Naast het ritme uit `gemeente.toml`. De agenda vult zich vanzelf.
    """
    return shown(service.make(caller(), **data))


@blp.route("/meetings/<uuid:meeting_id>", parameters=MEETING)
@allow("see_meetings")
@blp.response(200, schemas.MeetingOut)
def show_meeting(meeting_id: UUID) -> dict[str, Any]:
    """Toon een overleg met de agenda

    Titels noemen nooit iemand. Wat mensen zelf schreven, opent alleen via `openings`.
    """
    answer = shown(members.find(caller().person, str(meeting_id)))
    looking.look(caller(), "show", "meeting", subject_id=str(meeting_id))
    return answer


@blp.route("/meetings/<uuid:meeting_id>", methods=["PUT"], parameters=MEETING)
@allow("lead_meetings")
@blp.arguments(schemas.ChangeIn)
@blp.response(200, schemas.MeetingOut)
@blp.alt_response(409, description=TWO_AT_ONCE)
def change_meeting(data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Verzet een gepland overleg

    Naar een ander moment of een andere plek. Het ritme maakt het niet opnieuw.
    """
    return shown(service.change(caller(), str(meeting_id), **data))


@blp.route("/meetings/<uuid:meeting_id>/states", methods=["POST"], parameters=MEETING)
@allow("lead_meetings")
@blp.arguments(schemas.MeetingStateIn)
@blp.response(201, schemas.MeetingOut)
@blp.alt_response(409, description=TWO_AT_ONCE)
def change_meeting_state(data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Begin, stop of annuleer een overleg

    Eigen punten die niet aan bod kwamen, gaan door naar het volgende overleg.
    """
    return shown(service.change_state(caller(), str(meeting_id), **data))


@blp.route("/meetings/<uuid:meeting_id>/attendance", methods=["PUT"], parameters=MEETING)
@allow("lead_meetings")
@blp.arguments(schemas.AttendanceIn)
@blp.response(200, schemas.MeetingOut)
@blp.alt_response(409, description="`step`: het overleg is nog niet begonnen.")
def set_attendance(data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Leg vast wie er is

    Leden, en wie een punt kreeg voorgelegd.
    """
    return shown(service.set_attendance(caller(), str(meeting_id), data["persons"]))


@blp.route("/meetings/<uuid:meeting_id>/openings", methods=["POST"], parameters=MEETING)
@allow("open_agenda")
@blp.arguments(NothingIn)
@blp.response(201, schemas.OpenedAgendaOut)
def open_agenda(_data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Open wat mensen zelf op de agenda schreven

    Titels van eigen punten en wat er is gezegd, met letters voor namen. Komt in het logboek.
    """
    return {"items": stage.open_written(caller(), str(meeting_id))}


@blp.route("/meetings/<uuid:meeting_id>/minutes", methods=["POST"], parameters=MEETING)
@allow("record_meetings")
@blp.arguments(NothingIn)
@blp.doc(responses=PDF)
def make_minutes(_data: dict[str, Any], meeting_id: UUID) -> Response:
    """Maak het verslag als PDF

    Besluiten en acties per punt, met letters voor namen. Komt in het logboek.
    """
    folder = current_app.config["SIGNAALKAART"].pwa_dir
    made = minutes.make(caller(), str(meeting_id), folder)
    answer = Response(made.pdf, status=201, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _plain(meeting: Meeting) -> dict[str, Any]:
    names = ("id", "starts_at", "minutes", "place", "state", "version")
    return {name: getattr(meeting, name) for name in names}


def shown(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as whoever asks may see it."""
    by = caller().person
    member = members.is_member(by)
    guests = agenda.guests_of(meeting) if member else {}
    return {
        **_plain(meeting),
        "started_at": meeting.started_at,
        "ended_at": meeting.ended_at,
        "agenda": [_point(one, guests) for one in agenda.list_points(by, meeting)],
        "present": [_person(one) for one in service.present(meeting)] if member else [],
        "possible": [_person(one) for one in members.possible(meeting)] if member else [],
        "candidates": [_person(one) for one in members.candidates(meeting)]
        if scope_of("put_before", by.role)
        else [],
        "member": member,
    }


def _point(item: AgendaItem, guests: dict[str, list[Person]]) -> dict[str, Any]:
    names = ("id", "kind", "subject_id", "title", "detail", "outcome", "ground", "done_at")
    return {
        **{name: getattr(item, name) for name in names},
        "written": item.text_sealed is not None,
        "guests": [_person(one) for one in guests.get(item.id, [])],
        "version": item.version,
    }


def _person(person: Person) -> dict[str, Any]:
    labels = cards.library().gemeente["role_labels"]
    return {
        "id": person.id,
        "name": people.name_of(person),
        "role_label": labels.get(person.role, person.role),
        "organisation": person.organisation.name,
    }
