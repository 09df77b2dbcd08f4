"""Write in the log, in the transaction of what is done."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server.audit.models import AuditEvent
from server.db import db, now


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
    note_digest: bytes | None = None,
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
        "note_digest": note_digest,
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
