"""Bring what is queued to the mail server: only the clock process comes here.

Like the courier: claimed with a lease, sent while no transaction is open, written down after.
What waits for one person goes in one letter. A mail server may take its time, so the lease begins
anew with every letter. Who dies between sending and writing down may have a letter go out twice;
both then carry the same number.
"""

from __future__ import annotations

import logging
import smtplib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import sqlalchemy as sa

from server.db import db, now
from server.notify import addresses
from server.notify.bounces import number_of
from server.notify.courier import wait_after
from server.notify.fanout import to_phones_instead
from server.notify.mail import LATER, Letter, Mailer, Result, code_letter, notice
from server.notify.models import (
    KINDS,
    QUIET_HOURS,
    MailAddress,
    MailDelivery,
    Notification,
    Preference,
    QuietHours,
)
from server.notify.preferences import may_go, own_hours
from server.notify.service import any_row, change
from server.people.models import Person

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
GIVES_UP_AFTER = timedelta(days=3)
BATCH = 50


@dataclass(frozen=True)
class Post:
    """One person's letter, and the deliveries that are done when it was accepted."""

    letter: Letter
    person_id: str
    deliveries: tuple[str, ...]
    notifications: tuple[str, ...]
    attempts: int
    made_at: datetime
    requests: tuple[str, ...]


def deliver_due(
    mailer: Mailer,
    owner: str,
    public_url: str,
    limit: int = BATCH,
    *,
    quiet: QuietHours = QUIET_HOURS,
    stop: Event | None = None,
) -> int:
    """Send what is due, each letter by one worker at a time; return how many were claimed."""
    if not any_row(_claimable(now())):
        return 0
    claimed = _claim(owner, limit)
    posts = _prepare(claimed, public_url, quiet)
    db.session.commit()
    _send_all(posts, mailer, owner, stop or Event())
    return len(claimed)


def _claimable(moment: datetime) -> sa.ColumnElement[bool]:
    free = sa.or_(MailDelivery.lease_until.is_(None), MailDelivery.lease_until <= moment)
    return sa.and_(MailDelivery.done_at.is_(None), MailDelivery.due_at <= moment, free)


