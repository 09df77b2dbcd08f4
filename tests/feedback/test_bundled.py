"""Everybody in a bundle hears the same at once, each of the own report."""

from __future__ import annotations

from werkzeug.test import TestResponse

from server.db import new_id
from tests.factories import Phone
from tests.feedback.steps import answer, told


def bundle_of(desk: Phone, *observations: str) -> str:
    made = desk.post("/bundles", {"observations": list(observations)})
    assert made.status_code == 201, made.json
    return str(made.json["id"])


def answer_all(desk: Phone, bundle: str, *ids: str, **more: str) -> TestResponse:
    answers = [{"observation": one, "id": one} for one in ids]
    body = {"kind": "taken_up", "answers": answers, **more}
    return desk.post(f"/bundles/{bundle}/feedback", body)


def test_everybody_in_a_bundle_hears_the_same_once_and_each_of_the_own_report(
    desk: Phone, boa: Phone, teacher: Phone
) -> None:
    ids = [boa.send(), teacher.send(card="onderwijs", signals=["OND-05"])]
    bundle = bundle_of(desk, *ids)
    for _ in range(2):
        given = answer_all(desk, bundle, *ids, text="Dank je wel.")
        assert (given.status_code, given.json) == (201, {"answered": 2})
    for phone, observation in zip((boa, teacher), ids, strict=True):
        [change] = phone.sync().json["changes"]
        assert change["id"] == observation
        [heard] = change["feedback"]
        assert (heard["kind"], heard["text"]) == ("taken_up", "Dank je wel.")
        assert ids[1 - ids.index(observation)] not in str(change)
    assert told(boa, teacher, kind="feedback") == [1, 1]


def test_a_name_from_one_of_them_keeps_the_answer_from_all(
    desk: Phone, boa: Phone, teacher: Phone
) -> None:
    persons = [{"name": "Zwiep", "age": "12_15", "description": ""}]
    ids = [boa.send(), teacher.send(written={"v": 1, "what": "Iets.", "persons": persons})]
    bundle = bundle_of(desk, *ids)
    refused = answer_all(desk, bundle, *ids, text="We praten met Zwiep.")
    assert (refused.status_code, refused.json["code"]) == (400, "names_somebody")
    assert "answers.1" in [one["name"] for one in refused.json["invalid_params"]]
    assert told(boa, teacher, kind="feedback") == [0, 0]
    heard = [change for phone in (boa, teacher) for change in phone.sync().json["changes"]]
    assert all(change["feedback"] == [] for change in heard)


def test_who_is_not_in_the_bundle_any_more_keeps_the_answer_from_all(
    desk: Phone, boa: Phone, teacher: Phone
) -> None:
    ids = [boa.send(), teacher.send(), boa.send()]
    bundle = bundle_of(desk, *ids)
    desk.client.delete(f"/api/v1/bundles/{bundle}/members/{ids[2]}")
    refused = answer_all(desk, bundle, *ids)
    assert (refused.status_code, refused.json["code"]) == (409, "not_in_it")
    assert answer_all(desk, bundle, *ids[:2]).status_code == 201


def test_a_colleague_who_answered_one_of_them_just_now_is_seen_first(
    desk: Phone, adviseur: Phone, boa: Phone, teacher: Phone
) -> None:
    ids = [boa.send(), teacher.send()]
    bundle = bundle_of(desk, *ids)
    seen = {one: desk.get(f"/observations/{one}").json["version"] for one in ids}
    answer(adviseur, ids[1])
    answers = [{"observation": one, "id": new_id(), "version": seen[one]} for one in ids]
    body = {"kind": "watching", "answers": answers}
    refused = desk.post(f"/bundles/{bundle}/feedback", body)
    assert (refused.status_code, refused.json["code"]) == (409, "version")
    assert [one["name"] for one in refused.json["invalid_params"]] == ["answers.1"]
    assert told(boa, kind="feedback") == [0]
