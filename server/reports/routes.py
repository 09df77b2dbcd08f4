"""The figures of the approach."""

from __future__ import annotations

from typing import Any

from server.access.door import allow
from server.openapi import Blueprint
from server.reports import schemas, service
from server.reports.suppression import LEAST

blp = Blueprint("reports", __name__, description="Cijfers waarin niemand is terug te vinden.")


@blp.route("/figures")
@allow("see_figures")
@blp.arguments(schemas.FiguresQuery, location="query")
@blp.response(200, schemas.FiguresShownOut)
def show_figures(asked: dict[str, str | None]) -> dict[str, Any]:
    """Toon de cijfers van een of meer kwartalen

    Een kwartaal komt erbij als het voorbij is, en verandert daarna niet meer. Een langere periode
    is opgeteld uit wat elk kwartaal laat zien. Elke melding telt één keer per tabel, bij signalen
    bij het ernstigste. Aantallen onder vijf zijn verborgen, en wat je nodig hebt om ze uit te
    rekenen ook. Het zijn registraties: meer meldingen kan ook betekenen dat er beter wordt opgelet.
    """
    first, last = asked["first"], asked["last"]
    if first is None:
        first = service.newest() if last is None else last
    shown = service.figures(first, first if last is None else last)
    compared = service.compared(shown, asked["against"])
    quarter, due_at = service.next_quarter()
    return {
        "least": LEAST,
        "warning": service.WARNING,
        "hiding": service.HIDING,
        "periods": service.periods(),
        "current": {"quarter": quarter, "due_at": due_at},
        "shown": shown,
        "compared": compared,
        "changes": service.changes(shown, compared) if compared else [],
    }
