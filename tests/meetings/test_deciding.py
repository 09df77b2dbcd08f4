"""A meeting under way: points are settled, and names stand behind letters."""

from __future__ import annotations

from datetime import timedelta

from server.db import new_id, now
from server.meetings import planning
from tests.factories import Phone
from tests.meetings.steps import audits, bundle, in_days, kinds, move, own, points, prove, settle


def test_a_meeting_begins_and_ends_once_and_what_was_not_discussed_goes_on(
    regisseur: Phone, team: Phone, meeting: str
) -> None:
    following = regisseur.post("/meetings", {"starts_at": in_days(8)}).json["id"]
    one, two = own(regisseur, meeting, "Besproken punt"), own(team, meeting, "Blijft liggen")
    early = settle(team, meeting, one)
    assert (early.status_code, early.json["code"]) == (409, "step")
    running = move(regisseur, meeting, "running")
    assert [person["name"] for person in running["present"]] == ["Samira Voorbeeld"]
    assert settle(team, meeting, one, note="Duidelijk").status_code == 201
    again = regisseur.post(f"/meetings/{meeting}/states", {"state": "running", "version": 2})
    assert (again.status_code, again.json["code"]) == (409, "step")
    assert move(regisseur, meeting, "ended")["ended_at"]
    assert kinds(regisseur, following) == ["own", "round"]
    opened = team.post(f"/meetings/{following}/openings", {}).json["items"]
    assert [row["title"] for row in opened] == ["Blijft liggen"]
    assert two != opened[0]["id"]
    late = regisseur.post(f"/meetings/{meeting}/agenda", {"id": new_id(), "title": "Te laat"})
    assert (late.status_code, late.json["code"]) == (409, "step")


def test_of_two_who_settle_a_point_at_once_the_second_hears_of_the_first(
    regisseur: Phone, team: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting)
    move(regisseur, meeting, "running")
    body = {"outcome": "following", "note": "Ja", "version": 1}
    url = f"/meetings/{meeting}/agenda/{item}/outcomes"
    assert regisseur.post(url, body).status_code == 201
    second = team.post(url, {**body, "note": "Nee"})
    assert (second.status_code, second.json["code"]) == (409, "version")
    (row,) = team.post(f"/meetings/{meeting}/openings", {}).json["items"]
    assert row == {"id": item, "title": "Mijn punt", "note": "Ja"}
    assert team.post(url, {**body, "note": "Toch", "version": 2}).status_code == 201


def test_a_bundle_is_shown_with_letters_and_every_opening_is_logged(
    boa: Phone, teacher: Phone, regisseur: Phone, team: Phone, meeting: str
) -> None:
    written = {
        "v": 1,
        "what": "Zwiep geeft Wim Bedacht een tasje. ZWIEP lacht.",
        "persons": [{"name": "Zwiep", "age": "12_15"}, {"name": "Wim Bedacht", "age": "unknown"}],
    }
    bundle(regisseur, boa, teacher, written=written)
    planning.prepare()
    item = points(regisseur, meeting)[0][1]
    answer = team.post(f"/meetings/{meeting}/agenda/{item}/openings", {})
    assert answer.status_code == 201, answer.json
    assert [one["text"] for one in answer.json["seen"]] == [
        "jongere A geeft persoon B een tasje. jongere A lacht."
    ] * 2
    assert answer.json["letters"] == ["jongere A", "persoon B"]
    assert answer.json["protective"]
    assert "Zwiep" not in str(answer.json)
    opened = [kind for kind, _, purpose in audits("open") if purpose == "meeting"]
    assert opened == ["observation", "observation"]
    assert audits("open_point") == [("agenda_item", item, "meeting")]


def test_a_name_takes_a_reason_and_proof_and_in_a_meeting_that_once(
    boa: Phone, teacher: Phone, regisseur: Phone, team: Phone, meeting: str
) -> None:
    bundle(regisseur, boa, teacher)
    planning.prepare()
    item = points(regisseur, meeting)[0][1]
    move(regisseur, meeting, "running")
    url, body = f"/meetings/{meeting}/agenda/{item}/unmaskings", {"reason": "who_knows"}
    prove(team, None)
    refused = team.post(url, body)
    assert (refused.status_code, refused.json["code"]) == (403, "confirm")
    assert team.post(url, {"reason": "zomaar"}).status_code == 400
    prove(team, now())
    assert team.post(url, body).json == {"names": {"jongere A": "Zwiep"}}
    prove(team, now() - timedelta(hours=1))
    assert team.post(url, body).status_code == 201
    prove(regisseur, None)
    assert regisseur.post(url, body).status_code == 403
    move(regisseur, meeting, "ended")
    assert team.post(url, body).status_code == 403
    assert len([one for one in audits("open") if one[2] == "who_knows"]) == 4
