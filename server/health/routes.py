"""Is the installation well, and can this process take in what is handed to it."""

from __future__ import annotations

from typing import Any

from flask import current_app
from marshmallow import fields

from server.access.door import allow
from server.errors import Unavailable
from server.health import checks
from server.openapi import Blueprint
from server.version import VERSION
from server.wire import Out, one_of

blp = Blueprint("health", __name__, description="Werkt alles?")


class ChecksOut(Out):
    database = fields.String(required=True)
    migrations = fields.String(required=True)
    keys = fields.String(required=True)
    clock = fields.String(required=True)
    retention = fields.String(required=True)
    content = fields.String(required=True)
    disk = fields.String(required=True)


class HealthOut(Out):
    status = fields.String(required=True, validate=one_of(("ok", "behind")))
    version = fields.String(required=True)
    checks = fields.Nested(ChecksOut, required=True)


class ReadyOut(Out):
    status = fields.String(required=True, validate=one_of(("ready",)))
    version = fields.String(required=True)
    clock = fields.String(required=True)


@blp.route("/health")
@allow("look_around")
@blp.response(200, HealthOut)
@blp.alt_response(503, description="Iets antwoordt niet; `invalid_params` zegt wat niet goed is.")
def show_health() -> dict[str, Any]:
    """Vraag of alles werkt

    `status` is `ok`, of `behind` als de klok (seintjes, sleutels, opruimen), het wissen of de
    tabellen achterlopen, als de schijf volraakt, of als in content/ iets staat dat niet klopt: dan
    geldt nog de laatste goede versie. `checks` zegt welke. Bij `retention` betekent `behind: time`
    dat de klok van de server een sprong maakte: er wordt niets gewist tot iemand
    `signaalkaart retention run` doet. Een database of sleutelring die niet antwoordt geeft een 503.
    """
    found = checks.look(current_app.config["SIGNAALKAART"])
    faults = {name: why for name, why in found.items() if why != checks.OK}
    if any(why.startswith("down") for why in faults.values()):
        raise _unavailable("not_well", "Een deel van de server antwoordt niet.", faults)
    return {"status": "behind" if faults else "ok", "version": VERSION, "checks": found}


@blp.route("/ready")
@allow("look_around")
@blp.response(200, ReadyOut)
@blp.alt_response(503, description="Dit proces kan nu niets bewaren; `invalid_params` zegt waarom.")
def show_ready() -> dict[str, Any]:
    """Vraag of dit proces meldingen kan bewaren

    Voor een proxy of platform, dat een proces dat nog niet klaar is overslaat. Niet klaar is het
    zonder database of sleutelring, met tabellen van een oudere versie of met een volle schijf. Een
    klok die achterloopt staat er alleen bij: bewaren gaat door.
    """
    faults = checks.why_not_ready(current_app.config["SIGNAALKAART"])
    if faults:
        raise _unavailable("not_ready", "Dit proces kan nu niets bewaren.", faults)
    return {"status": "ready", "version": VERSION, "clock": checks.answer(checks.tasks)}


def _unavailable(code: str, what: str, faults: dict[str, str]) -> Unavailable:
    return Unavailable(
        f"{what} Dat ligt niet aan jou. Probeer het later weer.",
        code=code,
        invalid_params=[{"name": name, "reason": why} for name, why in faults.items()],
        retry_after=10,
    )
