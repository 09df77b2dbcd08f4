"""The addresses of cases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response

from server import cards
from server.access.door import allow, caller
from server.access.permissions import scope_of
from server.cases import closing, deciding, members, opening, plans, schemas, service
from server.cases.models import Case, CaseSource
from server.db import db
from server.observations import limits
from server.observations.models import Observation
from server.openapi import Blueprint
from server.people import service as people
from server.people.models import Person

blp = Blueprint("cases", __name__, description="Casussen, en wat is afgesproken.")

CASE = [{"in": "path", "name": "case_id", "description": "Het id uit de lijst met casussen."}]
ONE = "/cases/<uuid:case_id>"
CHANGED = "`version`: een collega was eerder. `step`: die stap kan nu niet."
ROW = ("id", "number", "kind", "area", "phase", "phase_at", "evaluate_on", "closed_on", "outcome")


@blp.route("/cases")
@allow("see_cases")
@blp.arguments(schemas.CasesQuery, location="query")
@blp.response(200, schemas.CasesOut)
@blp.alt_response(403, description="Met `observation`: alleen het loket.")
def list_cases(wishes: dict[str, Any]) -> dict[str, Any]:
    """Toon de casussen

    Per fase, zonder tekst. Van een casus waar je niet aan meewerkt, zie je hooguit de fase.
    Met `observation`, voor het loket: waar die melding in zit.
    """
    by = caller().person
    closed = wishes["closed"] == "yes"
    found = service.list_cases(by, closed=closed, observation=wishes["observation"])
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
    return shown(service.make(caller(), **data))


@blp.route("/cases/choices")
@allow("see_cases")
@blp.response(200, schemas.CaseChoicesOut)
def show_case_choices() -> dict[str, Any]:
    """Toon waaruit je kiest

    Wat elke fase vraagt, soorten acties, gronden, en wie een actie kan doen.
    """
    library = cards.library()
    may_plan = scope_of("plan", caller().person.role) is not None
    owners = [who(one.id) for one in plans.owners()] if may_plan else []
    limits.look(caller(), "list", "owners", shown=[one["id"] for one in owners])
    return {**library.casework, "grounds": library.referrals["grounds"], "owners": owners}


@blp.route("/cases/words", methods=["POST"])
@allow("open_cases")
@blp.arguments(schemas.PlansOpeningIn)
@blp.response(201, schemas.CaseWordsOut)
def open_words(_data: dict[str, Any]) -> dict[str, Any]:
    """Lees hoe casussen afliepen waar je aan meewerkte

    Voor wie alleen aan die ene casus meewerkte, als die gesloten is. Komt in het logboek.
    """
    items = closing.words_to(caller().person)
    limits.look(caller(), "open", "case_words", shown=[str(one["number"]) for one in items])
    return {"items": items}


@blp.route("/cases/<uuid:case_id>", parameters=CASE)
@allow("see_cases")
@blp.response(200, schemas.CaseOut)
def show_case(case_id: UUID) -> dict[str, Any]:
    """Toon een casus zonder tekst

    De fase, wie meewerkt en hoeveel melders nog antwoord krijgen. De tekst opent via `openings`.
    """
    answer = shown(members.find_known(caller().person, str(case_id)))
    inside = [one["id"] for one in answer["sources"]]
    limits.look(caller(), "show", "case", subject_id=str(case_id), shown=inside)
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

    Tien minuten, of zolang het overleg in `meeting` bezig is. Vraagt een reden en een passkey.
    Komt in het logboek.
    """
    opening.unmask(caller(), str(case_id), **data)
    return make_response("", 204)


@blp.route("/cases/<uuid:case_id>/changes", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.CaseChangeIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def change_case(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Verander de titel of de tekst

    Met de versie die je zag: was een collega eerder, dan verandert er niets.
    """
    return shown(service.change(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/evaluations", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.EvaluationDayIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def plan_evaluation(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Zet de dag van de evaluatie

    Een week ervoor krijgt het kernteam een seintje. Zonder dag komt er geen.
    """
    return shown(service.plan_evaluation(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/phases", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.PhaseIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def move_case(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Breng een casus naar een andere fase

    Eén fase verder, of terug naar een eerdere.
    """
    return shown(service.move(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/asked", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.AskedIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def tick_asked(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Vink af wat de fase vraagt

    Stuur alles wat af is. Wat je weglaat, is weer open.
    """
    return shown(service.tick(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/sources", methods=["POST"], parameters=CASE)
@allow("add_to_cases")
@blp.arguments(schemas.SourcesIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def add_sources(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Zet meldingen in een casus

    Alleen door het loket.
    """
    return shown(service.add_sources(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/decisions", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.CaseDecisionIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description="`decision_id`: dit id hoort bij een ander besluit.")
def add_decision(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Leg een besluit vast, met de grond

    Een besluit verandert daarna niet meer. De tekst wordt verzegeld.
    """
    data["decision_id"] = data.pop("id")
    return shown(deciding.decide(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/closings", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.ClosingIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED + " `feedback_owed`: een melder wacht nog.")
def close_case(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Sluit een casus

    Als elke melder antwoord kreeg. Wie alleen aan deze casus meewerkte, leest `word`.
    """
    return shown(closing.close(caller(), str(case_id), **data))


@blp.route("/cases/<uuid:case_id>/reopenings", methods=["POST"], parameters=CASE)
@allow("work_on_cases")
@blp.arguments(schemas.ReopeningIn)
@blp.response(201, schemas.CaseOut)
@blp.alt_response(409, description=CHANGED)
def reopen_case(data: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Heropen een casus

    Met een reden. Wat erin zit, blijft weer staan zolang de casus open is.
    """
    return shown(closing.reopen(caller(), str(case_id), **data))


def _row(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in ROW}


def shown(case: Case) -> dict[str, Any]:
    """Return a case as whoever asks may see it, without a word of text."""
    session = caller()
    inside = service.sources(case)
    owed = {one.id for one in closing.owed(case)}
    reads = scope_of("add_to_cases", session.person.role) is not None
    return {
        **_row(case),
        "whole": members.may_see(session.person, case),
        "version": case.version,
        "asked": case.asked,
        "participants": [
            {
                **who(one.person_id),
                "part": one.part,
                "ended": db.session.get_one(Person, one.person_id).ended_at is not None,
            }
            for one in members.participants(case)
        ],
        "observations": len(inside),
        "sources": [_source(one, owed) for one in inside] if reads else [],
        "owed": len(owed),
        "unmasked": opening.is_unmasked(session.person_id, case),
    }


def _source(source: CaseSource, owed: set[str]) -> dict[str, Any]:
    row = db.session.get_one(Observation, source.observation_id)
    return {
        "id": row.id,
        "area": row.area,
        "date": row.date,
        "card": row.card,
        "owed": row.id in owed,
    }


def who(person_id: str) -> dict[str, str]:
    """Return what a list shows of somebody."""
    person = db.session.get_one(Person, person_id)
    return {"id": person.id, "name": people.name_of(person)}
