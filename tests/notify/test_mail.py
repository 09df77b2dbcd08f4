"""By mail: without content, only where somebody said so, each letter once, also after trouble."""

from __future__ import annotations

import dataclasses
import re
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.app import ROOT
from server.config import Smtp
from server.db import db
from server.devices import service as devices
from server.notify import postman
from server.notify.fanout import fan_out_due, mail_what_no_phone_took
from server.notify.mail import SENTENCES, Mailer
from server.notify.models import KINDS, MailAddress, MailDelivery
from server.notify.push import Sender
from server.people.models import Person
from tests.browser import certificate
from tests.conftest import lies_in
from tests.factories import Phone
from tests.mail_server import MailServer, running
from tests.notify.telling import NIGHT, NOON, bring, deliveries, tell, turn_on
from tests.push_service import Answer, Browser, PushService

pytestmark = pytest.mark.thorough

ADDRESS = "bo@school.example"
PATH = "/api/v1/notifications/mail-address"


@pytest.fixture
def mails(app: Flask) -> Iterator[MailServer]:
    """A mail server that this gemeente sends with."""
    with running(MailServer()) as mails:
        app.config["SIGNAALKAART"] = dataclasses.replace(
            app.config["SIGNAALKAART"], smtp=mails.smtp
        )
        yield mails


def post(mails: MailServer, smtp: Smtp | None = None, **options: object) -> int:
    """Do what the clock does: write out, fall back, and bring to the mail server."""
    fan_out_due(mail=True)
    mail_what_no_phone_took()
    mailer = Mailer(smtp or mails.smtp)
    return postman.deliver_due(mailer, "test", "https://kaart.example", **options)  # type: ignore[arg-type]


def ask_code(phone: Phone, mails: MailServer, address: str = ADDRESS) -> str:
    answer = phone.client.put(PATH, json={"mail": address})
    assert answer.status_code == 202, answer.json
    post(mails)
    found = re.search(r"\b[0-9]{6}\b", mails.texts_to(address)[-1])
    assert found
    return found[0]


def confirm(phone: Phone, mails: MailServer) -> None:
    """Give somebody an address that counts, and forget the letter with its code."""
    code = ask_code(phone, mails)
    answer = phone.post("/notifications/mail-address/confirmations", {"code": code})
    assert (answer.status_code, answer.json["mail"]["state"]) == (201, "confirmed")
    mails.letters.clear()


def choose(phone: Phone, **channels: str) -> None:
    body = {"channels": channels, "quiet": None, "digest_hour": 8}
    answer = phone.client.put("/api/v1/notifications/preferences", json=body)
    assert answer.status_code == 200, answer.json


def outcomes() -> list[str | None]:
    db.session.expire_all()
    return list(
        db.session.scalars(
            sa.select(MailDelivery.outcome).where(MailDelivery.outcome.is_distinct_from("accepted"))
        )
    )


def test_an_address_counts_only_after_its_code_was_typed(phone: Phone, mails: MailServer) -> None:
    code = ask_code(phone, mails)
    tell(phone.person)
    post(mails)
    assert len(mails.letters) == 1
    wrong = phone.post("/notifications/mail-address/confirmations", {"code": _other(code)})
    assert (wrong.status_code, wrong.json["code"]) == (400, "wrong")
    answer = phone.post("/notifications/mail-address/confirmations", {"code": code})
    assert answer.json["mail"] == {"state": "confirmed", "address": ADDRESS}
    tell(phone.person, tag="b")
    post(mails)
    assert "Er is een antwoord voor je." in mails.texts_to(ADDRESS)[-1]


def test_a_code_cannot_be_guessed_and_does_not_last(
    phone: Phone, mails: MailServer, clock: time_machine.Coordinates
) -> None:
    code = ask_code(phone, mails)
    for _ in range(5):
        phone.post("/notifications/mail-address/confirmations", {"code": _other(code)})
    answer = phone.post("/notifications/mail-address/confirmations", {"code": code})
    assert (answer.status_code, answer.json["code"]) == (409, "expired")
    clock.shift(61)
    code = ask_code(phone, mails)
    clock.shift(timedelta(hours=24, seconds=1))
    answer = phone.post("/notifications/mail-address/confirmations", {"code": code})
    assert (answer.status_code, answer.json["code"]) == (409, "expired")


