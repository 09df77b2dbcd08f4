"""Two bundles that become one in one step: nothing is lost, and no reporter hears of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server.audit import AuditEvent
from server.db import db, new_id
from server.observations.models import Feedback
from tests.factories import Phone
from tests.test_entries import enter


def bundle(desk: Phone, *observations: str, **more: Any) -> dict[str, Any]:
    made = desk.post("/bundles", {"observations": list(observations), **more})
    assert made.status_code == 201, made.json
    shown: dict[str, Any] = made.json
    return shown


def merge(desk: Phone, into: dict[str, Any], other: dict[str, Any], version: int = 1) -> Any:
    return desk.post(f"/bundles/{into['id']}/mergers", {"bundle": other["id"], "version": version})


def inside(shown: dict[str, Any]) -> set[str]:
    return {stay["observation"]["id"] for stay in shown["members"]}


def test_all_of_both_is_in_one_and_what_was_is_still_known(boa: Phone, regisseur: Phone) -> None:
    ids = [boa.send() for _ in range(5)]
    one = bundle(regisseur, *ids[:2], note="Dezelfde fiets.")
    other = bundle(regisseur, *ids[2:], note="Dezelfde plek.")
    merged = merge(regisseur, one, other)
    assert merged.status_code == 201, merged.json
    assert inside(merged.json) == set(ids)
    assert merged.json["version"] == 2
    gone = regisseur.get(f"/bundles/{other['id']}").json
    assert (gone["merged_into"], gone["members"]) == (one["id"], [])
    assert {stay["observation"]["id"] for stay in gone["taken_out"]} == set(ids[2:])
    assert gone["taken_out"][0]["removed_by"]["name"] == "Samira Voorbeeld"
    assert [row["id"] for row in regisseur.get("/bundles").json["items"]] == [one["id"]]
    kinds = [line["kind"] for line in regisseur.get(f"/observations/{ids[2]}").json["timeline"]]
    assert kinds == ["received", "bundled", "merged"]
    opened = regisseur.post(f"/bundles/{one['id']}/openings", {"purpose": "handle"}).json
    assert opened["note"] == "Dezelfde fiets.\n\nDezelfde plek."
    logged = sa.select(AuditEvent.subject_id).where(AuditEvent.action == "merge_bundle")
    assert set(db.session.scalars(logged)) == set(ids[2:])


def test_every_reporter_keeps_the_answer_there_was_and_hears_of_nothing(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    mine = [boa.send(), boa.send()]
    theirs = [teacher.send(card="onderwijs", signals=["OND-01"]) for _ in range(2)]
    one, other = bundle(regisseur, *mine), bundle(regisseur, *theirs)
    answer = {"id": new_id(), "kind": "watching"}
    regisseur.post(f"/observations/{theirs[0]}/feedback", answer)
    boa.sync(), teacher.sync()
    assert merge(regisseur, one, other).status_code == 201
    assert boa.sync().json["changes"] == teacher.sync().json["changes"] == []
    assert db.session.get_one(Feedback, answer["id"]).observation_id == theirs[0]
    shown = regisseur.get(f"/observations/{theirs[0]}").json
    assert shown["answered"] is True


def test_two_who_merge_at_once_or_what_is_over_is_a_conflict(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    one, other, third = (bundle(regisseur, boa.send(), boa.send()) for _ in range(3))
    assert merge(regisseur, one, other).status_code == 201
    late = merge(adviseur, one, third)
    assert (late.status_code, late.json["code"]) == (409, "version")
    again = merge(adviseur, third, other)
    assert (again.status_code, again.json["code"]) == (409, "ended")
    same = merge(adviseur, third, third)
    assert (same.status_code, same.json["code"]) == (400, "same")
    unknown = merge(adviseur, third, {"id": new_id()})
    assert unknown.status_code == 404
    # What went into it goes along when it goes into another itself.
    assert len(inside(merge(adviseur, third, one).json)) == 6


def test_reporters_without_the_app_are_ticked_off_with_the_rest_of_a_bundle(
    boa: Phone, regisseur: Phone
) -> None:
    called = enter(regisseur)
    nameless = enter(regisseur, source="anonymous_line", reporter=False)
    mine = boa.send()
    made = bundle(regisseur, mine, called, nameless)
    members = {stay["observation"]["id"]: stay["observation"] for stay in made["members"]}
    assert {(one["source"], one["nobody"]) for one in members.values()} == {
        ("app", False),
        ("phone", False),
        ("anonymous_line", True),
    }

    def answer(*answers: dict[str, str]) -> Any:
        body = {"kind": "watching", "answers": [{"id": new_id(), **one} for one in answers]}
        return regisseur.post(f"/bundles/{made['id']}/feedback", body)

    untold = answer({"observation": mine}, {"observation": called})
    assert (untold.status_code, untold.json["code"]) == (400, "not_told")
    both = answer({"observation": mine}, {"observation": called, "told": "phone"})
    assert (both.status_code, both.json["answered"]) == (201, 2)
    assert db.session.scalars(sa.select(Feedback.told).order_by(Feedback.told)).all() in (
        [None, "phone"],
        ["phone", None],
    )
