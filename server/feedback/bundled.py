"""Answer every reporter of a bundle at once: each observation is looked at for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.bundles import service as bundles
from server.db import db
from server.errors import Conflict, Invalid, NotAllowed, Problem
from server.observations import answering
from server.people.models import Session


def answer_all(
    session: Session,
    bundle_id: str,
    *,
    kind: str,
    text: str | None,
    answers: Sequence[Mapping[str, Any]],
) -> int:
    """Give all these reporters the same answer, or none of them; return how many it was.

    The text is held against the names of each observation. What stands in the way of one is told
    for each, so that nothing has to be sent twice to find the next. The same ids again change
    nothing.
    """
    bundle = bundles.find(bundle_id)
    if bundle.ended_at is not None:
        raise Conflict("Deze bundel is uit elkaar gehaald.", code="ended")
    authors = {one.id: one.author_id for one in bundles.members(bundle.id)}
    if any(answer["observation"] not in authors for answer in answers):
        raise Conflict(
            "Een melding zit niet meer in deze bundel. Laad de bundel opnieuw.", code="not_in_it"
        )
    faults: list[tuple[int, Problem]] = []
    numbered = list(enumerate(answers))
    # Everybody locks reporters in the same order.
    for number, answer in sorted(
        numbered, key=lambda pair: (authors[pair[1]["observation"]], pair[1]["observation"])
    ):
        try:
            answering.give(
                session,
                answer["observation"],
                feedback_id=answer["id"],
                kind=kind,
                text=text,
                version=answer["version"],
                told=answer["told"],
            )
        except (Invalid, Conflict, NotAllowed) as fault:
            faults.append((number, fault))
    if faults:
        db.session.rollback()
        raise _told(sorted(faults, key=lambda pair: pair[0]))
    db.session.commit()
    return len(answers)


def _told(faults: list[tuple[int, Problem]]) -> Problem:
    """Return the first fault, with each of them under the answer it belongs to."""
    first = faults[0][1]
    kind = type(first) if isinstance(first, Conflict) else Invalid
    return kind(
        first.detail,
        code=first.code,
        invalid_params=[
            {"name": f"answers.{number}", "reason": fault.detail} for number, fault in faults
        ],
    )
