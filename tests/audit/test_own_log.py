"""Who has an account sees who looked: by role, and nobody's name."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from server import audit
from server.db import db, now
from server.observations.service import receipt_code
from server.people import service as people
from server.people.models import Person, Session
from tests.factories import Phone, add_phone, sign_in


def test_a_person_sees_who_looked_by_role_and_not_by_name(
    app: Flask, boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    regisseur.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    boa.post(f"/observations/{observation}/openings", {"purpose": "own"})
    answer = boa.get("/account/log")
    assert answer.status_code == 200, answer.json
    (opened,) = [row for row in answer.json["items"] if row["action"] == "open"]
    assert opened["purpose"] == "handle"
    assert opened["receipt"] == receipt_code(observation)
    assert opened["by"] == {
        "role_label": "Procesregisseur sociaal domein",
        "organisation": "Verzonnen organisatie",
    }
    name = people.name_of(db.session.get_one(Person, regisseur.person))
    assert name not in answer.text
    assert regisseur.person not in answer.text
    assert [row for row in teacher.get("/account/log").json["items"] if row["receipt"]] == []


def test_what_was_done_with_the_own_account_is_in_there(app: Flask) -> None:
    boa = add_phone(app, "melder")
    actions = {row["action"] for row in boa.get("/account/log").json["items"]}
    assert "invite" in actions
    assert "sign_in" not in actions


def test_who_comes_in_under_a_name_elsewhere_is_seen_by_who_bears_it(
    app: Flask, boa: Phone
) -> None:
    beheerder = add_phone(app, "beheerder", card=None)
    proof = sa.update(Session).where(Session.device_id == beheerder.device)
    db.session.execute(proof.values(confirmed_at=now()))
    db.session.commit()
    again = beheerder.post(f"/people/{boa.person}/invitations", {})
    assert again.status_code == 201, again.json
    sign_in(app, again.json["link"].rsplit("/", 1)[1])
    newest = boa.get("/account/log").json["items"][0]
    assert (newest["action"], newest["receipt"]) == ("sign_in", None)


def test_what_was_done_about_others_a_reporter_does_not_hear(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    for action, outcome in (("refer", "veilig-thuis"), ("note_informing", "not_yet:inquiry")):
        audit.log(regisseur.person, action, "observation", observation, outcome=outcome)
    db.session.commit()
    seen = boa.get("/account/log").json["items"]
    assert [(one["action"], one["outcome"]) for one in seen][:2] == [
        ("note_informing", "done"),
        ("other", "done"),
    ]


def test_the_own_log_comes_in_pages(app: Flask, boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    for _ in range(3):
        regisseur.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    first = boa.get("/account/log?limit=2").json
    rest = boa.get(f"/account/log?limit=50&cursor={first['next']}").json
    assert len(first["items"]) == 2
    assert rest["next"] is None
    assert len(boa.get("/account/log").json["items"]) == 2 + len(rest["items"])
