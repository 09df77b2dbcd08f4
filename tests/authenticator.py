"""A passkey in software: what a phone's own would answer, and what a thief's would."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url as b64

from tests.factories import Phone

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One passkey. The fields are what a test changes to be up to no good."""

    origin: str = "http://localhost:8000"
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    counter: int = 0
    user: str = ""
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer ``navigator.credentials.create``."""
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + cbor2.dumps(cose)
        data = self._data(self.flags | ATTESTED) + attested
        return self._answer(
            clientDataJSON=b64(self._said("webauthn.create", options["challenge"])),
            attestationObject=b64(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer ``navigator.credentials.get``."""
        data = self._data(self.flags)
        said = self._said("webauthn.get", options["challenge"])
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        more = {"userHandle": b64(self.user.encode())} if self.user else {}
        return self._answer(
            clientDataJSON=b64(said), authenticatorData=b64(data), signature=b64(signed), **more
        )

    def _data(self, flags: int) -> bytes:
        return (
            hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4)
        )

    def _said(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _answer(self, **response: str) -> dict[str, Any]:
        return {
            "id": b64(self.id),
            "rawId": b64(self.id),
            "type": "public-key",
            "response": response,
        }


def add_passkey(phone: Phone, **more: Any) -> Authenticator:
    """Set up a passkey on a phone that somebody just came in on."""
    passkey = Authenticator(user=phone.person, **more)
    options = phone.post("/passkeys/questions", {}).json["options"]
    answer = phone.post("/passkeys", {"credential": passkey.create(options)})
    assert answer.status_code == 201, answer.json
    return passkey


def confirm(phone: Phone, passkey: Authenticator) -> None:
    """Show again that it is this person."""
    passkey.counter += bool(passkey.counter)
    options = phone.post("/session/questions", {}).json["options"]
    answer = phone.post("/session/confirmations", {"credential": passkey.get(options)})
    assert answer.status_code == 201, answer.json
