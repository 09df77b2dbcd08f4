"""The filters somebody keeps, and who has the same report open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from server.audit import AuditEvent
from server.db import db, new_id, now
from server.desk import presence
from server.desk.models import Presence, SavedFilter
from server.people.models import Person
from server.retention import names
from tests.factories import Phone

LATE: dict[str, Any] = {"view": "late", "desk": "sociaal", "older_than": 14}


def keep(who: Phone, name: str, asked: dict[str, Any] = LATE) -> Any:
    return who.post("/filters", {"name": name, "asked": asked})


def look_in(who: Phone, observation: str, *, opened: bool = True) -> list[str]:
    answer = who.post(f"/observations/{observation}/presence", {"opened": opened})
    assert answer.status_code == 200, answer.json
    return list(answer.json["here"])


def test_a_filter_is_kept_under_a_name_and_only_for_who_kept_it(
    regisseur: Phone, adviseur: Phone
) -> None:
    kept = keep(regisseur, "  Oud en laat ")
    assert kept.status_code == 201
    assert (kept.json["name"], kept.json["asked"]) == ("Oud en laat", LATE)
    assert regisseur.get("/filters").json["items"] == [kept.json]
    assert adviseur.get("/filters").json["items"] == []
    of_another = adviseur.client.delete(f"/api/v1/filters/{kept.json['id']}")
    assert of_another.status_code == 404
    assert regisseur.client.delete(f"/api/v1/filters/{kept.json['id']}").status_code == 204
    assert regisseur.get("/filters").json["items"] == []


def test_the_same_name_again_means_the_newer_filter(regisseur: Phone) -> None:
    first = keep(regisseur, "Mijn lijst").json
    second = keep(regisseur, "Mijn lijst", {"view": "new", "card": "boa"}).json
    assert second["id"] == first["id"]
    assert [one["asked"] for one in regisseur.get("/filters").json["items"]] == [
        {"view": "new", "card": "boa"}
    ]


def test_nobody_keeps_filters_without_end(regisseur: Phone) -> None:
    assert {keep(regisseur, f"Filter {n}").status_code for n in range(12)} == {201}
    full = keep(regisseur, "Nog een")
    assert (full.status_code, full.json["code"]) == (409, "too_many")
    assert keep(regisseur, "Filter 3", {"view": "all"}).status_code == 201


def test_filters_go_with_the_name_of_who_kept_them(regisseur: Phone, adviseur: Phone) -> None:
    for who in (regisseur, adviseur):
        keep(who, "Mijn lijst")
    long_ago = now() - timedelta(days=4000)
    db.session.execute(
        sa.update(Person).where(Person.id == regisseur.person).values(ended_at=long_ago)
    )
    db.session.commit()
    assert names.forget() == 1
    assert db.session.scalars(sa.select(SavedFilter.person_id)).all() == [adviseur.person]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "asked": LATE},
        {"name": "   ", "asked": LATE},
        {"name": "x" * 41, "asked": LATE},
        {"name": "a\nb", "asked": LATE},
        {"name": "Goed", "asked": {"view": "alles"}},
        {"name": "Goed", "asked": {"naam": "Zwiep"}},
        {"name": "Goed"},
    ],
)
def test_what_is_no_filter_is_not_kept(regisseur: Phone, body: dict[str, Any]) -> None:
    assert regisseur.post("/filters", body).status_code == 400
    assert db.session.scalar(sa.select(sa.func.count(SavedFilter.id))) == 0


def test_a_colleague_is_seen_as_long_as_the_envelope_is_open(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    report = boa.send()
    assert look_in(regisseur, report) == []
    assert look_in(adviseur, report, opened=False) == ["Samira Voorbeeld"]
    # Who only looks at the outside leaves no trace for the other.
    assert look_in(regisseur, report) == []
    assert look_in(adviseur, report) == ["Samira Voorbeeld"]
    assert look_in(regisseur, report) == ["Mark Proefman"]
    gone = adviseur.client.delete(f"/api/v1/observations/{report}/presence", json={})
    assert gone.status_code == 204
    assert look_in(regisseur, report) == []


def test_after_a_minute_nothing_is_left_of_who_was_there(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    report, other = boa.send(), boa.send()
    look_in(regisseur, report)
    db.session.execute(sa.update(Presence).values(seen_at=now() - timedelta(seconds=61)))
    assert look_in(adviseur, report) == []
    # Being somewhere clears away what is old, and so does the clock when nobody is anywhere.
    assert db.session.scalars(sa.select(Presence.person_id)).all() == [adviseur.person]
    db.session.execute(sa.update(Presence).values(seen_at=now() - timedelta(seconds=61)))
    db.session.commit()
    presence.forget_old()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Presence)) == 0
    assert look_in(adviseur, other) == []


def test_being_there_is_one_line_in_the_log_however_often_it_is_asked(
    boa: Phone, regisseur: Phone
) -> None:
    report = boa.send()
    for _ in range(4):
        look_in(regisseur, report)
    lines = db.session.scalars(
        sa.select(AuditEvent.action).where(AuditEvent.person_id == regisseur.person)
    ).all()
    assert lines.count("show") == 1


def test_nobody_is_present_at_a_report_that_is_gone(regisseur: Phone) -> None:
    answer = regisseur.post(f"/observations/{new_id()}/presence", {"opened": True})
    assert answer.status_code == 404
