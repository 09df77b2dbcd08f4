"""Remember which observations somebody said do not belong together."""

from __future__ import annotations

from collections.abc import Iterable

from server.bundles.models import Rejection
from server.db import db, insert_into, now
from server.people.models import Session


def keep_apart(session: Session, observation_id: str, others: Iterable[str]) -> None:
    """Suggest an observation with none of these any more, in the caller's transaction."""
    for one, other in (sorted((observation_id, each)) for each in others):
        db.session.execute(
            insert_into(Rejection)
            .values(one_id=one, other_id=other, by_id=session.person_id, at=now())
            .on_conflict_do_nothing()
        )
