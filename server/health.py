"""Is the installation well: database, keys and clock."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from marshmallow import fields

from server import areas, cards, clock
from server.access import allow
from server.db import db, now
from server.keyring import ring
from server.openapi import Blueprint
from server.retention import service as retention
from server.version import VERSION
from server.wire import Out, one_of

blp = Blueprint("health", __name__, description="Werkt alles?")


class ChecksOut(Out):
    database = fields.String(required=True)
    keys = fields.String(required=True)
    clock = fields.String(required=True)
    retention = fields.String(required=True)
    content = fields.String(required=True)


class HealthOut(Out):
    status = fields.String(required=True, validate=one_of(("ok", "behind")))
    version = fields.String(required=True)
    checks = fields.Nested(ChecksOut, required=True)


@blp.route("/health")
@allow("look_around")
@blp.response(200, HealthOut)
def show_health() -> dict[str, Any]:
    """Vraag of alles werkt

    `status` is `ok`, of `behind` als de klok (seintjes, sleutels, opruimen) achterloopt, als het
    wissen achterloopt, of als in content/ iets staat dat niet klopt: dan geldt nog de laatste goede
    versie. Bij `retention` betekent `behind: time` dat de klok van de server een sprong maakte:
    er wordt niets gewist tot iemand `signaalkaart retention run` doet. Een database of sleutelring
    die niet antwoordt geeft een 500.
    """
    db.session.execute(sa.select(1))
    ring().current(now())
    late = clock.late_jobs(now())
    faults = cards.faults() + areas.faults()
    overdue, late_keys = retention.behind(), retention.late_keys()
    return {
        "status": "behind" if late or faults or overdue or late_keys else "ok",
        "version": VERSION,
        "checks": {
            "database": "ok",
            "keys": f"behind: {', '.join(late_keys)}" if late_keys else "ok",
            "clock": f"behind: {', '.join(late)}" if late else "ok",
            "retention": f"behind: {overdue}" if overdue else "ok",
            "content": f"{len(faults)} faults" if faults else "ok",
        },
    }
