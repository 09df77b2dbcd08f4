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
from server.version import VERSION
from server.wire import Out, one_of

blp = Blueprint("health", __name__, description="Werkt alles?")


class ChecksOut(Out):
    database = fields.String(required=True)
    keys = fields.String(required=True)
    clock = fields.String(required=True)
    content = fields.String(required=True)


class HealthOut(Out):
    status = fields.String(required=True, validate=one_of(("ok", "behind")))
    version = fields.String(required=True)
    checks = fields.Nested(ChecksOut, required=True)


@blp.route("/health")
@allow("anyone")
@blp.response(200, HealthOut)
def show_health() -> dict[str, Any]:
    """Vraag of alles werkt

    `status` is `ok`, of `behind` als de klok (seintjes, sleutels, opruimen) achterloopt of als in
    content/ iets staat dat niet klopt: dan geldt nog de laatste goede versie. Een database of
    sleutelring die niet antwoordt geeft een 500.
    """
    db.session.execute(sa.select(1))
    ring().current(now())
    late = clock.late_jobs(now())
    faults = cards.faults() + areas.faults()
    return {
        "status": "behind" if late or faults else "ok",
        "version": VERSION,
        "checks": {
            "database": "ok",
            "keys": "ok",
            "clock": f"behind: {', '.join(late)}" if late else "ok",
            "content": f"{len(faults)} faults" if faults else "ok",
        },
    }
