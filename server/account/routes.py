"""Taking along what is kept of oneself, and being removed."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response

from server.access.door import COOKIE, allow, caller
from server.account import schemas, service
from server.observations.showing import look_of
from server.openapi import Blueprint
from server.people.schemas import NothingIn

blp = Blueprint("account", __name__, description="Je eigen gegevens.")


@blp.route("/account/exports", methods=["POST"])
@allow("own_export")
@blp.arguments(NothingIn)
@blp.response(201, schemas.AccountExportOut)
def export_account(_data: dict[str, Any]) -> dict[str, Any]:
    """Neem mee wat er van jou is bewaard

    Je account, je toestellen, al je meldingen met aanvullingen en antwoorden, en wie er keek. De
    verzegelde tekst wordt hiervoor geopend; dat komt in het logboek. Vraagt je passkey.
    """
    told = service.export(caller())
    return {**told, "looks": [look_of(event) for event in told["looks"]]}


@blp.route("/account/removals", methods=["POST"])
@allow("own_removal")
@blp.arguments(NothingIn)
@blp.response(204)
def remove_account(_data: dict[str, Any]) -> Response:
    """Verwijder je account

    Je toegang stopt meteen, op al je toestellen. Wat daar nog wacht, wordt eerst bezorgd; daarna
    maken ze zich leeg. Je meldingen blijven bij de gemeente. Je naam wordt gewist als er geen
    antwoord meer openstaat. Voor wie meldt en voor contactpersonen. Vraagt je passkey.
    """
    service.remove(caller())
    response = make_response("", 204)
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Strict", path="/")
    return response
