"""What reporters may expect, and what the desk owes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response

from server import cards
from server.access.door import allow, caller
from server.feedback import absence, bundled, figures, schemas, service
from server.openapi import Blueprint
from server.people import service as people

blp = Blueprint("feedback", __name__, description="Terugkoppeling: op tijd, door wie, en nuttig?")

FEEDBACK = [{"in": "path", "name": "feedback_id", "description": "Het id van het antwoord."}]
BUNDLE = [{"in": "path", "name": "bundle_id", "description": "Het id uit de lijst met bundels."}]
PERSON = [{"in": "path", "name": "person_id", "description": "Wie er niet is."}]


@blp.route("/feedback/<uuid:feedback_id>/usefulness", methods=["PUT"], parameters=FEEDBACK)
@allow("rate_answers")
@blp.arguments(schemas.UsefulIn)
@blp.response(204)
@blp.alt_response(409, description="`kind`: dit is een vraag, geen antwoord.")
def rate_answer(data: dict[str, Any], feedback_id: UUID) -> Response:
    """Zeg of een antwoord nuttig was

    Eén tik, zonder tekst. Nog een keer zeggen vervangt de vorige keer. Het loket ziet alleen
    aantallen.
    """
    service.rate(caller(), str(feedback_id), useful=data["useful"])
    return make_response("", 204)


@blp.route("/expectations")
@allow("own_account")
@blp.response(200, schemas.ExpectationsOut)
def show_expectations() -> dict[str, Any]:
    """Laat zien wat een melder kan verwachten

    Binnen hoeveel werkdagen er gemiddeld een antwoord komt, bij welk loket nu niemand is, en welke
    eigen meldingen liggen bij iemand die er niet is. Zonder namen.
    """
    return service.expectations(caller().person)


@blp.route("/figures/answers")
@allow("read_inbox")
@blp.response(200, schemas.FiguresOut)
def show_answer_figures() -> dict[str, Any]:
    """Toon de cijfers van het loket

    Over de laatste 91 dagen, tot nu: hoeveel antwoorden, hoeveel op tijd, de middelste duur in
    werkdagen, en hoe vaak melders een antwoord nuttig vonden. Er is niets verborgen: het loket
    leest elke melding.
    """
    return figures.of_desk()


@blp.route("/bundles/<uuid:bundle_id>/feedback", methods=["POST"], parameters=BUNDLE)
@allow("answer_observations")
@blp.arguments(schemas.BundleFeedbackIn)
@blp.response(201, schemas.BundleFeedbackOut)
@blp.alt_response(
    409,
    description=(
        "`version`: een collega was eerder. `not_in_it`: een melding zit niet in deze bundel. "
        "`ended`: de bundel is uit elkaar gehaald. `feedback_id`: dit id hoort bij een andere "
        "melding."
    ),
)
def answer_bundle(data: dict[str, Any], bundle_id: UUID) -> dict[str, int]:
    """Geef alle melders in een bundel hetzelfde antwoord

    Ieder hoort het bij de eigen melding en merkt niets van de anderen. Staat er een naam uit één
    van de meldingen in, of was een collega eerder, dan krijgt niemand iets; `invalid_params` noemt
    elke melding waar het om gaat.
    """
    return {"answered": bundled.answer_all(caller(), str(bundle_id), **data)}


@blp.route("/absences")
@allow("be_away")
@blp.response(200, schemas.ColleaguesOut)
def list_absences() -> dict[str, Any]:
    """Laat zien wie van het loket er is

    Alle collega’s van beide loketten, met tot wanneer iemand er niet is en wie vervangt.
    """
    labels = cards.library().gemeente["role_labels"]
    return {"items": [_colleague(one, labels) for one in absence.colleagues()]}


@blp.route("/absences/<uuid:person_id>", methods=["PUT"], parameters=PERSON)
@allow("be_away")
@blp.arguments(schemas.AbsenceIn)
@blp.response(200, schemas.TakenOverOut)
def go_away(data: dict[str, Any], person_id: UUID) -> dict[str, int]:
    """Zet iemand van het loket op afwezig

    Jezelf, of een collega die ziek is. De vervanger neemt over wat open staat en krijgt de
    seintjes; elke melding komt in het logboek. Melders zien dat er iemand niet is, zonder naam.
    """
    taken = absence.go_away(caller(), str(person_id), data["until"], data["substitute"])
    return {"taken_over": taken}


@blp.route("/absences/<uuid:person_id>", methods=["DELETE"], parameters=PERSON)
@allow("be_away")
@blp.response(204)
def come_back(person_id: UUID) -> Response:
    """Zet iemand weer op aanwezig

    Wat is overgenomen, blijft bij de vervanger. Nog een keer verandert niets.
    """
    absence.come_back(caller(), str(person_id))
    return make_response("", 204)


def _colleague(one: absence.Colleague, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.person.id,
        "name": people.name_of(one.person),
        "role_label": labels.get(one.person.role, one.person.role),
        "absence": {
            "until": one.absence.until,
            "substitute": {"id": one.substitute.id, "name": people.name_of(one.substitute)}
            if one.substitute
            else None,
        }
        if one.absence
        else None,
    }