def test_nobody_can_have_somebody_else_flooded_with_codes(
    phone: Phone, mails: MailServer, clock: time_machine.Coordinates
) -> None:
    for _ in range(5):
        assert phone.client.put(PATH, json={"mail": ADDRESS}).status_code == 202
        assert phone.client.put(PATH, json={"mail": ADDRESS}).status_code == 429
        clock.shift(61)
    assert phone.client.put(PATH, json={"mail": ADDRESS}).status_code == 429
    clock.shift(timedelta(days=1))
    assert phone.client.put(PATH, json={"mail": ADDRESS}).status_code == 202


def test_without_a_mail_server_nobody_is_asked_for_an_address(phone: Phone) -> None:
    answer = phone.client.put(PATH, json={"mail": ADDRESS})
    assert (answer.status_code, answer.json["code"]) == (409, "no_mail")
    assert phone.get("/notifications/preferences").json["mail"]["state"] == "off"


def test_a_letter_holds_nothing_of_what_it_is_about(
    phone: Phone, mails: MailServer, regisseur: Phone
) -> None:
    confirm(phone, mails)
    observation = phone.send()
    given = {"id": observation, "kind": "contact", "text": "We gaan in gesprek."}
    regisseur.post(f"/observations/{observation}/feedback", given)
    post(mails)
    [(to, letter)] = mails.letters
    assert to == ADDRESS
    assert letter["Subject"] == "Signaalkaart: er is iets voor je"
    said = letter.as_string()
    for secret in (observation, "gesprek", "contact", "Bo Verzonnen", "boa", "BOA"):
        assert secret not in said.replace(ADDRESS, "")


def test_what_a_letter_says_is_what_a_seintje_says() -> None:
    words = (ROOT / "pwa" / "src" / "words.ts").read_text()
    told = dict(re.findall(r'^  (\w+): \{ title: APP, body: "([^"]+)" \}', words, re.M))
    mailed = {kind for kind, how in KINDS.items() if how.topic}
    assert {kind: told[kind] for kind in mailed} == {kind: SENTENCES[kind] for kind in mailed}


def test_what_a_phone_took_is_not_mailed_as_well(
    phone: Phone, browser: Browser, mails: MailServer, sender: Sender
) -> None:
    confirm(phone, mails)
    tell(phone.person)
    post(mails)
    bring(sender)
    post(mails)
    assert [delivery.outcome for delivery in deliveries()] == ["accepted"]
    assert mails.letters == []


def test_what_every_phone_turned_down_is_mailed_once(
    phone: Phone, browser: Browser, pushes: PushService, mails: MailServer, sender: Sender
) -> None:
    confirm(phone, mails)
    pushes.answers.append(Answer(410))
    tell(phone.person)
    bring(sender)
    for _ in range(3):
        post(mails)
    assert len(mails.letters) == 1


def test_who_chose_mail_gets_no_seintje(
    phone: Phone, browser: Browser, pushes: PushService, mails: MailServer, sender: Sender
) -> None:
    confirm(phone, mails)
    choose(phone, answers="mail")
    tell(phone.person)
    post(mails)
    bring(sender)
    assert (len(mails.letters), pushes.asked) == (1, 0)


def test_who_chose_the_app_hears_of_it_there_alone(
    phone: Phone, browser: Browser, pushes: PushService, mails: MailServer, sender: Sender
) -> None:
    confirm(phone, mails)
    choose(phone, answers="app", practice="mail")
    tell(phone.person)
    tell(phone.person, kind="practice", tag="b")
    post(mails)
    bring(sender)
    assert pushes.asked == 0
    assert [text.split("\n")[0] for text in mails.texts_to(ADDRESS)] == ["Tijd om even te oefenen."]


def test_what_waits_for_one_person_goes_in_one_letter(phone: Phone, mails: MailServer) -> None:
    confirm(phone, mails)
    for tag in "abc":
        tell(phone.person, tag=tag)
    tell(phone.person, tag="d", kind="question")
    post(mails)
    [text] = mails.texts_to(ADDRESS)
    assert sorted(text.split("\n\n")[0].split("\n")) == [
        "Er is een antwoord voor je.",
        "Er is een vraag voor je.",
    ]


