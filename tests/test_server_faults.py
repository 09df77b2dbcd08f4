"""The disk is full, the database is away, a clock is wrong: nothing is half stored or forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from server import workdays
from server.config import Config
from server.db import db, new_id, now
from server.keyring import ring
from server.observations.models import Observation, Receipt
from server.people import service as people
from tests.factories import Phone, sign_in
from tests.postgres import Postgres

THREE_DAYS = timedelta(days=3)


def assert_a_fault_of_ours(answer: TestResponse) -> None:
    """The phone keeps its items at such an answer, and a person can read it."""
    assert 500 <= answer.status_code < 600
    assert answer.mimetype == "application/problem+json"
    assert "Dat ligt niet aan jou" in answer.json["detail"]


def stored() -> set[str]:
    found = set(db.session.scalars(sa.select(Receipt.item_id)))
    db.session.commit()
    return found


@contextmanager
def pragma(text: str) -> Iterator[None]:
    """Have SQLite behave like this in every transaction inside the block."""

    def set_pragma(connection: sa.Connection) -> None:
        connection.connection.driver_connection.execute(f"PRAGMA {text}")

    sa.event.listen(db.engine, "begin", set_pragma)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "begin", set_pragma)
        db.engine.dispose()


@pytest.mark.sqlite
def test_a_full_disk_stores_nothing_by_halves_and_all_is_well_with_room_again(boa: Phone) -> None:
    items = [boa.observation(extra="x" * 4000) for _ in range(40)]
    before = stored()
    pages = db.session.scalar(sa.text("PRAGMA page_count"))
    db.session.commit()
    # From not a page to spare up to almost enough: it always fails somewhere else.
    for room in range(0, 40, 5):
        with pragma(f"max_page_count = {pages + room}"):
            assert_a_fault_of_ours(boa.sync(*items))
        assert stored() == before
    outcomes = boa.sync(*items).json["outcomes"]
    assert {outcome["result"] for outcome in outcomes} == {"stored"}
    assert db.session.scalar(sa.text("PRAGMA integrity_check")) == "ok"


@pytest.mark.sqlite
def test_a_disk_that_can_only_be_read_promises_nothing_and_shows_nothing_unlogged(
    boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    seen = regisseur.get("/inbox").json["items"]
    item = boa.observation()
    with pragma("query_only = ON"):
        assert_a_fault_of_ours(boa.sync(item))
        # What is in the log already may be seen again; what cannot get into it is not shown.
        assert regisseur.get("/inbox").json["items"] == seen
        assert_a_fault_of_ours(regisseur.get(f"/observations/{observation}"))
        assert boa.get("/session").json["person"]["id"] == boa.person
    assert boa.sync(item).json["outcomes"][0]["result"] == "stored"


@pytest.mark.postgres
def test_a_database_that_restarts_costs_nobody_a_request(
    boa: Phone, config: Config, postgres: Postgres
) -> None:
    item = boa.observation()
    db.session.commit()
    postgres.hang_up()
    assert boa.sync(item).json["outcomes"][0]["result"] == "stored"


@pytest.mark.postgres
@pytest.mark.parametrize("setting", ["DATABASE_URL", "KEY_RING_URL"])
def test_while_the_database_is_away_the_phone_keeps_all_and_then_delivers(
    boa: Phone, environ: dict[str, str], postgres: Postgres, setting: str
) -> None:
    items = [boa.observation() for _ in range(3)]
    before = stored()
    name = sa.make_url(environ[setting]).database or ""
    postgres.close_doors(name)
    # It happened a while ago: for a second the key is still known.
    ring()._current = None
    assert_a_fault_of_ours(boa.sync(*items))
    postgres.open_doors(name)
    assert stored() == before
    outcomes = boa.sync(*items).json["outcomes"]
    assert {outcome["result"] for outcome in outcomes} == {"stored"}


@pytest.fixture
def at(app: Flask) -> Callable[..., time_machine.travel]:
    """Set the server's clock some days off."""
    start = now()
    return lambda **off: time_machine.travel(start + timedelta(**off), tick=True)


def row(observation: str) -> Observation:
    db.session.expire_all()
    return db.session.get_one(Observation, observation)


def test_a_server_clock_that_jumps_changes_no_order_and_skips_no_change(
    boa: Phone, at: Callable[..., time_machine.travel]
) -> None:
    sent = []
    for days in (0, -3, 3, 0):
        with at(days=days):
            sent.append(boa.send())
    boa.cursor = 0
    assert [change["id"] for change in boa.sync().json["changes"]] == sent
    assert boa.sync().json["changes"] == []


