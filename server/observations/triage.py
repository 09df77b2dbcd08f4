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
from server.observations import keeping, opening
from server.observations.models import (
    ANSWERS,
    NOBODY,
    NOTHING_DUE,
    Feedback,
    LateItem,
    Observation,
    ObservationEvent,
)
from server.observations.service import (
    check_own,
    erase,
    hold,
    leave_new,
    mark_changed,
    tell_desk,
)
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
    observation = take(session, observation_id, version)
    if state not in (MOVES | REOPEN).get(observation.state, ()):
        raise Conflict("Deze stap kan nu niet. Laad de melding opnieuw.", code="step")
    if state == "closed":
        nobody = observation.no_feedback_reason == NOBODY
        if observation.answered_at is None and reason is None and not nobody:
            raise Conflict(
                "De melder heeft nog geen terugkoppeling. Stuur die eerst, of kies waarom dat "
                "niet kan.",
                code="feedback_owed",
            )
        if not nobody:
            observation.no_feedback_reason = reason
    _move(session.person, observation, state, detail=reason)
    finish(session, observation, "change_state", outcome=state)
    return observation


def respond(
    session: Session,
    observation_id: str,
    *,
    feedback_id: str,
    kind: str,
    text: str | None,
    version: int | None = None,
    told: str | None = None,
    close: bool = False,
) -> Observation:
    """Give feedback to the reporter; the same feedback id a second time changes nothing.

    The text may not name anybody known from the observation. With ``version`` somebody else's
    answer of a moment ago is not followed by a second one that nobody meant. ``told`` says how a
    reporter without the app heard it. ``close`` closes it in the same step.
    """
    observation = take(session, observation_id)
    earlier = db.session.get(Feedback, feedback_id)
    if earlier is not None:
        if earlier.observation_id != observation.id:
            raise Conflict("Dit antwoord hoort bij een andere melding.", code="feedback_id")
        return observation
    if version is not None:
        check_version(observation, version)
    _check_way(observation, told)
    if close and kind not in ANSWERS:
        raise Conflict(
            "Met deze zin kun je niet afronden: de melder weet dan nog niet wat je doet.",
            code="feedback_owed",
        )
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
            told=told,
        )
    )
    _answered(by, observation, kind)
    if close and observation.state != "closed":
        _move(by, observation, "closed")
    _tell_reporter(observation, "question" if kind == "question" else "feedback")
    finish(session, observation, "respond", outcome=kind)
    return observation


def hand_over(
    session: Session, observation_id: str, *, desk: str, version: int, note: str | None
) -> Observation:
    """Give an observation to the other desk, which hears of it; a note for it is sealed."""
    observation = take(session, observation_id, version)
    if observation.desk == desk:
        raise Conflict("Deze melding is al bij dit loket.", code="step")
    by = session.person
    digest = opening.keep_note(by, observation, "hand_over", note) if note else None
    observation.desk = desk
    observation.assignee_id = None
    note_event(observation, "handed_over", by, desk)
    tell_desk(desk, "observation")
    finish(session, observation, "hand_over", outcome=desk, note_digest=digest)
    return observation


def decide_withdrawal(
    session: Session, observation_id: str, *, decision: str, version: int
) -> None:
    """Answer a reporter who wants a read observation back: erase it, or keep it and say so."""
    observation = take(session, observation_id, version)
    if observation.withdrawal_asked_at is None:
        raise Conflict("De melder vraagt dit niet meer. Laad de melding opnieuw.", code="step")
    author_id = observation.author_id
    if decision == "erase":
        erase(observation.id, "withdrawn")
    else:
        observation.withdrawal_asked_at, observation.withdrawal_kept_at = None, now()
        observation.version += 1
        note_event(observation, "withdrawal_kept", session.person, None)
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


def take(session: Session, observation_id: str, version: int | None = None) -> Observation:
    """Return an observation that this person may now change, and nobody else until commit."""
    observation = hold(observation_id)
    if observation is None:
        raise NotFound("Deze melding bestaat niet meer.")
    check_own(session.person, observation)
    if version is not None:
        check_version(observation, version)
    return observation


def check_version(observation: Observation, version: int) -> None:
    """Refuse a change by whoever looks at an older version: they see both and choose."""
    if observation.version != version:
        raise Conflict(
            "Een collega heeft deze melding net ook veranderd. Bekijk beide en kies.",
            code="version",
        )


def note_event(observation: Observation, kind: str, by: Person, detail: str | None) -> None:
    """Add a line to the timeline."""
    db.session.add(
        ObservationEvent(
            observation_id=observation.id, at=now(), kind=kind, by_id=by.id, detail=detail
        )
    )


def finish(session: Session, observation: Observation, action: str, **more: Any) -> None:
    """Raise the version, let the reporter's phone hear of it, log it, and commit."""
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


def _check_way(observation: Observation, told: str | None) -> None:
    """Refuse an answer that reaches nobody, or that is said to have gone another way."""
    if observation.source == "app":
        if told is not None:
            raise Invalid("Deze melder hoort het in de app.", code="told")
        return
    if observation.no_feedback_reason == NOBODY:
        raise Conflict("Er is geen melder om te antwoorden. Rond de melding af.", code="nobody")
    if told is None:
        raise Invalid(
            "Deze melder heeft de app niet. Vertel het zelf en kies hoe je dat deed.",
            code="not_told",
            invalid_params=[{"name": "told", "reason": "Kies hoe je het vertelde."}],
        )


def _answered(by: Person, observation: Observation, kind: str) -> None:
    """Note what this answer means for what is still owed, and for whose turn it is."""
    moment = now()
    is_question = kind == "question"
    note_event(observation, "question" if is_question else "feedback", by, kind)
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
    if observation.source != "app":
        return
    notify.queue(
        [observation.author_id], kind, f"{kind}-{observation.id}", f"/#/mijn/{observation.id}"
    )


def _move(by: Person, observation: Observation, state: str, detail: str | None = None) -> None:
    leave_new(observation)
    observation.state, observation.state_at = state, now()
    if state == "in_progress":
        observation.assignee_id = by.id
        if observation.no_feedback_reason != NOBODY:
            observation.no_feedback_reason = None
    note_event(observation, "state", by, f"{state}:{detail}" if detail else state)


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
