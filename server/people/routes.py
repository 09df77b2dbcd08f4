"""Signing in and out, and inviting people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from flask import Response, current_app, make_response, request

from server import cards
from server.access.door import COOKIE, allow, caller, delivery_key, signed_in
from server.audit import looking
from server.keyring import ring
from server.openapi import Blueprint
from server.openapi.about import KEY_OR_NONE, SESSION_OR_NONE
from server.people import export, invitations, lists, roster, schemas, service, sessions
from server.people.invitations import Issued
from server.people.models import Person, Session
from server.people.roster import Listed
from server.people.sessions import Caller, SignedIn

blp = Blueprint("people", __name__, description="Inloggen, uitloggen en uitnodigen.")

SESSION_COOKIE = {
    "Set-Cookie": {
        "description": "De sessie, alleen voor de browser zelf.",
        "schema": {"type": "string"},
    }
}


@blp.route("/sessions", methods=["POST"])
@allow("come_in")
@blp.doc(security=KEY_OR_NONE)
@blp.arguments(schemas.SignInIn)
@blp.response(201, schemas.SignedInOut, headers=SESSION_COOKIE)
@blp.alt_response(429, description="`guesses`: te vaak een verkeerde code. Een link werkt wel.")
@blp.alt_response(
    409, description="`device_taken`: dit toestel is bekend onder een andere bezorgsleutel."
)
def sign_in(data: dict[str, Any]) -> Response:
    """Log in met een uitnodiging

    Gebruikt een uitnodiging (link of code van 8 tekens) één keer en opent een sessie voor dit
    toestel. De eerste keer krijgt het toestel een bezorgsleutel, waarmee het alleen verzegelde
    meldingen kan inleveren. Een toestel dat er al een heeft, stuurt die mee.
    """
    return signed_in_answer(
        service.sign_in(token=data.get("invitation"), code=data.get("code"), caller=device(data))
    )


@blp.route("/session")
@allow("own_account")
@blp.response(200, schemas.SessionOut)
def show_session() -> dict[str, Any]:
    """Laat zien wie is ingelogd

    Geeft de eigen naam, rol en organisatie, en de sleutel waarmee de telefoon zich aanmeldt voor
    seintjes.
    """
    return _session(caller())


@blp.route("/session", methods=["DELETE"])
@allow("leave")
@blp.doc(security=SESSION_OR_NONE)
@blp.arguments(schemas.LeavingIn, location="headers")
@blp.response(204)
def sign_out(leaving: dict[str, Any]) -> Response:
    """Log uit

    Beëindigt de sessie van dit toestel. Nog een keer uitloggen verandert niets. Meldingen die nog
    wachten worden gewoon bezorgd.
    """
    session = signed_in()
    response = make_response("", 204)
    # A phone tells it when it can, and by then somebody else may have come in there.
    if session and leaving.get("person", session.person_id) != session.person_id:
        return response
    sessions.sign_out(session)
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Strict", path="/")
    return response


@blp.route("/invitations", methods=["POST"])
@allow("invite")
@blp.arguments(schemas.InvitationIn)
@blp.response(201, schemas.InvitationOut)
@blp.alt_response(409, description="`mail_known`: dit mailadres hoort al bij iemand.")
def invite(data: dict[str, Any]) -> dict[str, Any]:
    """Nodig iemand uit

    Maakt een link, een code van 8 tekens en een QR-code (rijen van nullen en enen). Ze werken één
    keer, zeven dagen lang, en alleen voor deze persoon, rol en organisatie. Een contactpersoon
    nodigt melders uit van de eigen school of club.
    """
    issued = service.invite(
        caller().person,
        name=data["name"],
        role=data["role"],
        kind=data["organisation"]["kind"],
        organisation=data["organisation"]["name"],
        card=data["card"],
        mail=data["mail"],
    )
    return invitation_out(issued)


@blp.route("/invitations/lists", methods=["POST"])
@allow("invite")
@blp.arguments(schemas.ListIn)
@blp.response(201, schemas.ListOut)
def invite_list(data: dict[str, Any]) -> dict[str, Any]:
    """Nodig een lijst mensen uit

    Een kop met naam, rol, organisatie en soort, en als je wilt kaart en mail. Klopt één regel niet,
    dan wordt niemand uitgenodigd; `invalid_params` noemt elke regel. Een contactpersoon geeft
    alleen namen en mailadressen.
    """
    by = caller().person
    wishes = lists.read(by, data["csv"], cards.library().knows)
    issued = service.invite_all(by, wishes)
    return {
        "items": [
            {**invitation_out(one), "name": wish.name, "mail": wish.mail}
            for wish, one in zip(wishes, issued, strict=True)
        ]
    }


@blp.route("/people")
@allow("look_after_people")
@blp.response(200, schemas.PeopleOut)
def list_people() -> dict[str, Any]:
    """Laat zien wie meedoet

    Wie is uitgenodigd, wie binnenkwam en wie is gestopt. Een contactpersoon ziet de melders van de
    eigen school of club.
    """
    found = roster.list_people(caller().person)
    items = [_listed(one) for one in found]
    looking.look(caller(), "list", "person", shown=[one["id"] for one in items])
    return {"items": items}


@blp.route("/people/exports", methods=["POST"])
@allow("export_people")
@blp.arguments(schemas.NothingIn)
@blp.response(201, schemas.ExportOut)
def export_people(_data: dict[str, Any]) -> dict[str, Any]:
    """Neem mee wie meedoet

    Een lijst voor een rekenprogramma (CSV), om de rollen na te lopen. Vraagt je passkey, en komt in
    het logboek.
    """
    return {"csv": export.export_people(caller())}


@blp.route("/people/<uuid:person_id>/invitations", methods=["POST"])
@allow("end_access")
@blp.arguments(schemas.NothingIn)
@blp.response(201, schemas.InvitationOut)
def invite_again(_data: dict[str, Any], person_id: UUID) -> dict[str, Any]:
    """Nodig iemand opnieuw uit

    Voor wie de uitnodiging kwijt is, of geen toestel of passkey meer heeft. Het blijft dezelfde
    persoon, met dezelfde meldingen. Een uitnodiging die nog openstond werkt niet meer.
    """
    return invitation_out(roster.invite_again(caller().person, str(person_id)))


@blp.route("/invitations/codes", methods=["POST"])
@allow("come_in")
@blp.arguments(schemas.TypedCodeIn)
@blp.response(201, schemas.TypedCodeOut)
def make_typed_code(data: dict[str, Any]) -> dict[str, Any]:
    """Vraag een code om over te typen

    Voor de iPhone: de app op het beginscherm heeft eigen opslag, dus de link werkt daar niet. De
    code is 15 minuten geldig. De uitnodiging wordt pas gebruikt als de code is ingetypt.
    """
    code, expires_at = invitations.issue_typed_code(data["invitation"])
    return {"code": code, "expires_at": expires_at}


def device(data: dict[str, Any]) -> Caller:
    """Return the device that somebody signs in on."""
    agent = request.headers.get("User-Agent", "")
    return Caller(data["device"], delivery_key(), data["app_version"], agent)


def signed_in_answer(signed_in: SignedIn) -> Response:
    """Tell who came in, and hand the session to the browser."""
    body = {**_session(signed_in.session), "delivery_key": signed_in.delivery_key}
    response = make_response(schemas.SignedInOut().dump(body), 201)
    give(response, signed_in.session, signed_in.token)
    return response


def give(response: Response, session: Session, token: str) -> None:
    """Put a session's token where no script and no other site can reach it."""
    response.set_cookie(
        COOKIE,
        token,
        expires=session.expires_at,
        secure=True,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def invitation_out(issued: Issued) -> dict[str, Any]:
    """Return link, code and picture of a fresh invitation."""
    link = invitation_link(issued.token)
    return {
        "id": issued.invitation.id,
        "person": issued.invitation.person_id,
        "link": link,
        "code": issued.code,
        "qr": qr_rows(link),
        "expires_at": issued.invitation.expires_at,
    }


def invitation_link(token: str) -> str:
    """Return the link for a token; behind the # it reaches no server and no log."""
    return f"{current_app.config['SIGNAALKAART'].public_url}/#/uitnodiging/{token}"


def qr_rows(text: str) -> list[str]:
    """Return a QR code as rows of 0 and 1, quiet zone included."""
    code = segno.make(text, error="m", micro=False)
    return ["".join(str(int(dot)) for dot in row) for row in code.matrix_iter(border=4)]


def person_out(person: Person) -> dict[str, Any]:
    """Return what a person may see of themselves."""
    return {
        "id": person.id,
        "name": service.name_of(person),
        "role": person.role,
        "role_label": cards.library().gemeente["role_labels"].get(person.role, person.role),
        "organisation": person.organisation.name,
        "card": person.card,
    }


def _listed(one: Listed) -> dict[str, Any]:
    return {
        **person_out(one.person),
        "kind": one.person.organisation.kind,
        "mail": service.mail_of(one.person),
        "state": one.state,
        "joined_at": one.joined_at,
        "expires_at": one.expires_at,
        "limited_at": one.limited_at,
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "person": person_out(session.person),
        "device": session.device_id,
        "push_key": ring().vapid()[1],
        "expires_at": session.expires_at,
        "unsent_elsewhere": service.unsent_elsewhere(session),
    }
