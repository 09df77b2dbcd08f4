"""The desk's addresses for the rights of who is written about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response

from server.access.door import allow, caller
from server.audit import looking
from server.observations import informing, triage
from server.observations.models import Observation
from server.openapi import Blueprint
from server.rights import objections, schemas, service
from server.rights.records import RECORDS
from server.rights.search import Wanted

blp = Blueprint("rights", __name__, description="Rechten van de mensen over wie is gemeld.")

OBSERVATION = [{"in": "path", "name": "observation_id", "description": "Het id van de melding."}]
OBJECTION = [{"in": "path", "name": "objection_id", "description": "Het id van het bezwaar."}]
RECORD = [
    {"in": "path", "name": "record_id", "description": "Het id uit de lijst met gevonden stukken."}
]


@blp.route("/rights/searches", methods=["POST"])
@allow("exercise_rights")
@blp.arguments(schemas.WantedIn)
@blp.response(201, schemas.SearchOut)
def search_person(data: dict[str, Any]) -> dict[str, Any]:
    """Zoek een persoon in alles wat verzegeld is

    Opent elke levende envelop op de server en zoekt de naam, ook als die anders is gespeld. Geeft
    het open deel van wat gevonden is en waarom, geen verzegelde tekst. De reden, het aantal en elk
    gevonden stuk komen in het logboek; de naam niet. Vraagt je passkey.
    """
    return service.search(caller(), _wanted(data), data["reason"])


@blp.route("/rights/reviews", methods=["POST"])
@allow("exercise_rights")
@blp.arguments(schemas.ReviewIn)
@blp.response(201, schemas.ReviewOut)
def review_held(data: dict[str, Any]) -> dict[str, Any]:
    """Bekijk wat er van iemand is bewaard, om het mee te geven

    Opent de gekozen stukken, zonder wie meldde en zonder andere personen. Bij elke tekst staat
    welke woorden een ander noemen: maak die zwart voordat je iets meegeeft. Het bestand maak je op
    je eigen toestel; de server bewaart het niet. Elk stuk komt in het logboek. Vraagt je passkey.
    """
    items = service.review(caller(), _wanted(data), data["records"], data["reason"])
    return {"items": items}


@blp.route("/rights/exports", methods=["POST"])
@allow("exercise_rights")
@blp.arguments(schemas.ExportIn)
@blp.response(204)
def note_export(data: dict[str, Any]) -> Response:
    """Leg vast dat je een bestand hebt gemaakt

    Het bestand zelf blijft op je eigen toestel. Elk stuk komt in het logboek. Vraagt je passkey.
    """
    service.note_export(caller(), data["records"], data["reason"])
    return make_response("", 204)


@blp.route(
    "/rights/observations/<uuid:observation_id>/corrections",
    methods=["POST"],
    parameters=OBSERVATION,
)
@allow("exercise_rights")
@blp.arguments(schemas.CorrectionIn)
@blp.response(204)
@blp.alt_response(
    409, description="`version`: een collega was eerder. `shut`: de melding is niet meer te lezen."
)
def correct(data: dict[str, Any], observation_id: UUID) -> Response:
    """Verbeter een melding

    De verbetering komt verzegeld naast de melding te staan. Met `replacement` komt zij in de plaats
    van de oude tekst of personen, en zijn die voorgoed weg. Vraagt je passkey.
    """
    service.correct(caller(), str(observation_id), **data)
    return make_response("", 204)


@blp.route("/rights/records/<uuid:record_id>/erasures", methods=["POST"], parameters=RECORD)
@allow("exercise_rights")
@blp.arguments(schemas.ErasureIn)
@blp.response(204)
@blp.alt_response(409, description="`in_case`: de melding zit in een casus.")
def erase(data: dict[str, Any], record_id: UUID) -> Response:
    """Wis een stuk op verzoek

    Van een melding gaan tekst, aanvullingen en antwoorden voorgoed weg; de melder hoort in een
    vaste zin dat de melding is gewist. Van een overleg of casus gaat de tekst weg; dag, grond en
    uitkomst blijven. Wie uit een netwerk gaat, heet in die casus overal een letter. Vraagt je
    passkey.
    """
    service.erase(caller(), data["subject"], str(record_id), data["reason"])
    return make_response("", 204)


@blp.route(
    "/rights/observations/<uuid:observation_id>/objections",
    methods=["POST"],
    parameters=OBSERVATION,
)
@allow("exercise_rights")
@blp.arguments(schemas.ObjectionIn)
@blp.response(201, schemas.RightsOut)
def note_objection(data: dict[str, Any], observation_id: UUID) -> dict[str, Any]:
    """Leg vast dat iemand bezwaar maakt of om beperking vraagt

    Zolang er niet is besloten, staat bij de melding ‘bezwaar loopt’. Vraagt je passkey.
    """
    objections.note_objection(caller(), str(observation_id), data["kind"], data["made_on"])
    return _rights(triage.find(str(observation_id)))


@blp.route(
    "/rights/objections/<uuid:objection_id>/decisions", methods=["POST"], parameters=OBJECTION
)
@allow("exercise_rights")
@blp.arguments(schemas.DecisionIn)
@blp.response(204)
@blp.alt_response(409, description="`decided`: hierover is al besloten.")
def decide_objection(data: dict[str, Any], objection_id: UUID) -> Response:
    """Leg vast wat er op een bezwaar is besloten

    Bij `upheld` kreeg iemand gelijk; wissen of verbeteren doe je daarna. Vraagt je passkey.
    """
    objections.decide_objection(caller(), str(objection_id), data["decision"])
    return make_response("", 204)


@blp.route("/rights/observations/<uuid:observation_id>", parameters=OBSERVATION)
@allow("note_informing")
@blp.response(200, schemas.RightsOut)
def show_rights(observation_id: UUID) -> dict[str, Any]:
    """Toon of iemand is geïnformeerd en of er bezwaar is

    Het open deel: dagen en vaste woorden, geen tekst.
    """
    answer = _rights(triage.find(str(observation_id)))
    looking.look(caller(), "show", "observation", str(observation_id))
    return answer


@blp.route(
    "/rights/observations/<uuid:observation_id>/informing",
    methods=["PUT"],
    parameters=OBSERVATION,
)
@allow("note_informing")
@blp.arguments(schemas.InformingIn)
@blp.response(200, schemas.RightsOut)
def note_informing(data: dict[str, Any], observation_id: UUID) -> dict[str, Any]:
    """Leg vast wanneer de jongere of ouder het hoorde, of waarom nog niet

    Zonder dag en zonder reden staat het weer open. Drie weken nadat een loket voor het eerst een
    naam las, komt er een seintje, en daarna elke week.
    """
    return _rights(informing.note_informing(caller(), str(observation_id), **data))


@blp.route("/rights/informing")
@allow("note_informing")
@blp.response(200, schemas.ToInformListOut)
def list_to_inform() -> dict[str, Any]:
    """Toon bij welke meldingen nog iemand moet worden geïnformeerd

    De melding waarin het langst geleden een naam is gelezen staat vooraan. Hooguit 200.
    """
    items = [
        {
            "subject": "observation",
            "id": row.id,
            **RECORDS["observation"].plain(row),
            "informing": _informing(row),
        }
        for row in informing.to_inform()
    ]
    looking.look(caller(), "list", "informing", shown=[one["id"] for one in items])
    return {"items": items}


def _wanted(data: dict[str, Any]) -> Wanted:
    return Wanted(data["name"], data["nickname"], data["age"])


def _rights(row: Observation) -> dict[str, Any]:
    return {"informing": _informing(row), "objections": objections.objections(row.id)}


def _informing(row: Observation) -> dict[str, Any]:
    return {
        "named_on": row.named_on,
        "informed_on": row.informed_on,
        "reason": row.not_informed_reason,
        "remind_on": row.remind_on,
    }
