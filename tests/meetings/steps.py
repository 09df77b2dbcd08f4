"""What people do around a meeting, for the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from server.audit import AuditEvent
from server.bundles.models import Bundle, BundleMember
from server.cases.models import Case
from server.db import db, new_id, now
from server.meetings.models import Meeting
from server.meetings.rhythm import Rhythm
from server.people.models import Session
from tests.factories import Phone

TUESDAY = Rhythm(date(2026, 11, 24), 2, time(9), 60, "Gemeentehuis")


MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def in_days(days: float) -> str:
    return (now() + timedelta(days=days)).isoformat()


def show(phone: Phone, meeting: str) -> dict[str, Any]:
    answer = phone.get(f"/meetings/{meeting}")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def points(phone: Phone, meeting: str) -> list[tuple[str, str]]:
    return [(one["kind"], one["id"]) for one in show(phone, meeting)["agenda"]]


def kinds(phone: Phone, meeting: str) -> list[str]:
    return [kind for kind, _ in points(phone, meeting)]


def own(phone: Phone, meeting: str, title: str = "Mijn punt") -> str:
    item = new_id()
    answer = phone.post(f"/meetings/{meeting}/agenda", {"id": item, "title": title})
    assert answer.status_code == 201, answer.json
    return item


def move(phone: Phone, meeting: str, state: str) -> dict[str, Any]:
    version = show(phone, meeting)["version"]
    answer = phone.post(f"/meetings/{meeting}/states", {"state": state, "version": version})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def settle(phone: Phone, meeting: str, item: str, **more: Any) -> Any:
    known = {one["id"]: one["version"] for one in show(phone, meeting)["agenda"]}
    body = {"outcome": "discussed", "version": known[item], **more}
    return phone.post(f"/meetings/{meeting}/agenda/{item}/outcomes", body)


def bundle(regisseur: Phone, *phones: Phone, **changes: Any) -> str:
    made = Bundle(id=new_id(), reasons=["same_area", "same_name"], made_by=regisseur.person)
    db.session.add(made)
    for phone in phones:
        observation = phone.send(**changes)
        db.session.add(
            BundleMember(bundle_id=made.id, observation_id=observation, added_by=regisseur.person)
        )
    db.session.commit()
    return made.id


def prove(phone: Phone, moment: datetime | None) -> None:
    db.session.execute(
        sa.update(Session).where(Session.device_id == phone.device).values(confirmed_at=moment)
    )
    db.session.commit()


def all_meetings() -> list[Meeting]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Meeting).order_by(Meeting.starts_at)))


def audits(action: str) -> list[tuple[str, str | None, str | None]]:
    rows = db.session.execute(
        sa.select(AuditEvent.subject_kind, AuditEvent.subject_id, AuditEvent.purpose)
        .where(AuditEvent.action == action)
        .order_by(AuditEvent.id)
    )
    return [(row.subject_kind, row.subject_id, row.purpose) for row in rows]


def case(regisseur: Phone, number: int, **more: Any) -> str:
    made = Case(
        id=new_id(), number=number, kind="youth", by_id=regisseur.person, text_sealed="", **more
    )
    db.session.add(made)
    db.session.commit()
    return made.id
