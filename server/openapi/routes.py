"""Where anyone finds the description, from any site."""

from __future__ import annotations

from threading import Lock

from flask import Response, current_app
from flask_smorest import current_api

from server.access.door import allow
from server.openapi import Blueprint
from server.openapi.document import as_text, describe

blp = Blueprint("openapi", __name__, description="De beschrijving van deze API.")

# Describing happens once, and half a description is none.
ONE_AT_A_TIME = Lock()
OPEN_TO_ALL = {
    # In lower case, because the linter of the Dutch API rules 2.1 looks for it so.
    "access-control-allow-origin": {
        "description": "Elke site mag dit lezen.",
        "required": True,
        "schema": {"type": "string", "enum": ["*"]},
    }
}


@blp.route("/openapi.json")
@allow("look_around")
@blp.response(200, {"type": "object"}, headers=OPEN_TO_ALL)
def show_openapi() -> Response:
    """Lees de beschrijving van deze API

    Het document dat je nu leest, in OpenAPI 3.0.3.
    """
    with ONE_AT_A_TIME:
        if "openapi" not in current_app.extensions:
            described = describe(current_app, current_api)
            current_app.extensions["openapi"] = as_text(described)
    response = Response(current_app.extensions["openapi"], mimetype="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
