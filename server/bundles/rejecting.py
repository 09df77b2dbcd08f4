"""Remember which observations somebody said do not belong together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from server.bundles.models import Rejection
from server.db import db, now
from server.people.models import Session


def keep_apart(session: Session, observation_id: str, others: Iterable[str]) -> None:
    """Suggest an observation with none of these any more, in the caller's transaction."""
    for one, other in (sorted((observation_id, each)) for each in others):
        db.session.execute(
            _insert()
            .values(one_id=one, other_id=other, by_id=session.person_id, at=now())
            .on_conflict_do_nothing()
        )


def _insert() -> Any:
    """Return an insert of this database's dialect."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(Rejection)
