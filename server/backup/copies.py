"""Encrypt a copy of a database under the master key, and open it again, however large it is.

A copy is cut into pieces, each under AES-256-GCM with its number and whether it is the last as the
nonce (the STREAM construction): a piece that is missing, moved or changed is noticed. Every copy
has a key of its own, made of the master key and a random salt.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.keyring import MasterKey

BEGIN = b"signaalkaart copy 1\n"
SALT = 16
TAG = 16
PIECE = 2**20


class CopyError(Exception):
    """A copy is damaged, incomplete or of another master key; the Dutch text says so."""


def encrypt(master: MasterKey, plain: BinaryIO, sealed: BinaryIO) -> None:
    """Write what is read as a copy that only this master key opens.

    Raise CopyError when there is nothing to read: that is a program that failed, not a database.
    """
    pieces = _pieces(plain, PIECE)
    first = next(pieces)
    if not first[2]:
        raise CopyError(
            "Er kwam niets binnen, dus er is geen kopie gemaakt. Kijk wat pg_dump meldt."
        )
    salt = os.urandom(SALT)
    cipher = AESGCM(master.keyed_hash("copy", salt))
    sealed.write(BEGIN + salt)
    for number, last, piece in chain([first], pieces):
        sealed.write(cipher.encrypt(_nonce(number, last=last), piece, BEGIN))


def decrypt(master: MasterKey, sealed: BinaryIO, plain: BinaryIO) -> None:
    """Write what is in a copy; raise CopyError at the first piece that is not as it was."""
    if sealed.read(len(BEGIN)) != BEGIN:
        raise CopyError("Dit is geen versleutelde kopie van de signaalkaart.")
    cipher = AESGCM(master.keyed_hash("copy", sealed.read(SALT)))
    for number, last, piece in _pieces(sealed, PIECE + TAG):
        try:
            plain.write(cipher.decrypt(_nonce(number, last=last), piece, BEGIN))
        except InvalidTag:
            raise CopyError(
                "Deze kopie is beschadigd of niet compleet, of hoort bij een andere hoofdsleutel."
            ) from None


def encrypt_file(master: MasterKey, plain: Path, copy: Path) -> None:
    """Write a file as a copy, for its owner's eyes only.

    It gets its name once all of it is on the disk: what has the name of a copy is a whole one.
    """
    unfinished = copy.with_name(f".{copy.name}.{token_hex(4)}")
    try:
        with plain.open("rb") as reader, _private(unfinished) as writer:
            encrypt(master, reader, writer)
            writer.flush()
            os.fsync(writer.fileno())
        unfinished.rename(copy)
    finally:
        unfinished.unlink(missing_ok=True)


def decrypt_file(master: MasterKey, copy: Path, plain: Path) -> None:
    """Write what is in a copy to a file that only its owner reads."""
    with copy.open("rb") as reader, _private(plain) as writer:
        decrypt(master, reader, writer)


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _pieces(stream: BinaryIO, size: int) -> Iterator[tuple[int, bool, bytes]]:
    """Return number, whether it is the last, and bytes of each piece; there always is a last."""
    number, piece = 0, _read(stream, size)
    while True:
        following = _read(stream, size)
        yield number, not following, piece
        if not following:
            return
        number, piece = number + 1, following


def _read(stream: BinaryIO, size: int) -> bytes:
    """Read so many bytes, also from a pipe that gives fewer at a time."""
    parts, left = [], size
    while left and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
