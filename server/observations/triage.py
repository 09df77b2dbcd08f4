"""The desk's side: take up an observation, answer its reporter, close it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, now
from server.errors import Conflict, Invalid, NotFound
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.notify import service as notify
from server.observations import keeping
from server.observations.models import (
    ANSWERS,
    NOTHING_DUE,
    Feedback,
    LateItem,
    Observation,
    ObservationEvent,
)
from server.observations.service import erase, hold, leave_new, mark_changed
from server.people.models import Person, Session
from server.sealing import SealError

MOVES = {"new": ("in_progress",), "read": ("in_progress", "closed"), "in_progress": ("closed",)}
REOPEN = {"closed": ("in_progress",)}


def find(observation_id: str) -> Observation:
    """Return one observation for a desk."""
    observation = db.session.get(Observation, observation_id)
    if observation is None:
        raise NotFound("Deze melding bestaat niet meer.")
    return observation


def timeline(observation: Observation) -> list[ObservationEvent]:
    """Return what happened to an observation, oldest first."""
    return list(
        db.session.scalars(
            sa.select(ObservationEvent)
            .where(ObservationEvent.observation_id == observation.id)
            .order_by(ObservationEvent.id)
        )
    )


def late_items() -> list[LateItem]:
    """Return what arrived but does not fit, oldest first."""
    return list(db.session.scalars(sa.select(LateItem).order_by(LateItem.received_at).limit(200)))


def change_state(
    session: Session, observation_id: str, *, state: str, version: int, reason: str | None
) -> Observation:
    """Move an observation on; closing needs an answer, or a reason why none can reach the reporter.

    Raise Conflict when somebody else changed it since ``version``.
    """
    observation = _locked(observation_id)
    _check_version(observation, version)
    if state not in (MOVES | REOPEN).get(observation.state, ()):
        raise Conflict("Deze stap kan nu niet. Laad de melding opnieuw.", code="step")
    if state == "closed":
        if observation.answered_at is None and reason is None:
            raise Conflict(
                "De melder heeft nog geen terugkoppeling. Stuur die eerst, of kies waarom dat "
                "niet kan.",
                code="feedback_owed",
            )
        observation.no_feedback_reason = reason
    _move(session.person, observation, state, detail=reason)
    _finish(session, observation, "change_state", outcome=state)
    return observation


def respond(
    session: Session, observation_id: str, *, feedback_id: str, kind: str, text: str | None
) -> Observation:
    """Give feedback to the reporter; the same feedback id a second time changes nothing.

    The text may not name anybody known from the observation.
    """
    observation = _locked(observation_id)
    earlier = db.session.get(Feedback, feedback_id)
    if earlier is not None:
        if earlier.observation_id != observation.id:
            raise Conflict("Dit antwoord hoort bij een andere melding.", code="feedback_id")
        return observation
    if kind == "question" and not text:
        raise Invalid("Schrijf je vraag op.", code="question_empty")
    if text:
        _check_names(observation, text)
    by = session.person
    sealed = ring().seal("feedback", feedback_id, by.id, {"v": 1, "text": text}) if text else None
    db.session.add(
        Feedback(
            id=feedback_id,
            observation_id=observation.id,
            by_id=by.id,
            kind=kind,
            text_sealed=sealed,
        )
    )
    _answered(by, observation, kind)
    _tell_reporter(observation, "question" if kind == "question" else "feedback")
    _finish(session, observation, "respond", outcome=kind)
    return observation


def decide_withdrawal(
    session: Session, observation_id: str, *, decision: str, version: int
) -> None:
    """Answer a reporter who wants a read observation back: erase it, or keep it and say so."""
    observation = _locked(observation_id)
    _check_version(observation, version)
    if observation.withdrawal_asked_at is None:
        raise Conflict("De melder vraagt dit niet meer. Laad de melding opnieuw.", code="step")
    author_id = observation.author_id
    if decision == "erase":
        erase(observation.id, "withdrawn")
    else:
        observation.withdrawal_asked_at, observation.withdrawal_kept_at = None, now()
        observation.version += 1
        _note(observation, "withdrawal_kept", session.person, None)
    mark_changed(observation_id, author_id)
    notify.queue([author_id], "feedback", f"withdrawal-{observation_id}", "/#/mijn")
    audit.log(
        session.person_id,
        "decide_withdrawal",
        "observation",
        observation_id,
        outcome=decision,
        device_id=session.device_id,
    )
    db.session.commit()


def _check_version(observation: Observation, version: int) -> None:
    if observation.version != version:
        raise Conflict(
            "Een collega heeft deze melding net ook veranderd. Bekijk beide en kies.",
            code="version",
        )


def _answered(by: Person, observation: Observation, kind: str) -> None:
    """Note what this answer means for what is still owed, and for whose turn it is."""
    moment = now()
    is_question = kind == "question"
    _note(observation, "question" if is_question else "feedback", by, kind)
    observation.waiting_since = moment if is_question else None
    if kind in ANSWERS:
        observation.answered_at = observation.answered_at or moment
        observation.added_at = None
        observation.due_on = NOTHING_DUE
    if observation.state == "new" or (observation.state == "read" and kind != "read"):
        _move(by, observation, "read" if kind == "read" else "in_progress")
    observation.assignee_id = observation.assignee_id or by.id
    keeping.work_out(observation)


def _tell_reporter(observation: Observation, kind: str) -> None:
    notify.queue(
        [observation.author_id], kind, f"{kind}-{observation.id}", f"/#/mijn/{observation.id}"
    )


def _locked(observation_id: str) -> Observation:
    observation = hold(observation_id)
    if observation is None:
        raise NotFound("Deze melding bestaat niet meer.")
    return observation


def _move(by: Person, observation: Observation, state: str, detail: str | None = None) -> None:
    leave_new(observation)
    observation.state, observation.state_at = state, now()
    if state == "in_progress":
        observation.assignee_id = by.id
        observation.no_feedback_reason = None
    _note(observation, "state", by, f"{state}:{detail}" if detail else state)


def _note(observation: Observation, kind: str, by: Person, detail: str | None) -> None:
    db.session.add(
        ObservationEvent(
            observation_id=observation.id, at=now(), kind=kind, by_id=by.id, detail=detail
        )
    )


def _finish(session: Session, observation: Observation, action: str, **more: Any) -> None:
    observation.version += 1
    mark_changed(observation.id, observation.author_id)
    audit.log(
        session.person_id,
        action,
        "observation",
        observation.id,
        device_id=session.device_id,
        **more,
    )
    db.session.commit()


def _check_names(observation: Observation, text: str) -> None:
    """Refuse a text that holds a name the reporter wrote down; the system opens the seal for it."""
    audit.log(None, "open", "observation", observation.id, purpose="feedback_check")
    said = _words(text)
    if any(_is_named(name, said) for name in _names(observation)):
        sentence = "In deze zin staat een naam uit de melding. Haal die weg."
        raise Invalid(
            sentence,
            code="names_somebody",
            invalid_params=[{"name": "text", "reason": sentence}],
        )


def _is_named(name: str, said: list[str]) -> bool:
    """Say whether a proper word of the name, or else the whole name, stands in what was said."""
    proper = [word for word in re.findall(r"\w+", name) if word[0].isupper() and len(word) > 2]
    if proper:
        return any(part in said for word in proper for part in _words(word))
    whole = _words(name)
    starts = range(len(said) - len(whole) + 1)
    return bool(whole) and any(said[at : at + len(whole)] == whole for at in starts)


def _names(observation: Observation) -> list[str]:
    try:
        opened = ring().open(
            observation.sealed, "observation", observation.id, observation.author_id
        )
    except (UnknownKey, KeyDestroyed, SealError):
        return []
    persons = opened.get("persons")
    if not isinstance(persons, list):
        return []
    return [
        str(person.get("name"))
        for person in persons
        if isinstance(person, dict) and person.get("name")
    ]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
