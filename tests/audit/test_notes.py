"""What is logged of one observation, and what somebody writes beside the reason."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from server.audit import AuditEvent, chain
from server.audit.verify import verify
from server.db import db
from server.observations.models import Observation, OpeningNote
from server.observations.service import erase
from tests.conftest import lies_in
from tests.factories import Phone


def test_a_note_is_sealed_with_the_record_and_only_its_digest_is_logged(
    app: Flask, config, boa: Phone, adviseur: Phone
) -> None:
    observation = boa.send()
    path = f"/observations/{observation}/openings"
    body = {"purpose": "consult", "note": "Gebeld met Kwibus over de fiets."}
    answer = adviseur.post(path, body)
    assert answer.status_code == 201, answer.json
    assert [note["text"] for note in answer.json["notes"]] == [body["note"]]
    assert boa.post(path, {"purpose": "own"}).json["notes"] == []
    event = db.session.scalars(sa.select(AuditEvent).filter_by(purpose="consult")).one()
    assert event.note_digest is not None
    assert (event.subject_id, event.device_id) == (observation, adviseur.device)
    assert b"Kwibus" not in lies_in(config.database_url)


def test_deleting_the_record_takes_the_note_and_leaves_the_chain_valid(
    app: Flask, boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    regisseur.post(
        f"/observations/{observation}/openings", {"purpose": "handle", "note": "Voor het overleg."}
    )
    chain.make_checkpoint()
    erase(observation, "withdrawn")
    db.session.commit()
    assert db.session.scalars(sa.select(OpeningNote)).all() == []
    assert verify().fault is None


def test_every_opening_and_every_change_is_one_row_with_its_device(
    app: Flask, boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    regisseur.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    regisseur.post(
        f"/observations/{observation}/feedback",
        {"id": "0b9f6a1e-6a53-4a6e-9d3c-0f8a4f7b2c11", "kind": "watching"},
    )
    rows = db.session.execute(
        sa.select(AuditEvent.action, AuditEvent.person_id, AuditEvent.device_id)
        .where(AuditEvent.subject_id == observation)
        .order_by(AuditEvent.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("receive", boa.person, boa.device),
        ("open", regisseur.person, regisseur.device),
        ("respond", regisseur.person, regisseur.device),
    ]


def test_no_observation_is_needed_to_keep_the_log(app: Flask, boa: Phone) -> None:
    observation = boa.send()
    erase(observation, "withdrawn")
    db.session.commit()
    assert db.session.get(Observation, observation) is None
    assert db.session.scalars(sa.select(AuditEvent).filter_by(subject_id=observation)).all()
