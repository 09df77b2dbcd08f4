"""Queue what people have to be told, and know the phones that want to hear it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from server.db import Model, db, insert_into, new_id, now, reading, table
from server.errors import Conflict, TooMany, fault
from server.logs import tracing
from server.notify import push
from server.notify.models import (
    KINDS,
    UNSENT,
    Delivery,
    MailDelivery,
    Notification,
    PushSubscription,
)
from server.people.models import Person

TEST_PAUSE = timedelta(seconds=10)
KEPT = timedelta(days=30)
TAG = re.compile(r"[a-z0-9:_-]{1,80}")
URL = re.compile(r"/#/[a-z0-9/_-]{0,150}")


class NotSubscribed(Conflict):
    title = "Seintjes staan uit"


def queue(
    person_ids: Iterable[str], kind: str, tag: str, url: str, *, urgent: bool = False
) -> None:
    """Have these people told, in the caller's transaction; what is unsent under a tag merges.

    ``urgent`` also wakes who is in quiet hours. Only fixed words and ids may go in.
    """
    if kind not in KINDS or not TAG.fullmatch(tag) or not URL.fullmatch(url):
        raise ValueError("A notification holds a known kind, a tag and an address in the app.")
    moment = now()
    rows = [
        {
            "id": new_id(),
            "person_id": person_id,
            "kind": kind,
            "tag": tag,
            "url": url,
            "urgent": urgent,
            "request_id": tracing.current(),
            "created_at": moment,
            "due_at": moment,
        }
        # Everybody locks people in the same order.
        for person_id in sorted(set(person_ids))
    ]
    if not rows:
        return
    db.session.execute(_merge(db.session.get_bind().dialect.name), rows)


def withdraw(person_ids: Iterable[str], tag: str) -> None:
    """Let people not be told what is not there any more, as far as it did not go out yet."""
    db.session.execute(
        sa.delete(Notification).where(
            Notification.person_id.in_(set(person_ids)),
            Notification.tag == tag,
            Notification.fanned_at.is_(None),
        ),
        execution_options={"synchronize_session": False},
    )


@cache
def _merge(dialect: str) -> sa.Insert:
    """Return the statement that adds a notification or merges it into an unsent one."""
    insert: Any = insert_into(table(Notification), dialect)
    # An update and not 'do nothing': it locks the row that is merged into, so that it cannot be
    # sent before what it announces is committed.
    merge: sa.Insert = insert.on_conflict_do_update(
        index_elements=["person_id", "tag"],
        index_where=UNSENT,
        set_={
            "kind": insert.excluded.kind,
            "url": insert.excluded.url,
            "request_id": insert.excluded.request_id,
            "due_at": insert.excluded.due_at,
            "urgent": sa.or_(Notification.urgent, insert.excluded.urgent),
        },
    )
    return merge


def subscribe(
    by: Person,
    device_id: str,
    endpoint: str,
    p256dh: str,
    auth: str,
    *,
    test_origin: str | None = None,
) -> None:
    """Send this person's messages to this phone from now on, and nobody else's to it."""
    try:
        push.check(push.Destination(endpoint, p256dh, auth), test_origin)
    except push.UnfitError as unfit:
        field = unfit.field if unfit.field == "endpoint" else f"keys.{unfit.field}"
        raise fault(
            field,
            "Dit hoort niet bij een echte browser.",
            detail="Deze aanmelding voor seintjes klopt niet. Zet seintjes uit en weer aan.",
            code="subscription",
        ) from None
    db.session.execute(
        sa.delete(PushSubscription).where(
            PushSubscription.device_id == device_id, PushSubscription.endpoint != endpoint
        )
    )
    owner = {"person_id": by.id, "device_id": device_id, "p256dh": p256dh, "auth": auth}
    insert = insert_into(PushSubscription).values(
        id=new_id(), endpoint=endpoint, made_at=now(), failures=0, **owner
    )
    db.session.execute(insert.on_conflict_do_update(index_elements=["endpoint"], set_=owner))
    db.session.commit()


def unsubscribe(by: Person, device_id: str) -> None:
    """Send this person nothing on this phone any more; doing it twice changes nothing."""
    db.session.execute(
        sa.delete(PushSubscription).where(
            PushSubscription.device_id == device_id, PushSubscription.person_id == by.id
        )
    )
    db.session.commit()


def send_test(by: Person, device_id: str) -> None:
    """Queue one message for this phone only, at most one per ten seconds."""
    moment = now()
    mine = sa.and_(PushSubscription.device_id == device_id, PushSubscription.person_id == by.id)
    rested = sa.or_(
        PushSubscription.tested_at.is_(None), PushSubscription.tested_at <= moment - TEST_PAUSE
    )
    subscription_id = db.session.scalar(
        sa.update(PushSubscription)
        .where(mine, rested)
        .values(tested_at=moment)
        .returning(PushSubscription.id)
    )
    if subscription_id is None:
        if db.session.scalar(sa.select(PushSubscription.id).where(mine)) is None:
            raise NotSubscribed("Zet eerst seintjes aan op dit toestel.", code="not_subscribed")
        raise TooMany(
            "Je hebt net al een proefseintje gevraagd. Wacht tien tellen.",
            retry_after=int(TEST_PAUSE.total_seconds()),
        )
    notification = Notification(
        id=new_id(), person_id=by.id, kind="test", tag="test", url="/#/instellingen"
    )
    notification.fanned_at = moment
    db.session.add(notification)
    db.session.flush()
    db.session.add(Delivery(notification_id=notification.id, subscription_id=subscription_id))
    db.session.commit()


def remove_old() -> int:
    """Delete what was told more than a month ago; return how many notifications."""
    old = now() - KEPT
    for model in (Delivery, MailDelivery):
        db.session.execute(sa.delete(model).where(model.done_at < old))
    waiting = sa.or_(
        sa.exists().where(Delivery.notification_id == Notification.id),
        sa.exists().where(MailDelivery.notification_id == Notification.id),
    )
    removed = db.session.scalars(
        sa.delete(Notification)
        .where(Notification.fanned_at < old, ~waiting)
        .returning(Notification.id)
    ).all()
    db.session.commit()
    return len(removed)


def any_row(condition: sa.ColumnElement[bool]) -> bool:
    """Look without taking SQLite's write lock: this runs every two seconds."""
    with reading():
        found = db.session.scalar(sa.select(sa.exists().where(condition)))
        db.session.rollback()
    return bool(found)


def change(model: type[Model], where: sa.ColumnElement[bool], **values: Any) -> None:
    db.session.execute(
        sa.update(model).where(where).values(**values),
        execution_options={"synchronize_session": False},
    )