def _claim(owner: str, limit: int) -> Sequence[str]:
    moment = now()
    picked = (
        sa.select(MailDelivery.id)
        .where(_claimable(moment))
        .order_by(MailDelivery.attempts, MailDelivery.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    return db.session.scalars(
        sa.update(MailDelivery)
        .where(MailDelivery.id.in_(sa.select(picked.c.id)))
        .values(attempts=MailDelivery.attempts + 1, lease_until=moment + LEASE, lease_owner=owner)
        .returning(MailDelivery.id),
        execution_options={"synchronize_session": False},
    ).all()


def _prepare(claimed: Sequence[str], public_url: str, quiet: QuietHours) -> list[Post]:
    """Return the letters to send now; what cannot or may not go is put down at once."""
    rows = db.session.execute(
        sa.select(MailDelivery, Notification, MailAddress, Preference, Person.ended_at)
        .join(Notification, Notification.id == MailDelivery.notification_id)
        .join(Person, Person.id == Notification.person_id)
        .outerjoin(MailAddress, MailAddress.person_id == Notification.person_id)
        .outerjoin(Preference, Preference.person_id == Notification.person_id)
        .where(MailDelivery.id.in_(claimed))
        .order_by(MailDelivery.made_at, MailDelivery.id)
        .execution_options(populate_existing=True)
    ).all()
    moment = now()
    together: dict[tuple[str, bool], list[tuple[MailDelivery, Notification, MailAddress]]]
    together = defaultdict(list)
    for delivery, notification, address, chosen, ended_at in rows:
        is_code = notification.kind == addresses.CODE
        if fault := _unsendable(delivery, address, ended_at, is_code=is_code, moment=moment):
            _finish([delivery.id], fault)
        elif (later := _may_go(notification, chosen, quiet, moment)) > moment:
            _put_back([delivery.id], later)
        else:
            together[notification.person_id, is_code].append((delivery, notification, address))
    return [_post(group, public_url) for group in together.values()]


def _unsendable(
    delivery: MailDelivery,
    address: MailAddress | None,
    ended_at: datetime | None,
    *,
    is_code: bool,
    moment: datetime,
) -> str | None:
    if ended_at is not None:
        return "ended"
    known = addresses.opened(address) if address is not None else None
    if address is None or known is None:
        return "no_address"
    if is_code and known[1] is None:
        return "confirmed"
    if not is_code and (address.confirmed_at is None or address.refused_at is not None):
        return "no_address"
    return "given_up" if moment >= delivery.made_at + GIVES_UP_AFTER else None


def _may_go(
    notification: Notification, chosen: Preference | None, quiet: QuietHours, moment: datetime
) -> datetime:
    if notification.kind not in KINDS:
        return moment
    own = own_hours(chosen.quiet_from, chosen.quiet_until) if chosen else None
    return may_go(notification.kind, moment, urgent=notification.urgent, own=own, general=quiet)


def _post(group: list[tuple[MailDelivery, Notification, MailAddress]], public_url: str) -> Post:
    deliveries = tuple(delivery.id for delivery, _notification, _address in group)
    first, notification, address = group[0]
    known = addresses.opened(address)
    if known is None:
        raise ValueError("An address that was there is gone within one transaction.")
    to, code = known
    # The oldest names it: sent again, perhaps with something newer, it has the same number.
    number = number_of(first.id)
    letter = (
        code_letter(to, code or "", number)
        if notification.kind == addresses.CODE
        else notice(to, [one.kind for _delivery, one, _address in group], public_url, number)
    )
    return Post(
        letter,
        notification.person_id,
        deliveries,
        tuple(one.id for _delivery, one, _address in group),
        max(delivery.attempts for delivery, _notification, _address in group),
        first.made_at,
        tuple(one.request_id for _delivery, one, _address in group if one.request_id),
    )


def _send_all(posts: list[Post], mailer: Mailer, owner: str, stop: Event) -> None:
    """Send over one connection; when it fails, what is left waits as if it had been tried."""
    left = list(posts)
    try:
        if left:
            with mailer.connect() as connection:
                while left:
                    if stop.is_set():
                        _release(left, owner)
                        left = []
                    elif not _hold(left, owner):
                        left.pop(0)
                    else:
                        result = mailer.send(connection, left[0].letter)
                        _record(left.pop(0), owner, result)
    except (OSError, smtplib.SMTPException) as fault:
        log.warning("De mailserver nam niets aan: %s.", type(fault).__name__)
        for post in left:
            _record(post, owner, LATER)


def _hold(posts: list[Post], owner: str) -> bool:
    """Lease what is left anew; say whether the first of it was not taken over meanwhile."""
    ids = [delivery for post in posts for delivery in post.deliveries]
    held = db.session.scalars(
        sa.update(MailDelivery)
        .where(_mine(ids, owner), MailDelivery.lease_until.is_not(None))
        .values(lease_until=now() + LEASE)
        .returning(MailDelivery.id),
        execution_options={"synchronize_session": False},
    ).all()
    db.session.commit()
    return set(held).issuperset(posts[0].deliveries)


def _record(post: Post, owner: str, result: Result) -> None:
    moment = now()
    for request in post.requests or (None,):
        fields = {"outcome": result.outcome, "attempt": post.attempts}
        fields |= {"status": result.status} if result.status else {}
        fields |= {"request": request} if request else {}
        log.info("Mail", extra={"fields": fields})
    if result.outcome == "later":
        again = moment + wait_after(post.attempts)
        if again >= post.made_at + GIVES_UP_AFTER:
            _finish(post.deliveries, "given_up", result.status, owner)
        else:
            _put_back(post.deliveries, again, result.status, owner)
    else:
        _finish(post.deliveries, result.outcome, result.status, owner)
    if result.outcome == "refused":
        change(
            MailAddress,
            MailAddress.person_id == post.person_id,
            refused_at=moment,
            refused_status=result.status,
        )
        to_phones_instead(dict.fromkeys(post.notifications, post.person_id), moment)
    db.session.commit()


def _release(posts: list[Post], owner: str) -> None:
    for post in posts:
        _put_back(post.deliveries, now(), owner=owner)
    db.session.commit()


def _mine(ids: Sequence[str], owner: str | None) -> sa.ColumnElement[bool]:
    mine = sa.and_(MailDelivery.id.in_(ids), MailDelivery.done_at.is_(None))
    return sa.and_(mine, MailDelivery.lease_owner == owner) if owner else mine


def _finish(
    ids: Sequence[str], outcome: str, status: int | None = None, owner: str | None = None
) -> None:
    change(
        MailDelivery,
        _mine(ids, owner),
        done_at=now(),
        outcome=outcome,
        status=status,
        lease_until=None,
    )


def _put_back(
    ids: Sequence[str], due_at: datetime, status: int | None = None, owner: str | None = None
) -> None:
    change(MailDelivery, _mine(ids, owner), due_at=due_at, status=status, lease_until=None)
