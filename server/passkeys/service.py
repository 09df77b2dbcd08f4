"""Add a passkey, come in with it, show again with it that it is you, and take it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, new_id, now
from server.errors import Conflict, NotAllowed, NotConfirmed, NotFound
from server.keyring import Act, ring
from server.passkeys import ceremony, challenges
from server.passkeys.ceremony import Place
from server.people import service as people
from server.people import sessions
from server.people.models import Passkey, Session
from server.people.sessions import Caller, SignedIn

# Whoever just came in by invitation may add a passkey without having one.
AFTER_INVITATION = timedelta(hours=1)
MOST = 10


def ask_new(session: Session, place: Place) -> dict[str, Any]:
    """Return the options with which this device makes a passkey for who is signed in."""
    known = of(session.person_id)
    _check_may_add(session, known)
    name = people.name_of(session.person)
    challenge = challenges.ask("register", session.id)
    ids = [passkey.credential_id for passkey in known]
    return ceremony.creation_options(place, session.person_id, name, challenge, ids)


def add(session: Session, place: Place, credential: Mapping[str, Any]) -> tuple[Passkey, str]:
    """Keep a passkey that was just made; the session is proven by it and gets a new token."""
    _check_may_add(session, of(session.person_id))
    challenge = ceremony.challenge_in(credential)
    challenges.take(challenge, "register", session.id)
    made = ceremony.verify_new(place, credential, challenge)
    if _find(made.credential_id) is not None:
        raise Conflict("Deze passkey is al bekend.", code="passkey_known")
    passkey = Passkey(
        id=new_id(),
        person_id=session.person_id,
        device_id=session.device_id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        synced=made.credential_backed_up,
    )
    db.session.add(passkey)
    token = sessions.confirm(session, "passkey")
    audit.log(
        session.person_id, "add_passkey", "person", session.person_id, device_id=session.device_id
    )
    db.session.commit()
    return passkey, token


def ask_sign_in(device_id: str, place: Place) -> dict[str, Any]:
    """Return the options with which somebody signs in on a device; who it is, the passkey says."""
    return ceremony.request_options(place, challenges.ask("sign_in", device_id))


def sign_in(caller: Caller, place: Place, credential: Mapping[str, Any]) -> SignedIn:
    """Open a session for the person whose passkey answered."""
    passkey = _answered(place, credential, "sign_in", caller.device_id)
    return sessions.begin(passkey.person, caller, "passkey")


def ask_confirmation(session: Session, place: Place) -> dict[str, Any]:
    """Return the options with which who is signed in shows again that it is them."""
    known = [passkey.credential_id for passkey in of(session.person_id)]
    if not known:
        raise Conflict(
            "Hiervoor is een passkey nodig. Stel die in bij Instellingen.", code="no_passkey"
        )
    return ceremony.request_options(place, challenges.ask("confirm", session.id), known)


def confirm(session: Session, place: Place, credential: Mapping[str, Any]) -> str:
    """Note that the person is there; return the session's new token."""
    passkey = _answered(place, credential, "confirm", session.id)
    if passkey.person_id != session.person_id:
        raise ceremony.refused()
    token = sessions.confirm(session, "passkey")
    audit.log(
        session.person_id, "confirm", "person", session.person_id, device_id=session.device_id
    )
    db.session.commit()
    return token


def of(person_id: str) -> Sequence[Passkey]:
    """Return the passkeys of a person that still work, the oldest first."""
    return db.session.scalars(
        sa.select(Passkey)
        .where(Passkey.person_id == person_id, Passkey.ended_at.is_(None))
        .order_by(Passkey.made_at)
    ).all()


def remove(session: Session, passkey_id: str) -> None:
    """End a passkey of who is signed in."""
    passkey = db.session.get(Passkey, passkey_id)
    if passkey is None or passkey.ended_at or passkey.person_id != session.person_id:
        raise NotFound("Deze passkey bestaat niet meer.")
    passkey.ended_at = now()
    ring().lasting.note(Act("passkey", passkey.id))
    audit.log(
        session.person_id, "end_passkey", "person", session.person_id, device_id=session.device_id
    )
    db.session.commit()


def _answered(place: Place, credential: Mapping[str, Any], purpose: str, bound_to: str) -> Passkey:
    """Return the passkey that answered our question, or refuse."""
    challenge = ceremony.challenge_in(credential)
    challenges.take(challenge, purpose, bound_to)
    passkey = _find(ceremony.credential_id_in(credential))
    if passkey is None or passkey.ended_at or passkey.person.ended_at:
        raise ceremony.refused()
    if ceremony.user_in(credential) not in {None, passkey.person_id}:
        raise ceremony.refused()
    told = ceremony.verify(place, credential, challenge, passkey.public_key)
    _count(passkey, told.new_sign_count)
    passkey.used_at = now()
    passkey.synced = told.credential_backed_up
    return passkey


def _count(passkey: Passkey, told: int) -> None:
    """Follow the counter of a passkey; one that does not rise gives away a copy, which ends it."""
    # Many passkeys do not count at all, and then say nought every time.
    follows = Passkey.sign_count < told if told else Passkey.sign_count == 0
    risen = db.session.execute(
        sa.update(Passkey)
        .where(Passkey.id == passkey.id, follows)
        .values(sign_count=told)
        .returning(Passkey.id)
    ).first()
    if risen is not None:
        return
    passkey.ended_at = now()
    ring().lasting.note(Act("passkey", passkey.id))
    audit.log(passkey.person_id, "sign_in", "person", passkey.person_id, outcome="cloned")
    db.session.commit()
    raise NotAllowed(
        "Van deze passkey bestaat een kopie. Hij werkt niet meer. Vraag een nieuwe uitnodiging en "
        "meld dit bij de gemeente.",
        code="passkey_cloned",
    )


def _check_may_add(session: Session, known: Sequence[Passkey]) -> None:
    if len(known) >= MOST:
        raise Conflict(f"Je hebt al {MOST} passkeys. Haal er eerst een weg.", code="too_many")
    invited = session.method == "invitation" and (
        not known or session.made_at > now() - AFTER_INVITATION
    )
    if not invited and not sessions.is_fresh(session):
        raise NotConfirmed()


def _find(credential_id: bytes) -> Passkey | None:
    return db.session.scalar(sa.select(Passkey).filter_by(credential_id=credential_id))
