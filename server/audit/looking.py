"""Reading is logged too. A screen that renews itself every minute adds no line each time.

What somebody saw and sees again is one line per quarter of an hour; a list that holds something
else than before is another look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from server.audit.log import log
from server.audit.models import AuditEvent
from server.db import db, now, writing
from server.people.models import Session

AGAIN = timedelta(minutes=15)
# The outcome of a refusal to who read too much in a short time.
READING_LIMIT = "reading_limit"


def look(
    session: Session,
    action: str,
    subject_kind: str,
    subject_id: str | None = None,
    *,
    shown: Sequence[str] = (),
    purpose: str | None = None,
    outcome: str = "done",
) -> None:
    """Log what somebody is about to see, in a transaction of its own, before they see it.

    ``shown`` are the ids on a list: the log keeps how many, and a digest that tells one list from
    another. The caller's transaction ends here, so it comes last and after nothing that is unsaved.
    """
    same: dict[str, Any] = {
        "device_id": session.device_id,
        "action": action,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "purpose": purpose,
        "outcome": outcome,
        "note_digest": hashlib.sha256(" ".join(shown).encode()).digest() if shown else None,
    }
    moment = now()
    # A clock that was set back must not make what is still to come look like just now.
    lately = sa.exists().where(
        AuditEvent.person_id == session.person_id,
        AuditEvent.at > moment - AGAIN,
        AuditEvent.at <= moment,
        *(getattr(AuditEvent, name).is_not_distinct_from(same[name]) for name in same),
    )
    if db.session.scalar(sa.select(lately)):
        return
    person_id = session.person_id
    db.session.rollback()
    with writing():
        log(person_id, **same, count=len(shown) or 1)
        db.session.commit()
