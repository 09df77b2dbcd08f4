"""The round trip: items in, outcomes and changes out, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server import cards
from server.db import db, now
from server.keyring import ring
from server.observations import service as observations
from server.observations.models import Installation
from server.people import service as people
from server.people.models import Device, Session
from server.sync.items import Item, Refused, read_item, try_seal
from server.sync.receiving import Outcome, record


def exchange(device: Device, session: Session | None, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store what the phone hands in and tell what changed; say ``wipe`` only when all is safe.

    Delivering needs no session: the device's own key is enough. Hearing of changes does need one,
    of a person who is signed in on this same device.
    """
    # All that can fail or takes long comes before the transaction.
    seal_key = ring().current(now())
    received = [_read(part) for part in request["items"]]
    outcomes = _deliver(device, received, request["sent_at"])
    epoch = current_epoch()
    cursor = request["cursor"] if request["epoch"] == epoch else 0
    changes, more = [], False
    if session is not None:
        told = observations.changes_since(session.person, cursor)
        changes, cursor, more = told.changes, told.cursor, told.more
        session.seen_at = now()
    device.synced_at = now()
    device.app_version = request["app_version"]
    device.unsent = max(0, request["unsent"] - len(outcomes))
    wipe = device.revoked_at is not None and device.unsent == 0
    db.session.commit()
    return {
        "outcomes": [_outcome(outcome) for outcome in outcomes],
        "changes": changes,
        "cursor": cursor,
        "more": more,
        "epoch": epoch,
        "cards_version": cards.library().version,
        "seal_key": seal_key.published(),
        "server_time": now(),
        "wipe": wipe,
    }


def current_epoch() -> str:
    """Return which life of the database this is."""
    return db.session.scalars(sa.select(Installation.epoch)).one()


def _read(part: Any) -> Item | Outcome:
    try:
        return try_seal(read_item(part))
    except Refused as refused:
        return Outcome(refused.item_id, "refused", refused.reason)


def _deliver(
    device: Device, received: Sequence[Item | Outcome], sent_at: datetime | None
) -> list[Outcome]:
    """Store what could be read; return an outcome for everything, in the order of the request."""
    items = [part for part in received if isinstance(part, Item)]
    stored = iter(record(device, people.people_on(device), items, sent_at) if items else ())
    return [part if isinstance(part, Outcome) else next(stored) for part in received]


def _outcome(outcome: Outcome) -> dict[str, Any]:
    told: dict[str, Any] = {"id": outcome.id, "result": outcome.result}
    if outcome.result in {"stored", "known"}:
        told["receipt"] = observations.receipt_code(outcome.id)
    if outcome.reason:
        told["reason"] = outcome.reason
    return told
