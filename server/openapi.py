"""The API's own description: OpenAPI 3.0.3, public, with the version in the server's address."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, jsonify
from flask_smorest import Api

from server.access import allow

PREFIX = "/api/v1"
OPTIONS: dict[str, Any] = {
    "info": {
        "description": "Van signaal tot terugkoppeling: meldingen van boa's, school en sport.",
        "license": {"name": "EUPL-1.2"},
    },
    "servers": [{"url": PREFIX}],
}
ITSELF = {
    "get": {
        "summary": "Lees de beschrijving van deze API",
        "description": "Het document dat je nu leest, in OpenAPI 3.0.3.",
        "operationId": "show_openapi",
        "tags": ["health"],
        "responses": {"200": {"description": "De beschrijving."}},
    }
}


def describe(api: Api) -> dict[str, Any]:
    """Return the description with paths as they stand behind the server's address."""
    document: dict[str, Any] = api.spec.to_dict()
    paths = {path.removeprefix(PREFIX): part for path, part in document["paths"].items()}
    return {**document, "paths": {**paths, "/openapi.json": ITSELF}}


def register(app: Flask, api: Api) -> None:
    """Serve the description to anyone, from any site."""

    @app.route(f"{PREFIX}/openapi.json")
    @allow("anyone")
    def show_openapi() -> Response:
        response = jsonify(describe(api))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response
