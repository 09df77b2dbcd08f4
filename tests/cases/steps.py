"""What people do with a case, for the tests."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server.db import db, new_id, now
from server.people.models import Session
from tests.factories import Phone


def start(phone: Phone, **more: Any) -> dict[str, Any]:
    body = {"id": new_id(), "kind": "youth", "title": "Fiets van Zwiep", **more}
    answer = phone.post("/cases", body)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def do(phone: Phone, case: dict[str, Any], what: str, **body: Any) -> dict[str, Any]:
    version = phone.get(f"/cases/{case['id']}").json["version"]
    answer = phone.post(f"/cases/{case['id']}/{what}", {"version": version, **body})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def opened(phone: Phone, case: dict[str, Any]) -> dict[str, Any]:
    answer = phone.post(f"/cases/{case['id']}/openings", {"purpose": "work"})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def add_node(phone: Phone, case: dict[str, Any], **more: Any) -> str:
    body = {"kind": "person", "zone": "subject", "name": "Zwiep", "role": "jongere"}
    do(phone, case, "nodes", **{**body, "since": "2026-11-01", **more})
    return str(opened(phone, case)["nodes"][-1]["id"])


def close(phone: Phone, case: dict[str, Any], **more: Any) -> Any:
    version = phone.get(f"/cases/{case['id']}").json["version"]
    body = {"version": version, "outcome": "better", "text": "Weer op school.", **more}
    return phone.post(f"/cases/{case['id']}/closings", body)


def confirm(phone: Phone) -> None:
    db.session.execute(
        sa.update(Session).where(Session.device_id == phone.device).values(confirmed_at=now())
    )
    db.session.commit()
