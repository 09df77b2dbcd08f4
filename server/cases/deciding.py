"""What was decided in a case, and on which ground."""

from __future__ import annotations

from server import cards
from server.cases import members, service, words
from server.cases.models import Case, Decision
from server.db import db
from server.errors import Conflict, fault
from server.people.models import Session


def decide(
    session: Session,
    case_id: str,
    *,
    decision_id: str,
    ground: str,
    text: str,
    meeting: str | None = None,
) -> Case:
    """Record what was decided and on which ground; the same id again changes nothing."""
    case = members.hold(session.person, case_id)
    known = db.session.get(Decision, decision_id)
    if known is not None:
        if known.case_id != case.id:
            raise Conflict("Dit id hoort bij een ander besluit.", code="decision_id")
        return case
    if ground not in {one["id"] for one in cards.library().referrals["grounds"]}:
        raise fault("ground", "Kies een grond uit de lijst.")
    sealed = words.seal("decision", decision_id, session.person_id, text=text)
    db.session.add(
        Decision(
            id=decision_id,
            case_id=case.id,
            meeting_id=meeting,
            ground=ground,
            by_id=session.person_id,
            text_sealed=sealed,
        )
    )
    return service.finish(session, case, "decide")
