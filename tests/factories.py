"""Make people, phones and sealed items the way a real phone does."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import sealing
from server.access.door import COOKIE
from server.db import db, new_id, now
from server.people import service as people
from server.people.models import Session
from server.people.sessions import REPORTER_TERM
from server.sealing import SealKey

WRITTEN = {
    "v": 1,
    "what": "Iemand in een grijze auto geeft de jongen een tasje.",
    "where": "Parkeerplaats",
    "at": "2026-11-21T21:42",
    "persons": [{"name": "Zwiep", "age": "12_15", "description": "Rode fiets"}],
    "answers": {"informed": "no", "without_name": False, "call_back": True},
}


@dataclass
class Phone:
    """One person on one device, with its own cookies and delivery key."""

    client: FlaskClient
    person: str
    device: str
    delivery_key: str
    cursor: int = 0
    epoch: str | None = None
    seal_key: SealKey | None = field(default=None, repr=False)

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/api/v1{path}")

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self.client.post(f"/api/v1{path}", json=body, headers=headers)

    def sync(self, *items: dict[str, Any], signed_in: bool = True, **more: Any) -> TestResponse:
        """Do one round trip the way the phone does; remember cursor and key."""
        client = self.client if signed_in else self.client.application.test_client()
        response = client.post(
            "/api/v1/sync",
            json=self.request(*items, **more),
            headers={"Authorization": f"Bearer {self.delivery_key}"},
        )
        if response.status_code == 200:
            self.cursor = response.json["cursor"]
            self.epoch = response.json["epoch"]
        return response

    def request(self, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Return the body of one round trip."""
        return {
            "device": self.device,
            "app_version": "0.1.0",
            "unsent": len(items),
            "cursor": self.cursor,
            "epoch": self.epoch,
            "sent_at": now().isoformat(),
            "items": list(items),
            **more,
        }

    def token(self) -> str:
        """Return what opens the session of this phone."""
        cookie = self.client.get_cookie(COOKIE)
        assert cookie is not None
        return str(cookie.value)

    def headers(self) -> dict[str, str]:
        """Return what proves to a server elsewhere which device and person this is."""
        return {
            "Authorization": f"Bearer {self.delivery_key}",
            "Cookie": f"{COOKIE}={self.token()}",
        }

    def key(self) -> SealKey:
        """Return the key the phone seals to, asked once."""
        if self.seal_key is None:
            told = self.sync().json["seal_key"]
            self.seal_key = SealKey(told["id"], base64.b64decode(told["public_key"]))
        return self.seal_key

    def observation(self, **changes: Any) -> dict[str, Any]:
        """Return a sealed observation as it goes over the wire; ``written`` is what was typed."""
        written = changes.pop("written", WRITTEN)
        item_id = changes.pop("id", None) or new_id()
        return {
            "kind": "observation",
            "id": item_id,
            "by": self.person,
            "made_at": "2026-11-21T20:42:00Z",
            "card": "boa",
            "card_version": 1,
            "signals": ["BOA-08", "BOA-16"],
            "protective": ["P-15"],
            "area": "BU02670101",
            "date": "2026-11-21",
            "basis": "seen",
            "desk": "sociaal",
            "urgency": "today",
            "sealed": self.seal("observation", item_id, written),
            **changes,
        }

    def addition(self, parent: str, text: str = "Nog iets.", **changes: Any) -> dict[str, Any]:
        item_id = changes.pop("id", None) or new_id()
        return {
            "kind": "addition",
            "id": item_id,
            "by": self.person,
            "made_at": "2026-11-21T21:42:00Z",
            "parent": parent,
            "sealed": self.seal("addition", item_id, {"v": 1, "text": text}),
            **changes,
        }

    def withdrawal(self, parent: str) -> dict[str, Any]:
        return {
            "kind": "withdrawal",
            "id": new_id(),
            "by": self.person,
            "made_at": "2026-11-21T21:42:00Z",
            "parent": parent,
        }

    def seal(self, kind: str, item_id: str, value: dict[str, Any]) -> str:
        return sealing.seal(self.key(), kind, item_id, self.person, value)

    def send(self, **changes: Any) -> str:
        """Hand in one observation and return its id."""
        item = self.observation(**changes)
        assert self.sync(item).json["outcomes"][0]["result"] == "stored"
        return str(item["id"])


def add_phone(
    app: Flask,
    role: str,
    *,
    name: str = "Iemand Verzonnen",
    kind: str | None = None,
    organisation: str = "Verzonnen organisatie",
    card: str | None = "boa",
) -> Phone:
    """Invite somebody and sign them in on a new device, over the API."""
    kind = kind or ("club" if role == "contactpersoon" else "gemeente")
    issued = people.invite(
        None, name=name, role=role, kind=kind, organisation=organisation, card=card
    )
    return sign_in(app, issued.token)


def sign_in(app: Flask, token: str, device: str | None = None) -> Phone:
    """Use an invitation on a device that has no key yet."""
    client = app.test_client()
    device = device or new_id()
    response = client.post(
        "/api/v1/sessions", json={"invitation": token, "device": device, "app_version": "0.1.0"}
    )
    assert response.status_code == 201, response.json
    # Terms of sessions have tests of their own; elsewhere a session lasts as long as it may.
    with app.app_context():
        db.session.execute(
            sa.update(Session)
            .where(Session.device_id == device, Session.ended_at.is_(None))
            .values(expires_at=now() + REPORTER_TERM)
        )
        db.session.commit()
    return Phone(client, response.json["person"]["id"], device, response.json["delivery_key"])
