"""A case: what starts it, what closes it, and how long it stays."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import time_machine

from server.audit import AuditEvent
from server.cases import reminding, removal
from server.cases.models import Action, Case, Node
from server.db import db, new_id, now
from server.notify.models import Notification
from server.observations.models import Observation
from server.people.models import Person
from server.retention import resealing
from server.sealing import parse
from server.workdays import local_day
from tests.cases.steps import add_node, close, do, opened, start
from tests.factories import Phone


def answer_reporter(phone: Phone, observation: str) -> None:
    body = {"id": new_id(), "kind": "taken_up"}
    assert phone.post(f"/observations/{observation}/feedback", body).status_code == 201


def test_a_case_holds_its_observations_until_it_closes(regisseur: Phone, boa: Phone) -> None:
    one = boa.send()
    case = start(regisseur, observations=[one])
    assert case["owed"] == 1
    assert db.session.get_one(Observation, one).case_open
    answer_reporter(regisseur, one)
    assert close(regisseur, case).status_code == 201
    db.session.expire_all()
    row = db.session.get_one(Observation, one)
    assert not row.case_open
    assert row.case_closed_on == db.session.get_one(Case, case["id"]).closed_on


def test_an_observation_in_two_cases_is_held_until_both_are_closed(
    regisseur: Phone, boa: Phone
) -> None:
    one = boa.send()
    first, second = start(regisseur, observations=[one]), start(regisseur, observations=[one])
    answer_reporter(regisseur, one)
    assert close(regisseur, first).status_code == 201
    assert db.session.get_one(Observation, one, populate_existing=True).case_open
    assert close(regisseur, second).status_code == 201
    assert not db.session.get_one(Observation, one, populate_existing=True).case_open


def test_closing_without_feedback_to_every_reporter_is_impossible(
    regisseur: Phone, boa: Phone
) -> None:
    one = boa.send()
    case = start(regisseur, observations=[one, boa.send()])
    refused = close(regisseur, case)
    assert (refused.status_code, refused.json["code"]) == (409, "feedback_owed")
    assert refused.json["detail"] == "2 meldingen hebben nog geen antwoord. Geef dat eerst."
    answer_reporter(regisseur, one)
    refused = close(regisseur, case)
    assert refused.json["detail"] == "1 melding heeft nog geen antwoord. Geef dat eerst."
    assert db.session.get_one(Case, case["id"]).closed_on is None


def test_of_a_day_that_cannot_be_it_is_said_which_way_to_choose(regisseur: Phone) -> None:
    case = start(regisseur)
    node = add_node(regisseur, case, since="2026-11-01")
    path = f"/cases/{case['id']}/nodes/{node}"
    ended = regisseur.post(f"{path}/ends", {"until": "2026-10-31"})
    assert ended.json["detail"] == "Deze dag is eerder dan het begin. Kies een latere dag."
    assert regisseur.post(f"{path}/ends", {"until": "2026-11-03"}).status_code == 201
    version = regisseur.get(f"/cases/{case['id']}").json["version"]
    said = {"kind": "person", "zone": "subject", "name": "Zwiep", "role": "jongere"}
    body = {"version": version, **said, "since": "2026-11-04"}
    changed = regisseur.post(f"{path}/changes", body)
    assert (changed.status_code, changed.json["code"]) == (400, "since")
    assert changed.json["detail"] == "Deze dag is later dan het einde. Kies een eerdere dag."


def test_of_two_desks_that_close_at_once_the_second_is_told(
    regisseur: Phone, adviseur: Phone
) -> None:
    case = start(regisseur)
    do(regisseur, case, "participants", person=adviseur.person, part="core")
    version = adviseur.get(f"/cases/{case['id']}").json["version"]
    body = {"version": version, "outcome": "better", "text": "Klaar."}
    assert regisseur.post(f"/cases/{case['id']}/closings", body).status_code == 201
    second = adviseur.post(f"/cases/{case['id']}/closings", body)
    assert (second.status_code, second.json["code"]) == (409, "version")


def test_a_case_moves_one_phase_on_or_back(regisseur: Phone) -> None:
    case = start(regisseur)
    answer = regisseur.post(f"/cases/{case['id']}/phases", {"version": 1, "phase": "action"})
    assert answer.json["code"] == "step"
    assert do(regisseur, case, "phases", phase="analysis")["phase"] == "analysis"
    assert do(regisseur, case, "phases", phase="signalling")["phase"] == "signalling"


def test_an_action_cannot_go_to_somebody_whose_access_ended(regisseur: Phone, team: Phone) -> None:
    action = {"id": new_id(), "kind": "gesprek", "text": "Praten", "about": "school"}
    body = {**action, "owner": team.person, "due_on": local_day(now()).isoformat()}
    assert regisseur.post("/actions", body).status_code == 201
    db.session.get_one(Person, team.person).ended_at = now()
    db.session.commit()
    assert regisseur.get("/actions").json["items"][0]["orphaned"]
    assert regisseur.post("/actions", {**body, "id": new_id()}).json["code"] == "owner"
    assert reminding.remind() == 1
    told = sa.select(Notification.person_id).where(Notification.tag == f"action-{body['id']}")
    assert regisseur.person in set(db.session.scalars(told))
    assert reminding.remind() == 0


def test_a_case_is_deleted_a_term_after_it_was_closed(regisseur: Phone) -> None:
    case = start(regisseur)
    add_node(regisseur, case)
    assert close(regisseur, case).status_code == 201
    row = db.session.get_one(Case, case["id"])
    row.closed_on = local_day(now()) - timedelta(days=364)
    db.session.commit()
    assert removal.remove() == 0
    row.closed_on = local_day(now()) - timedelta(days=366)
    db.session.commit()
    assert removal.remove() == 1
    assert db.session.scalar(sa.select(sa.func.count(Node.id))) == 0


def test_a_case_that_is_opened_again_holds_what_was_in_it(regisseur: Phone, boa: Phone) -> None:
    one = boa.send()
    case = start(regisseur, observations=[one])
    answer_reporter(regisseur, one)
    assert close(regisseur, case).status_code == 201
    do(regisseur, case, "reopenings", text="Er kwam iets bij.")
    assert db.session.get_one(Observation, one, populate_existing=True).case_open


def test_what_is_written_in_a_case_outlives_the_key_of_its_month(regisseur: Phone) -> None:
    case = start(regisseur)
    one = add_node(regisseur, case)
    other = add_node(regisseur, case, zone="friends", name="Pluis", role="vriend")
    do(regisseur, case, "edges", from_id=one, to_id=other, kind="new", label="kent",
       since="2026-11-01")  # fmt: skip
    path = f"/cases/{case['id']}/decisions"
    body = {"id": new_id(), "ground": "convenant", "text": "Praten"}
    assert regisseur.post(path, body).status_code == 201
    goal = {"id": new_id(), "term": "short", "text": "Naar school", "case": case["id"]}
    assert regisseur.post("/goals", goal).status_code == 201
    action = {"id": new_id(), "kind": "gesprek", "text": "Praten", "case": case["id"]}
    due = {"owner": regisseur.person, "due_on": "2026-12-01"}
    assert regisseur.post("/actions", {**action, **due}).status_code == 201
    before = opened(regisseur, case)
    sealed = db.session.get_one(Case, case["id"]).text_sealed
    _, failed = resealing.reseal(parse(sealed).key_id)
    assert failed == 0
    db.session.expire_all()
    assert opened(regisseur, case) == before
    assert db.session.get_one(Action, action["id"]).case_id == case["id"]


def test_a_repeated_case_is_started_once(regisseur: Phone) -> None:
    case = start(regisseur)
    assert start(regisseur, id=case["id"])["number"] == case["number"]


def test_working_on_a_case_counts_as_one_reading_and_every_look_is_logged(
    regisseur: Phone,
) -> None:
    case = start(regisseur)
    opened(regisseur, case)
    opened(regisseur, case)
    query = sa.select(AuditEvent.action).where(AuditEvent.action.like("open%"))
    assert sorted(db.session.scalars(query)) == ["open", "open_again"]


def test_of_an_evaluation_everybody_hears_once_a_week_before(regisseur: Phone, team: Phone) -> None:
    case = start(regisseur)
    do(regisseur, case, "participants", person=team.person, part="core")
    day = local_day(now()) + timedelta(days=8)
    do(regisseur, case, "evaluations", evaluate_on=day.isoformat())
    assert reminding.remind() == 0
    tag = f"evaluation-{case['id']}"
    told = sa.select(Notification.person_id).where(Notification.tag == tag)
    with time_machine.travel(now() + timedelta(days=1)):
        assert reminding.remind() == 1
        assert set(db.session.scalars(told)) == {regisseur.person, team.person}
        assert reminding.remind() == 0
    do(regisseur, case, "evaluations", evaluate_on=local_day(now()).isoformat())
    assert reminding.remind() == 1
