"""Who is written about in a case is taken out of it; what was decided stays without the name."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from server.audit import AuditEvent
from server.cases.models import Case, Decision
from server.db import db, new_id, now
from server.keyring import ring
from server.meetings.models import AgendaItem, Meeting
from server.rights.erasing import WRITTEN
from server.rights.records import RECORDS
from tests.cases.steps import add_node, confirm, do, opened, start
from tests.factories import Phone

pytestmark = pytest.mark.thorough


@pytest.fixture
def desk(regisseur: Phone) -> Phone:
    """A procesregisseur who just proved to be there."""
    confirm(regisseur)
    return regisseur


def erase(desk: Phone, subject: str, record: str) -> Any:
    body = {"subject": subject, "reason": "erasure"}
    return desk.post(f"/rights/records/{record}/erasures", body)


def search(desk: Phone, name: str = "Zwiep") -> list[dict[str, Any]]:
    answer = desk.post("/rights/searches", {"name": name, "reason": "erasure"})
    assert answer.status_code == 201, answer.json
    return list(answer.json["items"])


def found(desk: Phone, name: str = "Zwiep") -> dict[str, dict[str, Any]]:
    return {one["subject"]: one for one in search(desk, name)}


def fill(desk: Phone) -> dict[str, Any]:
    """Return a case in which everything names one person."""
    case = start(desk, text="Zwiep is stil.")
    one = add_node(desk, case)
    other = add_node(desk, case, zone="family", name="Mia Bedacht", role="moeder van Zwiep")
    ends = {"from_id": other, "to_id": one, "since": "2026-11-01"}
    do(desk, case, "edges", kind="support", label="brengt Zwiep", **ends)
    decision = {"id": new_id(), "ground": "convenant", "text": "Met Zwiep praten"}
    assert desk.post(f"/cases/{case['id']}/decisions", decision).status_code == 201
    goal = {"id": new_id(), "term": "short", "text": "Zwiep naar school", "case": case["id"]}
    assert desk.post("/goals", goal).status_code == 201
    action = {"id": new_id(), "kind": "gesprek", "text": "Zwiep bellen", "case": case["id"]}
    due = {"owner": desk.person, "due_on": "2026-12-01"}
    assert desk.post("/actions", {**action, **due}).status_code == 201
    do(desk, case, "closings", outcome="other", text="Zwiep verhuist.")
    do(desk, case, "reopenings", text="Zwiep is terug.")
    return case


INSIDE = {"case", "case_event", "node", "edge", "decision", "action", "goal"}


def test_whoever_leaves_a_network_is_a_letter_in_all_that_was_written_there(desk: Phone) -> None:
    case = fill(desk)
    meeting = Meeting(id=new_id(), starts_at=now())
    point = AgendaItem(
        id=new_id(), meeting_id=meeting.id, position=1, kind="case", subject_id=case["id"]
    )
    point.by_id = desk.person
    words = {"v": 1, "note": "Zwiep was er niet."}
    point.text_sealed = ring().seal("agenda", point.id, desk.person, words)
    db.session.add(meeting)
    db.session.flush()
    db.session.add(point)
    db.session.commit()
    hits = found(desk)
    assert hits.keys() == INSIDE | {"agenda_item"}
    assert {hits[subject]["case"] for subject in INSIDE} == {case["id"]}
    letter = opened(desk, case)["nodes"][0]
    assert erase(desk, "node", letter["id"]).status_code == 204
    assert found(desk) == {}
    seen = opened(desk, case)
    assert "Zwiep" not in str(seen)
    assert seen["decisions"][0]["text"] == "Met jongere A praten"
    assert seen["decisions"][0]["ground"] == "convenant"
    assert seen["nodes"][0]["letter"] == "A"
    assert found(desk, "Mia Bedacht").keys() == {"node"}
    row = sa.select(AuditEvent).filter_by(action="delete", subject_kind="node")
    assert db.session.scalars(row).one().purpose == "erasure"
    assert erase(desk, "node", letter["id"]).status_code == 404


@pytest.mark.parametrize("subject", sorted(INSIDE - {"node"}))
def test_a_text_of_a_case_is_erased_and_the_rest_stays(desk: Phone, subject: str) -> None:
    case = fill(desk)
    version = desk.get(f"/cases/{case['id']}").json["version"]
    record = found(desk)[subject]["id"]
    assert erase(desk, subject, record).status_code == 204
    assert erase(desk, subject, record).status_code == 404
    there = {one["id"] for one in search(desk)}
    assert record not in there
    assert db.session.get(RECORDS[subject].model, record) is not None
    assert desk.get(f"/cases/{case['id']}").json["version"] == version + 1
    assert opened(desk, case)["nodes"][1]["role"] == "moeder van jongere A"


def test_a_decision_without_its_words_still_says_when_and_on_which_ground(desk: Phone) -> None:
    case = fill(desk)
    decision = db.session.scalars(sa.select(Decision)).one()
    assert erase(desk, "decision", decision.id).status_code == 204
    (left,) = opened(desk, case)["decisions"]
    assert (left["ground"], left["text"]) == ("convenant", None)


def test_whatever_a_search_finds_can_be_erased_or_is_gone(desk: Phone) -> None:
    answers = {subject: erase(desk, subject, new_id()).status_code for subject in RECORDS}
    assert answers == dict.fromkeys(RECORDS, 404)
    assert {place.subject for place in WRITTEN.values()} <= RECORDS.keys()


def test_a_case_whose_words_are_gone_is_still_listed(desk: Phone) -> None:
    case = start(desk)
    assert erase(desk, "case", case["id"]).status_code == 204
    assert opened(desk, case)["title"] is None
    assert db.session.get_one(Case, case["id"]).text_sealed is None
