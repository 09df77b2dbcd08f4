"""The addresses of cases, and of actions and goals with or without one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response

from server import cards
from server.access import allow, caller
from server.cases import members, network, opening, plans, schemas, service
from server.cases.models import Action, Case
from server.db import db
from server.observations import limits
from server.openapi import Blueprint
from server.people import service as people
from server.people.models import Person

blp = Blueprint("cases", __name__, description="Casussen, en wat is afgesproken.")

CASE = [{"in": "path", "name": "case_id", "description": "Het id uit de lijst met casussen."}]
NODE = [{"in": "path", "name": "node_id", "description": "Een punt in het netwerk."}]
EDGE = [{"in": "path", "name": "edge_id", "description": "Een lijn in het netwerk."}]
PERSON = [{"in": "path", "name": "person_id", "description": "Wie meewerkt."}]
ACTION = [{"in": "path", "name": "action_id", "description": "Het id van de actie."}]
GOAL = [{"in": "path", "name": "goal_id", "description": "Het id van het doel."}]
CHANGED = "`version`: een collega was eerder. `step`: die stap kan nu niet."
ROW = ("id", "number", "kind", "area", "phase", "phase_at", "evaluate_on", "closed_on", "outcome")


@blp.route("/cases")
@allow("see_cases")
@blp.arguments(schemas.CasesQuery, location="query")
@blp.response(200, schemas.CasesOut)
def list_cases(wishes: dict[str, Any]) -> dict[str, Any]:
    """Toon de casussen

    Per fase, zonder tekst. Van een casus waar je niet aan meewerkt, zie je hooguit de fase.
    """
    by = caller().person
    found = service.list_cases(by, closed=wishes["closed"] == "yes")
    items = [{**_row(one), "whole": members.may_see(by, one)} for one in found]
    limits.look(caller(), "list", "cases", shown=[one["id"] for one in items])
    return {"items": items}


@blp.route("/cases", methods=["POST"])
@allow("start_cases")
@blp.arguments(schemas.CaseIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(404, description="Een melding of de bundel bestaat niet meer.")
@blp.alt_response(409, description="`case_id`: dit id hoort bij een andere casus.")
def make_case(data: dict[str, Any]) -> dict[str, Any]:
    """Begin een casus

    Met de hand, of met meldingen of een bundel. Wat erin zit, blijft staan zolang de casus open is.
    Hetzelfde id nog een keer sturen verandert niets.
    """
    data["case_id"] = data.pop("id")
    return _case(service.make(caller(), **data))


@blp.route("/cases/choices")
@allow("see_cases")
@blp.response(200, schemas.CaseChoicesOut)
def show_case_choices() -> dict[str, Any]:
    """Toon waaruit je kiest

    Wat elke fase vraagt, soorten acties, gronden, en wie een actie kan doen.
    """
    library = cards.library()
    return {
        **library.casework,
        "grounds": library.referrals["grounds"],
        "owners": [_who(one.id) for one in plans.owners()],
    }


@blp.route("/cases/words", methods=["POST"])
@allow("open_cases")
@blp.arguments(schemas.PlansOpeningIn)
@blp.response(201, schemas.CaseWordsOut)
def open_words(_data: dict[str, Any]) -> dict[str, Any]:
    """Lees hoe casussen afliepen waar je aan meewerkte"""
    items = service.words_to(caller().person)
    limits.look(caller(), "open", "case_words", shown=[str(one["number"]) for one in items])
    return {"items": items}


@blp.route("/cases/<uuid:case_id>", parameters=CASE)
@allow("see_cases")
@blp.response(200, schemas.CaseOut)
def show_case(case_id: UUID) -> dict[str, Any]:
    """Toon een casus zonder tekst

    De fase, wie meewerkt en hoeveel melders nog antwoord krijgen. De tekst opent via `openings`.
    """
    answer = _case(members.find_known(caller().person, str(case_id)))
    limits.look(caller(), "show", "case", subject_id=str(case_id))
    return answer


@blp.route("/cases/<uuid:case_id>/openings", methods=["POST"], parameters=CASE)
@allow("open_cases")
@blp.arguments(schemas.CaseOpeningIn)
@blp.response(201, schemas.CaseOpeningOut)
def open_case(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Open een casus

    Met letters voor namen, tenzij je net een reden gaf om ze te zien. Het komt in het logboek.
    """
    return opening.open_case(caller(), str(case_id), data["purpose"])


