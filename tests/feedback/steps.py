"""What a desk does for reporters, and who heard of it, for the tests."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from server.db import db, new_id
from server.notify.models import Notification
from server.workdays import AMSTERDAM
from tests.factories import Phone

MONDAY = datetime(2026, 11, 23, 9, 1, tzinfo=AMSTERDAM)


def told(*people: Phone, kind: str = "reminder") -> list[int]:
    """Return how many messages of a kind each of these people has had."""
    db.session.expire_all()
    return [
        db.session.scalar(
            sa.select(sa.func.count(Notification.id)).where(
                Notification.person_id == person.person, Notification.kind == kind
            )
        )
        for person in people
    ]


def answer(desk: Phone, observation: str, kind: str = "watching", text: str | None = None) -> str:
    feedback = new_id()
    body = {"id": feedback, "kind": kind, "text": text}
    given = desk.post(f"/observations/{observation}/feedback", body)
    assert given.status_code == 201, given.json
    return feedback
