"""How meetings were found, and when they are: the evaluations and the calendar."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint as PlainBlueprint
from flask import Response, current_app, make_response

from server import cards
from server.access.door import allow, caller
from server.meetings import evaluations, feed, schemas
from server.meetings.routes import MEETING, blp
from server.people.schemas import NothingIn

# A calendar asks for a file, not for JSON, and cannot sign in.
calendar = PlainBlueprint("calendar", __name__)


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


@blp.route("/evaluations/years", methods=["PUT"])
@allow("evaluate_meetings")
@blp.arguments(schemas.YearEvaluationIn)
@blp.response(204)
@blp.alt_response(409, description="`step`: dat jaar is nog niet om.")
def evaluate_year(data: dict[str, Any]) -> Response:
    """Beantwoord de vraag over een jaar

    Het hoeveelste jaar van overleggen, vanaf 1. Nog een keer vervangt je vorige antwoord.
    """
    evaluations.evaluate_year(caller(), **data)
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
    """Laat zien of je agenda is gekoppeld

    Wanneer je het adres maakte. Het adres zelf zie je alleen als je het maakt.
    """
    found = feed.of(caller().person)
    return {"made_at": found and found.made_at}


@blp.route("/calendar", methods=["POST"])
@allow("own_calendar")
@blp.arguments(NothingIn)
@blp.response(201, schemas.NewFeedOut)
def make_feed(_data: dict[str, Any]) -> dict[str, Any]:
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
    """Stop de koppeling met je eigen agenda

    Het adres geeft meteen niets meer.
    """
    feed.revoke(caller())


@calendar.route("/calendar/<token>.ics")
@allow("read_calendar")
def read_feed(token: str) -> Response:
    """Give a calendar program the times and places of the meetings."""
    answer = Response(feed.read(token), mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
