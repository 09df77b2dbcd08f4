"""What reports led to, for the organisations they came from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app

from server.access.door import allow, caller
from server.audit import looking
from server.briefings.routes import PDF, pdf
from server.notes import schemas, service
from server.notes.composing import compose
from server.notes.models import Note
from server.openapi import Blueprint
from server.people.schemas import NothingIn

blp = Blueprint("notes", __name__, description="Wat meldingen opleverden, per school of club.")

NOTE = [{"in": "path", "name": "note_id", "description": "Het id uit de lijst."}]


@blp.route("/notes")
@allow("read_notes")
@blp.response(200, schemas.NotesOut)
def list_notes() -> dict[str, Any]:
    """Lees wat meldingen van jouw organisatie opleverden

    Eén brief per kwartaal, de nieuwste eerst, zonder casussen. Over de eigen organisatie staat er
    alleen iets in als het over genoeg mensen gaat; anders over alle van die soort, of de gemeente.
    """
    items = service.of_organisation(caller().person)
    return {"items": [{**_plain(one), "sheet": compose(one)} for one in items]}


@blp.route("/notes/prints")
@allow("hand_out_notes")
@blp.response(200, schemas.NotesToPrintOut)
def list_notes_to_print() -> dict[str, Any]:
    """Laat zien welke kwartaalbrieven je kunt printen

    De procesregisseur die van iedereen, een contactpersoon die van de eigen organisatie.
    """
    items = [_plain(one) for one in service.to_hand_out(caller().person)]
    looking.look(caller(), "list", "note", shown=[one["id"] for one in items])
    return {"items": items}


@blp.route("/notes/<uuid:note_id>/prints", methods=["POST"], parameters=NOTE)
@allow("hand_out_notes")
@blp.arguments(NothingIn)
@blp.doc(responses=PDF)
@blp.alt_response(404, description="Deze brief is er niet, of is niet voor jou.")
def print_note(_data: dict[str, Any], note_id: UUID) -> Response:
    """Maak een kwartaalbrief als PDF

    Precies één kant van een A4. Komt in het logboek.
    """
    folder = current_app.config["SIGNAALKAART"].pwa_dir
    return pdf(service.print_out(caller(), str(note_id), folder), "kwartaalbrief.pdf")


def _plain(one: Note) -> dict[str, Any]:
    return {
        "id": one.id,
        "quarter": one.quarter,
        "organisation": one.organisation.name,
        "made_at": one.made_at,
    }
