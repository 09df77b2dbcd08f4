"""Meetings over the API, and the calendar that a phone fetches by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint as PlainBlueprint
from flask import Response, current_app, make_response

from server import cards
from server.access import allow, caller
from server.meetings import agenda, evaluations, feed, members, minutes, schemas, service, stage
from server.meetings.models import AgendaItem, Meeting
from server.openapi import Blueprint
from server.people import service as people
from server.people.models import Person

blp = Blueprint("meetings", __name__, description="Het overleg van het kernteam.")
# A calendar asks for a file, not for JSON, and cannot sign in.
calendar = PlainBlueprint("calendar", __name__)

MEETING = [{"in": "path", "name": "meeting_id", "description": "Het id uit de lijst."}]
POINT = [*MEETING, {"in": "path", "name": "point_id", "description": "Het id van het punt."}]
GUEST = [*POINT, {"in": "path", "name": "person_id", "description": "Aan wie het is voorgelegd."}]
YEAR = [{"in": "path", "name": "year", "description": "Het hoeveelste jaar van overleggen."}]
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
    }


@blp.route("/meetings", methods=["POST"])
@allow("lead_meetings")
@blp.arguments(schemas.PlanIn)
@blp.response(201, schemas.MeetingOut)
def plan_meeting(data: dict[str, Any]) -> dict[str, Any]:
    """Plan een extra overleg

    Naast het ritme uit `gemeente.toml`. De agenda vult zich vanzelf.
    """
    return _meeting(service.make(caller(), **data))


@blp.route("/meetings/<uuid:meeting_id>", parameters=MEETING)
@allow("see_meetings")
@blp.response(200, schemas.MeetingOut)
def show_meeting(meeting_id: UUID) -> dict[str, Any]:
    """Toon een overleg met de agenda

    Titels noemen nooit iemand. Wat mensen zelf schreven, opent alleen via `openings`.
    """
    return _meeting(members.find(caller().person, str(meeting_id)))


@blp.route("/meetings/<uuid:meeting_id>", methods=["PUT"], parameters=MEETING)
@allow("lead_meetings")
@blp.arguments(schemas.ChangeIn)
@blp.response(200, schemas.MeetingOut)
@blp.alt_response(409, description=TWO_AT_ONCE)
def change_meeting(data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Verzet een gepland overleg

    Naar een ander moment of een andere plek. Het ritme maakt het niet opnieuw.
    """
    return _meeting(service.change(caller(), str(meeting_id), **data))


