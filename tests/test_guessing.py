"""Guessing: a code is not found by trying, and who mistypes is not shut out for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from server.db import db, new_id, now
from server.people import guesses, invitations
from server.people import service as people
from server.people.invitations import Issued
from server.people.models import DevicePerson, Guess, InvitationCode
from tests.conftest import Browser
from tests.factories import Phone


def invited() -> Issued:
    return people.invite(
        None, name="Iemand", role="melder", kind="school", organisation="College", card="onderwijs"
    )


def enter(app: Flask, device: str | None = None, **way: str) -> TestResponse:
    body = {"device": device or new_id(), "app_version": "1", **way}
    return app.test_client().post("/api/v1/sessions", json=body)


def miss(app: Flask, device: str, times: int) -> list[str]:
    return [enter(app, device, code="ABCD2345").json["code"] for _ in range(times)]


def test_a_device_that_keeps_missing_has_to_wait_longer_and_longer(app: Flask) -> None:
    device, issued = new_id(), invited()
    with time_machine.travel(now(), tick=False) as clock:
        assert miss(app, device, 7) == ["invitation_unknown"] * 6 + ["guesses"]
        waits = []
        for _ in range(4):
            refused = enter(app, device, code=issued.code)
            assert (refused.status_code, refused.json["code"]) == (429, "guesses")
            waits.append(int(refused.headers["Retry-After"]))
            clock.shift(timedelta(seconds=waits[-1]))
            miss(app, device, 1)
        assert waits == [2, 4, 8, 16]
        clock.shift(timedelta(seconds=32))
        assert enter(app, device, code=issued.code).status_code == 201


def test_other_devices_and_links_do_not_wait_for_it(app: Flask) -> None:
    device = new_id()
    miss(app, device, 7)
    assert enter(app, device, invitation=invited().token).status_code == 201
    assert enter(app, code=invited().code).status_code == 201


def test_who_takes_a_new_device_each_time_is_slowed_down_all_the_same(app: Flask) -> None:
    issued = invited()
    for _ in range(guesses.TOGETHER.free + 1):
        guesses.missed(new_id())
    refused = enter(app, code=issued.code)
    assert (refused.status_code, refused.json["code"]) == (429, "guesses")
    assert 0 < int(refused.headers["Retry-After"]) <= 30
    assert enter(app, invitation=issued.token).status_code == 201
    with time_machine.travel(now() + timedelta(hours=1)):
        assert enter(app, code=invited().code).status_code == 201


def test_what_was_missed_is_forgotten_in_the_end(app: Flask) -> None:
    guesses.missed(new_id())
    with time_machine.travel(now() + timedelta(days=2)):
        invitations.remove_expired()
    assert db.session.scalars(sa.select(Guess)).all() == []


def test_asking_for_many_codes_leaves_one(app: Flask) -> None:
    issued = invited()
    codes = [invitations.issue_typed_code(issued.token)[0] for _ in range(5)]
    assert db.session.query(InvitationCode).count() == 2
    assert enter(app, code=codes[0]).json["code"] == "invitation_unknown"
    assert enter(app, code=codes[-1]).status_code == 201


def test_of_two_devices_that_use_an_invitation_at_once_one_gets_in(app: Flask) -> None:
    issued = invited()
    db.session.commit()
    together = Barrier(2)

    def come(way: dict[str, str]) -> int:
        client = Browser(app, use_cookies=True)
        together.wait()
        body = {"device": new_id(), "app_version": "1", **way}
        return int(client.post("/api/v1/sessions", json=body).status_code)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(come, [{"invitation": issued.token}, {"code": issued.code}]))
    assert sorted(answers) == [201, 400]
    assert db.session.query(DevicePerson).count() == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/session"),
        ("GET", "/devices"),
        ("GET", "/people"),
        ("GET", "/passkeys"),
        ("POST", "/devices/invitations"),
        ("POST", "/passkeys/questions"),
        ("POST", "/session/questions"),
    ],
)
def test_a_delivery_key_reads_and_changes_nothing(boa: Phone, method: str, path: str) -> None:
    stranger = boa.client.application.test_client()
    answer = stranger.open(
        f"/api/v1{path}",
        method=method,
        json={},
        headers={"Authorization": f"Bearer {boa.delivery_key}"},
    )
    assert answer.status_code == 401


def test_a_delivery_key_hands_in_for_nobody_else_and_no_other_device(
    boa: Phone, teacher: Phone
) -> None:
    foreign = teacher.observation()
    foreign_answer = boa.sync(foreign, signed_in=False).json
    assert foreign_answer["outcomes"][0]["reason"] == "late:foreign_author"
    elsewhere = boa.client.application.test_client().post(
        "/api/v1/sync",
        json=boa.request(boa.observation(), device=teacher.device),
        headers={"Authorization": f"Bearer {boa.delivery_key}"},
    )
    assert (elsewhere.status_code, elsewhere.json["code"]) == (400, "other_device")


@pytest.mark.parametrize("path", ["/passkeys/sessions", "/sessions", "/session/confirmations"])
def test_signing_in_from_another_site_is_refused(app: Flask, path: str) -> None:
    answer = app.test_client().post(
        f"/api/v1{path}", json={}, headers={"Origin": "https://elders.example"}
    )
    assert answer.status_code == 403
