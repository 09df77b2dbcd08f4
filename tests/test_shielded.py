"""Who reports shielded is named to nobody, but to a procesregisseur who says why."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from server.audit import AuditEvent
from server.audit.export import lines
from server.db import db
from server.observations.models import Observation
from tests.authenticator import add_passkey, confirm
from tests.factories import Phone, add_phone

NAME, SCHOOL = "Doris Bedacht", "Kleine Verzonnen School"


@pytest.fixture
def mentor(app: Flask) -> Phone:
    return add_phone(app, "melder", name=NAME, kind="school", organisation=SCHOOL, card="onderwijs")


def gives_away(mentor: Phone, *answers: Any) -> list[str]:
    """Return what these answers hold that leads to the mentor."""
    told = json.dumps([answer.json for answer in answers])
    return [word for word in (NAME, "Doris", SCHOOL, mentor.person, mentor.device) if word in told]


def test_a_phone_that_says_nothing_of_it_is_not_shielded(boa: Phone, regisseur: Phone) -> None:
    shown = regisseur.get(f"/observations/{boa.send()}").json["reporter"]
    assert (shown["name"], shown["shielded"]) == ("Bo Verzonnen", False)


def test_nothing_at_the_desk_gives_a_shielded_reporter_away(
    mentor: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    one = mentor.send(shielded=True)
    stray = mentor.observation(shielded=True, card="weg")
    mentor.sync(mentor.addition(one), stray)
    for phone, purpose in ((regisseur, "handle"), (adviseur, "consult")):
        opened = phone.post(f"/observations/{one}/openings", {"purpose": purpose})
        mentor.sync(mentor.withdrawal(one))
        shown = phone.get(f"/observations/{one}")
        assert shown.json["reporter"] == {
            "name": "Afgeschermde melder",
            "role_label": None,
            "organisation": None,
            "shielded": True,
        }
        assert {event["kind"] for event in shown.json["timeline"]} >= {
            "received",
            "addition",
            "withdrawal_requested",
        }
        others = (
            phone.get("/inbox"),
            phone.get("/late-box"),
            phone.post(f"/late-box/{stray['id']}/openings", {"purpose": "handle"}),
            phone.get("/account/log"),
        )
        assert gives_away(mentor, opened, shown, *others) == []


def test_what_the_desk_does_itself_keeps_its_name(mentor: Phone, regisseur: Phone) -> None:
    one = mentor.send(shielded=True)
    regisseur.post(f"/observations/{one}/openings", {"purpose": "handle"})
    timeline = regisseur.get(f"/observations/{one}").json["timeline"]
    assert [event["by"] and event["by"]["name"] for event in timeline] == [
        None,
        "Samira Voorbeeld",
        "Samira Voorbeeld",
    ]


def test_the_procesregisseur_opens_who_it_was_with_a_reason_after_proof(
    mentor: Phone, regisseur: Phone
) -> None:
    passkey = add_passkey(regisseur)
    db.session.execute(sa.text("UPDATE session SET confirmed_at = NULL"))
    path = f"/observations/{mentor.send(shielded=True)}/reporter-openings"
    refused = regisseur.post(path, {"purpose": "contact"})
    assert (refused.status_code, refused.json["code"]) == (403, "confirm")
    confirm(regisseur, passkey)
    assert regisseur.post(path, {"purpose": "nieuwsgierig"}).status_code == 400
    answer = regisseur.post(path, {"purpose": "contact"})
    assert (answer.status_code, answer.json["name"]) == (201, NAME)
    assert answer.json["organisation"] == SCHOOL


def test_opening_a_reporter_is_logged_with_its_reason_and_seen_by_colleagues_and_reporter(
    mentor: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    add_passkey(regisseur)
    one = mentor.send(shielded=True)
    regisseur.post(f"/observations/{one}/reporter-openings", {"purpose": "safety"})
    event = db.session.scalars(sa.select(AuditEvent).filter_by(action="open_reporter")).one()
    assert (event.person_id, event.subject_id, event.purpose, event.device_id) == (
        regisseur.person,
        one,
        "safety",
        regisseur.device,
    )
    last = adviseur.get(f"/observations/{one}").json["timeline"][-1]
    assert (last["kind"], last["detail"], last["by"]["name"]) == (
        "reporter_opened",
        "safety",
        "Samira Voorbeeld",
    )
    told = mentor.get("/account/log").json["items"]
    assert ("open_reporter", "safety") in {(look["action"], look["purpose"]) for look in told}


def test_opening_a_reporter_tells_nobody_else(
    mentor: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    add_passkey(regisseur)
    one = mentor.send(shielded=True)
    regisseur.post(f"/observations/{one}/reporter-openings", {"purpose": "legal"})
    for phone in (regisseur, adviseur):
        assert gives_away(mentor, phone.get(f"/observations/{one}")) == []


def test_the_other_desk_and_every_other_role_cannot_open_who_it_was(
    app: Flask, mentor: Phone, adviseur: Phone
) -> None:
    add_passkey(adviseur)
    path = f"/observations/{mentor.send(shielded=True, desk='veiligheid')}/reporter-openings"
    refused = adviseur.post(path, {"purpose": "contact"})
    assert (refused.status_code, gives_away(mentor, refused)) == (403, [])


def test_of_who_is_not_shielded_there_is_nothing_to_open(boa: Phone, regisseur: Phone) -> None:
    add_passkey(regisseur)
    answer = regisseur.post(f"/observations/{boa.send()}/reporter-openings", {"purpose": "contact"})
    assert (answer.status_code, answer.json["code"]) == (409, "not_shielded")


@pytest.mark.parametrize("said", ["yes", 1, None, [True]])
def test_what_cannot_be_understood_shows_nobody_and_goes_to_the_late_box(
    mentor: Phone, regisseur: Phone, said: Any
) -> None:
    item = mentor.observation(shielded=said)
    assert mentor.sync(item).json["outcomes"][0]["reason"] == "late:shape"
    assert db.session.get(Observation, item["id"]) is None
    opened = regisseur.post(f"/late-box/{item['id']}/openings", {"purpose": "handle"})
    assert gives_away(mentor, regisseur.get("/late-box"), opened) == []


def test_an_export_of_the_log_does_not_lead_from_the_report_to_the_reporter(
    mentor: Phone,
) -> None:
    one = mentor.send(shielded=True)
    told = "\n".join(lines(None, None))
    assert one not in told
    assert mentor.person not in told