@blp.route("/meetings/<uuid:meeting_id>/states", methods=["POST"], parameters=MEETING)
@allow("lead_meetings")
@blp.arguments(schemas.MeetingStateIn)
@blp.response(201, schemas.MeetingOut)
@blp.alt_response(409, description=TWO_AT_ONCE)
def change_meeting_state(data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Begin, stop of annuleer een overleg

    Eigen punten die niet aan bod kwamen, gaan door naar het volgende overleg.
    """
    return _meeting(service.change_state(caller(), str(meeting_id), **data))


@blp.route("/meetings/<uuid:meeting_id>/attendance", methods=["PUT"], parameters=MEETING)
@allow("lead_meetings")
@blp.arguments(schemas.AttendanceIn)
@blp.response(200, schemas.MeetingOut)
@blp.alt_response(409, description="`step`: het overleg is nog niet begonnen.")
def set_attendance(data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Leg vast wie er is

    Leden, en wie een punt kreeg voorgelegd.
    """
    return _meeting(service.set_attendance(caller(), str(meeting_id), data["persons"]))


@blp.route("/meetings/<uuid:meeting_id>/openings", methods=["POST"], parameters=MEETING)
@allow("open_agenda")
@blp.response(201, schemas.OpenedAgendaOut)
def open_agenda(meeting_id: UUID) -> dict[str, Any]:
    """Open wat mensen zelf op de agenda schreven

    Titels van eigen punten en wat er is gezegd, met letters voor namen. Komt in het logboek.
    """
    return {"items": stage.open_written(caller(), str(meeting_id))}


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
    return _meeting(members.find(caller().person, str(meeting_id)))


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
    """Zet een punt op een andere plek"""
    agenda.move(caller(), str(meeting_id), str(point_id), data["place"])
    return _meeting(members.find(caller().person, str(meeting_id)))


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
    return _meeting(members.find(caller().person, str(meeting_id)))


@blp.route(
    "/meetings/<uuid:meeting_id>/agenda/<uuid:point_id>/openings",
    methods=["POST"],
    parameters=POINT,
)
@allow("open_agenda")
@blp.response(201, schemas.StageOut)
def open_point(meeting_id: UUID, point_id: UUID) -> dict[str, Any]:
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
    return _meeting(members.find(caller().person, str(meeting_id)))


@blp.route(
    "/meetings/<uuid:meeting_id>/agenda/<uuid:point_id>/guests/<uuid:person_id>",
    methods=["DELETE"],
    parameters=GUEST,
)
@allow("put_before")
@blp.response(204)
def take_back(meeting_id: UUID, point_id: UUID, person_id: UUID) -> None:
    """Leg een punt niet langer voor"""
    agenda.take_back(caller(), str(meeting_id), str(point_id), str(person_id))


@blp.route("/meetings/<uuid:meeting_id>/minutes", methods=["POST"], parameters=MEETING)
@allow("record_meetings")
@blp.doc(responses=PDF)
def make_minutes(meeting_id: UUID) -> Response:
    """Maak het verslag als PDF

    Besluiten en acties per punt, met letters voor namen. Komt in het logboek.
    """
    folder = current_app.config["SIGNAALKAART"].pwa_dir
    made = minutes.make(caller(), str(meeting_id), folder)
    answer = Response(made.pdf, status=201, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blp.route("/meetings/<uuid:meeting_id>/evaluation", methods=["PUT"], parameters=MEETING)
@allow("evaluate_meetings")
@blp.arguments(schemas.EvaluationIn)
@blp.response(204)
@blp.alt_response(409, description="`step`: het overleg is nog niet voorbij.")
def evaluate_meeting(data: dict[str, Any], meeting_id: UUID) -> Response:
    """Beantwoord de vragen na een overleg

    Nog een keer vervangt je vorige antwoord. Je woorden worden verzegeld.
    """
    evaluations.evaluate(caller(), str(meeting_id), **data)
    return make_response("", 204)


@blp.route("/evaluations")
@allow("evaluate_meetings")
@blp.response(200, schemas.EvaluationsOut)
def list_evaluations() -> dict[str, Any]:
    """Toon hoe het kernteam zijn overleggen vond

    Aantallen per vraag, zonder wie wat koos.
    """
    asked = cards.library().evaluation
    found = evaluations.over_time(caller().person)
    return {
        "questions": asked["meeting"],
        "year_questions": asked["year"],
        "items": [
            {
                "meeting": one.meeting and one.meeting.id,
                "year": one.year,
                "at": one.at,
                "count": one.count,
                "answers": one.answers,
            }
            for one in found
        ],
    }


@blp.route("/evaluations/years/<int:year>", methods=["PUT"], parameters=YEAR)
@allow("evaluate_meetings")
@blp.arguments(schemas.EvaluationIn)
@blp.response(204)
@blp.alt_response(409, description="`step`: dat jaar is nog niet om.")
def evaluate_year(data: dict[str, Any], year: int) -> Response:
    """Beantwoord de vraag over een jaar"""
    evaluations.evaluate_year(caller(), year, **data)
    return make_response("", 204)


@blp.route("/evaluations/openings", methods=["POST"])
@allow("evaluate_meetings")
@blp.arguments(schemas.AboutIn)
@blp.response(201, schemas.WordsOut)
def open_evaluation(data: dict[str, Any]) -> dict[str, Any]:
    """Lees wat mensen bij hun antwoord schreven

    Over één overleg of één jaar, zonder wie. Komt in het logboek.
    """
    return {"words": evaluations.open_words(caller(), data["meeting"], data["year"])}


@blp.route("/calendar")
@allow("own_calendar")
@blp.response(200, schemas.FeedOut)
def show_feed() -> dict[str, Any]:
    """Laat zien of je agenda is gekoppeld"""
    found = feed.of(caller().person)
    return {"made_at": found and found.made_at}


@blp.route("/calendar", methods=["POST"])
@allow("own_calendar")
@blp.response(201, schemas.NewFeedOut)
def make_feed() -> dict[str, Any]:
    """Koppel de overleggen aan je eigen agenda

    Het adres geeft alleen moment en plek. Een nieuw adres maakt het vorige ongeldig.
    """
    token = feed.make(caller())
    own = current_app.config["SIGNAALKAART"].public_url
    return {"url": f"{own}/calendar/{token}.ics"}


@blp.route("/calendar", methods=["DELETE"])
@allow("own_calendar")
@blp.response(204)
def revoke_feed() -> None:
    """Stop de koppeling met je eigen agenda"""
    feed.revoke(caller())


@calendar.route("/calendar/<token>.ics")
@allow("read_calendar")
def read_feed(token: str) -> Response:
    """Give a calendar program the times and places of the meetings."""
    answer = Response(feed.read(token), mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _plain(meeting: Meeting) -> dict[str, Any]:
    names = ("id", "starts_at", "minutes", "place", "state", "version")
    return {name: getattr(meeting, name) for name in names}


def _meeting(meeting: Meeting) -> dict[str, Any]:
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
