"""Invitations: a link, QR code or eight characters that let one person in, once."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from server import audit
from server.db import db, new_id, now
from server.errors import Invalid
from server.keyring import ring
from server.people.models import Guess, Invitation, InvitationCode, Person, Session

INVITATION_TERM = timedelta(days=7)
# Shown on one screen and scanned with another, right away.
OWN_DEVICE_TERM = timedelta(minutes=15)
TYPED_CODE_TERM = timedelta(minutes=15)
MISSES_KEPT = timedelta(days=1)
# A phone that never heard the answer may ask again; nobody else knows its device id.
RETRY_TERM = timedelta(minutes=10)
# No 0, 1, I, L or O: people read these aloud and type them on a phone.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


@dataclass(frozen=True)
class Issued:
    """A fresh invitation; token and code are shown now and never again."""

    invitation: Invitation
    token: str
    code: str


def digest(secret: str) -> bytes:
    """Return the only form in which a token or key is stored."""
    return hashlib.sha256(secret.encode()).digest()


def issue(by: Person | None, person: Person, term: timedelta = INVITATION_TERM) -> Issued:
    """Make an invitation for a person who exists, without committing."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        id=new_id(),
        person=person,
        token_hash=digest(token),
        made_by=by.id if by else None,
        expires_at=now() + term,
    )
    db.session.add(invitation)
    db.session.flush()
    code = _add_code(invitation, invitation.expires_at)
    audit.log(by.id if by else None, "invite", "person", person.id)
    return Issued(invitation, token, code)


def issue_own(by: Session) -> Issued:
    """Make an invitation for another device of who is signed in."""
    issued = issue(by.person, by.person, OWN_DEVICE_TERM)
    db.session.commit()
    return issued


def issue_typed_code(token: str) -> tuple[str, datetime]:
    """Return a code of fifteen minutes for an invitation, without using the invitation.

    An app on the iPhone's Home Screen has storage of its own: the link opens in the browser, so
    the code carries the invitation over.
    """
    invitation = _usable(_by_token(token), device_id=None)
    expires_at = min(now() + TYPED_CODE_TERM, invitation.expires_at)
    # One at a time: whoever asks often does not make it easier to guess.
    db.session.execute(
        sa.delete(InvitationCode).where(
            InvitationCode.invitation_id == invitation.id,
            InvitationCode.expires_at < invitation.expires_at,
        )
    )
    code = _add_code(invitation, expires_at)
    db.session.commit()
    return code, expires_at


def claim(*, token: str | None, code: str | None, device_id: str) -> Person:
    """Use an invitation for this device and return its person; of two at once, one gets in."""
    invitation = _usable(_by_token(token) if token else _by_code(code or ""), device_id)
    if invitation.used_at is None:
        claimed = db.session.execute(
            sa.update(Invitation)
            .where(Invitation.id == invitation.id, Invitation.used_at.is_(None))
            .values(used_at=now(), used_on=device_id)
            .returning(Invitation.id)
        )
        if claimed.first() is None:
            raise _used()
    return invitation.person


def remove_expired() -> int:
    """Delete invitations nobody can use any more, and old misses; return how many invitations."""
    db.session.execute(sa.delete(Guess).where(Guess.failed_at < now() - MISSES_KEPT))
    old = now() - INVITATION_TERM
    removed = db.session.execute(sa.delete(Invitation).where(Invitation.expires_at < old))
    db.session.commit()
    return int(removed.rowcount)  # type: ignore[attr-defined]


def _add_code(invitation: Invitation, expires_at: datetime) -> str:
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    db.session.add(
        InvitationCode(
            code_hash=_code_hash(code), invitation_id=invitation.id, expires_at=expires_at
        )
    )
    return code


def _by_token(token: str) -> Invitation | None:
    return db.session.scalar(sa.select(Invitation).filter_by(token_hash=digest(token)))


def has_code(code: str) -> bool:
    """Say whether a code exists, used and expired ones included."""
    return db.session.get(InvitationCode, _code_hash(code)) is not None


def _code_hash(code: str) -> bytes:
    """Return the form in which a code is stored: all codes can be tried on a plain hash."""
    return ring().lookup_hash("invitation-code", re.sub(r"[\s-]", "", code))


def _by_code(code: str) -> Invitation | None:
    row = db.session.get(InvitationCode, _code_hash(code))
    if row is None:
        return None
    if row.expires_at <= now():
        raise _expired()
    return db.session.get(Invitation, row.invitation_id)


def _usable(invitation: Invitation | None, device_id: str | None) -> Invitation:
    if invitation is None or invitation.person.ended_at is not None:
        raise Invalid(
            "Deze uitnodiging kennen we niet. Controleer de code of vraag een nieuwe.",
            code="invitation_unknown",
        )
    moment = now()
    if invitation.used_at is not None:
        retry = invitation.used_on == device_id and moment - invitation.used_at < RETRY_TERM
        if not retry:
            raise _used()
    if invitation.expires_at <= moment:
        raise _expired()
    return invitation


def _used() -> Invalid:
    return Invalid(
        "Deze uitnodiging is al gebruikt. Vraag een nieuwe aan wie je uitnodigde.",
        code="invitation_used",
    )


def _expired() -> Invalid:
    return Invalid(
        "Deze uitnodiging is verlopen. Vraag een nieuwe aan wie je uitnodigde.",
        code="invitation_expired",
    )
