"""How much one account may read: enough for a busy day, too little to take everything along.

The log itself is what is counted, so nothing that was read can be left out. Handing in is never
limited by this, nor is rereading what one wrote oneself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server import cards
from server.access.permissions import DESK
from server.audit import AuditEvent, looking
from server.db import db, now, writing
from server.errors import TooMany
from server.notify import service as notify
from server.people import service as people
from server.people.models import Session

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CODE = looking.READING_LIMIT
# Whoever decides on one report looks at the plain part of several, and at many pages of a list. Who
# asks what is kept of them may stand in many.
ACTIONS = {("open", "open_reporter"): 1, ("show", "review"): 5, ("list",): 25}


@dataclass(frozen=True)
class Limits:
    """How often an account may open a seal, as this gemeente has it."""

    openings_per_hour: int
    openings_per_day: int

    @classmethod
    def of_gemeente(cls) -> Limits:
        """Return the limits that hold now."""
        settings = cards.library().reading
        return cls(settings["openings_per_hour"], settings["openings_per_day"])


def check(session: Session, action: str) -> None:
    """Raise TooMany when this account read its share; somebody else then hears of it, once a day.

    Like a refusal it undoes what the caller had not committed, so it comes first.
    """
    actions, factor = next(item for item in ACTIONS.items() if action in item[0])
    limits = Limits.of_gemeente()
    moment = now()
    for within, most in ((HOUR, limits.openings_per_hour), (DAY, limits.openings_per_day)):
        oldest = _read_before(session.person_id, actions, (moment - within, moment), most * factor)
        if oldest is not None:
            _tell_others(session)
            raise TooMany(
                "Je hebt in korte tijd heel veel meldingen gelezen. Wacht even. Moet je nu verder? "
                "Bel de beheerder.",
                code=CODE,
                retry_after=max(1, math.ceil((oldest + within - moment).total_seconds())),
            )


def look(session: Session, action: str, subject_kind: str, **more: Any) -> None:
    """Log what somebody is about to see, if this account may see more; see ``audit.looking``."""
    check(session, action)
    looking.look(session, action, subject_kind, **more)


def _read_before(
    person_id: str, actions: tuple[str, ...], between: tuple[datetime, datetime], most: int
) -> datetime | None:
    """Return when the last reading was that still counts against one more, or None."""
    return db.session.scalar(
        sa.select(AuditEvent.at)
        .where(
            AuditEvent.person_id == person_id,
            AuditEvent.at > between[0],
            AuditEvent.at <= between[1],
            AuditEvent.action.in_(actions),
            AuditEvent.purpose.is_distinct_from("own"),
        )
        .order_by(AuditEvent.at.desc())
        .offset(most - 1)
        .limit(1)
    )


def _tell_others(session: Session) -> None:
    """Let the beheerder and the rest of the desks know: it may be a session that was stolen."""
    person_id = session.person_id
    told = sa.exists().where(
        AuditEvent.person_id == person_id,
        AuditEvent.at.between(now() - DAY, now()),
        AuditEvent.action == "refuse",
        AuditEvent.outcome == CODE,
    )
    known = db.session.scalar(sa.select(told))
    db.session.rollback()
    if known:
        return
    with writing():
        for roles, url in ((DESK, "/#/postvak"), (("beheerder",), "/#/uitnodigen/mensen")):
            others = set(people.with_roles(*roles)) - {person_id}
            notify.queue(others, "limit", f"limit-{person_id}", url)
        db.session.commit()
