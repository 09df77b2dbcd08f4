"""The keys on the ring: a seal key per month, the push pair, and keyed hashes for looking up."""

from __future__ import annotations

import hmac
import logging
import secrets
import time
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from server import sealing
from server.db import now as this_moment
from server.db import reading
from server.keyring.lasting import Lasting
from server.keyring.master import KeyRingError, MasterKey, MasterKeyError
from server.keyring.month import AMSTERDAM, Month, Period
from server.keyring.pairs import Pairs, dump, load_point_key, point_of
from server.keyring.store import add, open_store, seal_key, shred
from server.sealing import Envelope, SealError, SealKey

EARLY = timedelta(days=2)  # a key is made this long before its month begins
RETENTION_MONTHS = 18  # the longest an observation lives outside a case
LATE_PHONES = timedelta(days=90)  # a phone may come back this long after it sealed
FRESH = 60.0  # seconds a process trusts an unwrapped key before it looks again
GLANCE = 1.0  # seconds a process trusts that a key is still the current one

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
        self._current: tuple[SealKey, datetime, datetime, float] | None = None
        self.lasting = Lasting(engine)
        pairs = Pairs(engine, master_key)
        self.vapid, self.sign, self.is_signed = pairs.vapid, pairs.sign, pairs.is_signed

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
        if self._current is not None:
            key, begins, ends, looked_at = self._current
            if begins <= now < ends and time.monotonic() - looked_at < GLANCE:
                return key
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
        return self.open_envelope(sealing.parse(sealed), kind, item_id, person_id)

    def open_envelope(
        self, envelope: Envelope, kind: str, item_id: str, person_id: str
    ) -> dict[str, Any]:
        """Open an envelope that was taken apart before; raises as ``open`` does."""
        private_key = self._private_key(envelope.key_id)
        return sealing.open_envelope(envelope, private_key, kind, item_id, person_id)

    def lookup_hash(self, purpose: str, text: str) -> bytes:
        """Return the 32 bytes under which a name or mail address is found without being readable.

        Spelling that people do not see as a difference makes none: Unicode form (NFKC), case and
        the number of spaces. Another purpose gives another hash.
        """
        return self._master_key.keyed_hash(purpose, _fold(text))

    def period_hash(self, purpose: str, text: str) -> tuple[str, bytes]:
        """Return the current key's id and the 32 bytes under which a name is found until it dies.

        The hash is keyed with what follows from that key: once the key is destroyed, nobody can
        tell whose name it stood for.
        """
        key_id = self.current(this_moment()).id
        return key_id, self.hasher(key_id, purpose)(text)

    def period_hashes(self, purpose: str, text: str) -> dict[str, bytes]:
        """Return the hash of a name under every living key: a look-up needs one per period."""
        hashes = {}
        for period in self.periods():
            if period.destroyed_at is None:
                try:
                    hashes[period.id] = self.hasher(period.id, purpose)(text)
                except (UnknownKey, KeyDestroyed):
                    # Damaged or destroyed meanwhile; the other periods still find theirs.
                    continue
        return hashes

    def hasher(self, key_id: str, purpose: str) -> Callable[[str], bytes]:
        """Return what hashes text after text under one living key; for many names at once.

        Raises UnknownKey or KeyDestroyed.
        """
        secret = self._private_key(key_id).private_numbers().private_value.to_bytes(32)
        info = f"signaalkaart/1|hash|{purpose}|{key_id}".encode()
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)
        return lambda text: hmac.digest(key, _fold(text), "sha256")

    def periods(self) -> list[Period]:
        """Return every seal key there ever was, oldest first."""
        columns = [seal_key.c[name] for name in Period.__dataclass_fields__]
        with reading(), self._engine.begin() as connection:
            rows = connection.execute(sa.select(*columns).order_by(seal_key.c.publish_from))
            return [Period(*row) for row in rows]

    def rotate(self, now: datetime) -> SealKey:
        """Let a new key take over from the current one at once; what was sealed stays readable."""
        self.ensure(now)
        month = Month.of(now)
        with self._engine.begin() as connection:
            count = connection.scalar(
                sa.select(sa.func.count()).where(seal_key.c.month.startswith(str(month)))
            )
            connection.execute(
                seal_key.update()
                .where(seal_key.c.publish_from <= now, seal_key.c.seal_until > now)
                .values(seal_until=now)
            )
            self._add(connection, month, f"{month}.{(count or 0) + 1}", now, publish_from=now)
        self._current = None
        return self.current(now)

    def destroy(self, key_id: str, now: datetime) -> None:
        """Destroy a key whose day has come: what is still sealed to it is unreadable for ever.

        Raises KeyRingError before that day. Other processes forget the key within a minute.
        """
        today = now.astimezone(AMSTERDAM).date()
        with self._engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
            destroyed = connection.execute(
                seal_key.update()
                .where(seal_key.c.id == key_id, seal_key.c.destroy_on <= today)
                .values(wrapped_private=None, destroyed_at=now)
            )
        self._opened.pop(key_id, None)
        self._current = None
        if destroyed.rowcount == 0:
            raise KeyRingError(f"De dag van sleutel {key_id} is nog niet gekomen.")
        shred(self._engine)

    def forget_connections(self) -> None:
        """Leave open connections to the process this one was forked from."""
        self._engine.dispose(close=False)

    def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        self._engine.dispose()

    def _find(self, now: datetime) -> SealKey | None:
        columns = [seal_key.c[name] for name in ("id", "public_key", "publish_from", "seal_until")]
        query = sa.select(*columns).where(
            seal_key.c.publish_from <= now,
            seal_key.c.seal_until > now,
            seal_key.c.destroyed_at.is_(None),
        )
        # Two overlap only when clocks differ while one takes over; the newest goes first.
        query = query.order_by(seal_key.c.publish_from.desc()).limit(1)
        with reading(), self._engine.begin() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        key = SealKey(row.id, row.public_key)
        self._current = (key, row.publish_from, row.seal_until, time.monotonic())
        return key

    def _make(self, month: Month, now: datetime) -> None:
        with self._engine.begin() as connection:
            self._add(connection, month, str(month), now, publish_from=month.begin())

    def _add(
        self,
        connection: sa.Connection,
        month: Month,
        name: str,
        now: datetime,
        publish_from: datetime,
    ) -> None:
        key_id = _free_id(connection, month)
        private_key = ec.generate_private_key(ec.SECP256R1())
        # What arrives last lives longest: sealed on the last day, handed in by a late phone.
        last_retention = month.plus(1 + self._retention_months).begin() + LATE_PHONES
        add(
            connection,
            seal_key,
            id=key_id,
            month=name,
            public_key=point_of(private_key),
            wrapped_private=self._master_key.wrap("seal", key_id, dump(private_key)),
            made_at=now,
            publish_from=publish_from,
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
            return load_point_key(self._master_key.unwrap("seal", key_id, wrapped))
        except MasterKeyError as error:
            # The ring itself opened, so this one row is damaged; that must not stop what arrives.
            logger.error("Sleutel %s in de sleutelring is beschadigd. Zet die terug.", key_id)
            raise UnknownKey(key_id) from error


def _fold(text: str) -> bytes:
    """Return a text without the differences in spelling that people do not see."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split()).encode()


def _free_id(connection: sa.Connection, month: Month) -> str:
    """Return an id for a key of this month that no other key has."""
    taken = set(connection.scalars(sa.select(seal_key.c.id)))
    while True:
        # The random part keeps a month's key apart from one that a restored ring made again.
        key_id = f"{month}-{secrets.token_hex(2)}"
        if key_id not in taken:
            return key_id
