"""What comes back after a mail server had taken a letter: read, believed only with the letter."""

from __future__ import annotations

import dataclasses
import io
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from server import cli
from server.db import db
from server.notify import bounces
from server.notify.models import MailAddress
from server.notify.push import Sender
from tests.factories import Phone
from tests.mail_server import SENDER, MailServer, running
from tests.notify.telling import bring, tell, turn_on
from tests.notify.test_mail import ADDRESS, choose, confirm, post
from tests.push_service import PushService

NUMBER = "0123456789abcdef0123456789abcdef"
# After the example of RFC 3464, appendix E: a mailbox that is not there.
FAILED = """\
From: Mail Delivery System <MAILER-DAEMON@mx.school.example>
To: {sender}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.school.example
Arrival-Date: Sat, 21 Nov 2026 12:00:00 +0100

Original-Recipient: rfc822;{address}
Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--grens
Content-Type: {returned}

From: Signaalkaart <{sender}>
To: {address}
Message-ID: <{number}@gemeente.example>
Subject: Signaalkaart: er is iets voor je

--grens--
"""


def dsn(number: str = NUMBER, **changes: str) -> bytes:
    fields = {
        "sender": SENDER,
        "address": ADDRESS,
        "action": "failed",
        "status": "5.1.1",
        "said": "550 5.1.1 <bo@school.example>: Recipient address rejected",
        "returned": "message/rfc822",
        **changes,
    }
    return FAILED.format(number=number, **fields).replace("\n", "\r\n").encode()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_says_which_letter_did_not_arrive_where_and_why(returned: str) -> None:
    [*reports] = bounces.read(dsn(returned=returned))
    assert set(reports) == {bounces.Report(NUMBER, ADDRESS, 550)}


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        ("5.2.2", "552 5.2.2 Mailbox full", 552),
        ("4.4.7", "421 try again later", 421),
        ("5.4.4", "unknown host", 550),
        ("4.4.7", "delivery time expired", 450),
        ("zomaar", "", 550),
    ],
)
def test_the_code_is_that_of_the_other_server_or_what_comes_closest(
    status: str, said: str, code: int
) -> None:
    assert {one.status for one in bounces.read(dsn(status=status, said=said))} == {code}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe geen bericht",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nzonder delen",
        b"Subject: Afwezig\r\n\r\nIk ben er niet. Message-ID: <" + NUMBER.encode() + b"@x.nl>",
        dsn().replace(b"report-type=delivery-status", b"report-type=disposition-notification"),
        dsn().replace(b"Message-ID", b"X-Other"),
        dsn().replace(NUMBER.encode(), b"1@2.3"),
        dsn().replace(b"rfc822;", b"x400;"),
        dsn(action="delayed"),
        dsn(action="delivered"),
        dsn()[:500],
        dsn().replace(b"grens", b"\xff\xff", 1),
        dsn(address="=?utf-8?q?=00?="),
    ],
)
def test_what_is_garbled_or_says_something_else_is_no_report(raw: bytes) -> None:
    assert list(bounces.read(raw)) == []


def test_what_was_encoded_on_its_way_is_the_address_again() -> None:
    plus = dsn(address="bo+test@school.example").replace(b"rfc822;bo+", b"rfc822;bo+2B")
    assert {one.address for one in bounces.read(plus)} == {"bo+test@school.example"}


@pytest.fixture
def mails(app: Flask) -> Iterator[MailServer]:
    with running(MailServer()) as mails:
        config = dataclasses.replace(app.config["SIGNAALKAART"], smtp=mails.smtp)
        app.config["SIGNAALKAART"] = config
        yield mails


def letter_to(phone: Phone, mails: MailServer) -> str:
    """Send somebody a letter, and return its number."""
    confirm(phone, mails)
    choose(phone, answers="mail")
    tell(phone.person)
    post(mails)
    [(to, letter)] = mails.letters
    assert to == ADDRESS
    return str(letter["Message-ID"])[1:33]


def refused(beheerder: Phone) -> list[tuple[str, int]]:
    items = beheerder.get("/notifications/mail-refusals").json["items"]
    return [(item["person"], item["status"]) for item in items]


@pytest.mark.thorough
def test_who_does_not_get_mail_is_shown_and_their_phone_is_told_once(
    phone: Phone, pushes: PushService, mails: MailServer, sender: Sender, beheerder: Phone
) -> None:
    number = letter_to(phone, mails)
    browser = turn_on(phone, pushes)
    back = dsn(number, address="Bo@School.Example")
    assert [bounces.take(back), bounces.take(back)] == [bounces.REFUSED, bounces.KNOWN]
    assert refused(beheerder) == [(phone.person, 550)]
    bring(sender)
    assert len(pushes.received_by(browser)) == 1
    tell(phone.person, tag="b")
    post(mails)
    assert len(mails.letters) == 1


@pytest.mark.thorough
def test_a_forged_report_shuts_nobody_off(
    phone: Phone, mails: MailServer, beheerder: Phone
) -> None:
    number = letter_to(phone, mails)
    # Who knows an address does not know the number of a letter to it; nor does a number shut off
    # another address than the one it went to.
    for forged in (dsn(), dsn(number, address="ander@school.example")):
        assert bounces.take(forged) == bounces.NOT_OURS
    assert bounces.take(dsn(number, action="delayed")) == bounces.NOT_FAILED
    assert bounces.take(b"Subject: hallo\r\n\r\nhallo") == bounces.NO_REPORT
    assert refused(beheerder) == []
    # Of somebody who has another address by now the old one says nothing.
    db.session.execute(sa.delete(MailAddress))
    db.session.commit()
    assert bounces.take(dsn(number)) == bounces.NOT_OURS


@pytest.mark.thorough
def test_a_mail_server_hands_it_to_a_command_that_never_sends_anything_back(
    phone: Phone, mails: MailServer, beheerder: Phone, environ: dict[str, str]
) -> None:
    number = letter_to(phone, mails)
    db.session.commit()

    def pipe(raw: bytes) -> Any:
        words = [str(cli.ROOT / ".venv" / "bin" / "signaalkaart"), "bounce"]
        return subprocess.run(
            words, input=raw, env=environ, cwd=cli.ROOT, capture_output=True, check=False
        )

    done = pipe(dsn(number))
    assert (done.returncode, done.stdout.decode()) == (
        0,
        "Dit adres staat nu bij wie geen mail krijgt.\n",
    )
    assert ADDRESS.encode() not in done.stdout + done.stderr
    assert refused(beheerder) == [(phone.person, 550)]
    nothing = pipe(io.BytesIO(b"\xff\x00").read())
    assert nothing.returncode == 0
    assert b"Er is niets veranderd" in nothing.stdout
