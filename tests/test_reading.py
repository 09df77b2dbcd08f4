"""Reading is logged, and one account cannot read everything."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from server import cards
from server.audit import AuditEvent
from server.db import db, now
from server.notify.models import Notification
from tests.authenticator import add_passkey
from tests.factories import Phone, add_phone


@pytest.fixture
def few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gemeente that lets an account open three an hour and four a day."""
    reading = cards.library().reading
    monkeypatch.setitem(reading, "openings_per_hour", 3)
    monkeypatch.setitem(reading, "openings_per_day", 4)


def logged(action: str, **more: object) -> list[AuditEvent]:
    found = sa.select(AuditEvent).filter_by(action=action, **more).order_by(AuditEvent.id)
    return list(db.session.scalars(found))


def opened(phone: Phone, one: str, purpose: str = "handle") -> int:
    return phone.post(f"/observations/{one}/openings", {"purpose": purpose}).status_code


def told_of_a_limit() -> set[str]:
    found = sa.select(Notification.person_id).filter_by(kind="limit")
    return set(db.session.scalars(found))


def test_looking_at_the_plain_part_is_logged_with_who_and_where(
    boa: Phone, regisseur: Phone
) -> None:
    one = boa.send()
    regisseur.get(f"/observations/{one}")
    (look,) = logged("show")
    assert (look.person_id, look.device_id, look.subject_kind, look.subject_id) == (
        regisseur.person,
        regisseur.device,
        "observation",
        one,
    )


def test_a_list_is_logged_with_which_and_how_many(boa: Phone, regisseur: Phone) -> None:
    boa.send()
    boa.send()
    boa.sync(boa.observation(card="weg"))
    regisseur.get("/inbox?view=new")
    regisseur.get("/late-box")
    assert [(look.subject_kind, look.purpose, look.count) for look in logged("list")] == [
        ("inbox", "new", 2),
        ("late_box", None, 1),
    ]


def test_a_screen_that_renews_itself_adds_a_line_only_when_it_shows_something_else(
    boa: Phone, regisseur: Phone
) -> None:
    one = boa.send()
    with time_machine.travel(now(), tick=False) as clock:
        for _minute in range(10):
            regisseur.get("/inbox")
            regisseur.get(f"/observations/{one}")
            clock.shift(timedelta(minutes=1))
        assert (len(logged("list")), len(logged("show"))) == (1, 1)
        boa.send()
        regisseur.get("/inbox")
        assert len(logged("list")) == 2
        clock.shift(timedelta(minutes=15))
        regisseur.get("/inbox")
        regisseur.get(f"/observations/{one}")
        assert (len(logged("list")), len(logged("show"))) == (3, 2)


