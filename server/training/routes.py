"""Practising and training."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response

from server.access.door import allow, caller
from server.audit import looking
from server.openapi import Blueprint
from server.people import service as people
from server.training import schemas, service
from server.training.models import Wish

blp = Blueprint("training", __name__, description="Oefenen, voorlichting en training.")


@blp.route("/practice/nudge")
@allow("own_account")
@blp.response(200, schemas.NudgeOut)
def show_nudge() -> dict[str, Any]:
    """Laat zien of je elke maand een seintje om te oefenen wilt

    Zonder keuze is het antwoord nee. Wat iemand bij het oefenen kiest, komt nooit op de server.
    """
    return {"wanted": service.is_nudged(caller().person)}


@blp.route("/practice/nudge", methods=["PUT"])
@allow("own_account")
@blp.arguments(schemas.NudgeIn)
@blp.response(204)
def set_nudge(data: dict[str, Any]) -> Response:
    """Zet het maandelijkse seintje om te oefenen aan of uit

    Het komt op elk toestel waarop je seintjes aan hebt staan.
    """
    service.nudge_monthly(caller().person, wanted=data["wanted"])
    return make_response("", 204)


@blp.route("/training/wishes", methods=["POST"])
@allow("own_account")
@blp.arguments(schemas.WishIn)
@blp.response(201, schemas.WishOut)
def wish(data: dict[str, Any]) -> Wish:
    """Vraag om voorlichting of training

    Het loket ziet je naam en organisatie. Nog een keer vragen verandert niets.
    """
    return service.wish(caller().person, data["kind"])


@blp.route("/training/wishes")
@allow("handle_wishes")
@blp.response(200, schemas.WishesOut)
def list_wishes() -> dict[str, Any]:
    """Laat zien wie voorlichting of training wil

    De oudste vraag staat vooraan. Wat is afgehandeld, staat er niet meer bij.
    """
    items = [_listed(one) for one in service.list_wishes()]
    looking.look(caller(), "list", "wish", shown=[one["id"] for one in items])
    return {"items": items}


@blp.route("/training/wishes/<uuid:wish_id>", methods=["DELETE"])
@allow("handle_wishes")
@blp.response(204)
@blp.alt_response(404, description="Deze wens is er niet, of is al afgehandeld.")
def finish_wish(wish_id: UUID) -> None:
    """Rond een vraag om voorlichting of training af

    De vraag wordt gewist.
    """
    service.finish_wish(str(wish_id))


def _listed(one: Wish) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "made_at": one.made_at,
        "name": people.name_of(one.person),
        "role": one.person.role,
        "organisation": one.person.organisation.name,
    }
