"""The log as lines of the standard Logboek Dataverwerkingen, without anybody's name or id."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from server.audit.models import AuditEvent
from server.db import db, reading
from server.keyring import ring
from server.version import VERSION

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
REGISTER = "urn:signaalkaart:verwerking:"
TYPES = "urn:signaalkaart:"
BATCH = 1000
FAILED = ("unknown_key", "broken_seal")


def lines(first: date | None, last: date | None, register: str = REGISTER) -> Iterator[str]:
    """Return one JSON line per processing, oldest first; ``register`` begins each activity's URI.

    Ids become keyed hashes: lines about the same record belong together, and only who has the
    master key can tell which record that is.
    """
    where = []
    if first is not None:
        where.append(AuditEvent.at >= _midnight(first))
    if last is not None:
        where.append(AuditEvent.at < _midnight(last + timedelta(days=1)))
    after = 0
    while True:
        with reading():
            events = db.session.scalars(
                sa.select(AuditEvent)
                .where(AuditEvent.id > after, *where)
                .order_by(AuditEvent.id)
                .limit(BATCH)
            ).all()
            made = [json.dumps(_line(event, register), ensure_ascii=False) for event in events]
            after = events[-1].id if events else after
            db.session.rollback()
        yield from made
        if len(made) < BATCH:
            return


def _line(event: AuditEvent, register: str) -> dict[str, Any]:
    number = _pseudonym("event", str(event.id))
    at = int(event.at.timestamp() * 1000)
    subject = event.subject_id
    return {
        "trace_id": number[:32],
        "span_id": number[32:48],
        "name": f"{event.action} {event.subject_kind}",
        "status": "Error" if event.outcome in FAILED else "Ok",
        "start_time": at,
        "end_time": at,
        "resource": {"attributes": {"service.name": "signaalkaart", "service.version": VERSION}},
        "attributes": {
            "dpl.core.processing_activity_id": f"{register}{event.action}",
            "dpl.core.data_subject_id": _pseudonym("subject", subject) if subject else "",
            "dpl.core.data_subject_id_type": f"{TYPES}{event.subject_kind}",
            "signaalkaart.actor": _pseudonym("actor", event.person_id) if event.person_id else "",
            "signaalkaart.device": _pseudonym("device", event.device_id) if event.device_id else "",
            "signaalkaart.purpose": event.purpose or "",
            "signaalkaart.outcome": event.outcome,
            "signaalkaart.count": event.count,
        },
    }


def _pseudonym(kind: str, value: str) -> str:
    return ring().lookup_hash(f"logboek-{kind}", value).hex()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)
