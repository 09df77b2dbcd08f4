"""Who is away: somebody takes over, reporters see until when, and it is forgotten after a while."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask

from server.audit import AuditEvent
from server.db import db, now
from server.devices import service as devices
from server.feedback import absence
from server.people.models import Person
from server.workdays import AMSTERDAM
from tests.factories import Phone, add_phone
from tests.feedback.steps import told


def put_away(by: Phone, person: Phone, **body: str | None) -> int:
    until = (now().astimezone(AMSTERDAM).date() + timedelta(days=10)).isoformat()
    path = f"/api/v1/absences/{person.person}"
    response = by.client.put(path, json={"until": until, **body})
    return response.status_code


def test_a_substitute_takes_over_what_is_owed_and_each_is_in_the_log(
    desk: Phone, adviseur: Phone, boa: Phone
) -> None:
    observation = boa.send()
    desk.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    assert put_away(desk, desk, substitute=adviseur.person) == 200
    plain = adviseur.get(f"/observations/{observation}").json
    assert plain["assignee"]["id"] == adviseur.person
    assert plain["timeline"][-1]["kind"] == "taken_over"
    logged = db.session.scalars(sa.select(AuditEvent).filter_by(action="take_over")).all()
    assert [event.subject_id for event in logged] == [observation]
    boa.send()
    assert told(desk, adviseur, kind="observation") == [1, 1]
    assert told(adviseur) == [1]


def test_only_who_is_of_a_desk_and_there_can_replace(
    app: Flask, desk: Phone, adviseur: Phone, boa: Phone
) -> None:
    kernteam = add_phone(app, "kernteam", card=None)
    for person in (boa, kernteam, desk):
        assert put_away(desk, desk, substitute=person.person) == 400
    assert put_away(desk, adviseur) == 200
    assert put_away(desk, desk, substitute=adviseur.person) == 400
    assert put_away(desk, boa) == 404
    assert put_away(boa, desk) == 403


def test_reporters_see_that_nobody_is_there_and_until_when_without_a_name(
    desk: Phone, adviseur: Phone, boa: Phone
) -> None:
    observation = boa.send()
    assert boa.get("/expectations").json == {"usual_days": None, "away": [], "waiting": []}
    put_away(desk, desk)
    seen = boa.get("/expectations").json
    assert seen["away"] == [{"desk": "sociaal", "until": "2026-12-03", "replaced": False}]
    assert seen["waiting"] == [{"id": observation, "until": "2026-12-03", "replaced": False}]
    put_away(desk, desk, substitute=adviseur.person)
    assert boa.get("/expectations").json["away"][0]["replaced"]
    path = f"/api/v1/absences/{desk.person}"
    assert [desk.client.delete(path).status_code for _ in range(2)] == [204, 204]
    assert boa.get("/expectations").json["away"] == []


def test_a_substitute_who_left_replaces_nobody(
    app: Flask, desk: Phone, adviseur: Phone, boa: Phone
) -> None:
    put_away(desk, desk, substitute=adviseur.person)
    devices.end_access(None, db.session.get_one(Person, adviseur.person))
    boa.send()
    assert told(desk, kind="observation") == [1]
    assert not boa.get("/expectations").json["away"][0]["replaced"]


def test_an_absence_is_forgotten_a_month_after_its_last_day(
    desk: Phone, adviseur: Phone, clock: time_machine.Coordinates
) -> None:
    put_away(desk, desk, substitute=adviseur.person)
    clock.shift(timedelta(days=40))
    assert absence.remove_old() == 0
    clock.shift(timedelta(days=1))
    assert absence.remove_old() == 1
