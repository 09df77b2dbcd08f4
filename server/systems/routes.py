"""Keys of systems, and the figures that systems and people take along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.access.door import allow, caller
from server.audit import looking
from server.openapi import Blueprint
from server.openapi.about import SYSTEM
from server.systems import columns, export, schemas, service
from server.systems.models import SystemKey

blp = Blueprint(
    "systems", __name__, description="Cijfers voor systemen van de gemeente, en hun sleutels."
)


@blp.route("/systems")
@allow("look_after_systems")
@blp.response(200, schemas.SystemsOut)
def list_systems() -> dict[str, Any]:
    """Laat zien welke systemen een sleutel hebben

    Met de dag waarop elke sleutel stopt en wanneer hij het laatst is gebruikt. De sleutel zelf
    staat er niet bij: die is niet bewaard.
    """
    items = [_shown(key) for key in service.all_keys()]
    looking.look(caller(), "list", "system_key", shown=[one["id"] for one in items])
    return {"items": items}


@blp.route("/systems", methods=["POST"])
@allow("make_system_keys")
@blp.arguments(schemas.SystemIn)
@blp.response(201, schemas.MadeSystemOut)
@blp.alt_response(409, description="`many`: er zijn al zoveel sleutels dat er eerst een weg moet.")
def make_system_key(data: dict[str, Any]) -> dict[str, Any]:
    """Maak een sleutel voor een systeem

    De sleutel doet één ding: de gepubliceerde cijfers lezen. Je ziet hem alleen in dit antwoord.
    Vraagt je passkey, en komt in het logboek.
    """
    made = service.make(caller(), data["name"].strip(), data["ends_on"])
    return {**_shown(made.key), "secret": made.secret}


@blp.route("/systems/<uuid:system_id>", methods=["DELETE"])
@allow("make_system_keys")
@blp.response(204)
def revoke_system_key(system_id: UUID) -> None:
    """Trek de sleutel van een systeem in

    Vanaf nu opent hij niets meer. Nog een keer intrekken verandert niets. De regel blijft staan,
    want het logboek verwijst ernaar.
    """
    service.revoke(caller(), str(system_id))


@blp.route("/published-figures")
@allow("read_published")
@blp.doc(security=SYSTEM)
@blp.response(200, schemas.PublishedFiguresOut)
@blp.alt_response(429, description="`system_limit`: meer dan 60 keer in een uur met deze sleutel.")
def show_published_figures() -> dict[str, Any]:
    """Lees de gepubliceerde cijfers

    Voor een systeem met een eigen sleutel: `Authorization: Bearer <sleutel>`. Alle kwartalen die
    er zijn, één rij per cijfer, met wat elke kolom betekent. Een kwartaal komt erbij als het
    voorbij is en verandert daarna niet meer, dus één keer per dag vragen is genoeg. Elke vraag
    komt in het logboek.
    """
    return export.everything()


@blp.route("/figures/columns")
@allow("look_around")
@blp.response(200, schemas.DictionaryOut)
def show_columns() -> dict[str, Any]:
    """Lees wat elke kolom van de cijfers betekent

    Naam, betekenis, soort, eenheid, wat erin kan staan en wat leeg betekent. Zonder cijfers.
    """
    return {"columns": columns.dictionary()}


@blp.route("/figures/exports", methods=["POST"])
@allow("export_figures")
@blp.arguments(schemas.FigureExportIn)
@blp.response(201, schemas.FigureFileOut)
def export_figures(data: dict[str, Any]) -> export.File:
    """Neem de gepubliceerde cijfers mee

    Als CSV voor een rekenprogramma of als JSON met wat elke kolom betekent. Dezelfde cijfers als op
    het scherm, met dezelfde aantallen verborgen. Van een periode, of van alle kwartalen. Komt in
    het logboek.
    """
    span = export.Span(data["first"], data["last"])
    return export.export(caller(), data["form"], span, mark=data["mark"])


def _shown(key: SystemKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "state": service.state_of(key),
        "made_at": key.made_at,
        "ends_on": key.ends_on,
        "last_used_at": key.last_used_at,
    }
