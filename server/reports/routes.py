"""The figures of the approach."""

from __future__ import annotations

from typing import Any

from server.access import allow
from server.openapi import Blueprint
from server.reports import schemas, service
from server.reports.suppression import LEAST

blp = Blueprint("reports", __name__, description="Cijfers waarin niemand is terug te vinden.")


@blp.route("/figures")
@allow("see_figures")
@blp.response(200, schemas.PublishedOut)
def show_figures() -> dict[str, Any]:
    """Toon de cijfers per kwartaal

    Een kwartaal komt erbij als het voorbij is, en verandert daarna niet meer. Elke melding telt één
    keer per tabel, bij signalen bij het ernstigste. Aantallen onder vijf zijn verborgen, en wat je
    nodig hebt om ze uit te rekenen ook. Het zijn registraties: meer meldingen kan ook betekenen dat
    er beter wordt opgelet.
    """
    return {
        "least": LEAST,
        "quarters": service.published(),
        "current": service.next_quarter(),
    }
