"""Passkeys: the normal way in, and the way to show again that it is you."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app, make_response

from server import cards
from server.access.door import allow, caller
from server.access.permissions import FRESH
from server.db import now
from server.openapi import Blueprint
from server.openapi.about import KEY_OR_NONE
from server.passkeys import schemas, service
from server.passkeys.ceremony import Place
from server.people.models import Passkey
from server.people.routes import SESSION_COOKIE, device, give, signed_in_answer
from server.people.schemas import NothingIn, SignedInOut

blp = Blueprint("passkeys", __name__, description="Inloggen met een passkey.")


@blp.route("/passkeys/sign-in-questions", methods=["POST"])
@allow("come_in")
@blp.arguments(schemas.AskSignInIn)
@blp.response(201, schemas.QuestionOut)
def ask_sign_in(data: dict[str, Any]) -> dict[str, Any]:
    """Vraag om in te loggen met een passkey

    Geeft de vraag die een passkey op dit toestel beantwoordt: één keer te gebruiken, binnen vijf
    minuten. Wie het is, zegt de passkey zelf.
    """
    return {"options": service.ask_sign_in(data["device"], _place())}


@blp.route("/passkeys/sessions", methods=["POST"])
@allow("come_in")
@blp.doc(security=KEY_OR_NONE)
@blp.arguments(schemas.PasskeySignInIn)
@blp.response(201, SignedInOut, headers=SESSION_COOKIE)
@blp.alt_response(403, description="`device_revoked` of `passkey_cloned`: vraag een uitnodiging.")
@blp.alt_response(
    409, description="`device_taken`: dit toestel is bekend onder een andere bezorgsleutel."
)
def sign_in_with_passkey(data: dict[str, Any]) -> Response:
    """Log in met een passkey

    Controleert het antwoord van de passkey en opent een sessie voor dit toestel. Een toestel dat
    al een bezorgsleutel heeft, stuurt die mee.
    """
    return signed_in_answer(service.sign_in(device(data), _place(), data["credential"]))


@blp.route("/passkeys/questions", methods=["POST"])
@allow("own_account")
@blp.arguments(NothingIn)
@blp.response(201, schemas.QuestionOut)
@blp.alt_response(403, description="`confirm`: laat eerst zien dat jij het bent.")
@blp.alt_response(409, description="`too_many`: je hebt al 10 passkeys.")
def ask_new(_data: dict[str, Any]) -> dict[str, Any]:
    """Vraag om een passkey te maken

    Mag kort na een uitnodiging, zolang je er nog geen hebt, of nadat je liet zien dat jij het bent.
    """
    return {"options": service.ask_new(caller(), _place())}


@blp.route("/passkeys", methods=["POST"])
@allow("own_account")
@blp.arguments(schemas.AnswerIn)
@blp.response(201, schemas.PasskeyOut, headers=SESSION_COOKIE)
@blp.alt_response(403, description="`confirm`: laat eerst zien dat jij het bent.")
@blp.alt_response(409, description="`passkey_known` of `too_many`.")
def add(data: dict[str, Any]) -> Response:
    """Bewaar een nieuwe passkey

    Daarna is de sessie met die passkey bevestigd; de browser krijgt een nieuwe sessiecookie.
    """
    passkey, token = service.add(caller(), _place(), data["credential"])
    response = make_response(schemas.PasskeyOut().dump(_passkey(passkey)), 201)
    give(response, caller(), token)
    return response


@blp.route("/passkeys")
@allow("own_account")
@blp.response(200, schemas.PasskeysOut)
def list_own() -> dict[str, Any]:
    """Laat je passkeys zien

    Alleen die van jezelf, en alleen die nog werken.
    """
    return {"items": [_passkey(passkey) for passkey in service.of(caller().person_id)]}


@blp.route("/passkeys/<uuid:passkey_id>", methods=["DELETE"])
@allow("own_keys")
@blp.response(204)
def remove(passkey_id: UUID) -> None:
    """Haal een passkey weg

    Hij werkt dan niet meer om in te loggen. De sessies blijven.
    """
    service.remove(caller(), str(passkey_id))


@blp.route("/session/questions", methods=["POST"])
@allow("own_account")
@blp.arguments(NothingIn)
@blp.response(201, schemas.QuestionOut)
@blp.alt_response(409, description="`no_passkey`: stel eerst een passkey in.")
def ask_confirmation(_data: dict[str, Any]) -> dict[str, Any]:
    """Vraag om te laten zien dat jij het bent

    Voor handelingen die meer vragen dan een sessie, zoals iemands toegang stoppen.
    """
    return {"options": service.ask_confirmation(caller(), _place())}


@blp.route("/session/confirmations", methods=["POST"])
@allow("own_account")
@blp.arguments(schemas.AnswerIn)
@blp.response(201, schemas.ConfirmedOut, headers=SESSION_COOKIE)
@blp.alt_response(403, description="`passkey_cloned`: deze passkey werkt niet meer.")
def confirm(data: dict[str, Any]) -> Response:
    """Laat zien dat jij het bent

    Tien minuten lang hoef je het niet nog eens te doen. De browser krijgt een nieuwe sessiecookie.
    """
    token = service.confirm(caller(), _place(), data["credential"])
    response = make_response(schemas.ConfirmedOut().dump({"expires_at": now() + FRESH}), 201)
    give(response, caller(), token)
    return response


def _place() -> Place:
    name = cards.library().gemeente["name"]
    return Place(current_app.config["SIGNAALKAART"].public_url, f"Signaalkaart {name}")


def _passkey(passkey: Passkey) -> dict[str, Any]:
    return {
        "id": passkey.id,
        "made_at": passkey.made_at,
        "used_at": passkey.used_at,
        "synced": passkey.synced,
        "here": passkey.device_id == caller().device_id,
    }
