"""People take along what is kept of them, and are let go when they ask; nothing else is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner
from flask import Flask

from server import cli
from server.audit import AuditEvent
from server.clock import guard
from server.db import db, new_id, now
from server.devices import service as devices
from server.observations.models import LateItem, Observation
from server.people import service as people
from server.people.models import Passkey, Person, Session
from server.retention import service
from tests.authenticator import add_passkey
from tests.conftest import lies_in
from tests.factories import WRITTEN, Phone, add_phone

pytestmark = pytest.mark.thorough

BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)


def prove(phone: Phone) -> Phone:
    db.session.execute(
        sa.update(Session).where(Session.device_id == phone.device).values(confirmed_at=now())
    )
    db.session.commit()
    return phone


def take_along(phone: Phone) -> dict[str, Any]:
    answer = prove(phone).post("/account/exports", {})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def leave(phone: Phone) -> None:
    assert prove(phone).post("/account/removals", {}).status_code == 204


def name_of(phone: Phone) -> str:
    db.session.expire_all()
    return people.name_of(db.session.get_one(Person, phone.person))


def respond(desk: Phone, observation: str, text: str | None = None) -> None:
    body = {"id": new_id(), "kind": "watching", "text": text}
    assert desk.post(f"/observations/{observation}/feedback", body).status_code == 201


def test_a_reporter_takes_along_everything_and_nothing_of_anybody_else(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    teacher.send(written={**WRITTEN, "what": "Van een ander."})
    boa.sync(boa.addition(observation, text="Hij had ook een tas."))
    respond(regisseur, observation, "Dank je wel.")
    stray = boa.observation(card="weg")
    boa.sync(stray)
    gone = boa.send()
    boa.sync(boa.withdrawal(gone))
    add_passkey(boa)
    told = take_along(boa)
    assert told["person"]["name"] == "Bo Verzonnen"
    (kept,) = told["observations"]
    assert kept["plain"]["id"] == observation
    assert kept["opened"] == WRITTEN
    assert [one["text"] for one in kept["additions"]] == ["Hij had ook een tas."]
    assert [(one["text"], one["by"]) for one in kept["feedback"]] == [("Dank je wel.", None)]
    assert [one["opened"] for one in told["late_items"]] == [WRITTEN]
    assert len(told["gone"]) == 1
    assert [one["kind"] for one in told["devices"]] == ["other"]
    assert len(told["passkeys"]) == 1
    assert "respond" in {one["action"] for one in told["looks"]}
    assert "Van een ander" not in str(told)
    assert "Samira" not in str(told)


def test_taking_along_asks_for_proof_and_is_in_the_log(boa: Phone) -> None:
    boa.send()
    answer = boa.post("/account/exports", {})
    assert (answer.status_code, answer.json["code"]) == (403, "confirm")
    take_along(boa)
    (row,) = db.session.scalars(sa.select(AuditEvent).filter_by(action="export"))
    assert (row.person_id, row.purpose, row.count) == (boa.person, "own", 1)


def test_who_removes_the_own_account_is_out_at_once_on_every_device(boa: Phone) -> None:
    assert boa.post("/account/removals", {}).json["code"] == "confirm"
    add_passkey(boa)
    observation = boa.send()
    leave(boa)
    assert boa.get("/session").status_code == 401
    person = db.session.get_one(Person, boa.person)
    assert person.ended_at is not None
    assert person.removal_asked_at is not None
    assert [one.ended_at is None for one in db.session.scalars(sa.select(Passkey))] == [False]
    assert db.session.get(Observation, observation) is not None
    assert boa.sync(signed_in=False).json["wipe"] is True


def test_what_a_removed_reporter_still_held_goes_to_the_late_box_before_the_phone_is_wiped(
    boa: Phone,
) -> None:
    waiting = [boa.observation(), boa.observation()]
    leave(boa)
    first = boa.sync(waiting[0], signed_in=False, unsent=2).json
    assert (first["outcomes"][0]["result"], first["wipe"]) == ("stored", False)
    assert boa.sync(waiting[1], signed_in=False).json["wipe"] is True
    late = db.session.scalars(sa.select(LateItem)).all()
    assert {(one.id, one.reason) for one in late} == {
        (item["id"], "access_ended") for item in waiting
    }


def test_who_works_for_the_gemeente_asks_the_beheerder(app: Flask, regisseur: Phone) -> None:
    assert prove(regisseur).post("/account/removals", {}).status_code == 403
    contact = add_phone(app, "contactpersoon")
    leave(contact)
    assert contact.get("/session").status_code == 401


def test_the_name_stays_while_an_answer_is_owed_and_goes_the_night_after(
    app: Flask, boa: Phone, regisseur: Phone, environ: dict[str, str]
) -> None:
    observation = boa.send()
    add_passkey(boa)
    leave(boa)
    assert service.run().names == 0
    assert name_of(boa) == "Bo Verzonnen"
    respond(regisseur, observation)
    assert service.preview().names == 1
    assert name_of(boa) == "Bo Verzonnen"
    assert service.run().names == 1
    assert name_of(boa) == "Naam gewist"
    assert db.session.scalars(sa.select(Passkey)).all() == []
    assert db.session.get_one(Person, boa.person).name_sealed is None
    assert db.session.get(Observation, observation) is not None
    shown = regisseur.get(f"/observations/{observation}").json["reporter"]["name"]
    assert shown == "Naam gewist"
    (row,) = db.session.scalars(sa.select(AuditEvent).filter_by(action="forget"))
    assert (row.subject_id, row.purpose) == (boa.person, "retention")
    db.session.commit()
    assert b"Bo Verzonnen" not in lies_in(environ["DATABASE_URL"])


def test_of_who_was_ended_by_others_the_name_goes_after_its_term(app: Flask) -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        boa = add_phone(app, "melder", name="Bo Verzonnen")
        boa.send()
        devices.end_access(None, db.session.get_one(Person, boa.person))
        clock.move_to(BEGIN + timedelta(days=180))
        guard.accept()
        assert service.preview().names == 0
        clock.move_to(BEGIN + timedelta(days=182))
        guard.accept()
        assert service.run().names == 1
        assert name_of(boa) == "Naam gewist"
        # A phone that comes back later still loses nothing.
        late = boa.observation()
        assert boa.sync(late, signed_in=False).json["outcomes"][0]["result"] == "stored"
        assert db.session.get(LateItem, late["id"]) is not None


def test_a_dry_run_says_whose_names_would_go(
    app: Flask, boa: Phone, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(boa)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("server.cli.create_app", lambda _config: app)
    db.session.commit()
    shown = CliRunner().invoke(cli.cli, ["retention", "run", "--dry-run"])
    assert "Namen van wie weg is wissen: 1." in shown.output
    assert name_of(boa) == "Bo Verzonnen"
    told = CliRunner().invoke(cli.cli, ["retention", "list"]).output
    assert "naam van wie weg is: 6 maanden." in told


def test_the_names_of_who_takes_part_never_go(boa: Phone) -> None:
    with time_machine.travel(now() + timedelta(days=900)):
        assert service.preview().names == 0
