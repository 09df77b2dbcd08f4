"""Record that somebody else was brought in. Nothing is sent: people tell each other."""

from __future__ import annotations

from server import cards
from server.cards.models import Table
from server.db import db
from server.errors import Conflict, fault
from server.keyring import ring
from server.observations import triage
from server.observations.corrections import Referral
from server.observations.models import Observation
from server.people.models import Session


def choices() -> Table:
    """Return whom the desk can bring in, and on which grounds."""
    return cards.library().referrals


def refer(
    session: Session,
    observation_id: str,
    *,
    referral_id: str,
    version: int,
    to: str,
    ground: str,
    shared: str,
) -> Observation:
    """Record a referral with its ground and what was shared; the same id again changes nothing."""
    observation = triage.take(session, observation_id)
    earlier = db.session.get(Referral, referral_id)
    if earlier is not None:
        if earlier.observation_id != observation.id:
            raise Conflict("Dit hoort bij een andere melding.", code="referral_id")
        return observation
    triage.check_version(observation, version)
    _check(to, ground)
    by = session.person
    if not shared.strip():
        raise fault("shared", "Schrijf op wat je deelde.")
    db.session.add(
        Referral(
            id=referral_id,
            observation_id=observation.id,
            by_id=by.id,
            to_id=to,
            ground=ground,
            text_sealed=ring().seal("referral", referral_id, by.id, {"v": 1, "text": shared}),
        )
    )
    triage.note_event(observation, "referred", by, to)
    triage.finish(session, observation, "refer", outcome=to)
    return observation


def _check(to: str, ground: str) -> None:
    """Refuse a ground that does not belong to who gets it."""
    receiver = next((one for one in choices()["to"] if one["id"] == to), None)
    if receiver is None:
        raise fault("to", "Kies iets uit de lijst.")
    if ground not in receiver["grounds"]:
        raise fault("ground", "Deze grond past hier niet. Kies een andere.")