def test_two_colleagues_who_look_are_two_lines(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    one = boa.send()
    for phone in (regisseur, adviseur):
        phone.get(f"/observations/{one}")
    assert {look.person_id for look in logged("show")} == {regisseur.person, adviseur.person}


def test_a_reporter_sees_who_looked_at_the_plain_part(boa: Phone, regisseur: Phone) -> None:
    regisseur.get(f"/observations/{boa.send()}")
    look = boa.get("/account/log").json["items"][0]
    assert (look["action"], look["by"]["role_label"]) == (
        "show",
        "Procesregisseur sociaal domein",
    )


def test_what_cannot_be_logged_is_not_shown(
    boa: Phone, regisseur: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = boa.send()
    monkeypatch.setattr("server.audit.looking.log", lambda *_, **__: 1 / 0)
    answer = regisseur.get(f"/observations/{one}")
    assert (answer.status_code, set(answer.json)) == (500, {"status", "title", "detail"})


def test_who_is_refused_is_logged_once_a_quarter_with_what_it_was(boa: Phone) -> None:
    for _again in range(3):
        assert boa.get("/inbox").status_code == 403
    (refusal,) = logged("refuse")
    assert (refusal.person_id, refusal.device_id, refusal.subject_kind, refusal.outcome) == (
        boa.person,
        boa.device,
        "read_inbox",
        "403",
    )


def test_who_tries_the_record_of_another_is_logged(boa: Phone, teacher: Phone) -> None:
    assert opened(teacher, boa.send(), "own") == 404
    (refusal,) = logged("refuse")
    assert (refusal.person_id, refusal.subject_kind, refusal.outcome) == (
        teacher.person,
        "open_observation",
        "404",
    )


def test_who_is_asked_for_proof_first_is_logged_too(regisseur: Phone, boa: Phone) -> None:
    path = f"/observations/{boa.send(shielded=True)}/reporter-openings"
    assert regisseur.post(path, {"purpose": "contact"}).status_code == 403
    assert [refusal.outcome for refusal in logged("refuse")] == ["confirm"]


def test_who_is_nobody_leaves_no_line_with_a_name(client: FlaskClient, boa: Phone) -> None:
    assert client.get("/api/v1/inbox").status_code == 401
    assert logged("refuse") == []


@pytest.mark.usefixtures("few")
def test_one_account_opens_so_many_an_hour_and_hears_how_long_to_wait(
    boa: Phone, regisseur: Phone
) -> None:
    ones = [boa.send() for _ in range(4)]
    with time_machine.travel(now(), tick=False) as clock:
        assert [opened(regisseur, one) for one in ones] == [201, 201, 201, 429]
        refused = regisseur.post(f"/observations/{ones[0]}/openings", {"purpose": "handle"})
        assert refused.json["code"] == "reading_limit"
        assert "Bel de beheerder" in refused.json["detail"]
        assert refused.headers["Retry-After"] == "3600"
        clock.shift(timedelta(hours=1, seconds=1))
        assert [opened(regisseur, one) for one in ones[:2]] == [201, 429]
        clock.shift(timedelta(days=1))
        assert opened(regisseur, ones[0]) == 201


@pytest.mark.usefixtures("few")
def test_late_items_and_reporters_count_with_the_rest(boa: Phone, regisseur: Phone) -> None:
    add_passkey(regisseur)
    one = boa.send(shielded=True)
    stray = boa.observation(card="weg")
    boa.sync(stray)
    assert opened(regisseur, one) == 201
    late = regisseur.post(f"/late-box/{stray['id']}/openings", {"purpose": "handle"})
    who = regisseur.post(f"/observations/{one}/reporter-openings", {"purpose": "contact"})
    assert (late.status_code, who.status_code, opened(regisseur, one)) == (201, 201, 429)


@pytest.mark.usefixtures("few")
def test_looking_at_plain_parts_has_an_end_too(boa: Phone, regisseur: Phone) -> None:
    ones = [boa.send() for _ in range(16)]
    statuses = [regisseur.get(f"/observations/{one}").status_code for one in ones]
    assert statuses == [200] * 15 + [429]


@pytest.mark.usefixtures("few")
def test_the_others_and_the_beheerder_hear_of_it_once_a_day(
    app: Flask, boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    beheerder = add_phone(app, "beheerder")
    one = boa.send()
    for _time in range(6):
        opened(regisseur, one)
    assert told_of_a_limit() == {adviseur.person, beheerder.person}
    db.session.execute(sa.delete(Notification))
    opened(regisseur, one)
    assert told_of_a_limit() == set()
    limited = {who["id"]: who["limited_at"] for who in beheerder.get("/people").json["items"]}
    assert {who for who, at in limited.items() if at} == {regisseur.person}


@pytest.mark.usefixtures("few")
def test_a_colleague_goes_on_while_one_account_waits(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    one = boa.send()
    assert [opened(regisseur, one) for _ in range(4)][-1] == 429
    assert opened(adviseur, one, "consult") == 201


@pytest.mark.usefixtures("few")
def test_handing_in_and_rereading_ones_own_are_never_limited(boa: Phone) -> None:
    ones = [boa.send() for _ in range(20)]
    assert {opened(boa, one, "own") for one in ones} == {201}
    assert boa.sync(boa.observation()).status_code == 200


@pytest.mark.usefixtures("few")
def test_a_clock_a_year_off_shuts_nobody_out_and_leaves_no_look_unlogged(
    boa: Phone, regisseur: Phone
) -> None:
    ones = [boa.send() for _ in range(3)]
    with time_machine.travel(now(), tick=False) as clock:
        db.session.execute(sa.text("UPDATE session SET expires_at = '2099-01-01 00:00:00+00:00'"))
        assert [opened(regisseur, one) for one in [*ones, ones[0]]] == [201, 201, 201, 429]
        regisseur.get("/late-box")
        for leap in (timedelta(days=365), timedelta(days=-730)):
            clock.shift(leap)
            assert opened(regisseur, ones[0]) == 201
            regisseur.get("/late-box")
    assert len(logged("list", subject_kind="late_box")) == 3
