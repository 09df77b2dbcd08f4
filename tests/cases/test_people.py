"""Who works along on a case, what each of them sees of it, and who may see the names."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.audit import AuditEvent
from server.db import db, new_id, now
from server.meetings.models import Meeting
from server.people.models import Person
from tests.cases.steps import add_node, close, confirm, do, opened, start
from tests.factories import Phone, add_phone

pytestmark = pytest.mark.thorough


def test_names_are_letters_until_somebody_says_why(regisseur: Phone) -> None:
    case = start(regisseur)
    add_node(regisseur, case)
    shut = opened(regisseur, case)
    assert "Zwiep" not in str(shut)
    assert shut["title"] == "Fiets van jongere A"
    confirm(regisseur)
    path = f"/cases/{case['id']}/unmaskings"
    assert regisseur.post(path, {"reason": "who_knows"}).status_code == 204
    assert opened(regisseur, case)["nodes"][0]["name"] == "Zwiep"
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert opened(regisseur, case)["masked"]
    actions = set(db.session.scalars(sa.select(AuditEvent.action)))
    assert {"open", "unmask"} <= actions


def test_a_name_from_an_observation_is_covered_too(regisseur: Phone, boa: Phone) -> None:
    case = start(regisseur, observations=[boa.send()])
    assert opened(regisseur, case)["title"] == "Fiets van (naam)"


def test_who_does_not_work_along_sees_nothing_of_a_case(regisseur: Phone, team: Phone) -> None:
    case = start(regisseur)
    assert team.get(f"/cases/{case['id']}").status_code == 404
    assert team.get("/cases").json["items"] == []
    do(regisseur, case, "participants", person=team.person, part="core")
    assert opened(team, case)["title"] == "Fiets van Zwiep"


def test_the_flexible_shell_sees_one_case_and_hears_how_it_ended(
    app: Flask, regisseur: Phone
) -> None:
    coach = add_phone(app, "melder", kind="gemeente")
    case, other = start(regisseur), start(regisseur)
    do(regisseur, case, "participants", person=coach.person, part="shell")
    assert [one["id"] for one in coach.get("/cases").json["items"]] == [case["id"]]
    assert coach.get(f"/cases/{other['id']}").status_code == 404
    assert close(regisseur, case).json["code"] == "word"
    assert close(regisseur, case, word="Het gaat goed.").status_code == 201
    assert coach.get(f"/cases/{case['id']}").status_code == 404
    assert coach.post("/cases/words", {}).json["items"][0]["text"] == "Het gaat goed."


def test_who_works_along_for_a_while_chooses_nobody_and_cannot_stay(
    app: Flask, regisseur: Phone, team: Phone
) -> None:
    case = start(regisseur)
    do(regisseur, case, "participants", person=team.person, part="shell")
    version = team.get(f"/cases/{case['id']}").json["version"]
    stay = {"person": team.person, "part": "core", "version": version}
    assert team.post(f"/cases/{case['id']}/participants", stay).status_code == 403
    away = f"/api/v1/cases/{case['id']}/participants/{regisseur.person}"
    assert team.client.delete(away).status_code == 403


def test_a_reporter_does_not_hear_who_work_at_the_desks(boa: Phone, regisseur: Phone) -> None:
    assert boa.get("/cases/choices").json["owners"] == []
    assert regisseur.get("/cases/choices").json["owners"] != []


def test_of_a_case_somebody_left_the_own_actions_are_shut(
    app: Flask, regisseur: Phone, team: Phone
) -> None:
    case = start(regisseur)
    do(regisseur, case, "participants", person=team.person, part="core")
    action = new_id()
    body = {
        "id": action,
        "kind": "gesprek",
        "text": "Bel de moeder van Zwiep",
        "owner": team.person,
        "due_on": "2026-12-24",
        "case": case["id"],
    }
    planned = regisseur.post("/actions", body)
    assert planned.status_code == 201, planned.json
    assert action in team.post("/actions/openings", {}).json["texts"]
    end = f"/api/v1/cases/{case['id']}/participants/{team.person}"
    assert regisseur.client.delete(end).status_code in {200, 204}
    assert action not in team.post("/actions/openings", {}).json["texts"]


def test_the_om_on_the_agenda_sees_no_case(app: Flask, regisseur: Phone) -> None:
    om = add_phone(app, "kernteam", kind="om")
    case = start(regisseur)
    do(regisseur, case, "participants", person=om.person, part="agenda")
    assert om.get(f"/cases/{case['id']}").status_code == 404


def test_a_projectleider_sees_phases_and_no_text(app: Flask, regisseur: Phone) -> None:
    leader = add_phone(app, "projectleider", card=None)
    case = start(regisseur)
    assert leader.get(f"/cases/{case['id']}").json["whole"] is False
    answer = leader.post(f"/cases/{case['id']}/openings", {"purpose": "work"})
    assert answer.status_code == 403


def test_a_shared_node_shows_only_to_who_may_see_both(regisseur: Phone, team: Phone) -> None:
    one, other = start(regisseur), start(regisseur)
    node = add_node(regisseur, one)
    add_node(regisseur, other, same_as=node)
    do(regisseur, one, "participants", person=team.person, part="core")
    assert opened(regisseur, one)["nodes"][0]["cases"] == [other["number"]]
    assert opened(team, one)["nodes"][0]["cases"] == []


def test_during_a_meeting_the_names_stay_until_it_ends(regisseur: Phone, team: Phone) -> None:
    case = start(regisseur)
    add_node(regisseur, case)
    do(regisseur, case, "participants", person=team.person, part="core")
    meeting = Meeting(id=new_id(), starts_at=now(), state="planned")
    db.session.add(meeting)
    db.session.commit()
    path = f"/cases/{case['id']}/unmaskings"
    body = {"reason": "who_contacts", "meeting": meeting.id}
    confirm(regisseur)
    assert regisseur.post(path, body).json["code"] == "meeting"
    meeting.state = "running"
    db.session.commit()
    assert regisseur.post(path, body).status_code == 204
    with time_machine.travel(now() + timedelta(minutes=50)):
        assert opened(regisseur, case)["nodes"][0]["name"] == "Zwiep"
        assert opened(team, case)["masked"]
        meeting.state = "ended"
        db.session.commit()
        assert opened(regisseur, case)["masked"]


def test_only_the_desk_sees_who_can_be_asked_to_work_along(
    app: Flask, regisseur: Phone, team: Phone
) -> None:
    coach = add_phone(app, "melder", name="Coby Verzonnen", kind="gemeente")
    add_phone(app, "melder", name="Sjaak Bedacht", kind="school")
    left = add_phone(app, "melder", kind="gemeente")
    db.session.get_one(Person, left.person).ended_at = now()
    db.session.commit()
    assert team.get("/cases/people").status_code == 403
    assert coach.get("/cases/people").status_code == 403
    asked = regisseur.get("/cases/people").json["items"]
    assert {one["id"] for one in asked} == {regisseur.person, team.person, coach.person}
    assert {"id", "name", "organisation", "agenda_only"} == asked[0].keys()


def test_while_a_convenant_runs_others_can_be_asked_too(
    app: Flask, covenant: None, regisseur: Phone
) -> None:
    school = add_phone(app, "melder", name="Sjaak Bedacht", kind="school")
    om = add_phone(app, "kernteam", kind="om")
    asked = regisseur.get("/cases/people").json["items"]
    there = {one["id"]: one["agenda_only"] for one in asked}
    assert there[school.person] is False
    assert there[om.person] is True
    case = start(regisseur)
    body = {"version": case["version"], "person": om.person, "part": "core"}
    assert regisseur.post(f"/cases/{case['id']}/participants", body).json["code"] == "person"
    do(regisseur, case, "participants", person=school.person, part="shell")
    assert school.get(f"/cases/{case['id']}").status_code == 200


def test_whoever_stops_working_along_sees_the_case_no_longer(regisseur: Phone, team: Phone) -> None:
    case = start(regisseur)
    do(regisseur, case, "participants", person=team.person, part="core")
    path = f"/api/v1/cases/{case['id']}/participants/{team.person}"
    assert regisseur.client.delete(path).status_code == 204
    assert team.get(f"/cases/{case['id']}").status_code == 404
    assert regisseur.get(f"/cases/{case['id']}").json["participants"] == []
    assert regisseur.client.delete(path).status_code == 404
