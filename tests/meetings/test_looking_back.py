"""After a meeting, and after a year, people say how it went."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from server.db import db, now
from server.meetings import planning
from server.meetings.models import Meeting
from tests.factories import Phone
from tests.meetings.steps import MONDAY, in_days, kinds, move


def test_the_three_questions_are_answered_after_the_meeting_and_shown_without_who(
    regisseur: Phone, team: Phone, meeting: str
) -> None:
    asked = [one["id"] for one in regisseur.get("/evaluations").json["questions"]]
    assert len(asked) == 3
    body = {"answers": dict.fromkeys(asked, "yes"), "words": "Zwiep kwam te kort"}
    url = f"/api/v1/meetings/{meeting}/evaluation"
    assert regisseur.client.put(url, json=body).json["code"] == "step"
    move(regisseur, meeting, "running")
    move(regisseur, meeting, "ended")
    assert regisseur.client.put(url, json={"answers": {asked[0]: "yes"}}).status_code == 400
    for _ in range(2):
        assert regisseur.client.put(url, json=body).status_code == 204
    other = {"answers": {**body["answers"], asked[0]: "no"}}
    assert team.client.put(url, json=other).status_code == 204
    (found,) = team.get("/evaluations").json["items"]
    assert (found["meeting"], found["count"]) == (meeting, 2)
    assert found["answers"][asked[0]] == {"yes": 1, "partly": 0, "no": 1}
    assert "Samira" not in str(team.get("/evaluations").json)
    words = team.post("/evaluations/openings", {"meeting": meeting}).json
    assert words == {"words": ["Zwiep kwam te kort"]}
    mine = {one["id"]: one["evaluated"] for one in team.get("/meetings").json["items"]}
    assert mine[meeting] is True


@time_machine.travel(MONDAY, tick=False)
def test_after_a_year_the_agenda_asks_to_look_back(regisseur: Phone, meeting: str) -> None:
    move(regisseur, meeting, "running")
    move(regisseur, meeting, "ended")
    refused = regisseur.client.put(
        "/api/v1/evaluations/years", json={"year": 1, "answers": {"J-01": "yes"}}
    )
    assert (refused.status_code, refused.json["code"]) == (409, "step")
    old = db.session.get_one(Meeting, meeting)
    old.starts_at = now() - timedelta(days=370)
    db.session.commit()
    following = regisseur.post("/meetings", {"starts_at": in_days(0.5)}).json["id"]
    assert kinds(regisseur, following) == ["year", "round"]
    answered = regisseur.client.put(
        "/api/v1/evaluations/years", json={"year": 1, "answers": {"J-01": "yes"}}
    )
    assert answered.status_code == 204
    planning.prepare()
    assert kinds(regisseur, following) == ["round"]
