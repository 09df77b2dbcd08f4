"""What came by phone, mail, talk, police or the anonymous line is entered at the desk, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from server.db import db, new_id, now
from server.notify.models import Notification
from server.observations.models import NOTHING_DUE, Feedback, Observation, Receipt
from server.retention import removal
from server.workdays import local_day
from tests.factories import Phone
from tests.test_triage import answer, move, opened

TEXT = {
    "v": 1,
    "what": "Er staat elke avond een auto bij het pleintje.",
    "where": "Pleintje",
    "at": "2026-11-20T21:00",
    "persons": [{"name": "Zwiep", "age": "12_15", "description": ""}],
    "answers": {},
    "reporter": {"name": "Bea Bedacht", "contact": "06 00 00 00 00"},
}


def entry(phone: Phone, **changes: Any) -> dict[str, Any]:
    item_id = changes.pop("id", None) or new_id()
    made = now()
    return {
        "id": item_id,
        "made_at": made.isoformat(),
        "source": "phone",
        "reporter": True,
        "card": "boa",
        "card_version": 1,
        "signals": ["BOA-08"],
        "protective": [],
        "area": None,
        "date": local_day(made).isoformat(),
        "basis": "heard",
        "desk": "sociaal",
        "urgency": "this_week",
        "sealed": phone.seal("observation", item_id, TEXT),
        **changes,
    }


def enter(phone: Phone, **changes: Any) -> str:
    response = phone.post("/observations", entry(phone, **changes))
    assert response.status_code == 201, response.json
    return str(response.json["id"])


def test_what_was_told_by_phone_lies_sealed_beside_the_rest(regisseur: Phone) -> None:
    observation = enter(regisseur)
    [item] = regisseur.get("/inbox").json["items"]
    assert (item["id"], item["source"], item["nobody"]) == (observation, "phone", False)
    assert opened(regisseur, observation).json["opened"]["reporter"]["name"] == "Bea Bedacht"
    row = db.session.get_one(Observation, observation)
    assert "Bedacht" not in row.sealed
    assert row.signal_groups > 0


def test_the_same_entry_twice_is_stored_once(regisseur: Phone) -> None:
    body = entry(regisseur)
    answers = [regisseur.post("/observations", body) for _ in range(3)]
    assert [one.status_code for one in answers] == [201, 201, 201]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Observation)) == 1
    changed = regisseur.post("/observations", {**body, "urgency": "today"})
    assert (changed.status_code, changed.json["code"]) == (409, "id")


def test_an_id_that_a_phone_used_is_not_used_again(boa: Phone, regisseur: Phone) -> None:
    refused = regisseur.post("/observations", entry(regisseur, id=boa.send()))
    assert (refused.status_code, refused.json["code"]) == (409, "id")


def test_who_entered_it_hears_nothing_as_if_it_were_theirs(
    regisseur: Phone, adviseur: Phone
) -> None:
    observation = enter(regisseur)
    opened(adviseur, observation, "consult")
    assert answer(adviseur, observation, told="phone").status_code == 201
    regisseur.cursor = 0
    assert regisseur.sync().json["changes"] == []
    kinds = db.session.scalars(
        sa.select(Notification.kind).where(Notification.person_id == regisseur.person)
    ).all()
    assert "feedback" not in kinds
    log = regisseur.get("/account/log").json["items"]
    assert all(line["receipt"] is None for line in log)


def test_who_entered_it_reads_it_with_a_reason_like_everybody(regisseur: Phone) -> None:
    observation = enter(regisseur)
    assert opened(regisseur, observation, "own").status_code == 403
    assert opened(regisseur, observation).status_code == 201


def test_feedback_by_phone_is_ticked_off_with_how_it_was_told(regisseur: Phone) -> None:
    observation = enter(regisseur)
    opened(regisseur, observation)
    forgotten = answer(regisseur, observation)
    assert (forgotten.status_code, forgotten.json["code"]) == (400, "not_told")
    assert move(regisseur, observation, "closed").json["code"] == "feedback_owed"
    told = answer(regisseur, observation, told="phone")
    assert told.json["answered"] is True
    assert db.session.scalars(sa.select(Feedback)).one().told == "phone"
    assert move(regisseur, observation, "closed").status_code == 201


def test_who_has_the_app_hears_it_there(boa: Phone, regisseur: Phone) -> None:
    refused = answer(regisseur, boa.send(), told="phone")
    assert (refused.status_code, refused.json["code"]) == (400, "told")


def test_where_nobody_can_be_answered_nothing_is_owed(regisseur: Phone) -> None:
    observation = enter(regisseur, source="anonymous_line", reporter=False)
    refused = answer(regisseur, observation, told="phone")
    assert (refused.status_code, refused.json["code"]) == (409, "nobody")
    opened(regisseur, observation)
    assert db.session.get_one(Observation, observation).due_on == NOTHING_DUE
    assert move(regisseur, observation, "closed").status_code == 201
    assert move(regisseur, observation, "in_progress").status_code == 201
    assert regisseur.get(f"/observations/{observation}").json["nobody"] is True


def test_what_is_past_its_term_goes_without_a_word_to_who_entered_it(regisseur: Phone) -> None:
    observation = enter(regisseur)
    row = db.session.get_one(Observation, observation)
    row.keep_until, row.warned_at = local_day(now()), now() - timedelta(days=9)
    db.session.commit()
    assert removal.remove_observations() == {"missed": 1}
    assert db.session.get_one(Receipt, observation).gone_reason == "missed"
    regisseur.cursor = 0
    assert regisseur.sync().json["changes"] == []
    kinds = db.session.scalars(
        sa.select(Notification.kind).where(Notification.person_id == regisseur.person)
    ).all()
    assert "feedback" not in kinds


def test_only_the_desks_enter(boa: Phone) -> None:
    assert boa.post("/observations", entry(boa)).status_code == 403


def test_what_could_never_be_read_or_placed_is_refused_at_once(regisseur: Phone) -> None:
    tomorrow = (local_day(now()) + timedelta(days=1)).isoformat()
    wrong = {
        "card": {"card": "tuinkabouter"},
        "date": {"date": tomorrow},
        "sealed": {"sealed": regisseur.seal("observation", new_id(), TEXT)},
    }
    for code, change in wrong.items():
        refused = regisseur.post("/observations", entry(regisseur, **change))
        assert (refused.status_code, refused.json["code"]) == (400, code)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Receipt)) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"source": "app"},
        {"source": "postduif"},
        {"reporter": "ja"},
        {"signals": "BOA-08"},
        {"signals": ["<script>"]},
        {"area": "ergens"},
        {"sealed": ""},
        {"sealed": "geen base64!"},
        {"extra": 1},
    ],
)
def test_odd_input_is_refused_with_the_field(regisseur: Phone, change: dict[str, Any]) -> None:
    refused = regisseur.post("/observations", entry(regisseur, **change))
    assert refused.status_code == 400
    named = {one["name"].partition(".")[0] for one in refused.json["invalid_params"]}
    assert named >= set(change)