def test_a_mail_server_that_is_down_for_an_hour_gets_each_letter_once(
    phone: Phone, regisseur: Phone, mails: MailServer, clock: time_machine.Coordinates
) -> None:
    confirm(phone, mails)
    nowhere = dataclasses.replace(mails.smtp, port=9)
    for minute in range(60):
        if minute % 20 == 0:
            tell(phone.person, tag=f"t{minute}")
        post(mails, nowhere)
        clock.shift(60)
    assert mails.letters == []
    for _ in range(40):
        post(mails)
        clock.shift(60)
    said = [letter["Message-ID"] for _, letter in mails.letters]
    assert len(said) == len(set(said)) >= 1
    done = db.session.scalars(sa.select(MailDelivery.outcome)).all()
    assert set(done) == {"accepted"}
    post(mails)
    assert len(mails.letters) == len(said)


def test_a_server_that_says_later_is_tried_again_and_one_that_says_never_after_three_days(
    phone: Phone, mails: MailServer, clock: time_machine.Coordinates
) -> None:
    confirm(phone, mails)
    mails.says = "451 Te druk"
    tell(phone.person)
    post(mails)
    assert outcomes() == [None]
    clock.shift(timedelta(days=2))
    post(mails)
    assert outcomes() == [None]
    clock.shift(timedelta(days=2))
    post(mails)
    assert outcomes() == ["given_up"]


def test_a_refused_address_is_shown_to_the_beheerder_and_its_phone_is_told(
    app: Flask,
    phone: Phone,
    pushes: PushService,
    mails: MailServer,
    sender: Sender,
    beheerder: Phone,
) -> None:
    confirm(phone, mails)
    choose(phone, answers="mail")
    browser = turn_on(phone, pushes)
    mails.refuses[ADDRESS] = "550 Onbekend"
    tell(phone.person)
    post(mails)
    bring(sender)
    assert outcomes() == ["refused"]
    assert len(pushes.received_by(browser)) == 1
    [item] = beheerder.get("/notifications/mail-refusals").json["items"]
    assert (item["person"], item["status"]) == (phone.person, 550)
    assert ADDRESS not in str(item)
    assert phone.get("/notifications/preferences").json["mail"]["state"] == "refused"
    again = f"/api/v1/notifications/mail-refusals/{phone.person}"
    assert [beheerder.client.delete(again).status_code for _ in range(2)] == [204, 204]
    mails.refuses.clear()
    tell(phone.person, tag="b")
    post(mails)
    assert len(mails.letters) == 1


def test_mail_waits_for_the_end_of_the_quiet_hours(
    phone: Phone, mails: MailServer, clock: time_machine.Coordinates
) -> None:
    confirm(phone, mails)
    clock.move_to(NIGHT)
    tell(phone.person)
    post(mails)
    assert mails.letters == []
    clock.move_to(NOON + timedelta(days=1))
    post(mails)
    assert len(mails.letters) == 1


def test_an_address_goes_with_the_account_and_no_mail_follows(
    app: Flask, phone: Phone, mails: MailServer
) -> None:
    confirm(phone, mails)
    tell(phone.person)
    fan_out_due(mail=True)
    devices.end_access(None, db.session.get_one(Person, phone.person))
    assert db.session.scalars(sa.select(MailAddress)).all() == []
    post(mails)
    assert (mails.letters, outcomes()) == ([], ["ended"])


def test_the_address_lies_in_no_table_unsealed(app: Flask, phone: Phone, mails: MailServer) -> None:
    confirm(phone, mails)
    db.session.commit()
    assert ADDRESS.encode() not in lies_in(app.config["SIGNAALKAART"].database_url)


def test_another_machine_gets_no_mail_without_tls(phone: Phone, mails: MailServer) -> None:
    confirm(phone, mails)
    tell(phone.person)
    post(mails, dataclasses.replace(mails.smtp, needs_tls=True))
    assert (mails.letters, outcomes()) == ([], [None])


def test_another_machine_gets_mail_when_its_certificate_is_known(tmp_path: Path) -> None:
    file = certificate.make(tmp_path)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(file)
    with running(MailServer(), own) as safe:
        smtp = Smtp("localhost", safe.port, "a@gemeente.example", needs_tls=True)
        letter = _letter()
        # Who is not known by a certificate gets nothing either.
        with pytest.raises(ssl.SSLCertVerificationError), Mailer(smtp).connect():
            pass
        mailer = Mailer(smtp, ssl.create_default_context(cafile=file))
        with mailer.connect() as connection:
            assert mailer.send(connection, letter).outcome == "accepted"
        assert [to for to, _ in safe.letters] == [ADDRESS]


def _letter() -> postman.Letter:
    return postman.notice(ADDRESS, ["feedback"], "https://kaart.example", "1")


def _other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"
