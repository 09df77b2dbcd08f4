"""Nobody can use the sender of push messages to reach where they should not, or to hold it up."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from server import outbound
from server.notify import push
from server.notify.push import Destination, Outcome, Result, Sender, UnfitError
from tests.push_service import Browser, PushService, encode

KEY = ec.generate_private_key(ec.SECP256R1())
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
GOOD = Browser("https://push.example/x")
HOST = "push.example"


def destination(endpoint: str = GOOD.endpoint, **keys: str) -> Destination:
    return Destination(endpoint, **{**GOOD.to_json()["keys"], **keys})


def send(endpoint: str, **options: object) -> Result:
    sender = Sender(PEM, "beheer@gemeente.example", **options)  # type: ignore[arg-type]
    message = {"kind": "test", "tag": "test", "url": "/#/instellingen"}
    return sender.send(destination(endpoint), message, tag="test", ttl=timedelta(hours=1))


def answering(*addresses: str) -> outbound.Resolve:
    return lambda _host, _port: list(addresses)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/x",
        "ftp://push.example/x",
        "//push.example/x",
        "https:///x",
        "https://push.example:99999/x",
        "https://somebody@push.example/x",
        "https://push.example/x#part",
        "https://push.example/a b",
        "https://push.example/\x00",
        "https://push.exämple/x",
        "https://localhost/x",
        "https://db.internal/x",
        "https://printer.local/x",
        "https://intranet/x",
        "https://127.0.0.1/x",
        "https://10.0.0.5/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.5]/x",
        "https://[64:ff9b::a00:5]/x",
        "https://[fd00::1]/x",
        "https://push.example/" + "x" * 1000,
    ],
)
def test_an_endpoint_that_is_no_push_service_is_refused(endpoint: str) -> None:
    with pytest.raises(UnfitError, match="endpoint"):
        push.check(destination(endpoint))
    assert send(endpoint, resolve=answering("93.184.215.14")) == Result(Outcome.BROKEN)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("auth", encode(b"x" * 15)),
        ("auth", encode(b"x" * 17)),
        ("auth", ""),
        ("auth", "++++++++++++++++++++++=="),
        ("p256dh", encode(b"\x04" + b"x" * 63)),
        ("p256dh", encode(b"\x02" + b"x" * 32)),
        ("p256dh", encode(b"\x04" + b"x" * 64)),
        ("p256dh", "A"),
    ],
)
def test_keys_that_no_browser_makes_are_refused(field: str, value: str) -> None:
    with pytest.raises(UnfitError, match=field):
        push.check(destination(**{field: value}))


def test_a_real_subscription_passes() -> None:
    push.check(destination())
    push.check(destination(auth=encode(GOOD.auth) + "=="))


def test_only_the_origin_for_tests_may_be_plain_and_near() -> None:
    push.check(destination("http://127.0.0.1:8123/x"), "http://127.0.0.1:8123")
    with pytest.raises(UnfitError):
        push.check(destination("http://127.0.0.1:8124/x"), "http://127.0.0.1:8123")


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
    ],
)
def test_a_name_that_leads_inside_is_never_connected_to(address: str) -> None:
    assert not outbound.is_public(address)
    assert send("https://push.example/x", resolve=answering(address)) == Result(Outcome.BROKEN)


def test_one_address_inside_among_others_is_enough_to_refuse() -> None:
    mixed = answering("93.184.215.14", "10.0.0.5")
    assert send("https://push.example/x", resolve=mixed) == Result(Outcome.BROKEN)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_on_the_internet_are_public(address: str) -> None:
    assert outbound.is_public(address)


def test_a_name_that_is_not_known_now_is_tried_later() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    assert send("https://push.example/x", resolve=unknown) == Result(Outcome.LATER)


def test_a_message_that_does_not_fit_is_not_sent() -> None:
    with PushService() as service:
        sender = Sender(PEM, "beheer@gemeente.example", test_origin=service.origin)
        message = {"kind": "x" * push.LARGEST}
        result = sender.send(
            destination(f"{service.origin}/x"), message, tag="test", ttl=timedelta(hours=1)
        )
        assert result == Result(Outcome.BROKEN)
        assert service.asked == 0


@pytest.fixture
def trickle() -> Iterator[str]:
    """A service that answers one byte at a time and never comes to an end."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 201 ")
            while not done.wait(0.05):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=answer)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    done.set()
    thread.join()
    listener.close()


def test_a_service_that_trickles_does_not_hold_the_sender_up(trickle: str) -> None:
    start = time.perf_counter()
    result = send(f"{trickle}/x", test_origin=trickle, patience=0.3)
    assert result == Result(Outcome.LATER)
    assert time.perf_counter() - start < 0.8


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A certificate for push.example that signs itself, with its key."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(KEY, SHA256())
    )
    path = tmp_path / "authority.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM) + PEM)
    return path


@pytest.fixture
def secure_port(authority: Path) -> Iterator[int]:
    """A push service behind TLS, as push.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def answer() -> None:
        try:
            connection, _ = listener.accept()
            with context.wrap_socket(connection, server_side=True) as secure:
                received = b""
                while not received.endswith(b"\x00") and len(received) < 700:
                    received += secure.recv(4096)
                secure.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
        except OSError:
            return

    thread = threading.Thread(target=answer)
    thread.start()
    yield int(listener.getsockname()[1])
    thread.join()
    listener.close()


@pytest.mark.parametrize(
    ("host", "expected"),
    [(HOST, Result(Outcome.ACCEPTED, 201)), ("other.example", Result(Outcome.LATER))],
)
def test_the_checked_address_must_prove_the_name_of_the_endpoint(
    monkeypatch: pytest.MonkeyPatch, authority: Path, secure_port: int, host: str, expected: Result
) -> None:
    monkeypatch.setattr(outbound, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(outbound, "may_be_public", lambda _host: True)
    trust = ssl.create_default_context(cafile=str(authority))
    endpoint = f"https://{host}:{secure_port}/x"
    assert send(endpoint, resolve=answering("127.0.0.1"), tls=trust) == expected
