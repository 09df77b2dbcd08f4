"""Answer a reporter: in a ready sentence, perhaps with words of one's own that name nobody."""

from __future__ import annotations

from server.db import db, now
from server.errors import Conflict, Invalid, fault
from server.events import service as events
from server.keyring import ring
from server.notify import service as notify
from server.observations import keeping
from server.observations.models import ANSWERS, NOBODY, NOTHING_DUE, Feedback, Observation
from server.observations.naming import check_names
from server.observations.triage import check_version, move, note_event, record, take
from server.people.models import Person, Session


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
    observation = give(
        session,
        observation_id,
        feedback_id=feedback_id,
        kind=kind,
        text=text,
        version=version,
        told=told,
        close=close,
    )
    db.session.commit()
    return observation


def give(
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
    """Do what ``respond`` does, in the caller's transaction."""
    observation = take(session, observation_id)
    earlier = db.session.get(Feedback, feedback_id)
    if earlier is not None:
        if earlier.observation_id != observation.id:
            raise Conflict("Dit antwoord hoort bij een andere melding.", code="feedback_id")
        return observation
    if version is not None:
        check_version(observation, version)
    _check_way(observation, told)
    _check_words(observation, kind, text, close)
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
    events.note("feedback")
    _answered(by, observation, kind)
    if close and observation.state != "closed":
        move(by, observation, "closed")
    _tell_reporter(observation, "question" if kind == "question" else "feedback")
    record(session, observation, "respond", outcome=kind)
    return observation


def _check_way(observation: Observation, told: str | None) -> None:
    """Refuse an answer that reaches nobody, or that is said to have gone another way."""
    if observation.source == "app":
        if told is not None:
            raise Invalid("Deze melder hoort het in de app.", code="told")
        return
    if observation.no_feedback_reason == NOBODY:
        raise Conflict("Er is geen melder om te antwoorden. Rond de melding af.", code="nobody")
    if told is None:
        raise fault(
            "told",
            "Kies hoe je het vertelde.",
            detail="Deze melder heeft de app niet. Vertel het zelf en kies hoe je dat deed.",
            code="not_told",
        )


def _check_words(observation: Observation, kind: str, text: str | None, close: bool) -> None:
    """Refuse an answer that tells the reporter too little, or names somebody."""
    if close and kind not in ANSWERS:
        raise Conflict(
            "Met deze zin kun je niet afronden: de melder weet dan nog niet wat je doet.",
            code="feedback_owed",
        )
    if kind == "question" and not text:
        raise Invalid("Schrijf je vraag op.", code="question_empty")
    if text:
        check_names(observation, text)


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
        move(by, observation, "read" if kind == "read" else "in_progress")
    observation.assignee_id = observation.assignee_id or by.id
    keeping.work_out(observation)


def _tell_reporter(observation: Observation, kind: str) -> None:
    if observation.source != "app":
        return
    notify.queue(
        [observation.author_id], kind, f"{kind}-{observation.id}", f"/#/mijn/{observation.id}"
    )