@pytest.mark.parametrize("days", [-3, 3])
def test_terms_follow_receipt_on_the_servers_clock(
    boa: Phone, at: Callable[..., time_machine.travel], days: int
) -> None:
    with at(days=days):
        observation = row(boa.send())
        today = workdays.local_day(now())
    assert workdays.local_day(observation.received_at) == today
    assert observation.read_by == workdays.add_workdays(today, 2)
    assert observation.answer_by == workdays.add_workdays(today, 10)


@pytest.mark.parametrize("days", [-3, 3])
def test_sessions_and_invitations_outlive_three_days_of_wrong_time(
    app: Flask, boa: Phone, at: Callable[..., time_machine.travel], days: int
) -> None:
    invite = {"role": "melder", "kind": "club", "organisation": "VV Verzinsel"}
    early = people.invite(None, name="Coen Nepstra", **invite)
    with at(days=days):
        assert boa.get("/session").status_code == 200
        assert sign_in(app, early.token).get("/session").status_code == 200
        meanwhile = people.invite(None, name="Mila Bedacht", **invite)
    fresh = sign_in(app, meanwhile.token)
    assert fresh.get("/session").status_code == 200
    assert fresh.sync(fresh.observation()).json["outcomes"][0]["result"] == "stored"


@pytest.mark.parametrize("days", [-3, 3])
def test_a_phone_three_days_off_is_stored_and_shown_as_off(
    boa: Phone, regisseur: Phone, days: int
) -> None:
    phones_time = now() + timedelta(days=days)
    item = boa.observation(made_at=phones_time.isoformat())
    answer = boa.sync(item, sent_at=phones_time.isoformat())
    assert answer.json["outcomes"][0]["result"] == "stored"
    listed = regisseur.get("/inbox").json["items"][0]
    assert listed["skewed"] is True
    assert abs(moment(listed["received_at"]) - now()) < timedelta(minutes=5)
    assert abs(moment(listed["made_at"]) - phones_time) < timedelta(seconds=2)


def test_receipt_orders_and_sets_the_terms_whatever_the_phones_say_of_the_time(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    sent, terms = [], set()
    for phone, days in ((boa, 3), (teacher, -3), (boa, 0), (teacher, 3)):
        phones_time = (now() + timedelta(days=days)).isoformat()
        item = phone.observation(made_at=phones_time)
        told = phone.sync(item, sent_at=phones_time).json["changes"]
        sent.append(item["id"])
        terms |= {(one["read_by"], one["answer_by"]) for one in told if one["id"] == item["id"]}
    items = regisseur.get("/inbox").json["items"]
    assert [one["id"] for one in items] == sent
    assert [one["skewed"] for one in items] == [True, True, False, True]
    assert len(terms) == 1


@pytest.mark.parametrize("edge", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_clock_at_the_edge_of_time_hides_nothing_from_phone_or_desk(
    boa: Phone, regisseur: Phone, edge: str
) -> None:
    item = boa.observation(made_at=edge)
    answer = boa.sync(item, sent_at=edge).json
    assert [outcome["result"] for outcome in answer["outcomes"]] == ["stored"]
    assert [change["made_at"] for change in answer["changes"]] == [edge]
    assert [row["made_at"] for row in regisseur.get("/inbox").json["items"]] == [edge]


@pytest.mark.parametrize("past", ["0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-02:00"])
def test_a_time_beyond_that_edge_goes_to_the_late_box(boa: Phone, past: str) -> None:
    odd, good = boa.observation(made_at=past), boa.observation()
    outcomes = boa.sync(odd, good).json["outcomes"]
    assert [outcome["result"] for outcome in outcomes] == ["stored", "stored"]
    assert outcomes[0]["reason"] == "late:shape"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_what_postgresql_cannot_store_in_text_is_refused_in_words(
    app: Flask, boa: Phone, regisseur: Phone
) -> None:
    contact = sign_in(app, invited("contactpersoon"))
    zero = "\x00"
    bodies = {
        "/sessions": {"code": f"AB{zero}D2345", "device": new_id(), "app_version": zero},
        "/invitations": {
            "name": f"Bo{zero}", "role": "melder", "card": f"boa{zero}",
            "organisation": {"name": f"VV{zero}", "kind": "club"},
        },
    }  # fmt: skip
    for path, body in bodies.items():
        assert contact.post(path, body).status_code == 400, path
    for wish in ("cursor=%00", "card=%00", "area=a%00", "cursor=WzEsMiwzXQ=="):
        assert regisseur.get(f"/inbox?{wish}").status_code == 400, wish


def invited(role: str) -> str:
    issued = people.invite(
        None, name="Iemand Bedacht", role=role, kind="club", organisation="VV Verzinsel"
    )
    return issued.token
