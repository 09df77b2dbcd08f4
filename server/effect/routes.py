"""What the approach brings about, and the survey among reporters."""

from __future__ import annotations

from typing import Any

from server.access.door import allow, caller
from server.db import now
from server.effect import schemas, service, survey
from server.effect.halves import Half
from server.openapi import Blueprint
from server.workdays import local_day

blp = Blueprint(
    "effect", __name__, description="Doelen van de aanpak, en wat melders ervan vinden."
)


@blp.route("/effect")
@allow("see_effect")
@blp.response(200, schemas.EffectOut)
def show_effect() -> dict[str, Any]:
    """Toon de doelen en wat melders antwoordden

    Per doel hoe het wordt gemeten, waar het begon en een waarde per half jaar. De antwoorden van
    melders komen erbij als een half jaar voorbij is, en veranderen daarna niet meer. Aantallen
    onder vijf zijn verborgen.
    """
    return {
        "half": str(Half.of(local_day(now()))),
        "goals": service.goals(),
        "questions": survey.questions(),
        "survey": survey.results(),
    }


@blp.route("/effect/goals", methods=["PUT"])
@allow("enter_effect")
@blp.arguments(schemas.EffectGoalIn)
@blp.response(204)
@blp.alt_response(409, description="`version`: iemand veranderde dit net.")
def set_goal(data: dict[str, Any]) -> None:
    """Leg vast hoe een doel wordt gemeten

    Met de waarde bij het begin. Van een aantal onder de vijf bewaren we alleen dat het er weinig
    zijn; dat stuur je terug met `few`. Een percentage bewaren we alleen als het over vijf mensen of
    meer gaat. Hoe de tijd tot antwoord wordt gemeten, ligt vast.
    """
    service.set_goal(
        caller(),
        data["goal"],
        service.Entered(data["baseline"], data["few"], data["over"]),
        measure=data["measure"].strip(),
        version=data["version"],
    )


@blp.route("/effect/values", methods=["PUT"])
@allow("enter_effect")
@blp.arguments(schemas.EffectValueIn)
@blp.response(204)
@blp.alt_response(409, description="`version`: iemand veranderde dit net.")
def set_value(data: dict[str, Any]) -> None:
    """Leg de waarde van een doel in een half jaar vast

    Van een aantal jongeren onder de vijf bewaren we alleen dat het er weinig zijn; dat stuur je
    terug met `few`. Een percentage bewaren we alleen als het over vijf mensen of meer gaat. De tijd
    tot antwoord komt uit de cijfers en staat hier niet bij.
    """
    entered = service.Entered(data["value"], data["few"], data["over"])
    service.set_value(caller(), data["goal"], data["half"], entered, version=data["version"])


@blp.route("/survey")
@allow("answer_survey")
@blp.response(200, schemas.SurveyOut)
def show_survey() -> dict[str, Any]:
    """Vraag of er vragen voor je zijn

    Twee keer per jaar, in de laatste twee maanden van een half jaar, voor wie ze nog niet
    beantwoordde of oversloeg.
    """
    half = survey.offered_to(caller().person)
    return {"half": half, "questions": survey.questions() if half else []}


@blp.route("/survey", methods=["POST"])
@allow("answer_survey")
@blp.arguments(schemas.SurveyIn)
@blp.response(204)
@blp.alt_response(409, description="`closed`: dat half jaar is voorbij.")
def answer_survey(data: dict[str, Any]) -> None:
    """Beantwoord de vragen of sla ze over

    Wat je antwoordt staat los van wie je bent: verzegeld, zonder naam, toestel of tijd, en het gaat
    pas open als het half jaar voorbij is. Dat je antwoordde of oversloeg staat apart, zodat we het
    niet nog eens vragen. Een tweede keer verandert niets.
    """
    survey.answer(caller().person, data["half"], data["answers"])
