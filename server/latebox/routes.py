"""The addresses with which a desk settles what arrived and did not fit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.access.door import allow, caller
from server.latebox import schemas, service
from server.observations import limits
from server.observations.service import receipt_code
from server.openapi import Blueprint

blp = Blueprint("latebox", __name__, description="Nakomers een plek geven of afsluiten.")

LATE_ITEM = [{"in": "path", "name": "item_id", "description": "Het id uit de lijst met nakomers."}]


@blp.route("/late-box/<uuid:item_id>/settlements", methods=["POST"], parameters=LATE_ITEM)
@allow("settle_late_items")
@blp.arguments(schemas.LateSettlementIn)
@blp.response(201, schemas.LateSettledOut)
@blp.alt_response(
    409,
    description=(
        "`settled`: een collega was eerder. `unknown_author`, `shape`, `kind`, `unreadable`: er "
        "valt geen melding van te maken. `parent`: het hoort niet bij die melding."
    ),
)
def settle_late(data: dict[str, Any], item_id: UUID) -> dict[str, Any]:
    """Handel een nakomer af

    Maak er een gewone melding van, zet hem bij een eerdere melding van dezelfde melder, of sluit
    hem af met een reden. Er verdwijnt niets: wat geen plek krijgt, blijft tot zijn termijn in de
    lijst staan, met wie het afhandelde. Dat staat ook in het logboek.
    """
    return {"observation": service.settle(caller(), str(item_id), **data)}


@blp.route("/late-box/<uuid:item_id>/parents", parameters=LATE_ITEM)
@allow("settle_late_items")
@blp.response(200, schemas.LateParentsOut)
def list_parents(item_id: UUID) -> dict[str, Any]:
    """Toon bij welke meldingen een aanvulling kan horen

    Meldingen van dezelfde melder, de nieuwste bovenaan. Is de melder afgeschermd, dan geen enkele.
    """
    rows = service.parents(str(item_id))
    names = [name for name in schemas.LateParentOut().fields if name != "receipt"]
    items = [
        {**{name: getattr(row, name) for name in names}, "receipt": receipt_code(row.id)}
        for row in rows
    ]
    shown = [row.id for row in rows]
    limits.look(caller(), "list", "late_parents", subject_id=str(item_id), shown=shown)
    return {"items": items}
