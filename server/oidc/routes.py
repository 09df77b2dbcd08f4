"""The way to the gemeente's own sign-in and back."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import flask
from flask import Response, current_app, make_response, request

from server.access.door import allow
from server.errors import NotFound
from server.oidc import schemas, service
from server.oidc.provider import Provider
from server.openapi import Blueprint
from server.openapi.about import KEY_OR_NONE
from server.people.routes import SESSION_COOKIE, device, signed_in_answer
from server.people.schemas import NothingIn, SignedInOut

blp = Blueprint("oidc", __name__, description="Inloggen met het account van de gemeente.")

way_back = flask.Blueprint("oidc_return", __name__)

COOKIE = "__Host-oidc"


@blp.route("/oidc")
@allow("look_around")
@blp.response(200, schemas.OidcOut)
def show_oidc() -> dict[str, Any]:
    """Vraag of je kunt inloggen met het account van de gemeente

    Dat kan als de gemeente een eigen inlogdienst heeft ingesteld.
    """
    return {"available": current_app.config["SIGNAALKAART"].oidc is not None}


@blp.route("/oidc/questions", methods=["POST"])
@allow("come_in")
@blp.arguments(NothingIn)
@blp.response(201, schemas.OidcQuestionOut)
@blp.alt_response(404, description="De gemeente heeft geen eigen inlogdienst ingesteld.")
@blp.alt_response(503, description="`oidc_away`: de inlogdienst van de gemeente werkt nu niet.")
def ask_oidc(_data: dict[str, Any]) -> Response:
    """Vraag waar je inlogt met het account van de gemeente

    Deze browser krijgt een cookie dat tien minuten bewijst dat hij het vroeg.
    """
    url, secret = service.begin(_provider())
    response = make_response(schemas.OidcQuestionOut().dump({"url": url}), 201)
    response.set_cookie(
        COOKIE,
        secret,
        max_age=service.PATIENCE,
        secure=True,
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return response


@way_back.route("/api/oidc/return")
@allow("come_in")
def come_back() -> Response:
    """Bring who comes back from the provider to the app, which does the rest: here nothing changes.

    This is the provider's way of asking and not ours, so it stands outside the described API.
    """
    code, state = (quote(request.args.get(name, "")[:4000], safe="") for name in ("code", "state"))
    where = f"/#/aanmelden/{code}/{state}" if code and state else "/#/aanmelden"
    return Response(status=303, headers={"Location": where})


@blp.route("/oidc/sessions", methods=["POST"])
@allow("come_in")
@blp.doc(security=KEY_OR_NONE)
@blp.arguments(schemas.OidcAnswerIn)
@blp.response(201, SignedInOut, headers=SESSION_COOKIE)
@blp.alt_response(403, description="`person_unknown`: vraag de beheerder om een uitnodiging.")
@blp.alt_response(404, description="De gemeente heeft geen eigen inlogdienst ingesteld.")
@blp.alt_response(
    409, description="`device_taken`: dit toestel is bekend onder een andere bezorgsleutel."
)
@blp.alt_response(503, description="`oidc_away`: de inlogdienst van de gemeente werkt nu niet.")
def sign_in_with_oidc(data: dict[str, Any]) -> Response:
    """Log in met het account van de gemeente

    Controleert bij de inlogdienst wie je bent, en opent een sessie voor dit toestel.
    """
    signed_in = service.finish(
        _provider(),
        device(data),
        secret=request.cookies.get(COOKIE),
        state=data["state"],
        code=data["code"],
    )
    response = signed_in_answer(signed_in)
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Strict", path="/")
    return response


def _provider() -> Provider:
    config = current_app.config["SIGNAALKAART"]
    if config.oidc is None:
        raise NotFound("De gemeente heeft geen eigen inlogdienst ingesteld.")
    known: Provider | None = current_app.extensions.get("oidc")
    if known is None:
        back = f"{config.public_url}/api/oidc/return"
        known = current_app.extensions["oidc"] = Provider(config.oidc, back)
    return known
