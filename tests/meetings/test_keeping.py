"""What was written at a meeting is sealed, found back, erased and forgotten in time."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from server import sealing
from server.db import db, now
from server.keyring import ring
from server.meetings import planning
from server.meetings.models import AgendaItem
from server.retention import resealing
from tests.factories import Phone
from tests.meetings.steps import all_meetings, audits, kinds, own, prove, show


def test_what_people_write_at_a_point_lies_sealed_and_no_get_shows_it(
    regisseur: Phone, team: Phone, leader: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting, "Zwiep en zijn broer")
    assert "Zwiep" not in str(show(regisseur, meeting))
    row = db.session.get_one(AgendaItem, item)
    assert row.title == ""
    assert "Zwiep" not in (row.text_sealed or "")
    opened = team.post(f"/meetings/{meeting}/openings", {}).json["items"]
    assert opened == [{"id": item, "title": "Zwiep en zijn broer", "note": None}]
    assert ("meeting", meeting, "meeting") in audits("open_agenda")
    assert leader.post(f"/meetings/{meeting}/openings", {}).status_code == 403


def test_after_its_term_what_was_said_is_forgotten_and_when_was_met_is_not(
    regisseur: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting)
    assert planning.forget_old() == 0
    with time_machine.travel(now() + timedelta(days=400), tick=False):
        assert planning.forget_old() == 1
        assert planning.forget_old() == 0
    db.session.expire_all()
    assert db.session.get_one(AgendaItem, item).text_sealed is None
    assert len(all_meetings()) == 1


def test_a_name_at_a_meeting_is_found_and_erased_for_who_asks_for_that(
    regisseur: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting, "Hoe gaat het met Zwiep?")
    body = {"name": "Zwiep", "reason": "access"}
    prove(regisseur, now())
    found = regisseur.post("/rights/searches", body)
    assert found.status_code == 201, found.json
    assert [(one["subject"], one["id"]) for one in found.json["items"]] == [("agenda_item", item)]
    erased = regisseur.post(
        f"/rights/records/{item}/erasures", {"subject": "agenda_item", "reason": "erasure"}
    )
    assert erased.status_code in {201, 204}, erased.json
    assert regisseur.post("/rights/searches", body).json["items"] == []
    assert kinds(regisseur, meeting) == ["own", "round"]


def test_what_was_said_is_sealed_again_before_its_months_key_goes(
    regisseur: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting, "Nog eens kijken")
    old = db.session.get_one(AgendaItem, item).text_sealed or ""
    key = sealing.parse(old).key_id
    with time_machine.travel(now() + timedelta(days=40), tick=False):
        ring().ensure(now())
        done, failed = resealing.reseal(key)
    assert done >= 1
    assert failed == 0
    db.session.expire_all()
    fresh = db.session.get_one(AgendaItem, item).text_sealed or ""
    assert sealing.parse(fresh).key_id != key
    (row,) = regisseur.post(f"/meetings/{meeting}/openings", {}).json["items"]
    assert row["title"] == "Nog eens kijken"
