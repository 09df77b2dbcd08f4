"""What tests of notifications share: turn a phone on, queue something, bring it, look at it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from server.db import db
from server.notify import courier, service
from server.notify.fanout import fan_out_due
from server.notify.models import Delivery, Notification
from server.notify.push import Sender
from tests.factories import Phone
from tests.push_service import Browser, PushService

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 23, 12, tzinfo=AMSTERDAM)
NIGHT = NOON.replace(hour=23)


def turn_on(phone: Phone, pushes: PushService) -> Browser:
    browser = pushes.subscribe()
    answer = phone.client.put("/api/v1/push/subscription", json=browser.to_json())
    assert answer.status_code == 204, answer.json
    return browser


def tell(*people_ids: str, kind: str = "feedback", tag: str = "a", **more: bool) -> None:
    service.queue(people_ids, kind, tag, f"/#/mijn/{tag}", **more)
    db.session.commit()


def bring(sender: Sender, **options: object) -> int:
    fan_out_due()
    return courier.deliver_due(sender, "test", **options)  # type: ignore[arg-type]


def deliveries() -> list[Delivery]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Delivery).order_by(Delivery.due_at)))


def the_delivery() -> Delivery:
    (delivery,) = deliveries()
    return delivery


def unsent() -> list[Notification]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Notification).filter_by(fanned_at=None)))
