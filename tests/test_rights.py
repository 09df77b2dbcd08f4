"""Who is written about is found however spelled, shown without others, put right and erased."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.audit import AuditEvent
from server.db import db, new_id, now
from server.notify.models import Notification
from server.observations import informing, limits
from server.observations.changes import changes_since
from server.observations.corrections import Correction
from server.observations.models import (
    LateItem,
    Observation,
    Receipt,
)
from server.people.models import Session
from server.retention.resealing import PLACES
from server.rights import records, search
from server.workdays import AMSTERDAM, local_day
from tests.conftest import lies_in
from tests.factories import WRITTEN, Phone, add_phone

pytestmark = pytest.mark.thorough

OTHER = {"name": "Kareltje Anders", "age": "16_17", "description": "Grijze muts"}
TWO = {
    **WRITTEN,
    "what": "Zwiep gaf Kareltje een tasje. Bo Verzonnen zag het ook.",
    "persons": [*WRITTEN["persons"], OTHER],
}


@pytest.fixture
def desk(regisseur: Phone) -> Phone:
    """A procesregisseur who just proved to be there."""
    prove(regisseur)
    return regisseur


def prove(phone: Phone) -> None:
    db.session.execute(
        sa.update(Session).where(Session.device_id == phone.device).values(confirmed_at=now())
    )
    db.session.commit()


def look(desk: Phone, name: str = "Zwiep", reason: str = "access", **more: Any) -> dict[str, Any]:
    answer = desk.post("/rights/searches", {"name": name, "reason": reason, **more})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def hits(desk: Phone, name: str = "Zwiep", **more: Any) -> set[str]:
    return {item["id"] for item in look(desk, name, **more)["items"]}


def review(desk: Phone, observation: str, name: str = "Zwiep") -> dict[str, Any]:
    records = [{"subject": "observation", "id": observation}]
    answer = desk.post("/rights/reviews", {"name": name, "reason": "access", "records": records})
    assert answer.status_code == 201, answer.json
    return dict(answer.json["items"][0])


def opened(desk: Phone, observation: str) -> dict[str, Any]:
    answer = desk.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    return dict(answer.json)


def version_of(desk: Phone, observation: str) -> int:
    return int(desk.get(f"/observations/{observation}").json["version"])


def correct(desk: Phone, observation: str, text: str, replacement: Any = None) -> None:
    body = {"text": text, "version": version_of(desk, observation), "replacement": replacement}
    answer = desk.post(f"/rights/observations/{observation}/corrections", body)
    assert answer.status_code == 204, answer.json


def logged(action: str) -> list[AuditEvent]:
    rows = sa.select(AuditEvent).filter_by(action=action).order_by(AuditEvent.id)
    return list(db.session.scalars(rows))


def queued(person: str) -> list[tuple[str, str]]:
    rows = db.session.scalars(sa.select(Notification).filter_by(person_id=person))
    return [(row.kind, row.url) for row in rows]


def test_a_search_finds_the_name_wherever_it_is_sealed(boa: Phone, desk: Phone) -> None:
    nobody = {**WRITTEN, "persons": []}
    named = boa.send()
    told = boa.send(written={**nobody, "what": "Ik hoorde over swiep en de anderen."})
    added = boa.send(written=nobody)
    boa.sync(boa.addition(added, text="Het was Zwiep."))
    answered = boa.send(written=nobody)
    desk.post(
        f"/observations/{answered}/feedback",
        {"id": new_id(), "kind": "watching", "text": "We kennen Zwiep."},
    )
    noted = boa.send(written=nobody)
    desk.post(
        f"/observations/{noted}/openings", {"purpose": "handle", "note": "Gaat dit over Zwiep?"}
    )
    stray = boa.observation(card="weg")
    boa.sync(stray)
    other = boa.send(written=nobody)
    found = look(desk)
    why = {
        item["id"]: [(one["kind"], one["field"]) for one in item["reasons"]]
        for item in found["items"]
    }
    assert why == {
        named: [("observation", "name")],
        told: [("observation", "what")],
        added: [("addition", "text")],
        answered: [("feedback", "text")],
        noted: [("note", "text")],
        stray["id"]: [("observation", "name")],
    }
    assert other not in why
    # A name as a name goes before a word that resembles it.
    assert found["items"][-1]["id"] == told
    assert (found["opened"], found["shut"]) == (10, 0)


def test_a_nickname_and_an_age_help_to_tell_people_apart(boa: Phone, desk: Phone) -> None:
    observation = boa.send()
    (item,) = look(desk, "Ibrahim Voorbeeld", nickname="Zwiep", age="16_17")["items"]
    assert item["id"] == observation
    assert item["reasons"] == [
        {"kind": "observation", "field": "name", "how": "same", "age": False}
    ]


def test_a_search_is_one_line_in_the_log_and_each_hit_another_and_the_name_is_in_neither(
    app: Flask, boa: Phone, desk: Phone, environ: dict[str, str]
) -> None:
    observation, _other = boa.send(), boa.send(written={**WRITTEN, "persons": []})
    answer = look(desk, "Zwiiep", reason="erasure")
    (search_row,), (hit,) = logged("search"), logged("find")
    assert (search_row.person_id, search_row.device_id) == (desk.person, desk.device)
    assert (search_row.purpose, search_row.count, search_row.outcome) == ("erasure", 2, "1 found")
    assert (search_row.subject_id, hit.subject_id) == (answer["id"], observation)
    assert (hit.purpose, hit.person_id) == ("erasure", desk.person)
    db.session.commit()
    written = lies_in(environ["DATABASE_URL"], environ["KEY_RING_URL"])
    assert b"Zwiep" not in written
    assert b"Zwiiep" not in written


def test_a_list_of_hits_holds_no_sealed_text(boa: Phone, desk: Phone) -> None:
    boa.send(written=TWO)
    answer = desk.post("/rights/searches", {"name": "Zwiep", "reason": "access"}).text
    for secret in ("Zwiep", "tasje", "Kareltje", "Grijze", "sealed", boa.person):
        assert secret not in answer


def test_searching_asks_for_a_reason_and_for_proof_and_only_one_role_may(
    app: Flask, regisseur: Phone, adviseur: Phone
) -> None:
    answer = regisseur.post("/rights/searches", {"name": "Zwiep", "reason": "access"})
    assert (answer.status_code, answer.json["code"]) == (403, "confirm")
    prove(regisseur)
    assert regisseur.post("/rights/searches", {"name": "Zwiep"}).status_code == 400
    assert regisseur.post("/rights/searches", {"name": " - ", "reason": "access"}).json["code"] == (
        "name"
    )
    for phone in (adviseur, add_phone(app, "kernteam"), add_phone(app, "beheerder")):
        prove(phone)
        answer = phone.post("/rights/searches", {"name": "Zwiep", "reason": "access"})
        assert answer.status_code == 403


def test_what_nobody_can_open_any_more_is_counted(boa: Phone, desk: Phone) -> None:
    boa.send()
    item = boa.observation()
    boa.sync({**item, "sealed": boa.seal("observation", new_id(), WRITTEN)})
    found = look(desk)
    assert (found["opened"], found["shut"], len(found["items"])) == (1, 1, 1)


def test_more_than_a_page_is_searched(
    boa: Phone, desk: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BATCH", 2)
    sent = {boa.send() for _ in range(5)}
    assert hits(desk) == sent


def test_every_sealed_record_is_searched_or_is_about_who_works_with_it() -> None:
    assert {place.kind for place in PLACES if place.about is None} == {"person", "mail"}
    assert {place.subject for place in PLACES if place.about} <= records.RECORDS.keys()


def test_what_is_given_along_holds_no_reporter_and_nobody_else(boa: Phone, desk: Phone) -> None:
    observation = boa.send(written=TWO)
    held = review(desk, observation)
    assert held["persons"] == [{"name": "Zwiep", "age": "12_15"}]
    assert held["left_out"] == 1
    texts = {passage["field"]: passage for passage in held["passages"]}
    assert texts["what"]["black"] == ["Bo", "Kareltje", "Verzonnen"]
    assert texts["description"]["text"] == "Rode fiets"
    assert "muts" not in str(held)
    assert boa.person not in str(held)
    assert "call_back" not in str(held)
    (row,) = logged("review")
    assert (row.subject_id, row.purpose) == (observation, "access")


def test_a_record_without_the_name_stays_shut(boa: Phone, desk: Phone) -> None:
    records = [{"subject": "observation", "id": boa.send()}]
    asked = {"name": "Kareltje", "reason": "access", "records": records}
    answer = desk.post("/rights/reviews", asked)
    assert (answer.status_code, answer.json["items"]) == (201, [])
    assert not db.session.scalars(sa.select(AuditEvent).filter_by(action="review")).all()


def test_going_through_records_counts_as_reading(
    boa: Phone, desk: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.ACTIONS, ("show", "review"), 0.05)
    one = boa.send()
    for _ in range(2):
        review(desk, one)
    records = [{"subject": "observation", "id": one}]
    asked = {"name": "Zwiep", "reason": "access", "records": records}
    assert desk.post("/rights/reviews", asked).status_code == 429


def test_a_file_that_was_made_is_in_the_log_and_nowhere_else(boa: Phone, desk: Phone) -> None:
    observation = boa.send()
    body = {"records": [{"subject": "observation", "id": observation}], "reason": "access"}
    assert desk.post("/rights/exports", body).status_code == 204
    (row,) = logged("export")
    assert (row.subject_id, row.purpose, row.person_id) == (observation, "access", desk.person)


def test_a_correction_stands_beside_what_was_written(boa: Phone, desk: Phone) -> None:
    observation = boa.send()
    correct(desk, observation, "Het was een andere jongen.")
    answer = opened(desk, observation)
    assert answer["opened"]["what"] == WRITTEN["what"]
    (correction,) = answer["corrections"]
    assert (correction["text"], correction["replaced"]) == ("Het was een andere jongen.", False)
    assert correction["by"] == "Samira Voorbeeld"
    own = boa.post(f"/observations/{observation}/openings", {"purpose": "own"}).json
    assert own["corrections"] == []


def test_a_correction_may_take_the_place_of_what_was_wrong(
    boa: Phone, desk: Phone, environ: dict[str, str]
) -> None:
    item = boa.observation()
    boa.sync(item)
    replacement = {"what": "Iemand gaf iemand iets.", "persons": []}
    correct(desk, item["id"], "De naam klopte niet.", replacement)
    answer = opened(desk, item["id"])
    assert answer["opened"]["what"] == "Iemand gaf iemand iets."
    assert answer["opened"]["persons"] == []
    assert answer["opened"]["where"] == WRITTEN["where"]
    assert [one["replaced"] for one in answer["corrections"]] == [True]
    assert hits(desk) == set()
    # The same envelope once more is known, and brings nothing back.
    assert boa.sync(item).json["outcomes"][0]["result"] == "known"
    assert hits(desk) == set()


def test_who_corrects_what_a_colleague_just_changed_is_told(boa: Phone, desk: Phone) -> None:
    observation = boa.send()
    body = {"text": "Anders.", "version": version_of(desk, observation)}
    opened(desk, observation)
    answer = desk.post(f"/rights/observations/{observation}/corrections", body)
    assert (answer.status_code, answer.json["code"]) == (409, "version")


def test_what_is_erased_on_request_leaves_a_tombstone_and_the_reporter_hears_it(
    boa: Phone, desk: Phone
) -> None:
    item = boa.observation()
    boa.sync(item)
    correct(desk, item["id"], "Anders.")
    body = {"subject": "observation", "reason": "erasure"}
    assert desk.post(f"/rights/records/{item['id']}/erasures", body).status_code == 204
    assert db.session.get(Observation, item["id"]) is None
    assert db.session.scalars(sa.select(Correction)).all() == []
    (told,) = changes_since(boa.person, 0).changes
    assert (told["kind"], told["reason"]) == ("removed", "erased")
    assert ("feedback", "/#/mijn") in queued(boa.person)
    (row,) = logged("delete")
    assert (row.person_id, row.purpose, row.outcome) == (desk.person, "erasure", "erased")
    assert boa.sync(item).json["outcomes"][0]["result"] == "known"
    assert hits(desk) == set()
    again = desk.post(f"/rights/records/{item['id']}/erasures", body)
    assert again.status_code == 404


def test_what_is_in_a_case_is_not_erased_behind_its_back(boa: Phone, desk: Phone) -> None:
    observation = boa.send()
    db.session.get_one(Observation, observation).case_open = True
    db.session.commit()
    body = {"subject": "observation", "reason": "erasure"}
    answer = desk.post(f"/rights/records/{observation}/erasures", body)
    assert (answer.status_code, answer.json["code"]) == (409, "in_case")
    assert db.session.get(Observation, observation) is not None


def test_what_lies_in_the_late_box_can_be_erased_too(boa: Phone, desk: Phone) -> None:
    stray = boa.observation(card="weg")
    boa.sync(stray)
    assert hits(desk) == {stray["id"]}
    body = {"subject": "late_item", "reason": "erasure"}
    assert desk.post(f"/rights/records/{stray['id']}/erasures", body).status_code == 204
    assert db.session.get(LateItem, stray["id"]) is None
    assert db.session.get_one(Receipt, stray["id"]).gone_reason == "erased"


def test_a_pending_objection_marks_the_observation_until_it_is_decided(
    boa: Phone, desk: Phone
) -> None:
    observation = boa.send()
    path = f"/rights/observations/{observation}"
    body = {"kind": "objection", "made_on": "2026-11-20"}
    (first,) = desk.post(f"{path}/objections", body).json["objections"]
    body = {"kind": "restriction", "made_on": "2026-11-21"}
    second = desk.post(f"{path}/objections", body).json["objections"][1]
    assert desk.get("/inbox").json["items"][0]["objection"] is True
    decide = f"/rights/objections/{first['id']}/decisions"
    assert desk.post(decide, {"decision": "rejected"}).status_code == 204
    assert desk.get(f"/observations/{observation}").json["objection"] is True
    assert desk.post(decide, {"decision": "upheld"}).json["code"] == "decided"
    desk.post(f"/rights/objections/{second['id']}/decisions", {"decision": "upheld"})
    assert desk.get(f"/observations/{observation}").json["objection"] is False
    told = desk.get(path).json["objections"]
    assert [one["decision"] for one in told] == ["rejected", "upheld"]
    assert [row.outcome for row in logged("object")] == ["objection", "restriction"]
    assert [row.outcome for row in logged("decide_objection")] == ["rejected", "upheld"]


@pytest.mark.parametrize("hour", [0, 12])
def test_an_objection_is_of_today_at_the_latest_also_just_after_midnight(
    boa: Phone, desk: Phone, hour: int
) -> None:
    path = f"/rights/observations/{boa.send()}/objections"
    today = local_day(now()) + timedelta(days=1)
    with time_machine.travel(datetime.combine(today, time(hour, 30), AMSTERDAM)):
        prove(desk)
        tomorrow = {"kind": "objection", "made_on": (today + timedelta(days=1)).isoformat()}
        assert desk.post(path, tomorrow).json["code"] == "made_on"
        body = {**tomorrow, "made_on": today.isoformat()}
        assert len(desk.post(path, body).json["objections"]) == 1


def test_that_somebody_is_named_is_known_once_a_desk_read_it(boa: Phone, desk: Phone) -> None:
    named, nobody = boa.send(), boa.send(written={**WRITTEN, "persons": []})
    boa.post(f"/observations/{named}/openings", {"purpose": "own"})
    assert desk.get("/rights/informing").json["items"] == []
    for observation in (named, nobody):
        opened(desk, observation)
    (item,) = desk.get("/rights/informing").json["items"]
    today = local_day(now())
    assert (item["id"], item["informing"]["named_on"]) == (named, today.isoformat())
    assert item["informing"]["remind_on"] == (today + timedelta(weeks=3)).isoformat()


def put(desk: Phone, observation: str, **body: Any) -> dict[str, Any]:
    path = f"/api/v1/rights/observations/{observation}/informing"
    answer = desk.client.put(path, json=body)
    assert answer.status_code == 200, answer.json
    return dict(answer.json["informing"])


def test_who_was_told_is_off_the_list_and_who_was_not_has_a_reason(
    boa: Phone, desk: Phone, adviseur: Phone
) -> None:
    observation = boa.send()
    opened(desk, observation)
    later = put(desk, observation, reason="danger")
    assert (later["reason"], later["informed_on"]) == ("danger", None)
    assert later["remind_on"] == (local_day(now()) + timedelta(weeks=4)).isoformat()
    assert [item["id"] for item in adviseur.get("/rights/informing").json["items"]] == [observation]
    told = put(adviseur, observation, informed_on=local_day(now()).isoformat())
    assert (told["reason"], told["remind_on"]) == (None, None)
    assert desk.get("/rights/informing").json["items"] == []
    assert [row.outcome for row in logged("note_informing")] == ["not_yet:danger", "informed"]
    assert put(desk, observation)["remind_on"] is not None


def test_after_three_weeks_the_desk_is_reminded_every_week_without_content(
    boa: Phone, desk: Phone, adviseur: Phone
) -> None:
    opened(desk, boa.send())
    begin = now()

    def after(days: int) -> int:
        with time_machine.travel(begin + timedelta(days=days), tick=False):
            return informing.remind()

    assert [after(days) for days in (20, 21, 22, 28)] == [0, 1, 0, 1]
    assert ("reminder", "/#/rechten/informeren") in queued(desk.person)
    assert ("reminder", "/#/rechten/informeren") not in queued(adviseur.person)


def test_the_reporter_sees_in_the_own_log_that_it_was_found(boa: Phone, desk: Phone) -> None:
    boa.send()
    look(desk)
    seen = [(one["action"], one["purpose"]) for one in boa.get("/account/log").json["items"]]
    assert ("find", "access") in seen
