"""Key pairs of which there is one for as long as the ring lives: for push, and to sign the log."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import NamedTuple

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from server.db import now, reading
from server.keyring.master import KeyRingError, MasterKey
from server.keyring.store import add, audit_pair, vapid_pair


class _Pair(NamedTuple):
    public: bytes
    wrapped: bytes


class Pairs:
    """The pairs on one ring; each is made at its first use, by whichever process is first."""

    def __init__(self, engine: sa.Engine, master_key: MasterKey) -> None:
        self._engine = engine
        self._master_key = master_key
        self._vapid: tuple[bytes, str] | None = None
        self._audit: Ed25519PrivateKey | None = None

    def vapid(self) -> tuple[bytes, str]:
        """Return the push pair: private key (PEM), public point (base64url, bare)."""
        if self._vapid is None:
            row = self._row(vapid_pair, "vapid", _new_vapid)
            private_key = load_point_key(self._master_key.unwrap("vapid", "vapid", row.wrapped))
            pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            self._vapid = (pem, base64.urlsafe_b64encode(row.public).rstrip(b"=").decode())
        return self._vapid

    def sign(self, statement: bytes) -> bytes:
        """Return the signature (Ed25519) of this installation under a statement about its log."""
        return self._audit_key().sign(statement)

    def is_signed(self, signature: bytes, statement: bytes) -> bool:
        """Say whether a signature is this installation's, under exactly this statement."""
        try:
            self._audit_key().public_key().verify(signature, statement)
        except InvalidSignature:
            return False
        return True

    def _audit_key(self) -> Ed25519PrivateKey:
        if self._audit is None:
            row = self._row(audit_pair, "audit", _new_audit)
            der = self._master_key.unwrap("audit", "audit", row.wrapped)
            private_key = load_der_private_key(der, password=None)
            if not isinstance(private_key, Ed25519PrivateKey):
                raise KeyRingError("In de sleutelring ligt een sleutel van een andere soort.")
            self._audit = private_key
        return self._audit

    def _row(self, table: sa.Table, name: str, make: Callable[[], tuple[bytes, bytes]]) -> _Pair:
        """Return public and wrapped private half, made first when there are none."""
        query = sa.select(table.c.public_key, table.c.wrapped_private).where(table.c.id == name)
        with reading(), self._engine.begin() as connection:
            row = connection.execute(query).first()
        if row is not None:
            return _Pair(*row)
        public_key, der = make()
        wrapped = self._master_key.wrap(name, name, der)
        with self._engine.begin() as connection:
            add(
                connection,
                table,
                id=name,
                public_key=public_key,
                wrapped_private=wrapped,
                made_at=now(),
            )
            # Another process may have been first; then theirs is the pair.
            return _Pair(*connection.execute(query).one())


def point_of(private_key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half as an uncompressed point."""
    return private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def dump(private_key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey) -> bytes:
    """Return a private key in DER, to be wrapped."""
    return private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def load_point_key(der: bytes) -> ec.EllipticCurvePrivateKey:
    """Return a P-256 private key from DER."""
    private_key = load_der_private_key(der, password=None)
    if not isinstance(private_key, ec.EllipticCurvePrivateKey):
        raise KeyRingError("In de sleutelring ligt een sleutel van een andere soort.")
    return private_key


def _new_vapid() -> tuple[bytes, bytes]:
    private_key = ec.generate_private_key(ec.SECP256R1())
    return point_of(private_key), dump(private_key)


def _new_audit() -> tuple[bytes, bytes]:
    private_key = Ed25519PrivateKey.generate()
    public_key: Ed25519PublicKey = private_key.public_key()
    return public_key.public_bytes(Encoding.Raw, PublicFormat.Raw), dump(private_key)
