"""Close a case, open it again, and tell who worked along how it went."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server.cases import members, service, words
from server.cases.models import Case, CaseEvent, CaseSource, Participant
from server.db import db, now
from server.errors import Conflict, fault
from server.notify import service as notify
from server.observations.keeping import hold_for_case, release_from_case
from server.observations.models import Observation
from server.people.models import Person, Session
from server.workdays import local_day


def owed(case: Case) -> list[Observation]:
    """Return the observations of a case whose reporter is still owed an answer."""
    return list(
        db.session.scalars(
            sa.select(Observation)
            .join(CaseSource, CaseSource.observation_id == Observation.id)
            .where(
                CaseSource.case_id == case.id,
                Observation.answered_at.is_(None),
                Observation.no_feedback_reason.is_(None),
            )
        )
    )


def close(
    session: Session, case_id: str, *, version: int, outcome: str, text: str, word: str | None
) -> Case:
    """Close a case: with an outcome, every reporter answered, and a word to who worked along."""
    held = service.hold_observations(_observation_ids(case_id))
    case = members.hold(session.person, case_id, version)
    if not text.strip():
        raise fault("text", "Schrijf op wat het heeft opgeleverd.")
    still = owed(case)
    if still:
        count = "1 melding heeft" if len(still) == 1 else f"{len(still)} meldingen hebben"
        raise Conflict(
            f"{count} nog geen antwoord. Geef dat eerst.",
            code="feedback_owed",
        )
    shell = [one.person_id for one in members.participants(case) if one.part == "shell"]
    if shell and not (word or "").strip():
        raise fault(
            "word",
            "Schrijf hoe het afliep, zonder namen.",
            detail="Schrijf een kort woord aan wie meewerkte: hoe liep het af?",
        )
    case.outcome, case.closed_on = outcome, local_day(now())
    service.note(session, case, "closed", text=text)
    if shell:
        service.note(session, case, "word", text=word)
        notify.queue(shell, "reminder", f"case-{case.id}", "/#/casussen")
    db.session.flush()
    for observation in held:
        if not _is_in_another(observation.id):
            release_from_case(observation, case.closed_on)
    return service.finish(session, case, "close", outcome=outcome)


def reopen(session: Session, case_id: str, *, version: int, text: str) -> Case:
    """Open a closed case again; what is left of its observations is held again."""
    held = service.hold_observations(_observation_ids(case_id))
    case = members.hold(session.person, case_id, version, closed=True)
    case.closed_on = case.outcome = None
    service.note(session, case, "reopened", text=text)
    for observation in held:
        hold_for_case(observation)
    return service.finish(session, case, "reopen")


def words_to(by: Person) -> list[dict[str, Any]]:
    """Return what was said to somebody of the cases they worked along on and that are closed."""
    if not members.may_take_part(by):
        return []
    rows = db.session.execute(
        sa.select(Case, CaseEvent)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .join(Participant, Participant.case_id == Case.id)
        .where(
            Participant.person_id == by.id,
            Participant.part == "shell",
            Participant.ended_at.is_(None),
            CaseEvent.kind == "word",
            Case.closed_on.is_not(None),
        )
        .order_by(CaseEvent.at.desc())
    ).all()
    latest = {case.id: (case, event) for case, event in reversed(rows)}
    return [
        {
            "number": case.number,
            "closed_on": case.closed_on,
            "text": words.read(event.text_sealed, "case_event", event.id, event.by_id).get("text"),
        }
        for case, event in latest.values()
    ]


def _observation_ids(case_id: str) -> set[str]:
    found = sa.select(CaseSource.observation_id).where(CaseSource.case_id == case_id)
    return set(db.session.scalars(found))


def _is_in_another(observation_id: str) -> bool:
    return bool(
        db.session.scalar(
            sa.select(
                sa.exists().where(
                    CaseSource.observation_id == observation_id,
                    CaseSource.case_id == Case.id,
                    Case.closed_on.is_(None),
                )
            )
        )
    )
