"""The desk's side: take up an observation, answer its reporter, close it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, now
from server.errors import Conflict, NotFound
from server.notify import service as notify
from server.observations import opening
from server.observations.models import (
    NOBODY,
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
    """Return what arrived but does not fit, oldest first; what was settled comes last."""
    return list(
        db.session.scalars(
            sa.select(LateItem)
            .order_by(
                LateItem.settled_at.is_not(None), LateItem.settled_at.desc(), LateItem.received_at
            )
            .limit(200)
        )
    )


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
    move(session.person, observation, state, detail=reason)
    finish(session, observation, "change_state", outcome=state)
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
    record(session, observation, action, **more)
    db.session.commit()


def record(session: Session, observation: Observation, action: str, **more: Any) -> None:
    """Do what ``finish`` does, in the caller's transaction."""
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


def move(by: Person, observation: Observation, state: str, detail: str | None = None) -> None:
    """Put an observation in another state, with a line in its timeline."""
    leave_new(observation)
    observation.state, observation.state_at = state, now()
    if state == "in_progress":
        observation.assignee_id = by.id
        if observation.no_feedback_reason != NOBODY:
            observation.no_feedback_reason = None
    note_event(observation, "state", by, f"{state}:{detail}" if detail else state)
