"""What the description says of the API as a whole."""

from __future__ import annotations

from typing import Any

from server.access.door import COOKIE

PREFIX = "/api/v1"

DESCRIPTION = """\
De API van de signaalkaart: van signaal tot terugkoppeling. De telefoon van een boa, leraar of
trainer levert hier verzegelde meldingen in, en het loket van de gemeente leest en beantwoordt ze.

Lichamen zijn JSON met `snake_case`, sleutels in een adres `camelCase`. Tijdstippen gaan uit in UTC
met een `Z`; elke tijdzone mag erin. Een fout is altijd `application/problem+json` (RFC 9457) met
een Nederlandse zin; `code` is er voor programma's. Wie schrijft, doet dat met `Content-Type:
application/json` en vanaf het eigen adres.

Binnen versie 1 komen er alleen dingen bij. Laat velden die je niet kent met rust.
"""

OPTIONS: dict[str, Any] = {
    "info": {
        "description": DESCRIPTION,
        "contact": {
            "name": "Beheer Signaalkaart",
            "email": "beheer@signaalkaart.example",
            "url": "https://code.signaalkaart.example/signaalkaart/issues",
        },
        "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
    },
    "servers": [{"url": PREFIX, "description": "Op het adres van de gemeente zelf."}],
}

SECURITY_SCHEMES = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "De sessie van wie op dit toestel is ingelogd. Begint met `POST /sessions`.",
    },
    "deliveryKey": {
        "type": "http",
        "scheme": "bearer",
        "description": (
            "De bezorgsleutel van een toestel: levert verzegelde meldingen in en leest niets terug."
        ),
    },
    "systemKey": {
        "type": "http",
        "scheme": "bearer",
        "description": (
            "De sleutel van een systeem van de gemeente: leest gepubliceerde cijfers en verder "
            "niets."
        ),
    },
}

SYSTEM: list[dict[str, list[str]]] = [{"systemKey": []}]
SESSION: list[dict[str, list[str]]] = [{"session": []}]
# Whoever has none of these gets an answer too.
SESSION_OR_NONE: list[dict[str, list[str]]] = [{}, {"session": []}]
KEY_OR_NONE: list[dict[str, list[str]]] = [{}, {"deliveryKey": []}]
KEY_OR_SESSION: list[dict[str, list[str]]] = [
    {"deliveryKey": []},
    {"session": []},
    {"deliveryKey": [], "session": []},
]
