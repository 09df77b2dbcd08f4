"""The sheets about a quarter, and the story on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, current_app

from server.access.door import allow, caller
from server.audit import looking
from server.briefings import schemas, service
from server.briefings.models import Story
from server.db import db
from server.errors import NotFound
from server.openapi import Blueprint
from server.people import service as people
from server.people.models import Person
from server.reports import service as reports

blp = Blueprint("briefings", __name__, description="Eén A4 voor de driehoek en voor de raad.")

PDF = {
    201: {
        "description": "Eén kant van een A4.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@blp.route("/briefings")
@allow("read_briefings")
@blp.arguments(schemas.BriefingQuery, location="query")
@blp.response(200, schemas.BriefingsOut)
@blp.alt_response(404, description="Van dat kwartaal zijn er geen cijfers.")
def show_briefing(asked: dict[str, Any]) -> dict[str, Any]:
    """Toon het A4 over een kwartaal, voor de driehoek of voor de raad

    De cijfers zijn die van de kwartaalcijfers; wat daar verborgen is, is dat hier ook. Zonder
    kwartaal krijg je het laatste waarvan er cijfers zijn.
    """
    periods = reports.periods()
    quarter, due_at = reports.next_quarter()
    if asked["quarter"] and asked["quarter"] not in periods:
        raise NotFound("Van dit kwartaal zijn er geen cijfers.")
    chosen = asked["quarter"] or next(iter(periods), None)
    answer = {
        "periods": periods,
        "current": {"quarter": quarter, "due_at": due_at},
        "shown": _briefing(asked["kind"], chosen) if chosen else None,
    }
    looking.look(caller(), "see", "briefing", purpose=asked["kind"])
    return answer


@blp.route("/briefings/prints", methods=["POST"])
@allow("read_briefings")
@blp.arguments(schemas.PrintIn)
@blp.doc(responses=PDF)
@blp.alt_response(404, description="Van dat kwartaal zijn er geen cijfers.")
def print_briefing(data: dict[str, str]) -> Response:
    """Maak het A4 als PDF

    Precies één kant, ook voor wie laat voorlezen. Komt in het logboek.
    """
    made = service.print_out(caller(), data["kind"], data["quarter"], _letters())
    return pdf(made, f"{data['kind']}-{data['quarter'].lower()}.pdf")


@blp.route("/stories/checks", methods=["POST"])
@allow("write_stories")
@blp.arguments(schemas.StoryTextIn)
@blp.response(200, schemas.StoryCheckOut)
def check_story(data: dict[str, str]) -> service.Checked:
    """Zoek in een verhaal naar wat kan verraden over wie het gaat

    Namen, adressen, dagen, leeftijden en nummers, en of het op het A4 past. Er wordt niets
    bewaard. Wat niet wordt gevonden, kan nog steeds iemand verraden: lees het zelf na.
    """
    return service.check(caller(), data["text"])


@blp.route("/stories", methods=["PUT"])
@allow("write_stories")
@blp.arguments(schemas.StoryIn)
@blp.response(200, schemas.StoryOut)
@blp.alt_response(404, description="Van dat kwartaal zijn er geen cijfers.")
@blp.alt_response(409, description="`version`: een collega was eerder.")
def write_story(data: dict[str, Any]) -> dict[str, Any]:
    """Bewaar het verhaal naast de cijfers van een kwartaal

    Het staat op beide A4’s en is niet verzegeld. Staat er nog iets in wat je niet hebt nagelezen,
    dan is het antwoord 400 met `names_somebody`. Leeg haalt het verhaal weg. Komt in het logboek.
    """
    return _story(service.write(caller(), **data))


def pdf(made: bytes, name: str) -> Response:
    """Return a file that is kept nowhere on the way."""
    answer = Response(made, status=201, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _briefing(kind: str, quarter: str) -> dict[str, Any]:
    shown = service.show(kind, quarter)
    return {
        "kind": kind,
        "quarter": quarter,
        "sheet": shown.sheet,
        "text": shown.text,
        "story": _story(shown.story),
    }


def _story(story: Story | None) -> dict[str, Any]:
    if story is None:
        return {"text": "", "version": 0, "at": None, "by": None}
    by = people.name_of(db.session.get_one(Person, story.by_id))
    return {"text": story.text, "version": story.version, "at": story.at, "by": by}


def _letters() -> Path:
    folder: Path = current_app.config["SIGNAALKAART"].pwa_dir
    return folder
