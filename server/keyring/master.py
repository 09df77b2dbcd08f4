"""The master key: 32 random bytes that never lie in the key ring itself."""

from __future__ import annotations

import base64
import hmac
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LENGTH = 32  # bytes
NONCE = 12  # bytes, what AES-GCM wants


class KeyRingError(Exception):
    """The key ring cannot be used; the text is for whoever starts the server."""


class MasterKeyError(KeyRingError):
    """The master key is missing, unreadable, exposed, malformed or another ring's."""


class MasterKey:
    """Wraps private keys and derives the keys of look-up hashes; never shows itself."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._wrapping = AESGCM(self._derive("wrap"))

    def wrap(self, purpose: str, name: str, plain: bytes) -> bytes:
        """Encrypt with AES-256-GCM, bound to a purpose and a name: nonce (12 bytes), text, tag."""
        nonce = os.urandom(NONCE)
        return nonce + self._wrapping.encrypt(nonce, plain, f"{purpose}|{name}".encode())

    def unwrap(self, purpose: str, name: str, wrapped: bytes) -> bytes:
        """Return what was wrapped; raise MasterKeyError when this key did not wrap it so."""
        try:
            return self._wrapping.decrypt(
                wrapped[:NONCE], wrapped[NONCE:], f"{purpose}|{name}".encode()
            )
        except (InvalidTag, ValueError) as error:
            raise MasterKeyError(
                "De hoofdsleutel past niet bij deze sleutelring. "
                "Zet de hoofdsleutel terug waarmee de sleutelring is gemaakt."
            ) from error

    def keyed_hash(self, purpose: str, message: bytes) -> bytes:
        """Return HMAC-SHA256 under a key that exists for this purpose only."""
        return hmac.digest(self._derive(f"hash|{purpose}"), message, "sha256")

    def _derive(self, purpose: str) -> bytes:
        info = f"signaalkaart/1|{purpose}".encode()
        return HKDF(algorithm=SHA256(), length=LENGTH, salt=None, info=info).derive(self._secret)


def make_master_key(path: Path) -> bool:
    """Write a new master key to a file only its owner reads; never touch one that exists.

    Returns whether a file was made. Other processes see the whole file or none.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(LENGTH)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link refuses to replace a key that somebody made meanwhile.
        path.hardlink_to(fresh)
    except FileExistsError:
        return False
    finally:
        fresh.unlink(missing_ok=True)
    return True


def read_master_key(value: str | None, path: Path) -> MasterKey:
    """Return the key in MASTER_KEY when that is set, else the one in the file; both hold base64.

    Raises MasterKeyError with a Dutch sentence for whoever starts the server.
    """
    if value:
        return MasterKey(_decode(value.encode(), "MASTER_KEY"))
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read()
    except FileNotFoundError as error:
        raise MasterKeyError(
            f"De hoofdsleutel ontbreekt: {path} bestaat niet en MASTER_KEY is leeg. "
            "Maak een hoofdsleutel met: signaalkaart setup"
        ) from error
    except OSError as error:
        raise MasterKeyError(
            f"De hoofdsleutel in {path} is niet te lezen. "
            "Geef het bestand aan de gebruiker die de server start."
        ) from error
    if mode & 0o077:
        raise MasterKeyError(
            f"Anderen op deze computer kunnen bij de hoofdsleutel in {path}. "
            f"Sluit het bestand af met: chmod 600 {path}"
        )
    return MasterKey(_decode(text, str(path)))


def _decode(text: bytes, place: str) -> bytes:
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise MasterKeyError(f"De hoofdsleutel in {place} is geen geldige base64.") from error
    if len(secret) != LENGTH:
        raise MasterKeyError(
            f"De hoofdsleutel in {place} heeft de verkeerde lengte: "
            f"{len(secret)} bytes in plaats van {LENGTH}."
        )
    return secret