@blp.route("/cases/<uuid:case_id>/unmaskings", methods=["POST"], parameters=CASE)
@allow("unmask_cases")
@blp.arguments(schemas.CaseUnmaskingIn)
@blp.response(204)
@blp.alt_response(403, description="`confirm`: laat eerst zien dat jij het bent.")
@blp.alt_response(409, description="`meeting`: dit overleg is niet bezig.")
def unmask_case(data: dict[str, Any], case_id: UUID) -> Response:
    """Laat de namen in een casus zien

    Met een reden. Ze blijven tien minuten te zien, of zolang het overleg (`meeting`) bezig is.
    """
    opening.unmask(caller(), str(case_id), **data)
    return make_response("", 204)


@blp.route("/cases/<uuid:case_id>/changes", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.CaseChangeIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def change_case(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Verander de titel, de tekst of de dag van de evaluatie"""
    return _case(service.change(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/phases", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.PhaseIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def move_case(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Breng een casus naar een andere fase

    Eén fase verder, of terug naar een eerdere.
    """
    return _case(service.move(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/asked", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.AskedIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def tick_asked(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Vink af wat de fase vraagt"""
    return _case(service.tick(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/sources", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.SourcesIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def add_sources(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Zet meldingen in een casus

    Alleen door het loket.
    """
    return _case(service.add_sources(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/participants", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.ParticipantIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def add_participant(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Laat iemand meewerken

    In het kernteam (`core`), alleen voor deze casus (`shell`), of als agendalid (`agenda`).
    """
    return _case(service.add_participant(caller(), str(case_id), **data))


@blp.route(
    "/cases/<uuid:case_id>/participants/<uuid:person_id>",
    methods=["DELETE"],
    parameters=[*CASE, *PERSON],
)
@allow("work_on_cases")
@blp.response(204)
def end_participant(case_id: UUID, person_id: UUID) -> Response:
    """Laat iemand niet meer meewerken"""
    service.end_participant(caller(), str(case_id), str(person_id))
    return make_response("", 204)


@blp.route("/cases/<uuid:case_id>/nodes", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.NodeIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED + " `known`: die staat er al. `full`: het is vol.")
def add_node(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Zet iemand of iets in het netwerk

    Met `same_as` is het hetzelfde punt als in een andere casus die je ook mag zien.
    """
    return _case(network.add_node(caller(), str(case_id), **data))


@blp.route(
    "/cases/<uuid:case_id>/nodes/<uuid:node_id>/ends", methods=["POST"], parameters=[*CASE, *NODE]
)
@allow("work_on_cases")
@blp.arguments(schemas.EndIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def end_node(data: dict[str, Any], case_id: UUID, node_id: UUID) -> dict[str, Any]:
    """Zeg tot wanneer iemand of iets er was"""
    return _case(network.end_node(caller(), str(case_id), str(node_id), data["until"]))


@blp.route("/cases/<uuid:case_id>/edges", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.EdgeIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def add_edge(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Zeg wat er tussen twee punten is"""
    return _case(network.add_edge(caller(), str(case_id), **data))


@blp.route(
    "/cases/<uuid:case_id>/edges/<uuid:edge_id>/ends", methods=["POST"], parameters=[*CASE, *EDGE]
)
@allow("work_on_cases")
@blp.arguments(schemas.EndIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def end_edge(data: dict[str, Any], case_id: UUID, edge_id: UUID) -> dict[str, Any]:
    """Zeg tot wanneer iets tussen twee punten was"""
    return _case(network.end_edge(caller(), str(case_id), str(edge_id), data["until"]))


@blp.route("/cases/<uuid:case_id>/decisions", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.CaseDecisionIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description="`decision_id`: dit id hoort bij een ander besluit.")
def add_decision(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Leg een besluit vast, met de grond"""
    data["decision_id"] = data.pop("id")
    return _case(plans.decide(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/closings", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.ClosingIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(
    409, description=CHANGED + " `feedback_owed`: een melder heeft nog geen antwoord."
)
def close_case(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Sluit een casus

    Met een uitkomst, als elke melder antwoord kreeg. Werkte iemand alleen aan deze casus mee, dan
    hoort die met `word` hoe het afliep.
    """
    return _case(service.close(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/reopenings", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.ReopeningIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def reopen_case(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Heropen een casus"""
    return _case(service.reopen(caller(), str(case_id), **data))


@blp.route("/actions")
@allow("see_plans")
@blp.response(200, schemas.ActionsOut)
def list_actions() -> dict[str, Any]:
    """Toon de acties

    Soort, pijler, wie en wanneer; wat het eerst af moet bovenaan. Zonder tekst.
    """
    items = [_action(one) for one in plans.actions(caller().person)]
    limits.look(caller(), "list", "actions", shown=[one["id"] for one in items])
    return {"items": items}


@blp.route("/actions", methods=["POST"])
@allow("plan")
@blp.arguments(schemas.ActionIn)
@blp.response(201, schemas.ActionOut)
@blp.alt_response(404, description="Deze casus bestaat niet, of je werkt er niet aan mee.")
@blp.alt_response(409, description="`step`: de casus is gesloten. `known_id`: dit id is gebruikt.")
def add_action(data: dict[str, Any]) -> dict[str, Any]:
    """Spreek een actie af

    Voor een casus, of voor een school, club of wijk (`about`). Wie hem doet, krijgt een seintje.
    """
    data["action_id"] = data.pop("id")
    return _action(plans.plan(caller(), **data))


@blp.route("/actions/openings", methods=["POST"])
@allow("see_plans")
@blp.arguments(schemas.PlansOpeningIn)
@blp.response(201, schemas.PlanTextsOut)
@blp.alt_response(404, description="Je organisatie werkt hier niet aan mee.")
def open_plans(_data: dict[str, Any]) -> dict[str, Any]:
    """Open de tekst van acties en doelen buiten een casus, en van je eigen acties"""
    return {"texts": plans.open_loose(caller())}


@blp.route("/actions/<uuid:action_id>/states", methods=["POST"], parameters=ACTION)
@allow("do_actions")
@blp.arguments(schemas.ActionChangeIn)
@blp.response(201, schemas.ActionOut)
@blp.alt_response(409, description="`version`: een collega was eerder.")
def change_action(data: dict[str, Any], action_id: UUID) -> dict[str, Any]:
    """Vink een actie af, verzet hem of draag hem over"""
    return _action(plans.change(caller(), str(action_id), **data))


@blp.route("/goals")
@allow("see_plans")
@blp.response(200, schemas.GoalsOut)
def list_goals() -> dict[str, Any]:
    """Toon de doelen

    Op korte, middellange en lange termijn. Zonder tekst.
    """
    items = plans.goals(caller().person)
    answer = {"items": [{name: getattr(one, name) for name in GOAL_ROW} for one in items]}
    limits.look(caller(), "list", "goals", shown=[one["id"] for one in answer["items"]])
    return answer


GOAL_ROW = ("id", "case_id", "about", "term", "reached_on", "version")


@blp.route("/goals", methods=["POST"])
@allow("plan")
@blp.arguments(schemas.GoalIn)
@blp.response(201, schemas.GoalOut)
@blp.alt_response(404, description="Deze casus bestaat niet, of je werkt er niet aan mee.")
@blp.alt_response(409, description="`step`: de casus is gesloten. `known_id`: dit id is gebruikt.")
def add_goal(data: dict[str, Any]) -> Any:
    """Stel een doel

    Voor een casus, of voor een school, club of wijk (`about`).
    """
    data["goal_id"] = data.pop("id")
    return plans.set_goal(caller(), **data)


@blp.route("/goals/<uuid:goal_id>/states", methods=["POST"], parameters=GOAL)
@allow("plan")
@blp.arguments(schemas.ReachedIn)
@blp.response(201, schemas.GoalOut)
@blp.alt_response(409, description="`version`: een collega was eerder.")
def reach_goal(data: dict[str, Any], goal_id: UUID) -> Any:
    """Zeg of een doel is bereikt"""
    return plans.reach(caller(), str(goal_id), **data)


def _row(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in ROW}


def _case(case: Case) -> dict[str, Any]:
    session = caller()
    return {
        **_row(case),
        "whole": members.may_see(session.person, case),
        "version": case.version,
        "asked": case.asked,
        "participants": [
            {
                **_who(one.person_id),
                "part": one.part,
                "ended": db.session.get_one(Person, one.person_id).ended_at is not None,
            }
            for one in members.participants(case)
        ],
        "observations": len(service.sources(case)),
        "owed": len(service.owed(case)),
        "unmasked": opening.is_unmasked(session.person_id, case),
    }


def _action(one: Action) -> dict[str, Any]:
    shown = {
        name: getattr(one, name)
        for name in ("id", "case_id", "about", "pillar", "kind", "due_on", "done_on", "version")
    }
    return {**shown, "owner": _who(one.owner_id), "orphaned": plans.orphaned(one)}


def _who(person_id: str) -> dict[str, str]:
    person = db.session.get_one(Person, person_id)
    return {"id": person.id, "name": people.name_of(person)}
