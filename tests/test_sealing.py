"""The envelope: what it keeps closed, what it lets through, and that others speak it too."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey, KEMKeyPair

from server import sealing
from server.sealing import BrokenSeal, NotAnEnvelope, NotBase64, SealKey, TooLarge

ITEM = "0b9f6a1e-6a53-4a6e-9d3c-0f8a4f7b2c11"
PERSON = "5d0c4a52-2f0e-4a9e-8a55-64c1f3a7e9d0"
PLACE = ("observation", ITEM, PERSON)
PYHPKE = CipherSuite.new(KEMId.DHKEM_P256_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES128_GCM)

# RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode.
RFC_INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
RFC_PLAINTEXT = bytes.fromhex("4265617574792069732074727574682c20747275746820626561757479")
RFC_SENDER = "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb"
RFC_RECIPIENT = "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2"
RFC_RECIPIENT_POINT = bytes.fromhex(
    "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f70"
    "6a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0"
)
RFC_ENC = bytes.fromhex(
    "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b32"
    "5ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4"
)
RFC_ENCRYPTIONS = [  # associated data and ciphertext of sequence numbers 0, 1 and 2
    (
        b"Count-0",
        "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434",
    ),
    (
        b"Count-1",
        "fa6f037b47fc21826b610172ca9637e82d6e5801eb31cbd3748271affd4ecb06646e0329cbdf3c3cd655b28e82",
    ),
    (
        b"Count-2",
        "895cabfac50ce6c6eb02ffe6c048bf53b7f7be9a91fc559402cbc5b8dcaeb52b2ccc93e466c28fb55fed7a7fec",
    ),
]
RFC_EXPORT = "5e9bc3d236e1911d95e65b576a8a86d478fb827e8bdfe77b741b289890490d4d"


@pytest.fixture(scope="module")
def private_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def key(private_key: ec.EllipticCurvePrivateKey) -> SealKey:
    return SealKey("2026-11-3f9c", point(private_key))


def point(private_key: ec.EllipticCurvePrivateKey) -> bytes:
    return private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def scalar(hexadecimal: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int(hexadecimal, 16), ec.SECP256R1())


def opened(sealed: str, private_key: ec.EllipticCurvePrivateKey, *place: str) -> dict:
    return sealing.open_envelope(sealing.parse(sealed), private_key, *(place or PLACE))


def enveloped(plaintext: bytes, key: SealKey) -> str:
    """Seal bytes that the server itself would never seal, with another implementation."""
    info = "|".join(("signaalkaart/1", *PLACE)).encode()
    public_key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key.public_key)
    enc, context = PYHPKE.create_sender_context(KEMKey.from_pyca_cryptography_key(public_key), info)
    head = bytes([1, len(key.id)]) + key.id.encode()
    return base64.b64encode(head + enc + context.seal(plaintext)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "Fatbike zonder kenteken, steeds dezelfde hoek.",
        "👩🏽‍🚒 ‮ التقطت Ünïcode ﬁ 漢字",
        "nul\x00, bel\x07, regel\r\n\ttab, wis\x7f, \u2028 en \ufeff",
        "halve emoji: \ud83d en \udc4d",
        'aanhaling " en schuine streep \\ en \\ud83d',
        "   spaties eromheen   ",
        "",
    ],
)
def test_text_comes_back_exactly_as_it_was_sealed(text, key, private_key):
    value = {"v": 1, "what": text, "persons": [{"name": text}]}
    assert opened(sealing.seal(key, *PLACE, value), private_key) == value


def test_an_envelope_names_version_key_and_one_time_point(key):
    raw = base64.b64decode(sealing.seal(key, *PLACE, {"v": 1}), validate=True)
    assert raw[:14] == b"\x01\x0c2026-11-3f9c"
    assert raw[14] == 4
    assert len(raw) == 14 + 65 + 256 + 16
    envelope = sealing.parse(base64.b64encode(raw).decode())
    assert (envelope.version, envelope.key_id) == (1, "2026-11-3f9c")
    assert (envelope.enc, envelope.ciphertext) == (raw[14:79], raw[79:])


def test_the_same_text_is_never_sealed_the_same_way_twice(key):
    assert sealing.seal(key, *PLACE, {"v": 1}) != sealing.seal(key, *PLACE, {"v": 1})


@pytest.mark.parametrize(
    "place",
    [
        ("addition", ITEM, PERSON),
        ("observation", PERSON, PERSON),
        ("observation", ITEM, ITEM),
        ("observation", f"{ITEM}|{PERSON}", ""),
        ("observation", ITEM, "\ud83d"),
    ],
)
def test_an_envelope_moved_to_another_place_does_not_open(place, key, private_key):
    sealed = sealing.seal(key, *PLACE, {"v": 1})
    with pytest.raises(BrokenSeal):
        opened(sealed, private_key, *place)


def test_nothing_is_sealed_to_an_ambiguous_place(key):
    with pytest.raises(ValueError, match="cannot hold"):
        sealing.seal(key, "observation", f"{ITEM}|{PERSON}", "", {"v": 1})


def test_another_key_does_not_open_it(key):
    sealed = sealing.seal(key, *PLACE, {"v": 1})
    with pytest.raises(BrokenSeal):
        opened(sealed, ec.generate_private_key(ec.SECP256R1()))


@pytest.mark.parametrize("at", [14, 15, 78, 79, 200, -17, -1])
def test_one_flipped_bit_breaks_the_seal(at, key, private_key):
    raw = bytearray(base64.b64decode(sealing.seal(key, *PLACE, {"v": 1})))
    raw[at] ^= 1
    with pytest.raises(BrokenSeal):
        opened(base64.b64encode(raw).decode(), private_key)


@pytest.mark.parametrize(
    "plaintext",
    [
        b"",
        b"[]",
        b'"tekst"',
        b'{"v":1',
        b'{"v":"\xff"}',
        b"[" * 12000,
        b'{"v":' + b"9" * 10000 + b"}",
        '{"v":1}'.encode("utf-16"),
    ],
)
def test_what_is_no_json_object_counts_as_a_broken_seal(plaintext, key, private_key):
    with pytest.raises(BrokenSeal):
        opened(enveloped(plaintext, key), private_key)


def test_padding_hides_how_much_was_written(key):
    lengths = {len(sealing.seal(key, *PLACE, {"text": "x" * n})) for n in (0, 1, 100, 245)}
    assert len(lengths) == 1
    assert len(sealing.seal(key, *PLACE, {"text": "x" * 246})) > lengths.pop()


def test_the_largest_text_fits_the_limit_and_one_more_does_not(private_key):
    key = SealKey("k" * 64, point(private_key))
    room = sealing.PLAINTEXT_LIMIT - len('{"text":""}')
    sealed = sealing.seal(key, *PLACE, {"text": "x" * room})
    assert len(sealed) <= sealing.SEALED_LIMIT
    assert opened(sealed, private_key) == {"text": "x" * room}
    with pytest.raises(TooLarge):
        sealing.seal(key, *PLACE, {"text": "x" * (room + 1)})


def test_what_is_over_16384_characters_is_too_large():
    with pytest.raises(NotAnEnvelope):
        sealing.parse("A" * 16384)
    with pytest.raises(TooLarge):
        sealing.parse("A" * 16388)


@pytest.mark.parametrize("text", ["geen base64!", "AQw", "AQw=\n", "AQ-_", "AQ==AQ==", "été", "="])
def test_what_is_no_base64_is_told_apart(text):
    with pytest.raises(NotBase64):
        sealing.parse(text)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x01",
        b"\x02\x0c2026-11-3f9c" + b"\x04" * 400,
        b"\x01\x00" + b"\x04" * 400,
        b"\x01\x0c2026-11-3f9c" + b"\x04" * 80,
        b"\x01\x0c2026-11-3F9C" + b"\x04" * 400,
        b"\x01\x0c2026-11-3f9\xb2" + b"\x04" * 400,
        b"\x01\xff2026-11-3f9c",
    ],
)
def test_base64_that_is_no_envelope_is_told_apart(raw):
    with pytest.raises(NotAnEnvelope):
        sealing.parse(base64.b64encode(raw).decode())


def test_the_published_key_is_a_point_in_standard_base64(key):
    assert key.published() == {
        "id": "2026-11-3f9c",
        "public_key": base64.b64encode(key.public_key).decode(),
    }


def test_another_implementation_opens_what_we_seal(key, private_key):
    value = {"v": 1, "what": "Bij de snackbar, één scooter"}
    envelope = sealing.parse(sealing.seal(key, *PLACE, value))
    context = PYHPKE.create_recipient_context(
        envelope.enc,
        KEMKey.from_pyca_cryptography_key(private_key),
        f"signaalkaart/1|observation|{ITEM}|{PERSON}".encode(),
    )
    plaintext = context.open(envelope.ciphertext)
    assert json.loads(plaintext) == value
    assert len(plaintext) == 256
    assert plaintext == plaintext.rstrip(b" ").ljust(256)


def test_we_open_what_another_implementation_seals(key, private_key):
    plaintext = '{"v":1,"text":"één"}'.encode().ljust(256)
    assert opened(enveloped(plaintext, key), private_key) == {"v": 1, "text": "één"}


def test_the_other_implementation_reproduces_the_vectors_of_rfc_9180():
    sender = scalar(RFC_SENDER)
    pair = KEMKeyPair(
        KEMKey.from_pyca_cryptography_key(sender),
        KEMKey.from_pyca_cryptography_key(sender.public_key()),
    )
    recipient = scalar(RFC_RECIPIENT)
    assert point(recipient) == RFC_RECIPIENT_POINT
    enc, sending = PYHPKE.create_sender_context(
        KEMKey.from_pyca_cryptography_key(recipient.public_key()), RFC_INFO, eks=pair
    )
    receiving = PYHPKE.create_recipient_context(
        RFC_ENC, KEMKey.from_pyca_cryptography_key(recipient), RFC_INFO
    )
    assert enc == RFC_ENC
    for associated, ciphertext in RFC_ENCRYPTIONS:
        assert sending.seal(RFC_PLAINTEXT, associated).hex() == ciphertext
        assert receiving.open(bytes.fromhex(ciphertext), associated) == RFC_PLAINTEXT
    assert receiving.export(b"", 32).hex() == RFC_EXPORT


def test_the_suite_we_ship_opens_the_vector_of_rfc_9180():
    # The vectors carry associated data, which only this private door of the library takes.
    associated, ciphertext = RFC_ENCRYPTIONS[0]
    plaintext = openssl.hpke._decrypt_with_aad(
        sealing._SUITE,
        RFC_ENC + bytes.fromhex(ciphertext),
        scalar(RFC_RECIPIENT),
        RFC_INFO,
        associated,
    )
    assert plaintext == RFC_PLAINTEXT


def test_we_open_an_envelope_made_with_the_keys_of_rfc_9180():
    sender = scalar(RFC_SENDER)
    pair = KEMKeyPair(
        KEMKey.from_pyca_cryptography_key(sender),
        KEMKey.from_pyca_cryptography_key(sender.public_key()),
    )
    recipient = scalar(RFC_RECIPIENT)
    info = "|".join(("signaalkaart/1", *PLACE)).encode()
    enc, context = PYHPKE.create_sender_context(
        KEMKey.from_pyca_cryptography_key(recipient.public_key()), info, eks=pair
    )
    assert enc == RFC_ENC
    envelope = sealing.Envelope(1, "rfc", enc, context.seal(b'{"v":1}'))
    assert sealing.open_envelope(envelope, recipient, *PLACE) == {"v": 1}
