"""Send somebody to the gemeente's own sign-in, and let in who comes back from it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, now
from server.errors import Invalid, NotAllowed, Unavailable
from server.keyring import ring
from server.oidc.provider import Provider, ProviderError, Rejected, Secrets
from server.people import service as people
from server.people import sessions
from server.people.models import Person
from server.people.sessions import STAFF_TERM, Caller, SignedIn

log = logging.getLogger(__name__)

PATIENCE = 600  # seconds that somebody may take at the provider
MOST_AGE = int(STAFF_TERM.total_seconds())


def begin(provider: Provider) -> tuple[str, str]:
    """Return where to sign in, and the secret that only this browser holds until it is back."""
    # The moment is part of what the rest is derived from, so it cannot be changed.
    secret = f"{int(now().timestamp())}.{secrets.token_urlsafe(32)}"
    try:
        return provider.sign_in_url(_derive(secret), MOST_AGE), secret
    except ProviderError as fault:
        raise _away(fault) from None


def finish(
    provider: Provider, caller: Caller, *, secret: str | None, state: str, code: str
) -> SignedIn:
    """Let in who came back with a code, if this browser sent them and we know them."""
    derived = _derive(secret or "")
    if not _is_recent(secret) or not hmac.compare_digest(derived.state.encode(), state.encode()):
        raise _refused("state")
    try:
        claims = provider.claims(code, derived, MOST_AGE)
    except Rejected as why:
        raise _refused(str(why)) from None
    except ProviderError as fault:
        raise _away(fault) from None
    person = _person(claims)
    proven_at = min(now(), datetime.fromtimestamp(claims["auth_time"], UTC))
    return sessions.begin(person, caller, "oidc", proven_at=proven_at)


def _is_recent(secret: str | None) -> bool:
    began = (secret or "").partition(".")[0]
    return bool(re.fullmatch("[0-9]{1,12}", began)) and int(began) > now().timestamp() - PATIENCE


def _derive(secret: str) -> Secrets:
    """Return three secrets that say nothing of each other, so that nothing has to be kept here."""

    def part(name: str) -> str:
        made = hmac.digest(secret.encode(), name.encode(), "sha256")
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

    return Secrets(part("state"), part("nonce"), part("verifier"))


def _person(claims: dict[str, Any]) -> Person:
    """Return who this is: by the account seen before, or the first time by mail address.

    Only who works at the gemeente is known there; others come in by invitation and passkey.
    """
    # The hash of a name forgets its capitals, and in an account they matter.
    account = hashlib.sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()
    subject = ring().lookup_hash("oidc", account)
    person = _one(Person.subject_hash == subject)
    if person is None:
        mail = claims.get("email")
        if isinstance(mail, str) and claims.get("email_verified") is not False:
            person = _one(Person.mail_hash == people.mail_hash(mail), Person.subject_hash.is_(None))
    if person is None or person.organisation.kind != "gemeente":
        audit.log(None, "sign_in", "person", outcome="unknown")
        db.session.commit()
        raise NotAllowed(
            "Dit mailadres heeft nog geen uitnodiging. Vraag de beheerder erom.",
            code="person_unknown",
        )
    person.subject_hash = subject
    return person


def _one(*where: sa.ColumnElement[bool]) -> Person | None:
    return db.session.scalar(sa.select(Person).where(Person.ended_at.is_(None), *where))


def _refused(why: str) -> Invalid:
    log.warning("Inloggen bij de gemeente geweigerd: %s", why)
    return Invalid("Inloggen is niet gelukt. Probeer het nog een keer.", code="oidc_refused")


def _away(fault: ProviderError) -> Unavailable:
    log.error("De inlogdienst van de gemeente werkt niet: %s", fault)
    return Unavailable(
        "De inlogdienst van de gemeente werkt nu niet. Gebruik je passkey, of probeer het later.",
        code="oidc_away",
    )
