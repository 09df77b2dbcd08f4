"""The addresses of bundles, and of what looks alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, make_response

from server.access.door import allow, caller
from server.bundles import merging, schemas, service, suggesting
from server.bundles.models import Bundle, BundleMember
from server.bundles.suggesting import Suggestion
from server.db import db
from server.observations import limits
from server.observations.models import NOBODY, Observation
from server.observations.service import receipt_code
from server.openapi import Blueprint
from server.people import service as people
from server.people.models import Person

blp = Blueprint("bundles", __name__, description="Meldingen die bij elkaar horen.")

OBSERVATION = [
    {"in": "path", "name": "observation_id", "description": "Het id dat de telefoon eraan gaf."}
]
BUNDLE = [{"in": "path", "name": "bundle_id", "description": "Het id uit de lijst met bundels."}]
ID, MADE = "$response.body#/items/0/id", "$response.body#/id"
FROM_LIST = {"showBundle": {"operationId": "showBundle", "parameters": {"bundle_id": ID}}}
FROM_MADE = {"showBundle": {"operationId": "showBundle", "parameters": {"bundle_id": MADE}}}
CHANGED = (
    "`version`: een collega veranderde deze bundel net ook. `bundled`: een melding zit al in een "
    "bundel. `ended`: de bundel is uit elkaar gehaald."
)


@blp.route("/observations/<uuid:observation_id>/suggestions", parameters=OBSERVATION)
@allow("see_bundles")
@blp.response(200, schemas.SuggestionsOut)
def show_suggestions(observation_id: UUID) -> dict[str, Any]:
    """Laat zien welke meldingen op deze lijken

    Met de reden in vaste woorden, de nieuwste bovenaan, hooguit twintig. Er staat geen getal bij.
    Wat iemand afwees, komt niet terug. Een mens beslist: bundelen of afwijzen.
    """
    found = suggesting.suggestions(str(observation_id))
    answer = {
        "on": found.on,
        "ready": found.ready,
        "bundle": found.bundle_id,
        "items": _suggested(found.items),
    }
    shown = [one.observation.id for one in found.items]
    limits.look(caller(), "list", "suggestions", subject_id=str(observation_id), shown=shown)
    return answer


@blp.route(
    "/observations/<uuid:observation_id>/rejections", methods=["POST"], parameters=OBSERVATION
)
@allow("bundle_observations")
@blp.arguments(schemas.RejectionIn)
@blp.response(204)
def reject_suggestion(data: dict[str, Any], observation_id: UUID) -> Response:
    """Leg vast dat twee meldingen niet bij elkaar horen

    Ze worden niet meer samen voorgesteld. Zit de andere in een bundel, dan geldt het voor alles wat
    daarin zit.
    """
    suggesting.reject(caller(), str(observation_id), data["observation"])
    return make_response("", 204)


@blp.route("/bundles")
@allow("see_bundles")
@blp.doc(responses={200: {"links": FROM_LIST}})
@blp.arguments(schemas.BundlesQuery, location="query")
@blp.response(200, schemas.BundlesOut)
def list_bundles(wishes: dict[str, Any]) -> dict[str, Any]:
    """Toon de bundels

    De nieuwste bovenaan. Een bundel waarin minder dan twee meldingen over zijn, staat er niet bij.
    """
    items = [_row(bundle) for bundle in service.open_bundles(wishes["limit"])]
    limits.look(caller(), "list", "bundles", shown=[item["id"] for item in items])
    return {"items": items}


@blp.route("/bundles", methods=["POST"])
@allow("bundle_observations")
@blp.arguments(schemas.BundleIn)
@blp.response(201, schemas.BundleOut)
@blp.doc(responses={201: {"links": FROM_MADE}})
@blp.alt_response(404, description="Een van deze meldingen bestaat niet meer.")
@blp.alt_response(409, description=CHANGED)
def make_bundle(data: dict[str, Any]) -> dict[str, Any]:
    """Bundel meldingen

    Van twee of meer meldingen. De melders merken er niets van: ieder krijgt een eigen antwoord. Was
    een collega eerder, dan is het antwoord 409 met `code` `bundled`.
    """
    return _bundle(service.make(caller(), **data))


@blp.route("/bundles/<uuid:bundle_id>", parameters=BUNDLE)
@allow("see_bundles")
@blp.response(200, schemas.BundleOut)
def show_bundle(bundle_id: UUID) -> dict[str, Any]:
    """Toon een bundel

    Waarom deze meldingen bij elkaar horen, met van elk het open deel, wat eruit is gehaald, en wat
    er verder op lijkt. De verzegelde tekst opent alleen via `openings`.
    """
    answer = _bundle(service.find(str(bundle_id)))
    limits.look(caller(), "show", "bundle", subject_id=str(bundle_id))
    return answer


@blp.route("/bundles/<uuid:bundle_id>/members", methods=["POST"], parameters=BUNDLE)
@allow("bundle_observations")
@blp.arguments(schemas.MembersIn)
@blp.response(201, schemas.BundleOut)
@blp.alt_response(409, description=CHANGED)
def add_members(data: dict[str, Any], bundle_id: UUID) -> dict[str, Any]:
    """Zet meldingen bij een bundel

    Meldingen die nog niet in een bundel zitten.
    """
    return _bundle(service.add(caller(), str(bundle_id), **data))


@blp.route(
    "/bundles/<uuid:bundle_id>/members/<uuid:observation_id>",
    methods=["DELETE"],
    parameters=[*BUNDLE, *OBSERVATION],
)
@allow("bundle_observations")
@blp.response(204)
@blp.alt_response(409, description="`not_in_it`: deze melding zit er niet in, of niet meer.")
def take_out_member(bundle_id: UUID, observation_id: UUID) -> Response:
    """Haal een melding uit een bundel

    Dat hij erin zat, blijft bekend. Blijft er minder dan twee over, dan houdt de bundel op. De
    melding zelf verandert niet, en wat de melder al hoorde blijft staan.
    """
    service.take_out(caller(), str(bundle_id), str(observation_id))
    return make_response("", 204)


@blp.route("/bundles/<uuid:bundle_id>/mergers", methods=["POST"], parameters=BUNDLE)
@allow("bundle_observations")
@blp.arguments(schemas.MergerIn)
@blp.response(201, schemas.BundleOut)
@blp.alt_response(404, description="Een van deze bundels bestaat niet meer.")
@blp.alt_response(409, description=CHANGED)
def merge_bundles(data: dict[str, Any], bundle_id: UUID) -> dict[str, Any]:
    """Voeg een andere bundel bij deze

    Alles wat in de andere zit, komt in deze; de andere houdt op en zegt waar het heen ging. De
    melders merken er niets van, en houden de antwoorden die ze kregen.
    """
    return _bundle(merging.merge(caller(), str(bundle_id), data["bundle"], data["version"]))


@blp.route("/bundles/<uuid:bundle_id>/openings", methods=["POST"], parameters=BUNDLE)
@allow("open_bundles")
@blp.arguments(schemas.BundleOpeningIn)
@blp.response(201, schemas.BundleOpeningOut)
def open_bundle(data: dict[str, Any], bundle_id: UUID) -> dict[str, Any]:
    """Open alles in een bundel met één reden

    Elke melding komt apart in het logboek, en telt als gelezen. Is er een voor het andere loket
    bij, dan kan alleen `consult` (meedenken) of `cover` (vervangen).
    """
    note, openings = merging.open_all(caller(), str(bundle_id), data["purpose"], note=data["note"])
    return {"note": note, "openings": openings}


def _row(bundle: Bundle) -> dict[str, Any]:
    inside = service.members(bundle.id)
    return {
        "id": bundle.id,
        "reasons": bundle.reasons,
        "made_at": bundle.made_at,
        "members": len(inside),
        "answered": sum(one.answered_at is not None for one in inside),
        "areas": sorted({one.area for one in inside if one.area}),
        "first": min(one.date for one in inside),
        "last": max(one.date for one in inside),
    }


def _bundle(bundle: Bundle) -> dict[str, Any]:
    stays = [
        (stay, db.session.get_one(Observation, stay.observation_id))
        for stay in service.stays(bundle.id)
    ]
    inside = [_stay(stay, row) for stay, row in stays if stay.removed_at is None]
    return {
        **{
            name: getattr(bundle, name)
            for name in ("id", "reasons", "made_at", "ended_at", "version")
        },
        "has_note": any(one.note_sealed for one in (bundle, *merging.merged_with(bundle))),
        "merged_into": bundle.merged_into_id,
        "made_by": _somebody(bundle.made_by),
        "members": sorted(inside, key=lambda one: one["observation"]["date"]),
        "taken_out": [_stay(stay, row) for stay, row in stays if stay.removed_at is not None],
        "suggestions": []
        if bundle.ended_at
        else _suggested(suggesting.suggestions_for_bundle(bundle)),
    }


def _stay(stay: BundleMember, row: Observation) -> dict[str, Any]:
    return {
        "observation": _member(row),
        "added_at": stay.added_at,
        "added_by": _somebody(stay.added_by),
        "removed_at": stay.removed_at,
        "removed_by": _somebody(stay.removed_by),
    }


def _suggested(found: Sequence[Suggestion]) -> list[dict[str, Any]]:
    return [
        {
            "observation": _member(one.observation),
            "reasons": one.reasons,
            "bundle": one.bundle_id,
        }
        for one in found
    ]


def _member(row: Observation) -> dict[str, Any]:
    shown = {
        name: getattr(row, name)
        for name in schemas.MemberOut().fields
        if hasattr(Observation, name)
    }
    return {
        **shown,
        "receipt": receipt_code(row.id),
        "answered": row.answered_at is not None,
        "nobody": row.no_feedback_reason == NOBODY,
    }


def _somebody(person_id: str | None) -> dict[str, str] | None:
    person = db.session.get(Person, person_id) if person_id else None
    return {"id": person.id, "name": people.name_of(person)} if person else None
