"""What goes over the wire to a push service: checked on the bytes, with other people's code."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from server.notify import push
from server.notify.push import Destination, Outcome, Result, Sender
from tests.push_service import Answer, Browser, PushService, Received, encode

MESSAGE = {"kind": "feedback", "tag": "feedback-1", "url": "/#/mijn/1"}
KEY = ec.generate_private_key(ec.SECP256R1())
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
PUBLIC = encode(KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def sender(service: PushService) -> Sender:
    return Sender(PEM, "beheer@gemeente.example", test_origin=service.origin, patience=0.5)


def destination(browser: Browser) -> Destination:
    keys = browser.to_json()["keys"]
    return Destination(browser.endpoint, keys["p256dh"], keys["auth"])


def send(sender: Sender, browser: Browser, **changes: object) -> Result:
    more = {"tag": "feedback-1", "ttl": timedelta(hours=24), **changes}
    return sender.send(destination(browser), MESSAGE, **more)  # type: ignore[arg-type]


def sent(service: PushService, sender: Sender, **changes: object) -> tuple[Browser, Received]:
    browser = service.subscribe()
    assert send(sender, browser, **changes) == Result(Outcome.ACCEPTED, 201)
    return browser, service.received[-1]


def test_another_implementation_opens_the_message(service: PushService, sender: Sender) -> None:
    browser, message = sent(service, sender)
    assert json.loads(browser.open(message.body)) == MESSAGE


def test_the_body_is_one_record_with_the_servers_key_in_its_header(
    service: PushService, sender: Sender
) -> None:
    _, message = sent(service, sender)
    record_size = int.from_bytes(message.body[16:20], "big")
    assert message.body[20] == 65
    assert message.body[21] == 4
    assert len(message.body) - 86 <= record_size == 4096
    assert message.headers["content-encoding"] == "aes128gcm"


def test_every_message_has_the_same_length(service: PushService, sender: Sender) -> None:
    browser = service.subscribe()
    for tag in ("a", "a-much-longer-tag-than-that"):
        message = {"kind": "test", "tag": tag, "url": "/#/mijn"}
        sender.send(destination(browser), message, tag=tag, ttl=timedelta(hours=1))
    assert {len(message.body) for message in service.received} == {86 + push.FILLED + 17}
    assert [message["tag"] for message in service.received_by(browser)] == [
        "a",
        "a-much-longer-tag-than-that",
    ]


def test_no_two_messages_share_a_salt_or_a_key(service: PushService, sender: Sender) -> None:
    browser = service.subscribe()
    for _ in range(3):
        send(sender, browser)
    assert len({message.body[:86] for message in service.received}) == 3


def test_the_largest_message_fits_the_largest_body() -> None:
    assert len(push.fill({"kind": "x" * (push.LARGEST - 11)})) == push.LARGEST
    with pytest.raises(push.UnfitError):
        push.fill({"kind": "x" * (push.LARGEST - 10)})


def test_the_largest_message_is_accepted(service: PushService, sender: Sender) -> None:
    browser = service.subscribe()
    message = {"kind": "x" * (push.LARGEST - 11)}
    result = sender.send(destination(browser), message, tag="a", ttl=timedelta(hours=1))
    assert result == Result(Outcome.ACCEPTED, 201)
    assert len(service.received[0].body) == 4096


def test_the_token_is_signed_for_this_service_with_its_port(
    service: PushService, sender: Sender
) -> None:
    _, message = sent(service, sender)
    claims = message.claims()
    assert claims["aud"] == service.origin
    assert claims["aud"].rpartition(":")[2].isdigit()
    assert claims["sub"] == "mailto:beheer@gemeente.example"
    assert claims["k"] == PUBLIC
    assert 0 < claims["exp"] - time.time() <= 24 * 60 * 60


@pytest.mark.parametrize(
    ("endpoint", "origin"),
    [
        ("https://push.example:8443/x", "https://push.example:8443"),
        ("https://push.example:443/x", "https://push.example"),
        ("https://PUSH.example/x", "https://push.example"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(endpoint: str, origin: str) -> None:
    assert push.origin_of(endpoint) == origin


def test_lifetime_urgency_and_topic_go_along(service: PushService, sender: Sender) -> None:
    _, message = sent(service, sender, ttl=timedelta(minutes=5), urgency="high")
    assert message.headers["ttl"] == "300"
    assert message.headers["urgency"] == "high"
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", message.headers["topic"])


def test_the_lifetime_of_one_message_does_not_stay_for_the_next(
    service: PushService, sender: Sender
) -> None:
    lifetimes = [
        sent(service, sender, ttl=timedelta(seconds=seconds))[1].headers["ttl"]
        for seconds in (86400, 0, 60)
    ]
    assert lifetimes == ["86400", "0", "60"]


def test_a_topic_is_the_same_for_one_phone_and_tag_and_differs_for_two(
    service: PushService,
) -> None:
    one, two = destination(service.subscribe()), destination(service.subscribe())
    assert push.topic_of(one, "a") == push.topic_of(one, "a")
    assert len({push.topic_of(one, "a"), push.topic_of(one, "b"), push.topic_of(two, "a")}) == 3


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.ACCEPTED),
        (201, Outcome.ACCEPTED),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (408, Outcome.LATER),
        (429, Outcome.LATER),
        (500, Outcome.LATER),
        (503, Outcome.LATER),
        (400, Outcome.BROKEN),
        (401, Outcome.BROKEN),
        (403, Outcome.BROKEN),
        (413, Outcome.BROKEN),
    ],
)
def test_what_the_service_says_decides_what_happens_next(
    service: PushService, sender: Sender, status: int, outcome: Outcome
) -> None:
    service.answers.append(Answer(status))
    assert send(sender, service.subscribe()) == Result(outcome, status)


def test_a_service_may_say_how_long_to_wait(service: PushService, sender: Sender) -> None:
    at = datetime.now(UTC) + timedelta(minutes=10)
    for value in ("120", at.strftime("%a, %d %b %Y %H:%M:%S GMT"), "soon"):
        service.answers.append(Answer(429, {"Retry-After": value}))
    seconds, date, nonsense = (send(sender, service.subscribe()).retry_after for _ in range(3))
    assert seconds == timedelta(minutes=2)
    assert date is not None
    assert timedelta(minutes=9) < date <= timedelta(minutes=10)
    assert nonsense is None


def test_a_service_that_keeps_silent_is_left_in_time(service: PushService, sender: Sender) -> None:
    service.answers.append(Answer(201, before=lambda: time.sleep(1)))
    start = time.perf_counter()
    assert send(sender, service.subscribe()) == Result(Outcome.LATER)
    assert time.perf_counter() - start < 0.9


def test_a_service_that_is_not_there_is_tried_later(sender: Sender) -> None:
    with PushService() as closed:
        browser = closed.subscribe()
    there = Sender(PEM, "beheer@gemeente.example", test_origin=closed.origin)
    assert send(there, browser) == Result(Outcome.LATER)


def test_a_redirect_is_not_followed(service: PushService, sender: Sender) -> None:
    other = service.subscribe()
    service.answers.append(Answer(307, {"Location": other.endpoint}))
    assert send(sender, service.subscribe()) == Result(Outcome.BROKEN, 307)
    assert service.asked == 1
