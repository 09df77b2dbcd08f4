"""The agenda fills itself, and stands as people order it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from server.bundles.models import Bundle, BundleMember
from server.cases.models import Action, CaseSource
from server.db import db, new_id, now
from server.meetings import agenda, planning
from server.meetings.models import AgendaItem, Meeting
from server.workdays import AMSTERDAM, add_workdays, local_day
from tests.factories import Phone
from tests.meetings.steps import bundle, case, kinds, own, points, prove, show


def test_the_agenda_fills_itself_in_a_fixed_order(
    boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    bundle(regisseur, boa, teacher, area="BU02670101")
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        planning.prepare()
    found = show(regisseur, meeting)["agenda"]
    assert [one["kind"] for one in found] == ["bundle", "round"]
    assert "2 meldingen" in found[0]["detail"]
    assert found[0]["title"].startswith("Bundel ")


def test_late_observations_are_a_point_only_while_there_are(
    boa: Phone, regisseur: Phone, meeting: str
) -> None:
    boa.send()
    later = add_workdays(local_day(now()), 4)
    moment = datetime.combine(later, time(9), AMSTERDAM)
    answer = regisseur.post("/meetings", {"starts_at": (moment + timedelta(days=1)).isoformat()})
    prove(regisseur, None)
    with time_machine.travel(moment, tick=False):
        late = db.session.get_one(Meeting, answer.json["id"])
        agenda.fill(late)
        db.session.commit()
        rows = db.session.scalars(sa.select(AgendaItem).where(AgendaItem.meeting_id == late.id))
        assert [(one.kind, one.detail) for one in sorted(rows, key=lambda one: one.position)] == [
            ("late", "1 melding"),
            ("round", ""),
        ]


def test_what_was_taken_off_does_not_come_back(
    boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    bundle(regisseur, boa, teacher)
    planning.prepare()
    (first, _) = points(regisseur, meeting)
    url = f"/api/v1/meetings/{meeting}/agenda/{first[1]}"
    assert regisseur.client.delete(url).status_code == 204
    planning.prepare()
    assert kinds(regisseur, meeting) == ["round"]
    assert regisseur.client.delete(url).status_code == 404


def test_a_bundle_that_is_gone_leaves_the_agenda(
    boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    made = bundle(regisseur, boa, teacher)
    planning.prepare()
    db.session.get_one(Bundle, made).ended_at = now()
    db.session.commit()
    planning.prepare()
    assert kinds(regisseur, meeting) == ["round"]


def test_points_stand_where_somebody_puts_them_and_new_ones_do_not_push_them_around(
    boa: Phone, teacher: Phone, regisseur: Phone, leader: Phone, meeting: str
) -> None:
    one, two = own(regisseur, meeting, "Eerste"), own(leader, meeting, "Tweede")
    assert [item for _, item in points(regisseur, meeting)][:2] == [one, two]
    answer = leader.post(f"/meetings/{meeting}/agenda/{two}/moves", {"place": 1})
    assert [item["id"] for item in answer.json["agenda"]][:2] == [two, one]
    regisseur.post(f"/meetings/{meeting}/agenda/{two}/moves", {"place": 99})
    assert kinds(regisseur, meeting) == ["own", "round", "own"]
    bundle(regisseur, boa, teacher)
    planning.prepare()
    assert kinds(regisseur, meeting) == ["bundle", "own", "round", "own"]


def test_the_same_point_sent_twice_is_one_point(
    regisseur: Phone, team: Phone, meeting: str
) -> None:
    item = new_id()
    body = {"id": item, "title": "Een vraag"}
    for _ in range(2):
        assert regisseur.post(f"/meetings/{meeting}/agenda", body).status_code == 201
    assert kinds(regisseur, meeting).count("own") == 1
    other = team.post(f"/meetings/{meeting}/agenda", body)
    assert (other.status_code, other.json["code"]) == (409, "point_id")


@pytest.mark.parametrize("title", ["", "x" * 121, "twee\nregels", "\u2028", 7, None])
def test_a_title_that_is_no_line_of_text_is_refused(
    regisseur: Phone, meeting: str, title: object
) -> None:
    answer = regisseur.post(f"/meetings/{meeting}/agenda", {"id": new_id(), "title": title})
    assert answer.status_code == 400


def test_cases_stand_in_the_order_of_their_phases_and_what_is_due_stands_apart(
    boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    made = bundle(regisseur, boa, teacher)
    late = case(regisseur, 1, phase="action")
    case(regisseur, 2, phase="analysis")
    case(regisseur, 3, phase="evaluation", evaluate_on=local_day(now()))
    case(regisseur, 4, phase="evaluation", closed_on=local_day(now()), outcome="better")
    source = db.session.scalars(sa.select(BundleMember.observation_id)).first()
    db.session.add(
        CaseSource(case_id=late, observation_id=source, bundle_id=made, by_id=regisseur.person)
    )
    db.session.add(
        Action(
            id=new_id(),
            case_id=late,
            about="case",
            pillar="care",
            kind="begeleiding",
            owner_id=regisseur.person,
            due_on=local_day(now()) - timedelta(days=1),
            by_id=regisseur.person,
            text_sealed="",
        )
    )
    db.session.commit()
    planning.prepare()
    found = [
        (one["kind"], one["title"], one["detail"]) for one in show(regisseur, meeting)["agenda"]
    ]
    assert [(kind, title) for kind, title, _ in found] == [
        ("actions", "Acties die over tijd zijn"),
        ("case", "Casus 2"),
        ("case", "Casus 1"),
        ("evaluation", "Evaluatie casus 3"),
        ("round", "Rondvraag"),
    ]
    assert [detail for *_, detail in found][:3] == ["1 actie", "analyse", "actie"]
    item = points(regisseur, meeting)[2][1]
    opened = regisseur.post(f"/meetings/{meeting}/agenda/{item}/openings", {})
    assert [one["text"].split()[0] for one in opened.json["seen"]] == ["Iemand"]
