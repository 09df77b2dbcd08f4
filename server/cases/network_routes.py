"""The addresses of the network around a case: who and what is in it, and what is between them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.access import allow, caller
from server.cases import network, schemas
from server.cases.routes import CASE, CHANGED, ONE, shown
from server.cases.routes import blp as blp

NODE = [*CASE, {"in": "path", "name": "node_id", "description": "Een punt in het netwerk."}]
EDGE = [*CASE, {"in": "path", "name": "edge_id", "description": "Een lijn in het netwerk."}]


@blp.route("/cases/<uuid:case_id>/nodes", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.NodeIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED + " `known`: die staat er al. `full`: het is vol.")
def add_node(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Zet iemand of iets in het netwerk

    Met `same_as` is het hetzelfde punt als in een andere casus die je ook mag zien.
    """
    return shown(network.add_node(caller(), str(case_id), **data))


@blp.route(f"{ONE}/nodes/<uuid:node_id>/ends", methods=["POST"], parameters=NODE)
@allow("work_on_cases")
@blp.arguments(schemas.EndIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def end_node(data: dict[str, Any], case_id: UUID, node_id: UUID) -> dict[str, Any]:
    """Zeg tot wanneer iemand of iets er was

    Het blijft staan, met de dag waarop het ophield.
    """
    return shown(network.end_node(caller(), str(case_id), str(node_id), data["until"]))


@blp.route("/cases/<uuid:case_id>/edges", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.EdgeIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def add_edge(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Zeg wat er tussen twee punten is

    Tussen twee punten in deze casus. Wat je erbij schrijft, wordt verzegeld.
    """
    return shown(network.add_edge(caller(), str(case_id), **data))


@blp.route(f"{ONE}/edges/<uuid:edge_id>/ends", methods=["POST"], parameters=EDGE)
@allow("work_on_cases")
@blp.arguments(schemas.EndIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def end_edge(data: dict[str, Any], case_id: UUID, edge_id: UUID) -> dict[str, Any]:
    """Zeg tot wanneer iets tussen twee punten was

    De lijn blijft staan, met de dag waarop het ophield.
    """
    return shown(network.end_edge(caller(), str(case_id), str(edge_id), data["until"]))
