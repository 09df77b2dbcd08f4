"""How each person wants to be told, and when they want to be left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from server.db import db, insert_into
from server.errors import fault
from server.notify.models import KINDS, TOPICS, MailAddress, Preference, QuietHours
from server.people.models import Person

DIGEST_HOUR = 8
DIGEST_HOURS = range(6, 19)


@dataclass(frozen=True)
class Ways:
    """What one person chose. ``mail`` says that there is an address which mail can go to."""

    channels: Mapping[str, str] = field(default_factory=dict)
    own_quiet: QuietHours | None = None
    mail: bool = False

    def channel(self, kind: str) -> str:
        """Return how this person hears of a kind; without an address that never is mail."""
        topic = KINDS[kind].topic
        chosen = self.channels.get(topic, "push") if topic else "push"
        return "push" if chosen == "mail" and not self.mail else chosen


def may_go(
    kind: str, moment: datetime, *, urgent: bool, own: QuietHours | None, general: QuietHours
) -> datetime:
    """Return when this may be sent: now, or at the end of the quiet hours.

    Who chose hours of their own is left alone in those by everything that is not urgent.
    """
    if urgent or KINDS[kind].topic is None:
        return moment
    if own is not None:
        return own.until(moment)
    return general.until(moment) if KINDS[kind].quiet else moment


def ways_of(people_ids: Iterable[str]) -> dict[str, Ways]:
    """Return what these people chose; who is not in it chose nothing."""
    usable = sa.and_(MailAddress.confirmed_at.is_not(None), MailAddress.refused_at.is_(None))
    rows = db.session.execute(
        sa.select(
            Person.id,
            Preference.channels,
            Preference.quiet_from,
            Preference.quiet_until,
            sa.exists().where(MailAddress.person_id == Person.id, usable).label("mail"),
        )
        .outerjoin(Preference, Preference.person_id == Person.id)
        .where(Person.id.in_(set(people_ids)))
    )
    return {
        row.id: Ways(row.channels or {}, own_hours(row.quiet_from, row.quiet_until), row.mail)
        for row in rows
    }


def own_hours(start: time | None, end: time | None) -> QuietHours | None:
    """Return the quiet hours somebody chose, or None when they chose none."""
    return QuietHours(start, end) if start is not None and end is not None else None


def show(person: Person) -> dict[str, Any]:
    """Return what somebody chose, with what holds where they chose nothing."""
    row = db.session.get(Preference, person.id)
    chosen = row.channels if row else {}
    quiet = own_hours(row.quiet_from, row.quiet_until) if row else None
    return {
        "channels": {topic: chosen.get(topic, "push") for topic in TOPICS},
        "quiet": {"from": _written(quiet.start), "until": _written(quiet.end)} if quiet else None,
        "digest_hour": row.digest_hour if row and row.digest_hour is not None else DIGEST_HOUR,
    }


def choose(
    person: Person,
    *,
    channels: Mapping[str, str],
    quiet: Mapping[str, str] | None,
    digest_hour: int,
) -> None:
    """Keep what somebody chooses; what they do not name stays as the gemeente has it."""
    if quiet and quiet["from"] == quiet["until"]:
        raise fault(
            "quiet.until",
            "Kies een andere tijd dan waar het begint.",
            detail="Stil van en tot kunnen niet gelijk zijn.",
            code="quiet",
        )
    row = db.session.get(Preference, person.id)
    if row is None:
        # Two of somebody's phones at once: both name the same row.
        db.session.execute(_insert_once(person.id))
        row = db.session.get_one(Preference, person.id)
    row.channels = dict(channels)
    row.quiet_from = time.fromisoformat(quiet["from"]) if quiet else None
    row.quiet_until = time.fromisoformat(quiet["until"]) if quiet else None
    row.digest_hour = digest_hour
    db.session.commit()


def _insert_once(person_id: str) -> sa.Insert:
    insert = insert_into(Preference).values(person_id=person_id, channels={})
    return insert.on_conflict_do_nothing()


def _written(moment: time) -> str:
    return moment.isoformat(timespec="minutes")
