"""The addresses of the network around a case: who and what is in it, and what is between them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response

from server.access.door import allow, caller
from server.cases import identity, network
from server.cases import network_schemas as asked
from server.cases.member_routes import blp as blp
from server.cases.routes import CASE, CHANGED, ONE, shown
from server.cases.schemas import CaseOut

NODE = [*CASE, {"in": "path", "name": "node_id", "description": "Een punt in het netwerk."}]
EDGE = [*CASE, {"in": "path", "name": "edge_id", "description": "Een lijn in het netwerk."}]


@blp.route("/cases/<uuid:case_id>/nodes", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(asked.NodeIn)
@blp.response(201, CaseOut)
@blp.alt_response(409, description=CHANGED + " `known`: die staat er al. `full`: het is vol.")
def add_node(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Zet iemand of iets in het netwerk

    Met `same_as` is het hetzelfde punt als in een andere casus die je ook mag zien.
    """
    return shown(network.add_node(caller(), str(case_id), **data))


@blp.route(f"{ONE}/nodes/<uuid:node_id>/ends", methods=["POST"], parameters=NODE)
@allow("work_on_cases")
@blp.arguments(asked.EndIn)
@blp.response(201, CaseOut)
@blp.alt_response(409, description=CHANGED)
def end_node(data: dict[str, Any], case_id: UUID, node_id: UUID) -> dict[str, Any]:
    """Zeg tot wanneer iemand of iets er was

    Het blijft staan, met de dag waarop het ophield.
    """
    return shown(network.end_node(caller(), str(case_id), str(node_id), data["until"]))


@blp.route(f"{ONE}/nodes/<uuid:node_id>/changes", methods=["POST"], parameters=NODE)
@allow("work_on_cases")
@blp.arguments(asked.NodeChangeIn)
@blp.response(201, CaseOut)
@blp.alt_response(409, description=CHANGED)
def change_node(data: dict[str, Any], case_id: UUID, node_id: UUID) -> dict[str, Any]:
    """Verbeter wat er over iemand of iets in het netwerk staat

    Stuur de naam en de rol allebei, ook als er maar een verandert. Ze worden verzegeld.
    """
    return shown(network.change_node(caller(), str(case_id), str(node_id), **data))


@blp.route(f"{ONE}/nodes/<uuid:node_id>/identities", methods=["POST"], parameters=NODE)
@allow("work_on_cases")
@blp.arguments(asked.NodeIdentityIn)
@blp.response(201, CaseOut)
@blp.alt_response(404, description="Een van beide staat niet in een casus die je mag zien.")
@blp.alt_response(409, description=CHANGED + " `known`: dat was al zo, of die staat hier al.")
def identify_node(data: dict[str, Any], case_id: UUID, node_id: UUID) -> dict[str, Any]:
    """Zeg dat iemand of iets ook in een andere casus staat

    Alleen voor wie beide casussen mag zien. Zonder `same_as` is het toch niet dezelfde.
    """
    return shown(identity.identify(caller(), str(case_id), str(node_id), **data))


@blp.route(f"{ONE}/nodes/<uuid:node_id>", methods=["DELETE"], parameters=NODE)
@allow("work_on_cases")
@blp.response(204)
@blp.alt_response(409, description=CHANGED)
def remove_node(case_id: UUID, node_id: UUID) -> Response:
    """Haal iemand of iets uit het netwerk dat er niet in hoort

    Met wat ertussen was. Wat er echt was maar voorbij is, krijgt een einddag via `ends`.
    """
    network.remove_node(caller(), str(case_id), str(node_id))
    return make_response("", 204)


@blp.route("/cases/<uuid:case_id>/edges", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(asked.EdgeIn)
@blp.response(201, CaseOut)
@blp.alt_response(409, description=CHANGED)
def add_edge(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Zeg wat er tussen twee punten is

    Tussen twee punten in deze casus. Wat je erbij schrijft, wordt verzegeld.
    """
    return shown(network.add_edge(caller(), str(case_id), **data))


@blp.route(f"{ONE}/edges/<uuid:edge_id>/ends", methods=["POST"], parameters=EDGE)
@allow("work_on_cases")
@blp.arguments(asked.EndIn)
@blp.response(201, CaseOut)
@blp.alt_response(409, description=CHANGED)
def end_edge(data: dict[str, Any], case_id: UUID, edge_id: UUID) -> dict[str, Any]:
    """Zeg tot wanneer iets tussen twee punten was

    De lijn blijft staan, met de dag waarop het ophield.
    """
    return shown(network.end_edge(caller(), str(case_id), str(edge_id), data["until"]))


@blp.route(f"{ONE}/edges/<uuid:edge_id>", methods=["DELETE"], parameters=EDGE)
@allow("work_on_cases")
@blp.response(204)
@blp.alt_response(409, description=CHANGED)
def remove_edge(case_id: UUID, edge_id: UUID) -> Response:
    """Haal een lijn weg die er niet hoort

    Wat er echt was maar voorbij is, krijgt een einddag via `ends`.
    """
    network.remove_edge(caller(), str(case_id), str(edge_id))
    return make_response("", 204)
