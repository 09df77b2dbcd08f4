"""Questions that a passkey answers: random, for one purpose, in one place, once and soon."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa

from server.db import db, now
from server.errors import Invalid
from server.people.models import Challenge

TERM = timedelta(minutes=5)


def ask(purpose: str, bound_to: str) -> bytes:
    """Return a fresh challenge, and commit; those of long ago are cleared away on the way."""
    moment = now()
    challenge = secrets.token_bytes(32)
    db.session.execute(sa.delete(Challenge).where(Challenge.expires_at < moment))
    db.session.add(
        Challenge(
            challenge_hash=hashlib.sha256(challenge).digest(),
            purpose=purpose,
            bound_to=bound_to,
            expires_at=moment + TERM,
        )
    )
    db.session.commit()
    return challenge


def take(challenge: bytes, purpose: str, bound_to: str) -> None:
    """Use a challenge up, whatever comes of the answer; of two at once, one gets it."""
    taken = db.session.execute(
        sa.delete(Challenge)
        .where(
            Challenge.challenge_hash == hashlib.sha256(challenge).digest(),
            Challenge.purpose == purpose,
            Challenge.bound_to == bound_to,
            Challenge.expires_at > now(),
        )
        .returning(Challenge.purpose)
    ).first()
    db.session.commit()
    if taken is None:
        raise Invalid("Dit duurde te lang. Probeer het nog een keer.", code="challenge_expired")
