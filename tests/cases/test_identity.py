"""One and the same in two networks, what was written wrongly there, and looking back."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from server.audit import AuditEvent
from server.cases.models import Edge
from server.db import db
from tests.cases.steps import add_node, close, do, opened, start
from tests.factories import Phone

pytestmark = pytest.mark.thorough


def say(phone: Phone, case: dict[str, Any], node: str, same_as: str | None) -> Any:
    version = phone.get(f"/cases/{case['id']}").json["version"]
    path = f"/cases/{case['id']}/nodes/{node}/identities"
    return phone.post(path, {"version": version, "same_as": same_as})


def cases_of(phone: Phone, case: dict[str, Any], at: int = 0) -> list[int]:
    found: list[int] = opened(phone, case)["nodes"][at]["cases"]
    return found


def test_two_nodes_are_the_same_until_somebody_says_they_are_not(regisseur: Phone) -> None:
    one, other = start(regisseur), start(regisseur)
    here, there = add_node(regisseur, one), add_node(regisseur, other, name="Zwiepie")
    assert say(regisseur, one, here, there).status_code == 201
    assert cases_of(regisseur, one) == [other["number"]]
    assert cases_of(regisseur, other) == [one["number"]]
    assert say(regisseur, other, there, here).json["code"] == "known"
    assert say(regisseur, one, here, None).status_code == 201
    assert cases_of(regisseur, one) == cases_of(regisseur, other) == []
    assert say(regisseur, one, here, None).json["code"] == "known"
    query = sa.select(AuditEvent.subject_id).where(AuditEvent.action == "join_node")
    assert set(db.session.scalars(query)) == {one["id"], other["id"]}


def test_who_is_the_same_as_a_second_is_the_same_as_a_third(regisseur: Phone) -> None:
    cases = [start(regisseur) for _ in range(3)]
    first, second, third = (add_node(regisseur, one) for one in cases)
    assert say(regisseur, cases[0], first, second).status_code == 201
    assert say(regisseur, cases[1], second, third).status_code == 201
    assert cases_of(regisseur, cases[0]) == [cases[1]["number"], cases[2]["number"]]


def test_nobody_joins_with_a_case_they_do_not_see(regisseur: Phone, team: Phone) -> None:
    one, other = start(regisseur), start(regisseur)
    here, there = add_node(regisseur, one), add_node(regisseur, other)
    do(regisseur, one, "participants", person=team.person, part="core")
    assert say(team, one, here, there).status_code == 404
    assert say(regisseur, one, here, there).status_code == 201
    # It would tell that there is another case.
    assert say(team, one, here, None).json["code"] == "known"
    assert cases_of(regisseur, one) == [other["number"]]


def test_one_network_does_not_hold_the_same_person_twice(regisseur: Phone) -> None:
    one, other = start(regisseur), start(regisseur)
    here, twin = add_node(regisseur, one), add_node(regisseur, one, zone="friends")
    there, place = add_node(regisseur, other), add_node(regisseur, other, kind="place")
    assert say(regisseur, one, here, there).status_code == 201
    assert say(regisseur, one, twin, there).json["code"] == "known"
    assert say(regisseur, other, there, twin).json["code"] == "known"
    assert say(regisseur, one, twin, place).json["code"] == "same_as"
    assert say(regisseur, one, twin, here).json["code"] == "same_as"


def test_what_was_written_wrongly_is_put_right_or_taken_out(regisseur: Phone) -> None:
    case = start(regisseur, title="Fiets van Zweip")
    here = add_node(regisseur, case)
    friend = add_node(regisseur, case, zone="friends", name="Pluis", role="vriend")
    do(regisseur, case, "edges", from_id=here, to_id=friend, kind="new", label="kent",
       since="2026-11-01")  # fmt: skip
    right = {"kind": "person", "zone": "subject", "role": "jongere", "since": "2026-10-01"}
    do(regisseur, case, f"nodes/{here}/changes", name="Zweip", **right)
    assert opened(regisseur, case)["title"] == "Fiets van jongere A"
    path = f"/api/v1/cases/{case['id']}/nodes/{friend}"
    assert regisseur.client.delete(path).status_code == 204
    assert regisseur.client.delete(path).status_code == 404
    assert [one["id"] for one in opened(regisseur, case)["nodes"]] == [here]
    assert db.session.scalar(sa.select(sa.func.count(Edge.id))) == 0


def test_a_line_that_should_not_be_there_is_taken_out(regisseur: Phone) -> None:
    case, other = start(regisseur), start(regisseur)
    here, friend = add_node(regisseur, case), add_node(regisseur, case, zone="friends")
    do(regisseur, case, "edges", from_id=here, to_id=friend, kind="new", label="kent",
       since="2026-11-01")  # fmt: skip
    edge = opened(regisseur, case)["edges"][0]["id"]
    elsewhere = f"/api/v1/cases/{other['id']}/edges/{edge}"
    assert regisseur.client.delete(elsewhere).status_code == 404
    path = f"/api/v1/cases/{case['id']}/edges/{edge}"
    assert regisseur.client.delete(path).status_code == 204
    assert opened(regisseur, case)["edges"] == []


def test_the_desk_sees_which_observations_are_in_a_case_and_which_wait(
    regisseur: Phone, team: Phone, boa: Phone
) -> None:
    one = boa.send()
    case = start(regisseur, observations=[one])
    do(regisseur, case, "participants", person=team.person, part="core")
    (source,) = regisseur.get(f"/cases/{case['id']}").json["sources"]
    assert (source["id"], source["owed"]) == (one, True)
    shown = team.get(f"/cases/{case['id']}").json
    assert (shown["observations"], shown["sources"]) == (1, [])
    around = f"/cases?observation={one}"
    assert [row["id"] for row in regisseur.get(around).json["items"]] == [case["id"]]
    assert regisseur.get(f"/cases?observation={boa.send()}").json["items"] == []
    assert team.get(around).status_code == 403


def test_how_a_case_ended_can_be_read_back(regisseur: Phone) -> None:
    case = start(regisseur)
    assert close(regisseur, case).status_code == 201
    row = regisseur.get("/cases?closed=yes").json["items"][0]
    assert row["outcome"] == "better"
    last = opened(regisseur, case)["events"][-1]
    assert (last["kind"], last["text"]) == ("closed", "Weer op school.")
