"""The log of who did what with which record, why, and how it ended; rows are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from server.db import BigCounter, Model, UTCDateTime, Uuid, db, now


class AuditEvent(Model):
    """One processing of personal data, reads included. It holds ids and fixed words, no text.

    ``person_id`` is who did it, or None for the system itself; ``purpose`` is one of the fixed
    purposes of the action.
    """

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(BigCounter, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
    person_id: Mapped[str | None] = mapped_column(Uuid, index=True)
    device_id: Mapped[str | None] = mapped_column(Uuid)
    action: Mapped[str] = mapped_column(sa.String(40))
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[str | None] = mapped_column(Uuid, index=True)
    purpose: Mapped[str | None] = mapped_column(sa.String(40))
    outcome: Mapped[str] = mapped_column(sa.String(40), default="done")
    count: Mapped[int] = mapped_column(default=1)


def row(
    person_id: str | None,
    action: str,
    subject_kind: str,
    subject_id: str | None = None,
    *,
    purpose: str | None = None,
    outcome: str = "done",
    device_id: str | None = None,
    count: int = 1,
) -> dict[str, Any]:
    """Return one audit row for a batch insert."""
    return {
        "at": now(),
        "person_id": person_id,
        "device_id": device_id,
        "action": action,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "purpose": purpose,
        "outcome": outcome,
        "count": count,
    }


def log(
    person_id: str | None,
    action: str,
    subject_kind: str,
    subject_id: str | None = None,
    **more: Any,
) -> None:
    """Write one audit row in the caller's transaction, so that neither exists without the other."""
    log_all([row(person_id, action, subject_kind, subject_id, **more)])


def log_all(rows: list[dict[str, Any]]) -> None:
    """Write many audit rows at once in the caller's transaction."""
    if rows:
        db.session.execute(sa.insert(AuditEvent), rows)
