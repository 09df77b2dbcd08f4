"""The database itself keeps what is promised: it is asked in SQL, with the app out of the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from server.db import db, new_id, now
from tests.factories import Phone
from tests.push_service import Browser

pytestmark = pytest.mark.thorough

SLOT = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Sql:
    """The tables as the database has them, without a model or default of ours."""

    def __init__(self) -> None:
        self._tables = sa.MetaData()
        self._tables.reflect(db.engine)

    def rows(self, table: str, **like: Any) -> list[dict[str, Any]]:
        found = self._tables.tables[table]
        where = [found.c[name] == value for name, value in like.items()]
        with db.engine.connect() as connection:
            answer = connection.execute(sa.select(found).where(*where))
            return [dict(row._mapping) for row in answer]

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        with db.engine.begin() as connection:
            connection.execute(sa.insert(self._tables.tables[table]).values(**row))

    def change(self, table: str, key: str, value: Any, **values: Any) -> None:
        found = self._tables.tables[table]
        with db.engine.begin() as connection:
            connection.execute(sa.update(found).where(found.c[key] == value).values(**values))

    def remove(self, table: str, key: str, value: Any) -> None:
        found = self._tables.tables[table]
        with db.engine.begin() as connection:
            connection.execute(sa.delete(found).where(found.c[key] == value))


@pytest.fixture
def stored(app: Flask, boa: Phone) -> str:
    """An observation that came in, answered by nobody yet."""
    observation = boa.send()
    boa.sync(boa.addition(observation))
    db.session.commit()
    return observation


@pytest.fixture
def raw(stored: str) -> Sql:
    return Sql()


def form(raw: Sql, observation: str) -> Any:
    """Return the id the way this database writes it, for a row that is read and written back."""
    (found,) = [row["id"] for row in raw.rows("observation") if same(row["id"], observation)]
    return found


def refused(raw: Sql, table: str, row: Mapping[str, Any]) -> None:
    before = len(raw.rows(table))
    with pytest.raises(sa.exc.DatabaseError):
        raw.add(table, row)
    assert len(raw.rows(table)) == before


def test_an_id_is_received_once_and_stored_once(raw: Sql, stored: str) -> None:
    for table in ("receipt", "observation", "addition"):
        for row in raw.rows(table):
            refused(raw, table, row)


def test_nothing_is_stored_without_a_receipt(raw: Sql, stored: str) -> None:
    for table in ("observation", "addition"):
        (row,) = raw.rows(table)
        refused(raw, table, {**row, "id": new_like(row["id"])})


def new_like(value: Any) -> Any:
    """Return an id that nobody has, in the form of another: a UUID, or text without dashes."""
    return UUID(new_id()) if isinstance(value, UUID) else UUID(new_id()).hex


def test_a_receipt_stays_as_long_as_what_it_is_of(raw: Sql, stored: str) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        raw.remove("receipt", "item_id", form(raw, stored))


def test_a_receipt_can_always_tell_a_repeat_from_something_else(raw: Sql, stored: str) -> None:
    (row,) = [row for row in raw.rows("receipt") if row["item_id"] == form(raw, stored)]
    stray = {**row, "item_id": new_like(row["item_id"]), "digest": None}
    refused(raw, "receipt", stray)
    # What was taken back before it came leaves a tombstone, without a digest.
    raw.add("receipt", {**stray, "gone_at": now()})


def test_nothing_is_closed_without_an_answer_or_a_reason(raw: Sql, stored: str) -> None:
    key = form(raw, stored)
    with pytest.raises(sa.exc.IntegrityError):
        raw.change("observation", "id", key, state="closed")
    raw.change("observation", "id", key, state="closed", no_feedback_reason="left")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "lost"),
        ("desk", "elders"),
        ("basis", "guessed"),
        ("urgency", "never"),
        ("source", "fax"),
        ("version", 0),
    ],
)
def test_an_observation_is_in_no_state_that_nobody_knows(
    raw: Sql, stored: str, column: str, value: Any
) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        raw.change("observation", "id", form(raw, stored), **{column: value})


def test_an_observation_is_in_one_bundle_at_a_time(
    raw: Sql, stored: str, boa: Phone, regisseur: Phone
) -> None:
    bundle = bundled(regisseur, stored, boa.send())
    other = bundled(regisseur, boa.send(), boa.send())
    db.session.commit()
    row = next(r for r in raw.rows("bundle_member") if same(r["bundle_id"], bundle))
    away = next(r for r in raw.rows("bundle_member") if same(r["bundle_id"], other))
    moved = {**row, "bundle_id": away["bundle_id"], "id": 10_000}
    refused(raw, "bundle_member", moved)
    raw.change("bundle_member", "id", row["id"], removed_at=now(), removed_by=row["added_by"])
    raw.add("bundle_member", moved)


def bundled(desk: Phone, *observations: str) -> str:
    answer = desk.post("/bundles", {"observations": list(observations)})
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def same(one: Any, other: Any) -> bool:
    return str(one).replace("-", "") == str(other).replace("-", "")


def test_two_observations_make_one_pair_whichever_is_named_first(
    raw: Sql, stored: str, boa: Phone
) -> None:
    boa.send()
    db.session.commit()
    one, other = sorted(row["id"] for row in raw.rows("observation"))
    for table, rest in (
        ("overlap_pair", {"reasons": ["same_area"]}),
        ("rejection", {"by_id": raw.rows("person")[0]["id"], "at": now()}),
    ):
        refused(raw, table, {"one_id": other, "other_id": one, **rest})
        refused(raw, table, {"one_id": one, "other_id": one, **rest})
        raw.add(table, {"one_id": one, "other_id": other, **rest})


def test_a_person_is_told_of_one_thing_once_while_it_is_unsent(
    raw: Sql, stored: str, regisseur: Phone, boa: Phone
) -> None:
    boa.send()
    db.session.commit()
    (row,) = raw.rows("notification")
    again = {**row, "id": new_like(row["id"])}
    refused(raw, "notification", again)
    raw.change("notification", "id", row["id"], fanned_at=now())
    raw.add("notification", again)


@pytest.fixture
def on_its_way(raw: Sql, regisseur: Phone, boa: Phone) -> dict[str, Any]:
    """A delivery nobody took yet."""
    boa.send()
    db.session.commit()
    (told,) = raw.rows("notification")
    row = {
        "id": new_like(told["id"]),
        "notification_id": told["id"],
        "made_at": now(),
        "due_at": now(),
        "attempts": 0,
    }
    raw.add("mail_delivery", row)
    raw.add("delivery", row)
    return row


@pytest.fixture
def to_a_phone(raw: Sql, on_its_way: dict[str, Any], boa: Phone) -> dict[str, Any]:
    """A delivery to a phone that wants its messages."""
    browser = Browser("http://127.0.0.1:9/push/1")
    answer = boa.client.put("/api/v1/push/subscription", json=browser.to_json())
    assert answer.status_code < 300, answer.json
    (phone,) = raw.rows("push_subscription")
    new = new_like(on_its_way["id"])
    row = {**on_its_way, "id": new, "subscription_id": phone["id"]}
    raw.add("delivery", row)
    return row


@pytest.mark.parametrize("table", ["delivery", "mail_delivery"])
def test_what_is_taken_names_who_has_it_and_what_is_over_says_how(
    raw: Sql, on_its_way: dict[str, Any], table: str
) -> None:
    for faulty in (
        {"lease_until": now()},
        {"done_at": now()},
        {"outcome": "accepted"},
        {"done_at": now(), "outcome": "accepted", "lease_until": now(), "lease_owner": "a"},
    ):
        with pytest.raises(sa.exc.IntegrityError):
            raw.change(table, "id", on_its_way["id"], **faulty)
    raw.change(table, "id", on_its_way["id"], lease_until=now(), lease_owner="a")
    raw.change(table, "id", on_its_way["id"], lease_until=None, done_at=now(), outcome="accepted")


def test_a_notification_goes_by_mail_once_and_to_each_phone_once(
    raw: Sql, on_its_way: dict[str, Any], to_a_phone: dict[str, Any]
) -> None:
    new = new_like(on_its_way["id"])
    refused(raw, "mail_delivery", {**on_its_way, "id": new})
    refused(raw, "delivery", {**to_a_phone, "id": new})
    # What went to no phone is in nobody's way.
    raw.add("delivery", {**to_a_phone, "id": new, "subscription_id": None})


def test_a_job_is_claimed_once_per_turn_and_runs_once_at_a_time(raw: Sql) -> None:
    row = {"job": "make-keys", "slot": SLOT, "started_at": SLOT, "owner": "a", "lease_until": SLOT}
    raw.add("job_run", row)
    refused(raw, "job_run", row)
    refused(raw, "job_run", {**row, "slot": SLOT + timedelta(hours=1)})
    raw.add("job_run", {**row, "job": "chain-log"})
    refused(raw, "job_run", {**row, "job": "other", "outcome": "done"})
    refused(raw, "job_run", {**row, "job": "other", "outcome": "odd", "finished_at": SLOT})
    raw.change("job_run", "job", "make-keys", outcome="lost", finished_at=SLOT)
    raw.add("job_run", {**row, "slot": SLOT + timedelta(hours=1)})


def test_there_is_one_installation(raw: Sql) -> None:
    (row,) = raw.rows("installation")
    refused(raw, "installation", row)
    refused(raw, "installation", {**row, "id": 2})


def test_what_lets_somebody_in_belongs_to_one(raw: Sql, boa: Phone) -> None:
    for table, secret in (("device", "delivery_key_hash"), ("invitation", "token_hash")):
        row = raw.rows(table)[0]
        made = new_like(row["id"])
        refused(raw, table, {**row, "id": made})
        assert row[secret]
    for faulty in ({"role": "baas"}, {"change_counter": -1}):
        person = raw.rows("person")[0]
        with pytest.raises(sa.exc.IntegrityError):
            raw.change("person", "id", person["id"], **faulty)


def test_an_answer_that_is_too_late_is_passed_on_once(raw: Sql, stored: str) -> None:
    row = {"observation_id": form(raw, stored), "due_on": date(2026, 11, 23), "at": now()}
    raw.add("escalation", row)
    refused(raw, "escalation", row)


def test_nothing_in_the_log_changes_or_goes(raw: Sql, stored: str) -> None:
    event = raw.rows("audit_event")[0]
    with pytest.raises(sa.exc.DatabaseError):
        raw.change("audit_event", "id", event["id"], action="other")
    with pytest.raises(sa.exc.DatabaseError):
        raw.remove("audit_event", "id", event["id"])
    assert raw.rows("audit_event", id=event["id"]) == [event]


def test_what_belongs_to_an_observation_goes_with_it(raw: Sql, stored: str) -> None:
    assert raw.rows("addition")
    raw.remove("observation", "id", form(raw, stored))
    assert raw.rows("addition") == []
    assert raw.rows("observation") == []
    assert len(raw.rows("receipt")) == 2
