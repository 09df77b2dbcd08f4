"""Open a seal: always with a purpose, always logged, and never in a list."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from server import audit
from server.access.permissions import Scope, scope_of
from server.db import db, new_id, now
from server.errors import Invalid, NotAllowed, NotFound
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.observations import informing, limits, reporter
from server.observations.corrections import Correction, Referral
from server.observations.models import (
    Addition,
    Feedback,
    LateItem,
    Observation,
    ObservationEvent,
    OpeningNote,
)
from server.observations.service import (
    DESK_ROLES,
    check_own,
    feedback_text,
    hold,
    leave_new,
    mark_changed,
)
from server.people import service as people
from server.people.models import Person, Session
from server.sealing import SealError

OWN_DESK = ("handle", "consult", "cover")
OTHER_DESK = ("consult", "cover")


def open_observation(
    session: Session, observation_id: str, purpose: str, note: str | None = None
) -> dict[str, Any]:
    """Open one observation for its author (purpose ``own``) or for a desk, and log it.

    Whoever is at the other desk must say ``consult`` or ``cover``. The first opening by a desk
    counts as reading: the reporter hears of it. A ``note`` beside the purpose is sealed with the
    observation and goes when that goes; the log keeps its digest.
    """
    if purpose != "own":
        limits.check(session, "open")
    answer = _open_one(session, hold(observation_id), purpose, note)
    db.session.commit()
    return answer


def open_several(
    session: Session, held: Sequence[Observation], purpose: str, note: str | None
) -> list[dict[str, Any]]:
    """Open observations that the caller holds with one reason, each as if it were alone.

    The caller commits.
    """
    limits.check(session, "open")
    return [_open_one(session, observation, purpose, note) for observation in held]


def _open_one(
    session: Session, observation: Observation | None, purpose: str, note: str | None
) -> dict[str, Any]:
    by = session.person
    if observation is None or not _may_open(by, observation):
        raise NotFound("Deze melding bestaat niet meer, of is niet van jou.")
    own = purpose == "own"
    _check_purpose(by, observation, purpose)
    if not own:
        _note_reading(by, observation, purpose)
    digest = keep_note(by, observation, purpose, note) if note and not own else None
    answer = {"id": observation.id, "opened_at": now(), **contents(observation, own=own)}
    if not own:
        informing.note_names(observation, answer["opened"])
    audit.log(
        by.id,
        "open",
        "observation",
        observation.id,
        purpose=purpose,
        outcome=answer["problem"] or "done",
        device_id=session.device_id,
        note_digest=digest,
    )
    return answer


def contents(observation: Observation, *, own: bool) -> dict[str, Any]:
    """Open all that is sealed of an observation; ``own`` leaves out what is for the desk.

    Whoever asks for this has to log it.
    """
    notes = [] if own else _rows(OpeningNote, observation, OpeningNote.at)
    corrections = [] if own else _rows(Correction, observation, Correction.at)
    referrals = [] if own else _rows(Referral, observation, Referral.at)
    return {
        **_open(observation.sealed, "observation", observation.id, observation.author_id),
        "additions": [_addition(row) for row in _rows(Addition, observation, Addition.received_at)],
        "feedback": [_feedback(row, own) for row in _rows(Feedback, observation, Feedback.at)],
        "notes": [_note(row) for row in notes],
        "corrections": [_correction(row) for row in corrections],
        "referrals": [_referral(row) for row in referrals],
    }


def open_late(session: Session, item_id: str, purpose: str) -> dict[str, Any]:
    """Open one item of the late box, as far as it can be opened, and log it."""
    limits.check(session, "open")
    item = db.session.get(LateItem, item_id)
    if item is None:
        raise NotFound("Dit staat niet meer bij de nakomers.")
    if purpose not in OWN_DESK:
        raise Invalid("Kies waarom je dit opent.", code="purpose")
    answer = late_contents(item)
    audit.log(
        session.person_id,
        "open",
        "late_item",
        item.id,
        purpose=purpose,
        outcome=answer["problem"] or "done",
        device_id=session.device_id,
    )
    db.session.commit()
    plain = {name: value for name, value in item.body.items() if name not in {"sealed", "by"}}
    return {**answer, "plain": plain, "sender": reporter.sender(item)}


def late_contents(item: LateItem) -> dict[str, Any]:
    """Open an item of the late box as far as it can be; whoever asks for this has to log it."""
    sealed = item.body.get("sealed")
    return _open(sealed if isinstance(sealed, str) else "", item.kind, item.id, item.author_id)


def _may_open(by: Person, observation: Observation) -> bool:
    own = by.id == observation.author_id
    return own or scope_of("open_observation", by.role) is Scope.ALL


def _check_purpose(by: Person, observation: Observation, purpose: str) -> None:
    if purpose == "own":
        if by.id != observation.author_id or observation.source != "app":
            raise NotAllowed("Alleen wie meldde, leest zo terug. Kies waarom je dit opent.")
        return
    if scope_of("open_observation", by.role) is not Scope.ALL:
        raise NotAllowed("Je kunt alleen je eigen melding teruglezen.")
    check_own(by, observation)
    own_desk = DESK_ROLES[observation.desk] == by.role
    if purpose not in (OWN_DESK if own_desk else OTHER_DESK):
        raise Invalid(
            "Deze melding is voor het andere loket. Kies waarom je hem toch opent.",
            code="purpose",
        )


def _note_reading(by: Person, observation: Observation, purpose: str) -> None:
    moment = now()
    db.session.add(
        ObservationEvent(
            observation_id=observation.id, at=moment, kind="opened", by_id=by.id, detail=purpose
        )
    )
    if observation.state != "new":
        return
    leave_new(observation)
    observation.state, observation.state_at = "read", moment
    observation.version += 1
    observation.assignee_id = observation.assignee_id or by.id
    db.session.add(
        ObservationEvent(
            observation_id=observation.id, at=moment, kind="state", by_id=by.id, detail="read"
        )
    )
    mark_changed(observation.id, observation.author_id)


def keep_note(by: Person, observation: Observation, purpose: str, text: str) -> bytes:
    """Seal a note and return its digest; the salt in it keeps short texts from being guessed."""
    salt = secrets.token_bytes(32)
    note_id = new_id()
    value = {"v": 1, "salt": salt.hex(), "text": text}
    db.session.add(
        OpeningNote(
            id=note_id,
            observation_id=observation.id,
            by_id=by.id,
            purpose=purpose,
            text_sealed=ring().seal("note", note_id, by.id, value),
        )
    )
    return hashlib.sha256(salt + text.encode()).digest()


def _open(sealed: str, kind: str, item_id: str, author_id: str) -> dict[str, Any]:
    """Return what an envelope holds, or None with the problem that keeps it shut."""
    try:
        return {"opened": ring().open(sealed, kind, item_id, author_id), "problem": None}
    except (UnknownKey, KeyDestroyed):
        return {"opened": None, "problem": "unknown_key"}
    except SealError:
        return {"opened": None, "problem": "broken_seal"}


def _addition(row: Addition) -> dict[str, Any]:
    opened = _open(row.sealed, "addition", row.id, row.author_id)["opened"]
    return {
        "id": row.id,
        "at": row.received_at,
        "question": row.question_id,
        "text": opened.get("text") if opened else None,
    }


def _feedback(row: Feedback, own: bool) -> dict[str, Any]:
    by = None if own else people.name_of(db.session.get_one(Person, row.by_id))
    return {"id": row.id, "kind": row.kind, "text": feedback_text(row), "at": row.at, "by": by}


def _referral(row: Referral) -> dict[str, Any]:
    opened = _open(row.text_sealed, "referral", row.id, row.by_id)["opened"]
    return {
        "id": row.id,
        "at": row.at,
        "to": row.to_id,
        "ground": row.ground,
        "shared": opened["text"] if opened else None,
        "by": people.name_of(db.session.get_one(Person, row.by_id)),
    }


def _note(row: OpeningNote) -> dict[str, Any]:
    opened = _open(row.text_sealed, "note", row.id, row.by_id)["opened"]
    return {
        "at": row.at,
        "purpose": row.purpose,
        "text": opened["text"] if opened else None,
        "by": people.name_of(db.session.get_one(Person, row.by_id)),
    }


def _correction(row: Correction) -> dict[str, Any]:
    opened = _open(row.text_sealed, "correction", row.id, row.by_id)["opened"]
    return {
        "at": row.at,
        "replaced": row.replaced,
        "text": opened["text"] if opened else None,
        "by": people.name_of(db.session.get_one(Person, row.by_id)),
    }


def _rows(table: Any, observation: Observation, order: Any) -> Any:
    return db.session.scalars(
        sa.select(table).where(table.observation_id == observation.id).order_by(order)
    )
