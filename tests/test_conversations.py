"""Phones of every released version are understood by the server of today, and later ones too."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.app import ROOT
from server.db import db, now
from server.keyring import ring
from server.keyring.pairs import load_point_key, point_of
from server.keyring.store import seal_key
from server.observations.models import Addition, LateItem, Observation, Receipt
from server.people.invitations import digest
from server.people.models import Invitation, Organisation, Person
from server.workdays import local_day
from tests import conversation
from tests.factories import Phone

RECORDED = sorted(conversation.FOLDER.glob(f"*/{conversation.FILE}"))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

Change = Callable[[Any], Any]


class Player:
    """Says what the phone said, with the secrets that the server of today gave it."""

    def __init__(self, client: FlaskClient, desk: Phone, change: Change) -> None:
        self.client = client
        self.desk = desk
        self.change = change
        self.heard: dict[str, Any] = {"cursor": 0, "epoch": None}
        self.etags: dict[str, str] = {}

    def play(self, step: dict[str, Any]) -> list[str]:
        """Say one thing; return where the answer is not what the phone can live with."""
        if "desk" in step:
            conversation.act(step, self._ask_as_desk)
            return []
        path = step["asks"].split()[1]
        answer = self._ask(step, *step["asks"].split())
        assert answer.status_code == step["status"], (step["asks"], answer.json)
        body = answer.json if answer.data else None
        self.etags[path] = answer.headers.get("ETag", "")
        if not step.get("lost"):
            self.heard.update(body or {})
        return conversation.missing(step["hears"], conversation.settled(path, body), step["asks"])

    def _ask(self, step: dict[str, Any], method: str, path: str) -> TestResponse:
        headers = {}
        if step["with_key"]:
            headers["Authorization"] = f"Bearer {self.heard['delivery_key']}"
        if step["with_etag"]:
            headers["If-None-Match"] = self.etags[path]
        says = self.change(copy.deepcopy(step["says"]))
        if path == "/sync":
            says |= {name: self.heard[name] for name in ("cursor", "epoch") if says[name]}
        return self.client.open(f"/api/v1{path}", method=method, json=says, headers=headers)

    def _ask_as_desk(self, method: str, path: str, body: Any) -> Any:
        answer = self.desk.client.open(f"/api/v1{path}", method=method, json=body)
        assert answer.status_code < 300, answer.json
        return answer.json if answer.data else None


def prepare(recorded: dict[str, Any]) -> None:
    """Make the person who was invited then, and hold the key that the phone sealed to."""
    # Phone and desk are of one organisation, then and now.
    place = db.session.scalars(sa.select(Organisation).filter_by(**recorded["organisation"])).one()
    who = {name: recorded["person"][name] for name in ("id", "role", "card")}
    name = {"v": 1, "name": recorded["person"]["name"]}
    sealed = ring().seal("person", who["id"], who["id"], name)
    person = Person(**who, organisation=place, name_sealed=sealed)
    term = now() + timedelta(days=1)
    db.session.add(person)
    db.session.flush()
    token_hash = digest(recorded["invitation"])
    db.session.add(Invitation(person_id=person.id, token_hash=token_hash, expires_at=term))
    db.session.commit()
    hold(recorded["seal_key"])


def hold(key: dict[str, str]) -> None:
    private_key = base64.b64decode(key["private_key"])
    with ring()._engine.begin() as connection:
        row = {
            "id": key["id"],
            "month": "then",
            "public_key": point_of(load_point_key(private_key)),
            "wrapped_private": ring()._master_key.wrap("seal", key["id"], private_key),
            "made_at": LONG_AGO,
            "publish_from": LONG_AGO,
            "seal_until": LONG_AGO,
            "destroy_on": local_day(now()) + timedelta(days=1),
        }
        connection.execute(sa.insert(seal_key).values(row))


def items(recorded: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every item the phone handed in, by id."""
    says = [step.get("says") or {} for step in recorded["steps"]]
    return {item["id"]: item for said in says for item in said.get("items", [])}


def unchanged(said: Any) -> Any:
    return said


@pytest.fixture(params=RECORDED, ids=lambda file: file.parent.name)
def recorded(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def play(client: FlaskClient, regisseur: Phone, recorded: dict[str, Any]) -> Callable[..., Any]:
    prepare(recorded)

    def play_all(change: Change = unchanged) -> list[str]:
        player = Player(client, regisseur, change)
        return [fault for step in recorded["steps"] for fault in player.play(step)]

    return play_all


def test_the_phone_of_this_version_was_recorded() -> None:
    version = json.loads((ROOT / "pwa" / "package.json").read_text())["version"]
    assert conversation.FOLDER / version / conversation.FILE in RECORDED


def test_a_phone_of_every_version_hears_what_it_can_read(play: Callable[..., Any]) -> None:
    assert play() == []


def test_what_a_phone_of_every_version_hands_in_is_stored_once_and_can_be_opened(
    play: Callable[..., Any], recorded: dict[str, Any]
) -> None:
    play()
    sent = items(recorded)
    assert {item["kind"] for item in sent.values()} == {"observation", "addition", "withdrawal"}
    assert set(db.session.scalars(sa.select(Receipt.item_id))) == set(sent)
    assert db.session.scalars(sa.select(LateItem.id)).all() == []
    stored = {row.id: row for table in (Observation, Addition) for row in db.session.query(table)}
    taken_back = set(sent) - set(stored)
    assert len([item for item in taken_back if sent[item]["kind"] == "observation"]) == 1
    for item_id, row in stored.items():
        kind = sent[item_id]["kind"]
        assert ring().open(row.sealed, kind, item_id, row.author_id)["v"] == 1


def test_a_phone_of_a_later_version_may_say_more_than_the_server_knows(
    play: Callable[..., Any], recorded: dict[str, Any]
) -> None:
    assert play(conversation.newer) == []
    assert db.session.scalars(sa.select(LateItem.id)).all() == []
    for row in db.session.scalars(sa.select(Observation)):
        assert row.extra == {"newer_field": {"words": ["later", None]}}


def test_a_field_or_value_that_a_phone_reads_cannot_change_unnoticed(
    recorded: dict[str, Any],
) -> None:
    then = next(s for s in recorded["steps"] if s.get("hears") and "changes" in s["hears"])["hears"]
    gone = {name: value for name, value in then.items() if name != "wipe"}
    assert conversation.missing(then, gone) == [".wipe is weg"]
    assert conversation.missing(then, {**then, "more": None}) == [".more: False werd None"]
    assert conversation.missing(then, {**then, "epoch": "number"}) == [".epoch: text werd number"]
    assert conversation.missing(then, {**then, "outcomes": [{}]}) == [".outcomes: [] werd [{}]"]
    assert conversation.missing(then, {**then, "newer": 1}) == []


def test_an_optional_field_of_a_card_may_be_empty_and_a_required_one_may_not() -> None:
    then = conversation.form([{"note": None, "title": "Boa"}, {"note": "Let op", "title": "Sport"}])
    empty, untitled = {"note": None, "title": "Boa"}, {"note": "Let op", "title": None}
    assert conversation.missing(then, conversation.form([empty])) == []
    assert conversation.missing(then, conversation.form([])) == []
    assert conversation.missing(conversation.form([]), then) == []
    assert conversation.missing(then, conversation.form([untitled])) == [
        "[0].title: text werd none"
    ]
