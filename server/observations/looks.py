"""Who looked at what is about me: a person's own part of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from server.audit import AuditEvent
from server.db import db
from server.observations.models import ENTRY, Receipt
from server.people.models import Person


@dataclass(frozen=True)
class Looks:
    """One page, the newest first; ``next`` is the number to ask the following one with."""

    events: Sequence[AuditEvent]
    next: int | None


def own_log(person: Person, before: int | None, limit: int) -> Looks:
    """Return what others, and the system, did with this person's account and observations."""
    mine = sa.select(Receipt.item_id).where(Receipt.author_id == person.id, Receipt.kind != ENTRY)
    # One list of ids is looked up in the index; "this or one of those" would read the whole log.
    about_me = sa.union_all(mine, sa.select(sa.literal(person.id, AuditEvent.subject_id.type)))
    where = [
        AuditEvent.subject_id.in_(about_me),
        sa.or_(AuditEvent.person_id.is_(None), AuditEvent.person_id != person.id),
    ]
    if before is not None:
        where.append(AuditEvent.id < before)
    events = db.session.scalars(
        sa.select(AuditEvent).where(*where).order_by(AuditEvent.id.desc()).limit(limit + 1)
    ).all()
    shown = events[:limit]
    return Looks(shown, shown[-1].id if len(events) > limit else None)
