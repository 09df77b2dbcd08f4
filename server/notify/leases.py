"""Who is bringing which delivery: claimed for a while, so that a dead worker holds nothing up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from server.db import db, now
from server.notify.models import (
    Delivery,
    Notification,
    Preference,
    PushSubscription,
    QuietHours,
    in_a_hurry,
    turn,
)
from server.notify.preferences import may_go, own_hours
from server.notify.push import Destination
from server.notify.service import change
from server.people.models import Device, Person, Session
from server.people.sessions import LISTENS

TTL = timedelta(hours=24)
LEASE = timedelta(seconds=45)


@dataclass(frozen=True)
class Parcel:
    """A claimed delivery with all that is needed to send it outside any transaction."""

    id: str
    attempts: int
    leased_until: datetime
    gives_up_at: datetime
    kind: str
    tag: str
    url: str
    urgent: bool
    request_id: str | None
    own_quiet: QuietHours | None
    phone_id: str | None
    destination: Destination | None
    alive: bool

    def may_go(self, moment: datetime, quiet: QuietHours) -> datetime:
        """Return when this may be sent: now, or in the morning."""
        return may_go(self.kind, moment, urgent=self.urgent, own=self.own_quiet, general=quiet)


def claimable(moment: datetime, *, hurried: bool = False) -> sa.ColumnElement[bool]:
    """Match the deliveries that are due and nobody's; with ``hurried`` only those in a hurry."""
    free = sa.or_(Delivery.lease_until.is_(None), Delivery.lease_until <= moment)
    due = sa.and_(Delivery.done_at.is_(None), Delivery.due_at <= moment, free)
    if not hurried:
        return due
    return sa.and_(due, Notification.id == Delivery.notification_id, in_a_hurry())


def goes_first() -> tuple[Any, ...]:
    """Return what deliveries are ordered by."""
    return turn(), Delivery.attempts, Delivery.due_at, Notification.created_at


def claim(owner: str, limit: int, *, hurried: bool = False) -> list[Parcel]:
    """Lease deliveries to this worker: the hurried first, then what was never tried before.

    So neither ten thousand reminders nor a push service that fails hold up what a desk must know.
    """
    moment = now()
    picked = (
        sa.select(Delivery.id)
        .join(Notification, Notification.id == Delivery.notification_id)
        .where(claimable(moment, hurried=hurried))
        .order_by(*goes_first())
        .limit(limit)
        .with_for_update(skip_locked=True, of=Delivery)
        .cte("picked")
    )
    claimed = db.session.scalars(
        sa.update(Delivery)
        .where(Delivery.id.in_(sa.select(picked.c.id)))
        .values(attempts=Delivery.attempts + 1, lease_until=moment + LEASE, lease_owner=owner)
        .returning(Delivery.id),
        execution_options={"synchronize_session": False},
    ).all()
    return _load(claimed, moment)


def _load(claimed: Sequence[str], moment: datetime) -> list[Parcel]:
    signed_in = (
        sa.exists()
        .where(
            Session.person_id == Notification.person_id,
            Session.device_id == PushSubscription.device_id,
            Session.ended_at.is_(None),
            Session.expires_at > moment - LISTENS,
            Person.id == Session.person_id,
            Person.ended_at.is_(None),
            Device.id == Session.device_id,
            Device.revoked_at.is_(None),
        )
        .correlate(Notification, PushSubscription)
    )
    # A phone that changed hands since is somebody else's: it does not count.
    same_person = sa.and_(
        PushSubscription.id == Delivery.subscription_id,
        PushSubscription.person_id == Notification.person_id,
    )
    rows = db.session.execute(
        sa.select(Delivery, Notification, PushSubscription, Preference, signed_in.label("alive"))
        .join(Notification, Notification.id == Delivery.notification_id)
        .outerjoin(PushSubscription, same_person)
        .outerjoin(Preference, Preference.person_id == Notification.person_id)
        .where(Delivery.id.in_(claimed))
        # Few go at a time: within a batch, too, nothing waits behind a service that keeps silent.
        .order_by(*goes_first())
        .execution_options(populate_existing=True)
    )
    return [_parcel(*row) for row in rows]


def _parcel(
    delivery: Delivery,
    notification: Notification,
    phone: PushSubscription | None,
    chosen: Preference | None,
    alive: bool,
) -> Parcel:
    return Parcel(
        id=delivery.id,
        attempts=delivery.attempts,
        leased_until=delivery.lease_until or delivery.due_at,
        gives_up_at=delivery.made_at + TTL,
        kind=notification.kind,
        tag=notification.tag,
        url=notification.url,
        urgent=notification.urgent,
        request_id=notification.request_id,
        own_quiet=own_hours(chosen.quiet_from, chosen.quiet_until) if chosen else None,
        phone_id=phone.id if phone else None,
        destination=Destination(phone.endpoint, phone.p256dh, phone.auth) if phone else None,
        alive=alive,
    )


def unsendable(parcel: Parcel, moment: datetime) -> str | None:
    if parcel.destination is None:
        return "unsubscribed"
    if not parcel.alive:
        return "signed_out"
    return "given_up" if moment >= parcel.gives_up_at else None


def _own(parcel: Parcel, owner: str) -> sa.ColumnElement[bool]:
    """Match the delivery only while the lease is still this worker's."""
    return sa.and_(
        Delivery.id == parcel.id,
        Delivery.lease_owner == owner,
        Delivery.attempts == parcel.attempts,
        Delivery.done_at.is_(None),
    )


def finish(parcel: Parcel, owner: str, outcome: str, status: int | None = None) -> None:
    change(
        Delivery,
        _own(parcel, owner),
        done_at=now(),
        outcome=outcome,
        status=status,
        lease_until=None,
    )


def put_back(parcel: Parcel, owner: str, due_at: datetime, status: int | None = None) -> None:
    change(Delivery, _own(parcel, owner), due_at=due_at, status=status, lease_until=None)
