"""The desk's addresses, and rereading for whoever reported."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response

from server.access.door import allow, caller
from server.observations import (
    answering,
    answers,
    inbox,
    limits,
    looks,
    nearby,
    opening,
    reporter,
    schemas,
    triage,
)
from server.observations.showing import item, late_item, look_of, show
from server.openapi import Blueprint

blp = Blueprint("observations", __name__, description="Meldingen lezen en beantwoorden.")

OBSERVATION = [
    {"in": "path", "name": "observation_id", "description": "Het id dat de telefoon eraan gaf."}
]
# What a row of a list leads to.
ROW = "$response.body#/items/0/id"
WITH_AN_OBSERVATION = (
    "showObservation",
    "showNearby",
    "handOver",
    "openObservation",
    "openReporter",
    "changeState",
    "respond",
    "decideWithdrawal",
)
FROM_INBOX = {
    operation: {"operationId": operation, "parameters": {"observation_id": ROW}}
    for operation in WITH_AN_OBSERVATION
}
FROM_LATE_BOX = {"openLate": {"operationId": "openLate", "parameters": {"item_id": ROW}}}
TOO_MUCH = "`reading_limit`: dit account las in korte tijd te veel."
LATE_ITEM = [{"in": "path", "name": "item_id", "description": "Het id uit de lijst met nakomers."}]


@blp.route("/inbox")
@allow("read_inbox")
@blp.doc(responses={200: {"links": FROM_INBOX}})
@blp.arguments(schemas.InboxQuery, location="query")
@blp.response(200, answers.InboxOut)
@blp.alt_response(429, description=TOO_MUCH)
def show_inbox(wishes: dict[str, Any]) -> dict[str, Any]:
    """Toon het postvak

    Open meldingen, de eerstvolgende termijn bovenaan, per bladzijde. Alleen de open delen: de
    verzegelde tekst staat nooit in een lijst. Aantallen gaan tot 100; het scherm toont dan 99+.
    """
    by = caller().person
    page = inbox.page(by, wishes)
    items = [item(row) for row in page.observations]
    counts = inbox.counts(by)
    shown = [one["id"] for one in items]
    limits.look(caller(), "list", "inbox", shown=shown, purpose=wishes["view"])
    return {"items": items, "next": page.next, "counts": counts}


@blp.route("/observations/<uuid:observation_id>", parameters=OBSERVATION)
@allow("read_inbox")
@blp.response(200, answers.ObservationOut)
@blp.alt_response(429, description=TOO_MUCH)
def show_observation(observation_id: UUID) -> dict[str, Any]:
    """Toon het open deel van een melding

    Met wie meldde en wat er tot nu toe mee is gedaan. De verzegelde tekst opent alleen via
    `openings`.
    """
    answer = show(triage.find(str(observation_id)))
    limits.look(caller(), "show", "observation", subject_id=str(observation_id))
    return answer


@blp.route("/observations/<uuid:observation_id>/nearby", parameters=OBSERVATION)
@allow("read_inbox")
@blp.response(200, answers.NearbyOut)
def show_nearby(observation_id: UUID) -> dict[str, Any]:
    """Toon wat er verder in de buurt speelde

    Meldingen van drie weken ervoor tot drie weken erna, in dezelfde buurt (`area`), dezelfde wijk
    (`district`) of met signalen over hetzelfde (`concept`). Alleen uit de open delen; niets zegt
    iets over een persoon. Hooguit tien.
    """
    found = nearby.nearby(triage.find(str(observation_id)))
    items = [
        {
            "item": item(one.observation),
            "reasons": one.reasons,
            "days": one.days,
            "signals": one.signals,
        }
        for one in found
    ]
    shown = [one.observation.id for one in found]
    limits.look(caller(), "list", "nearby", subject_id=str(observation_id), shown=shown)
    return {"items": items}


@blp.route("/observations/<uuid:observation_id>/openings", methods=["POST"], parameters=OBSERVATION)
@allow("open_observation")
@blp.arguments(schemas.OpeningIn)
@blp.response(201, answers.OpeningOut)
@blp.alt_response(429, description=TOO_MUCH)
def open_observation(data: dict[str, Any], observation_id: UUID) -> dict[str, Any]:
    """Open een melding

    Geeft de verzegelde tekst, aanvullingen en terugkoppelingen. Elke opening komt met de reden in
    het logboek. Wie meldde opent met `own`. Het loket opent met `handle`; het andere loket kiest
    `consult` (meedenken) of `cover` (vervangen).
    """
    return opening.open_observation(
        caller(), str(observation_id), data["purpose"], note=data["note"]
    )


@blp.route(
    "/observations/<uuid:observation_id>/reporter-openings",
    methods=["POST"],
    parameters=OBSERVATION,
)
@allow("open_reporters")
@blp.arguments(schemas.ReporterOpeningIn)
@blp.response(201, answers.ReporterOpeningOut)
@blp.alt_response(403, description="`confirm`: laat eerst zien dat jij het bent.")
@blp.alt_response(409, description="`not_shielded`: deze melder is niet afgeschermd.")
@blp.alt_response(429, description=TOO_MUCH)
def open_reporter(data: dict[str, Any], observation_id: UUID) -> dict[str, Any]:
    """Laat zien wie een afgeschermde melder is

    Alleen voor de procesregisseur, met een reden, en net bewezen met een passkey. Het komt in het
    logboek en in het verloop van de melding. Verder verandert er niets.
    """
    return reporter.open_reporter(caller(), str(observation_id), data["purpose"])


@blp.route("/observations/<uuid:observation_id>/states", methods=["POST"], parameters=OBSERVATION)
@allow("answer_observations")
@blp.arguments(schemas.StateIn)
@blp.response(201, answers.ObservationOut)
@blp.alt_response(
    409,
    description=(
        "`version`: een collega was eerder. `step`: die stap kan nu niet. `feedback_owed`: de "
        "melder heeft nog geen antwoord."
    ),
)
def change_state(data: dict[str, Any], observation_id: UUID) -> dict[str, Any]:
    """Zet een melding een stap verder

    Afronden kan alleen als de melder antwoord kreeg, of met een reden waarom dat niet kan. Was een
    collega eerder, dan is het antwoord 409 met `code` `version`.
    """
    return show(triage.change_state(caller(), str(observation_id), **data))


@blp.route("/observations/<uuid:observation_id>/feedback", methods=["POST"], parameters=OBSERVATION)
@allow("answer_observations")
@blp.arguments(schemas.FeedbackIn)
@blp.response(201, answers.ObservationOut)
@blp.alt_response(409, description="`feedback_id`: dit id hoort bij een andere melding.")
def respond(data: dict[str, Any], observation_id: UUID) -> dict[str, Any]:
    """Geef terugkoppeling aan de melder

    Een vaste zin (`kind`), als je wilt met eigen woorden zonder namen. Een `question` vraagt de
    melder iets. Hetzelfde id nog een keer sturen verandert niets.
    """
    data["feedback_id"] = data.pop("id")
    return show(answering.respond(caller(), str(observation_id), **data))


@blp.route(
    "/observations/<uuid:observation_id>/handovers", methods=["POST"], parameters=OBSERVATION
)
@allow("answer_observations")
@blp.arguments(schemas.HandoverIn)
@blp.response(201, answers.ObservationOut)
@blp.alt_response(
    409, description="`version`: een collega was eerder. `step`: hij is al bij dat loket."
)
def hand_over(data: dict[str, Any], observation_id: UUID) -> dict[str, Any]:
    """Geef een melding aan het andere loket

    Het andere loket krijgt een seintje. Een toelichting gaat verzegeld mee. De termijn voor de
    melder blijft staan.
    """
    return show(triage.hand_over(caller(), str(observation_id), **data))


@blp.route(
    "/observations/<uuid:observation_id>/withdrawals", methods=["POST"], parameters=OBSERVATION
)
@allow("answer_observations")
@blp.arguments(schemas.WithdrawalIn)
@blp.response(204)
@blp.alt_response(
    409, description="`version`: een collega was eerder. `step`: er is niets meer te beslissen."
)
def decide_withdrawal(data: dict[str, Any], observation_id: UUID) -> Response:
    """Beslis of een gelezen melding weg kan

    De melder wil een melding intrekken die al gelezen is. Met `erase` wordt hij gewist; alleen
    het bewijs van ontvangst blijft. Met `keep` blijft hij staan, en de melder hoort dat.
    """
    triage.decide_withdrawal(caller(), str(observation_id), **data)
    return make_response("", 204)


@blp.route("/late-box")
@allow("read_late_box")
@blp.doc(responses={200: {"links": FROM_LATE_BOX}})
@blp.response(200, answers.LateBoxOut)
@blp.alt_response(429, description=TOO_MUCH)
def show_late_box() -> dict[str, Any]:
    """Toon de nakomers

    Wat binnenkwam en geen plek heeft, met de reden. Wat al is afgehandeld, staat achteraan.
    """
    items = [late_item(one) for one in triage.late_items()]
    limits.look(caller(), "list", "late_box", shown=[one["id"] for one in items])
    return {"items": items}


@blp.route("/late-box/<uuid:item_id>/openings", methods=["POST"], parameters=LATE_ITEM)
@allow("open_late_items")
@blp.arguments(schemas.PurposeIn)
@blp.response(201, answers.LateOpeningOut)
@blp.alt_response(429, description=TOO_MUCH)
def open_late(data: dict[str, Any], item_id: UUID) -> dict[str, Any]:
    """Open een nakomer

    Geeft de tekst, voor zover de sleutel er is, de open velden zoals ze binnenkwamen, en wie het
    stuurde, tenzij die is afgeschermd.
    """
    return opening.open_late(caller(), str(item_id), data["purpose"])


@blp.route("/account/log")
@allow("own_account")
@blp.arguments(schemas.LogQuery, location="query")
@blp.response(200, answers.LogOut)
def show_own_log(wishes: dict[str, Any]) -> dict[str, Any]:
    """Toon wie er keek

    Wat anderen en het systeem deden met je account en je meldingen, het nieuwste bovenaan. Met rol
    en organisatie, zonder namen. Wat niet over jou gaat, heet `other`. Ook staat er waar nog meer
    op jouw naam is ingelogd.
    """
    session = caller()
    page = looks.own_log(session.person, session.device_id, wishes.get("cursor"), wishes["limit"])
    return {"items": [look_of(event) for event in page.events], "next": page.next}
