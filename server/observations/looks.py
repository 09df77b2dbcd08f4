"""Who looked at what is about me: a person's own part of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from server.audit import AuditEvent
from server.db import db
from server.observations.models import ENTRY, Receipt
from server.people.models import Person

# What a reporter hears by name. Of the rest, such as who else was brought in, only that something
# was done: it says of others what the reporter does not know.
TOLD = frozenset(
    {
        "open",
        "show",
        "open_reporter",
        "respond",
        "change_state",
        "decide_withdrawal",
        "delete",
        "find",
        "review",
        "export",
        "correct",
        "object",
        "decide_objection",
        "note_informing",
        "invite",
        "end_access",
    }
)
# Done by whoever signs in as this person: on a device that is not theirs they want to know.
SIGN_INS = ("sign_in", "add_passkey")
OTHER = "other"


@dataclass(frozen=True)
class Looks:
    """One page, the newest first; ``next`` is the number to ask the following one with."""

    events: Sequence[AuditEvent]
    next: int | None


def own_log(person: Person, device_id: str, before: int | None, limit: int) -> Looks:
    """Return what others, and the system, did with this person's account and observations.

    Beside it stands where somebody came in under this name on another device than this one.
    """
    mine = sa.select(Receipt.item_id).where(Receipt.author_id == person.id, Receipt.kind != ENTRY)
    # One list of ids is looked up in the index; "this or one of those" would read the whole log.
    about_me = sa.union_all(mine, sa.select(sa.literal(person.id, AuditEvent.subject_id.type)))
    by_others = sa.select(AuditEvent.id).where(
        AuditEvent.subject_id.in_(about_me),
        sa.or_(AuditEvent.person_id.is_(None), AuditEvent.person_id != person.id),
    )
    elsewhere = sa.select(AuditEvent.id).where(
        AuditEvent.person_id == person.id,
        AuditEvent.action.in_(SIGN_INS),
        AuditEvent.device_id != device_id,
    )
    query = sa.select(AuditEvent).where(AuditEvent.id.in_(sa.union_all(by_others, elsewhere)))
    if before is not None:
        query = query.where(AuditEvent.id < before)
    events = db.session.scalars(query.order_by(AuditEvent.id.desc()).limit(limit + 1)).all()
    shown = events[:limit]
    return Looks(shown, shown[-1].id if len(events) > limit else None)
