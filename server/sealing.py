"""Seals what is written about people and opens it again: one envelope for phone and server.

``sealed`` is standard base64 (with padding) of, in this order:

    1 byte     version, 1
    1 byte     n, the length of the key id
    n bytes    key id, ASCII, such as ``2026-11-3f9c``
    65 bytes   enc, the sender's one-time P-256 point, uncompressed
    the rest   ciphertext, with 16 bytes of tag at the end

It is HPKE (RFC 9180), base mode, single shot: DHKEM(P-256, HKDF-SHA256) 0x0010, HKDF-SHA256 0x0001,
AES-128-GCM 0x0001, with empty associated data. The plaintext is a JSON object in UTF-8, padded at
the end with spaces to a multiple of 256 bytes, so that its length tells little.

``info`` is ``signaalkaart/1|<kind>|<item id>|<person id>`` in UTF-8. It binds an envelope to one
item of one author: moved to another kind, item or person it does not open. Base mode proves no
sender; the device's delivery key and the person's session do.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

VERSION = 1
SEALED_LIMIT = 16384  # characters of base64
PLAINTEXT_LIMIT = 12032  # bytes after padding; with any key id we make this fits SEALED_LIMIT
PAD = 256  # bytes
POINT = 65  # bytes of an uncompressed P-256 point
TAG = 16  # bytes AES-GCM adds

_KEY_ID = re.compile(r"[0-9a-z-]{1,64}", re.ASCII)
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


class SealError(Exception):
    """Something about an envelope is not right; the subclass says what."""


class NotBase64(SealError):  # noqa: N818
    """The text is not standard base64, so it cannot be stored at all."""


class TooLarge(SealError):  # noqa: N818
    """The envelope is, or would become, longer than SEALED_LIMIT characters."""


class NotAnEnvelope(SealError):  # noqa: N818
    """It is base64, but not an envelope of a version this server knows."""


class BrokenSeal(SealError):  # noqa: N818
    """The envelope does not open: damaged, moved to another item or person, or another key's."""


@dataclass(frozen=True)
class SealKey:
    """The public half of a period's key; ``public_key`` is the 65-byte uncompressed point."""

    id: str
    public_key: bytes

    def published(self) -> dict[str, str]:
        """Return the shape phones receive: ``{id, public_key}``, the point in standard base64."""
        return {"id": self.id, "public_key": base64.b64encode(self.public_key).decode()}


@dataclass(frozen=True)
class Envelope:
    """The parts of an envelope: ``enc`` is 65 bytes, ``ciphertext`` ends with its tag."""

    version: int
    key_id: str
    enc: bytes
    ciphertext: bytes


def seal(key: SealKey, kind: str, item_id: str, person_id: str, value: Mapping[str, Any]) -> str:
    """Seal a value so that it opens only with the private key, and only at its own place.

    ``value`` must be what JSON can hold. Raises TooLarge when it is over PLAINTEXT_LIMIT bytes.
    Source: RFC 9180, section 6.1 (SealBase).
    """
    public_key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key.public_key)
    info = _info(kind, item_id, person_id)
    enc_and_ciphertext = _SUITE.encrypt(_pad(value), public_key, info)
    key_id = key.id.encode("ascii")
    return base64.b64encode(bytes([VERSION, len(key_id)]) + key_id + enc_and_ciphertext).decode()


def parse(sealed: str) -> Envelope:
    """Take an envelope apart without opening it.

    Raises NotBase64 or TooLarge for what cannot be stored at all, and NotAnEnvelope for base64
    that no key can ever open.
    """
    if len(sealed) > SEALED_LIMIT:
        raise TooLarge
    try:
        raw = base64.b64decode(sealed, validate=True)
    except ValueError as error:
        raise NotBase64 from error
    if len(raw) < 2 or raw[0] != VERSION:
        raise NotAnEnvelope
    key_id, rest = raw[2 : 2 + raw[1]].decode("latin-1"), raw[2 + raw[1] :]
    if not _KEY_ID.fullmatch(key_id) or len(rest) < POINT + TAG:
        raise NotAnEnvelope
    return Envelope(raw[0], key_id, rest[:POINT], rest[POINT:])


def open_envelope(
    envelope: Envelope,
    private_key: EllipticCurvePrivateKey,
    kind: str,
    item_id: str,
    person_id: str,
) -> dict[str, Any]:
    """Open an envelope at the place it was sealed for; anything else is a broken seal.

    Returns the JSON object that was sealed. Its contents come from a phone and are as yet
    unchecked. Raises BrokenSeal. Source: RFC 9180, section 6.1 (OpenBase).
    """
    try:
        info = _info(kind, item_id, person_id)
        plaintext = _SUITE.decrypt(envelope.enc + envelope.ciphertext, private_key, info)
        value = json.loads(plaintext.decode("utf-8"))
    # Thousands of nested brackets fit in an envelope and exhaust the reader's stack.
    except (InvalidTag, ValueError, RecursionError) as error:
        raise BrokenSeal from error
    if not isinstance(value, dict):
        raise BrokenSeal
    return value


def _info(kind: str, item_id: str, person_id: str) -> bytes:
    parts = (kind, item_id, person_id)
    # With a separator inside a part two places would share one info.
    if any("|" in part for part in parts):
        raise ValueError("kind, item id and person id cannot hold a |")
    return "|".join((f"signaalkaart/{VERSION}", *parts)).encode("utf-8")


def _pad(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Half an emoji has no UTF-8; this writes it as the \udXXX that JSON has for it.
    plaintext = text.encode("utf-8", "backslashreplace")
    plaintext += b" " * (-len(plaintext) % PAD)
    if len(plaintext) > PLAINTEXT_LIMIT:
        raise TooLarge
    return plaintext
