"""What every operation may answer besides its own success: headers and problems."""

from __future__ import annotations

from typing import Any

from server.version import API_VERSION

PROBLEM_TYPE = "application/problem+json"

PROBLEM = {
    "type": "object",
    "description": "Wat er mis is (RFC 9457).",
    "required": ["status", "title", "detail"],
    "properties": {
        "status": {"type": "integer", "example": 400},
        "title": {"type": "string", "example": "Dit klopt niet"},
        "detail": {
            "type": "string",
            "description": "Een zin voor mensen, met wat ze kunnen doen.",
            "example": "De server begrijpt dit bericht niet. Controleer wat je stuurt.",
        },
        "code": {
            "type": "string",
            "description": "De oorzaak, voor programma's.",
            "example": "invitation_used",
        },
        "invalid_params": {
            "type": "array",
            "description": "Elk veld dat niet klopt.",
            "items": {
                "type": "object",
                "required": ["name", "reason"],
                "properties": {
                    "name": {"type": "string", "example": "organisation.name"},
                    "reason": {"type": "string", "example": "Dit ontbreekt."},
                },
            },
        },
    },
}

HEADERS = {
    "ApiVersion": {
        "description": "De volledige versie van deze API.",
        "required": True,
        "schema": {"type": "string", "example": API_VERSION},
    },
    "ETag": {
        "description": "Stuur dit de volgende keer mee als `If-None-Match`.",
        "required": True,
        "schema": {"type": "string"},
    },
    "RetryAfter": {
        "description": "Hoeveel seconden je moet wachten.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    },
    "Challenge": {
        "description": "Waarmee je wel binnenkomt.",
        "required": True,
        "schema": {"type": "string"},
    },
}
VERSION_HEADER = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}
ETAG_HEADER = {"ETag": {"$ref": "#/components/headers/ETag"}}

# Status, name in the description, and what it means where a view says nothing better.
ERRORS = {
    400: ("Invalid", "Wat je stuurt klopt niet. `invalid_params` noemt elk veld."),
    401: ("NotSignedIn", "Je bent niet ingelogd, of je sessie is voorbij."),
    403: ("NotAllowed", "Dit mag jouw rol niet, of het verzoek komt van een ander adres."),
    404: ("NotFound", "Dit bestaat niet, niet meer, of is niet van jou."),
    406: ("NotAcceptable", "Deze API antwoordt alleen in JSON, en je `Accept` sluit dat uit."),
    409: ("Conflict", "Dit kan niet meer. `code` zegt waarom."),
    413: ("TooLarge", "Dit bericht is te groot."),
    415: ("WrongType", "Stuur JSON met `Content-Type: application/json`."),
    429: ("TooMany", "Te vaak of te veel. Wacht even."),
    500: ("Fault", "Er ging iets mis op de server."),
}
SUCCESSES = {200: "Gelukt.", 201: "Gemaakt.", 202: "Aangenomen.", 204: "Gelukt, zonder inhoud."}

OWN_HEADERS = {401: ("WWW-Authenticate", "Challenge"), 429: ("Retry-After", "RetryAfter")}


def problem(status: int, description: str) -> dict[str, Any]:
    """Return the description of one kind of error."""
    headers: dict[str, Any] = dict(VERSION_HEADER)
    if status in OWN_HEADERS:
        name, component = OWN_HEADERS[status]
        headers[name] = {"$ref": f"#/components/headers/{component}"}
    return {
        "description": description,
        "headers": headers,
        "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def components() -> dict[str, Any]:
    """Return the errors under the names by which operations refer to them."""
    return {name: problem(status, text) for status, (name, text) in ERRORS.items()}


def reference(status: int) -> dict[str, str]:
    """Return how an operation refers to an error that means there what it means everywhere."""
    return {"$ref": f"#/components/responses/{ERRORS[status][0]}"}
