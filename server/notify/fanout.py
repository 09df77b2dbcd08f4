"""Write out what people have to be told: one delivery per phone, or one by mail, never both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server.db import db, insert_into, new_id, now, reading
from server.notify.models import (
    KINDS,
    QUIET_HOURS,
    Delivery,
    MailAddress,
    MailDelivery,
    Notification,
    PushSubscription,
    QuietHours,
    in_a_hurry,
    turn,
)
from server.notify.preferences import Ways, may_go, ways_of
from server.notify.service import any_row, change
from server.people.models import Person

# What no phone took within so long is told by mail no more.
FALL_BACK = timedelta(days=2)
NOBODY_CHOSE = Ways()


def fan_out_due(
    quiet: QuietHours = QUIET_HOURS,
    limit: int = 500,
    *,
    mail: bool = False,
    hurried: bool = False,
) -> int:
    """Write out what is due the way its person chose; who wants to sleep is left to sleep.

    ``mail`` says that this gemeente sends mail at all. Who has no phone to tell then gets mail.
    With ``hurried`` only what is in a hurry is written out.
    """
    moment = now()
    rows = _take(moment, limit, hurried=hurried)
    if not rows:
        db.session.rollback()
        return 0
    chosen = ways_of(row.person_id for row in rows)
    held = defaultdict(list)
    going: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        ways = chosen.get(row.person_id, NOBODY_CHOSE)
        later = may_go(row.kind, moment, urgent=row.urgent, own=ways.own_quiet, general=quiet)
        if later > moment:
            held[later].append(row.id)
        else:
            channel = ways.channel(row.kind)
            going["push" if channel == "mail" and not mail else channel].append(row)
    for later, ids in held.items():
        change(Notification, Notification.id.in_(ids), due_at=later)
    phoneless = _to_phones({row.id: row.person_id for row in going["push"]}, moment)
    by_mail = [row.id for row in going["mail"]]
    if mail:
        by_mail += [
            row.id
            for row in going["push"]
            if row.id in phoneless and _has_mail(chosen.get(row.person_id), row.kind)
        ]
    _to_mail(by_mail, moment)
    done = [row.id for rows in going.values() for row in rows]
    if done:
        change(Notification, Notification.id.in_(done), fanned_at=moment)
    db.session.commit()
    return len(done)


def _take(moment: datetime, limit: int, *, hurried: bool) -> Sequence[Any]:
    """Keep to ourselves until commit what is due, the hurried first."""
    due = sa.and_(Notification.fanned_at.is_(None), Notification.due_at <= moment)
    if hurried:
        due = sa.and_(due, in_a_hurry())
    if not any_row(due):
        return []
    return db.session.execute(
        sa.select(Notification.id, Notification.person_id, Notification.kind, Notification.urgent)
        .where(due)
        .order_by(turn(), Notification.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def mail_what_no_phone_took(limit: int = 500) -> int:
    """Queue by mail what every phone of somebody turned down; return how many."""
    of_it = Delivery.notification_id == Notification.id
    reached = sa.or_(Delivery.done_at.is_(None), Delivery.outcome == "accepted")
    refused = sa.and_(
        Notification.fanned_at > now() - FALL_BACK,
        Notification.kind.in_([kind for kind, how in KINDS.items() if how.topic]),
        sa.exists().where(of_it),
        ~sa.exists().where(of_it, reached),
        ~sa.exists().where(MailDelivery.notification_id == Notification.id),
        sa.exists().where(
            MailAddress.person_id == Notification.person_id,
            MailAddress.confirmed_at.is_not(None),
            MailAddress.refused_at.is_(None),
            Person.id == MailAddress.person_id,
            Person.ended_at.is_(None),
        ),
    )
    with reading():
        ids = list(db.session.scalars(sa.select(Notification.id).where(refused).limit(limit)))
        db.session.rollback()
    _to_mail(ids, now())
    db.session.commit()
    return len(ids)


def to_phones_instead(notifications: Mapping[str, str], moment: datetime) -> None:
    """Send by push what no mail server would take, in the caller's transaction."""
    tried = set(
        db.session.scalars(
            sa.select(Delivery.notification_id).where(Delivery.notification_id.in_(notifications))
        )
    )
    _to_phones({one: who for one, who in notifications.items() if one not in tried}, moment)


def _has_mail(ways: Ways | None, kind: str) -> bool:
    return ways is not None and ways.mail and KINDS[kind].topic is not None


def _to_mail(ids: Iterable[str], moment: datetime) -> None:
    rows = [
        {
            "id": new_id(),
            "notification_id": one,
            "made_at": moment,
            "due_at": moment,
            "attempts": 0,
        }
        for one in sorted(ids)
    ]
    if rows:
        # Another clock may have been first.
        db.session.execute(insert_into(MailDelivery).on_conflict_do_nothing(), rows)


def _to_phones(going: Mapping[str, str], moment: datetime) -> set[str]:
    """Write one delivery per phone; return what went to none, because there is none."""
    phones = defaultdict(list)
    for phone in db.session.execute(
        sa.select(
            PushSubscription.id, PushSubscription.person_id, PushSubscription.resume_at
        ).where(PushSubscription.person_id.in_(set(going.values())))
    ):
        phones[phone.person_id].append(phone)
    rows = [
        {
            "id": new_id(),
            "notification_id": notification_id,
            "subscription_id": phone.id,
            "made_at": moment,
            "due_at": max(moment, phone.resume_at or moment),
            "attempts": 0,
        }
        for notification_id, person_id in going.items()
        for phone in phones[person_id]
    ]
    if rows:
        db.session.execute(sa.insert(Delivery), rows)
    return {one for one, who in going.items() if not phones[who]}
