"""The keys on the ring: a seal key per month, the push pair, and keyed hashes for looking up."""

from __future__ import annotations

import base64
import logging
import secrets
import time
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from server import sealing
from server.db import now as this_moment
from server.db import reading
from server.keyring.master import KeyRingError, MasterKey, MasterKeyError
from server.keyring.month import Month
from server.keyring.store import add, open_store, seal_key, vapid_pair
from server.sealing import SealError, SealKey

EARLY = timedelta(days=2)  # a key is made this long before its month begins
RETENTION_MONTHS = 18  # the longest an observation lives outside a case
LATE_PHONES = timedelta(days=90)  # a phone may come back this long after it sealed
FRESH = 60.0  # seconds a process trusts an unwrapped key before it looks again
VAPID_ID = "vapid"

logger = logging.getLogger(__name__)


class UnknownKey(SealError):  # noqa: N818
    """Sealed to a key this ring never held, or holds damaged."""


class KeyDestroyed(SealError):  # noqa: N818
    """Sealed to a key that was destroyed on its day; nobody can open it any more."""


class KeyRing:
    """The keys of one installation; every web and clock process holds one onto the same store."""

    def __init__(self, engine: sa.Engine, master_key: MasterKey, retention_months: int) -> None:
        self._engine = engine
        self._master_key = master_key
        self._retention_months = retention_months
        self._opened: dict[str, tuple[ec.EllipticCurvePrivateKey, float]] = {}
        self._vapid: tuple[bytes, str] | None = None

    @classmethod
    def at(
        cls, url: str, master_key: MasterKey, retention_months: int = RETENTION_MONTHS
    ) -> KeyRing:
        """Open the ring at a database address, making it when there is none.

        Raises KeyRingError when that cannot be, MasterKeyError when it was made with another
        master key.
        """
        return cls(open_store(url, master_key), master_key, retention_months)

    def ensure(self, now: datetime) -> SealKey:
        """Make this month's key, and near its end the next month's, unless somebody already did.

        Returns the current key. Any number of processes may call this at once.
        """
        for month in (Month.of(now), Month.of(now + EARLY)):
            with reading(), self._engine.begin() as connection:
                made = connection.scalar(
                    sa.select(seal_key.c.id).where(seal_key.c.month == str(month))
                )
            if made is None:
                self._make(month, now)
        key = self._find(now)
        if key is None:
            raise KeyRingError(
                f"De sleutel van {Month.of(now)} is vernietigd. Staat de klok van de server goed?"
            )
        return key

    def current(self, now: datetime) -> SealKey:
        """Return the key to seal to at this moment; a clock that stands still stops nobody."""
        return self._find(now) or self.ensure(now)

    def knows(self, key_id: str) -> bool:
        """Say whether this ring can still open what was sealed to a key."""
        try:
            self._private_key(key_id)
        except (UnknownKey, KeyDestroyed):
            return False
        return True

    def seal(self, kind: str, item_id: str, person_id: str, value: Mapping[str, Any]) -> str:
        """Seal a value of the server's own to the current key."""
        return sealing.seal(self.current(this_moment()), kind, item_id, person_id, value)

    def open(self, sealed: str, kind: str, item_id: str, person_id: str) -> dict[str, Any]:
        """Open an envelope at its own place.

        Raises a SealError: UnknownKey, KeyDestroyed or BrokenSeal, or what ``sealing.parse`` says.
        """
        envelope = sealing.parse(sealed)
        private_key = self._private_key(envelope.key_id)
        return sealing.open_envelope(envelope, private_key, kind, item_id, person_id)

    def lookup_hash(self, purpose: str, text: str) -> bytes:
        """Return the 32 bytes under which a name or mail address is found without being readable.

        Spelling that people do not see as a difference makes none: Unicode form (NFKC), case and
        the number of spaces. Another purpose gives another hash.
        """
        folded = unicodedata.normalize("NFKC", text).casefold()
        return self._master_key.keyed_hash(
            purpose, " ".join(unicodedata.normalize("NFKC", folded).split()).encode()
        )

    def vapid(self) -> tuple[bytes, str]:
        """Return the push pair, made once: private key (PEM), public point (base64url, bare)."""
        if self._vapid is None:
            row = self._vapid_row() or self._make_vapid()
            private_key = _load(self._master_key.unwrap("vapid", row.id, row.wrapped_private))
            pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            public = base64.urlsafe_b64encode(row.public_key).rstrip(b"=").decode()
            self._vapid = (pem, public)
        return self._vapid

    def forget_connections(self) -> None:
        """Leave open connections to the process this one was forked from."""
        self._engine.dispose(close=False)

    def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        self._engine.dispose()

    def _find(self, now: datetime) -> SealKey | None:
        query = sa.select(seal_key.c.id, seal_key.c.public_key).where(
            seal_key.c.publish_from <= now,
            seal_key.c.seal_until > now,
            seal_key.c.destroyed_at.is_(None),
        )
        with reading(), self._engine.begin() as connection:
            row = connection.execute(query).first()
        return SealKey(row.id, row.public_key) if row else None

    def _make(self, month: Month, now: datetime) -> None:
        # The random part keeps a month's key apart from one that a restored ring made again.
        key_id = f"{month}-{secrets.token_hex(2)}"
        private_key = ec.generate_private_key(ec.SECP256R1())
        # What arrives last lives longest: sealed on the last day, handed in by a late phone.
        last_retention = month.plus(1 + self._retention_months).begin() + LATE_PHONES
        with self._engine.begin() as connection:
            add(
                connection,
                seal_key,
                id=key_id,
                month=str(month),
                public_key=_point(private_key),
                wrapped_private=self._master_key.wrap("seal", key_id, _dump(private_key)),
                made_at=now,
                publish_from=month.begin(),
                seal_until=month.plus(1).begin(),
                destroy_on=last_retention.date(),
            )

    def _private_key(self, key_id: str) -> ec.EllipticCurvePrivateKey:
        private_key, looked_at = self._opened.get(key_id, (None, 0.0))
        if private_key is not None and time.monotonic() - looked_at < FRESH:
            return private_key
        with reading(), self._engine.begin() as connection:
            row = connection.execute(sa.select(seal_key).where(seal_key.c.id == key_id)).first()
        if row is None or row.destroyed_at is not None or row.wrapped_private is None:
            self._opened.pop(key_id, None)
            raise UnknownKey(key_id) if row is None else KeyDestroyed(key_id)
        if private_key is None:
            private_key = self._unwrap(key_id, row.wrapped_private)
        self._opened[key_id] = (private_key, time.monotonic())
        return private_key

    def _unwrap(self, key_id: str, wrapped: bytes) -> ec.EllipticCurvePrivateKey:
        try:
            return _load(self._master_key.unwrap("seal", key_id, wrapped))
        except MasterKeyError as error:
            # The ring itself opened, so this one row is damaged; that must not stop what arrives.
            logger.error("Sleutel %s in de sleutelring is beschadigd. Zet die terug.", key_id)
            raise UnknownKey(key_id) from error

    def _vapid_row(self) -> sa.Row[Any] | None:
        with reading(), self._engine.begin() as connection:
            return connection.execute(
                sa.select(vapid_pair).where(vapid_pair.c.id == VAPID_ID)
            ).first()

    def _make_vapid(self) -> sa.Row[Any]:
        private_key = ec.generate_private_key(ec.SECP256R1())
        with self._engine.begin() as connection:
            add(
                connection,
                vapid_pair,
                id=VAPID_ID,
                public_key=_point(private_key),
                wrapped_private=self._master_key.wrap("vapid", VAPID_ID, _dump(private_key)),
                made_at=this_moment(),
            )
            # Another process may have been first; then theirs is the pair.
            return connection.execute(
                sa.select(vapid_pair).where(vapid_pair.c.id == VAPID_ID)
            ).one()


def _point(private_key: ec.EllipticCurvePrivateKey) -> bytes:
    return private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _dump(private_key: ec.EllipticCurvePrivateKey) -> bytes:
    return private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _load(der: bytes) -> ec.EllipticCurvePrivateKey:
    private_key = load_der_private_key(der, password=None)
    if not isinstance(private_key, ec.EllipticCurvePrivateKey):
        raise KeyRingError("In de sleutelring ligt een sleutel van een andere soort.")
    return private_key
