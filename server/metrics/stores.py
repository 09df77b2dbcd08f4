"""What the database knows of how things go, looked up whenever somebody measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from server.clock import process as clock
from server.config import Config
from server.db import db, now, reading
from server.health import checks
from server.keyring import ring
from server.notify.models import Delivery, MailDelivery, Notification
from server.observations.models import DESKS, Observation
from server.people.models import Device
from server.version import VERSION
from server.workdays import add_workdays, local_day

HOUR = timedelta(hours=1)
# Counting stops here, so that measuring costs the same however much there is.
MOST = 1000


class Stores(Collector):
    """Gauges from the database; while it is away only that is said."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return everything that is known at this moment."""
        yield _gauge("info", "The version that serves.", ("version",), [((VERSION,), 1)])
        yield from _checks(self._config)
        free = checks.free_bytes(self._config)
        if free is not None:
            yield _gauge("disk_free_bytes", "Room where SQLite writes.", (), [((), free)])
        yield from _copies()
        try:
            with reading():
                found = [part() for part in (_queues, _owed, _jobs, _devices, _outcomes)]
                db.session.rollback()
        except sa.exc.SQLAlchemyError:
            db.session.rollback()
            return
        for families in found:
            yield from families


def _gauge(
    name: str, about: str, labels: Iterable[str], values: Iterable[tuple[tuple[str, ...], float]]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"signaalkaart_{name}", about, labels=tuple(labels))
    for label, value in values:
        family.add_metric(label, value)
    return family


def _checks(config: Config) -> list[GaugeMetricFamily]:
    found = checks.look(config)
    well = [((name,), float(said == checks.OK)) for name, said in found.items()]
    ready = [((name,), float(not checks.is_serious(name, found[name]))) for name in checks.SERIOUS]
    return [
        _gauge("check", "Whether it is well: 1 is ok, 0 is not.", ("check",), well),
        _gauge("ready", "Whether it lets reports be stored, as /ready says.", ("check",), ready),
    ]


def _copies() -> Iterator[GaugeMetricFamily]:
    """Give how old the last copies are; what was never copied from here is not in it."""
    try:
        made = ring().lasting.copies()
    except sa.exc.SQLAlchemyError:
        return
    ages = [((store,), (now() - at).total_seconds()) for store, at in sorted(made.items())]
    yield _gauge("copy_age_seconds", "How old the last copy of it is.", ("store",), ages)


def _queues() -> list[GaugeMetricFamily]:
    """Return how long the oldest message waits that could go, and how many do."""
    moment = now()
    waiting: dict[str, tuple[Any, sa.ColumnElement[bool]]] = {
        "notification": (Notification, Notification.fanned_at.is_(None)),
        "push": (Delivery, Delivery.done_at.is_(None)),
        "mail": (MailDelivery, MailDelivery.done_at.is_(None)),
    }
    ages, lengths = [], []
    for name, (model, undone) in waiting.items():
        due = sa.and_(undone, model.due_at <= moment)
        oldest: datetime | None = db.session.scalar(sa.select(sa.func.min(model.due_at)).where(due))
        ages.append(((name,), (moment - oldest).total_seconds() if oldest else 0.0))
        lengths.append(((name,), float(_count(sa.select(model.id).where(due)))))
    return [
        _gauge("queue_age_seconds", "How long the oldest has been due.", ("queue",), ages),
        _gauge("queue_length", f"How many are due, {MOST} at most.", ("queue",), lengths),
    ]


def _owed() -> list[GaugeMetricFamily]:
    """Return to how many reporters each desk owes something that is late, or due within a day."""
    today = local_day(now())
    tomorrow = add_workdays(today, 1)
    values = []
    for desk in DESKS:
        owed = sa.select(Observation.id).where(
            Observation.desk == desk,
            Observation.state != "closed",
            Observation.waiting_since.is_(None),
        )
        late = _count(owed.where(Observation.due_on < today))
        soon = _count(owed.where(Observation.due_on.between(today, tomorrow)))
        values += [((desk, "late"), float(late)), ((desk, "soon"), float(soon))]
    about = f"Reports to which an answer or a reading is owed, {MOST} at most."
    return [_gauge("feedback_owed", about, ("desk", "due"), values)]


def _jobs() -> list[GaugeMetricFamily]:
    late = clock.late_jobs(now())
    values = [((job.name,), float(job.name in late)) for job in clock.JOBS]
    return [
        _gauge("job_late", "Whether the last turn of a job did not end well.", ("job",), values)
    ]


def _devices() -> list[GaugeMetricFamily]:
    """Return what phones said they still hold when they were heard last."""
    row = db.session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Device.unsent), 0)).where(
            Device.revoked_at.is_(None), Device.unsent > 0
        )
    ).one()
    return [
        _gauge("devices_with_unsent", "Devices that still hold items.", (), [((), float(row[0]))]),
        _gauge("unsent_items", "Items that devices still hold.", (), [((), float(row[1]))]),
    ]


def _outcomes() -> list[GaugeMetricFamily]:
    """Return how deliveries of the last hour ended, and how many fail again and again."""
    values = []
    retried = []
    for name, model in (("push", Delivery), ("mail", MailDelivery)):
        ended = db.session.execute(
            sa.select(model.outcome, sa.func.count())
            .where(model.done_at > now() - HOUR)
            .group_by(model.outcome)
        )
        values += [((name, str(outcome)), float(count)) for outcome, count in ended]
        again = sa.select(model.id).where(model.done_at.is_(None), model.attempts >= 3)
        retried.append(((name,), float(_count(again))))
    about = "How messages of the last hour ended."
    return [
        _gauge("deliveries_last_hour", about, ("channel", "outcome"), values),
        _gauge("deliveries_failing", "Tried three times or more, in vain.", ("channel",), retried),
    ]


def _count(rows: sa.Select[Any]) -> int:
    limited = sa.select(sa.func.count()).select_from(rows.limit(MOST).subquery())
    return db.session.scalar(limited) or 0
