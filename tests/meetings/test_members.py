"""Who takes part sees what is put before them, and nothing else."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from server.cases.models import Participant
from server.db import db, new_id, now
from server.meetings import members, planning
from server.meetings.models import Meeting
from server.notify.models import Notification
from tests.factories import Phone, add_phone
from tests.meetings.steps import bundle, case, points, show


def test_an_agenda_member_sees_only_what_was_put_before_them(
    app: Flask, covenant: None, boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    colleague = add_phone(app, "kernteam", name="Olga Verzonnen", card=None)
    outsider = add_phone(app, "kernteam", name="Otto Verzonnen", kind="om", card=None)
    bundle(regisseur, boa, teacher)
    planning.prepare()
    item = points(regisseur, meeting)[0][1]
    assert outsider.get("/meetings").json["items"] == []
    assert outsider.get(f"/meetings/{meeting}").status_code == 404
    put = f"/meetings/{meeting}/agenda/{item}/guests"
    offered = [one["id"] for one in show(regisseur, meeting)["candidates"]]
    assert offered == [outsider.person]
    assert show(colleague, meeting)["candidates"] == []
    member = regisseur.post(put, {"person": colleague.person})
    assert (member.status_code, member.json["code"]) == (400, "person")
    for _ in range(2):
        assert regisseur.post(put, {"person": outsider.person}).status_code == 201
    assert [one["id"] for one in outsider.get("/meetings").json["items"]] == [meeting]
    shown = show(outsider, meeting)
    assert [one["id"] for one in shown["agenda"]] == [item]
    assert (shown["member"], shown["present"], shown["possible"]) == (False, [], [])
    url = f"/meetings/{meeting}/agenda/{item}/openings"
    assert outsider.post(url, {}).status_code == 201
    other = points(regisseur, meeting)[1][1]
    assert outsider.post(f"/meetings/{meeting}/agenda/{other}/openings", {}).status_code == 404
    unmask = outsider.post(f"/meetings/{meeting}/agenda/{item}/unmaskings", {"reason": "who_knows"})
    assert unmask.status_code == 403
    assert regisseur.client.delete(f"/api/v1{put}/{outsider.person}").status_code == 204
    assert outsider.get(f"/meetings/{meeting}").status_code == 404
    assert regisseur.client.delete(f"/api/v1{put}/{outsider.person}").status_code == 404


def test_what_was_put_before_a_guest_is_shut_after_a_while(
    app: Flask, covenant: None, boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    outsider = add_phone(app, "kernteam", name="Otto Verzonnen", kind="om", card=None)
    bundle(regisseur, boa, teacher)
    planning.prepare()
    item = points(regisseur, meeting)[0][1]
    point = f"/meetings/{meeting}/agenda/{item}"
    regisseur.post(f"{point}/guests", {"person": outsider.person})
    db.session.execute(sa.update(Meeting).values(state="ended", ended_at=now() - members.LOOK_BACK))
    db.session.commit()
    assert outsider.get(f"/meetings/{meeting}").status_code == 404
    assert outsider.post(f"{point}/openings", {}).status_code == 404
    late = regisseur.post(f"{point}/openings", {})
    assert (late.status_code, late.json["code"]) == (409, "over")


def test_who_left_a_case_no_longer_sees_the_point_about_it(
    app: Flask, regisseur: Phone, meeting: str
) -> None:
    coach = add_phone(app, "melder", kind="gemeente")
    number = case(regisseur, 7)
    db.session.add(
        Participant(case_id=number, person_id=coach.person, part="shell", by_id=regisseur.person)
    )
    db.session.commit()
    planning.prepare()
    item = next(one for kind, one, *_ in points(regisseur, meeting) if kind == "case")
    guests = f"/meetings/{meeting}/agenda/{item}/guests"
    assert regisseur.post(guests, {"person": coach.person}).status_code == 201
    assert coach.get(f"/meetings/{meeting}").status_code == 200
    end = f"/api/v1/cases/{number}/participants/{coach.person}"
    assert regisseur.client.delete(end).status_code in {200, 204}
    assert coach.get(f"/meetings/{meeting}").status_code == 404
    again = regisseur.post(guests, {"person": coach.person})
    assert (again.status_code, again.json["code"]) == (400, "person")


def test_an_agenda_member_hears_once_that_something_is_put_before_them_and_not_what(
    app: Flask, covenant: None, boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    outsider = add_phone(app, "kernteam", name="Otto Verzonnen", kind="om", card=None)
    bundle(regisseur, boa, teacher)
    planning.prepare()
    puts = [f"/meetings/{meeting}/agenda/{one}/guests" for _, one, *_ in points(regisseur, meeting)]

    def told() -> list[tuple[str, str]]:
        asked = sa.select(Notification.kind, Notification.url)
        mine = asked.where(Notification.person_id == outsider.person)
        return [(row.kind, row.url) for row in db.session.execute(mine)]

    for put in puts[:2]:
        assert regisseur.post(put, {"person": outsider.person}).status_code == 201
    assert told() == [("put_before", f"/#/overleg/{meeting}")]
    # Of what was taken back before anybody was told, nobody is told.
    regisseur.client.delete(f"/api/v1{puts[0]}/{outsider.person}")
    assert len(told()) == 1
    regisseur.client.delete(f"/api/v1{puts[1]}/{outsider.person}")
    assert told() == []


def test_from_outside_the_gemeente_nobody_takes_part_without_a_covenant(
    app: Flask, regisseur: Phone, meeting: str
) -> None:
    police = add_phone(app, "kernteam", name="Piet Nep", kind="politie", card=None)
    assert police.get("/meetings").json["items"] == []
    assert police.get(f"/meetings/{meeting}").status_code == 404
    assert police.post("/calendar", {}).status_code == 404
    body = {"id": new_id(), "title": "Wij ook"}
    assert police.post(f"/meetings/{meeting}/agenda", body).status_code == 404
