"""The addresses of actions and goals, with or without a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.access.door import allow, caller
from server.cases import plan_schemas as schemas
from server.cases import plans
from server.cases.models import Action
from server.cases.routes import who
from server.cases.schemas import PlansOpeningIn
from server.observations import limits
from server.openapi import Blueprint

blp = Blueprint("plans", __name__, description="Acties en doelen.")

ACTION = [{"in": "path", "name": "action_id", "description": "Het id van de actie."}]
GOAL = [{"in": "path", "name": "goal_id", "description": "Het id van het doel."}]
GOAL_ROW = ("id", "case_id", "about", "term", "reached_on", "version")


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
@blp.arguments(PlansOpeningIn)
@blp.response(201, schemas.PlanTextsOut)
@blp.alt_response(404, description="Je organisatie werkt hier niet aan mee.")
def open_plans(_data: dict[str, Any]) -> dict[str, Any]:
    """Open de tekst van acties en doelen

    Van wat niet bij een casus hoort, en van je eigen acties. Komt in het logboek.
    """
    return {"texts": plans.open_loose(caller())}


@blp.route("/actions/<uuid:action_id>/states", methods=["POST"], parameters=ACTION)
@allow("do_actions")
@blp.arguments(schemas.ActionChangeIn)
@blp.response(201, schemas.ActionOut)
@blp.alt_response(409, description="`version`: een collega was eerder.")
def change_action(data: dict[str, Any], action_id: UUID) -> dict[str, Any]:
    """Vink een actie af, verzet hem of draag hem over

    Met de versie die je zag: was een collega eerder, dan verandert er niets.
    """
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
    """Zeg of een doel is bereikt

    Met de versie die je zag: was een collega eerder, dan verandert er niets.
    """
    return plans.reach(caller(), str(goal_id), **data)


def _action(one: Action) -> dict[str, Any]:
    shown = {
        name: getattr(one, name)
        for name in ("id", "case_id", "about", "pillar", "kind", "due_on", "done_on", "version")
    }
    return {**shown, "owner": who(one.owner_id), "orphaned": plans.orphaned(one)}
