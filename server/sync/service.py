"""The round trip: items in and stored in one transaction, outcomes and changes out after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from server import cards
from server.db import db, now, reading, table
from server.keyring import ring
from server.observations import changes
from server.observations.models import Installation
from server.observations.service import receipt_code
from server.people.models import Device, Session
from server.sync.items import Item, Refused, read_item, try_seal
from server.sync.receiving import Outcome, recall, record
from server.sync.visitor import Visitor

EPOCH = sa.select(table(Installation).c.epoch)
# When a phone was last heard is known this precisely; noting it each minute would cost a write.
NOTED_EVERY = timedelta(minutes=5)


def exchange(visitor: Visitor, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store what the phone hands in and tell what changed; say ``wipe`` only when all is safe.

    Delivering needs no session: the device's own key is enough. Hearing of changes does need one,
    of a person who is signed in on this same device. A phone that shows somebody else, because it
    never heard the end of a sign-in, is told nothing: it would put that under the wrong name. No
    transaction may be open: what only reads or takes long happens while nobody waits for this
    request.
    """
    seal_key = ring().current(now())
    received = [_read(part) for part in request["items"]]
    unsent = max(0, request["unsent"] - len(received))
    epoch, outcomes = _deliver(visitor, received, request, unsent)
    with reading():
        cursor = request["cursor"] if request["epoch"] == epoch else 0
        told = changes.Changes([], cursor, more=False)
        # A phone of before this was asked does not say whom it shows.
        shown = request.get("by", visitor.person_id)
        if visitor.person_id is not None and visitor.person_id == shown:
            told = changes.changes_since(visitor.person_id, cursor)
        db.session.rollback()
    changes.open_own_feedback(told)
    return {
        "outcomes": [_outcome(outcome) for outcome in outcomes],
        "person": visitor.person_id,
        "changes": told.changes,
        "cursor": told.cursor,
        "more": told.more,
        "epoch": epoch,
        "cards_version": cards.library().version,
        "seal_key": seal_key.published(),
        "server_time": now(),
        "wipe": visitor.revoked and unsent == 0,
    }


def _read(part: Any) -> Item | Outcome:
    try:
        return read_item(part)
    except Refused as refused:
        return Outcome(refused.item_id, "refused", refused.reason)


def _deliver(
    visitor: Visitor, received: Sequence[Item | Outcome], request: Mapping[str, Any], unsent: int
) -> tuple[str, list[Outcome]]:
    """Store what could be read; return an outcome for everything, in the order of the request.

    Before them comes the epoch in which that began: when a backup is put back meanwhile, the phone
    hears of that at its next round, and hands in again what it takes to be stored.
    """
    items = [part for part in received if isinstance(part, Item)]
    with reading():
        epoch = db.session.scalars(EPOCH).one()
        recalled = recall(items)
        db.session.rollback()
    fresh = [item for item, outcome in zip(items, recalled, strict=True) if outcome is None]
    new = [try_seal(item) for item in fresh]
    stored: list[Outcome] = []
    if new or _is_news(visitor, request["app_version"], unsent):
        if new:
            stored = record(visitor.device_id, new, request["sent_at"])
        _note(visitor, request["app_version"], unsent)
        db.session.commit()
    stored_next, recalled_next = iter(stored), iter(recalled)
    return epoch, [
        part if isinstance(part, Outcome) else next(recalled_next) or next(stored_next)
        for part in received
    ]


def _is_news(visitor: Visitor, app_version: str, unsent: int) -> bool:
    """Say whether a visit that hands in nothing new is worth a write.

    Of a phone that is busy handing in, the number it still holds may be too high for some minutes,
    never too low.
    """
    before = now() - NOTED_EVERY
    return (
        visitor.synced_at is None
        or visitor.synced_at < before
        or (visitor.seen_at is not None and visitor.seen_at < before)
        or visitor.app_version != app_version
        or unsent > visitor.unsent
        or (unsent == 0 and visitor.unsent > 0)
    )


def _note(visitor: Visitor, app_version: str, unsent: int) -> None:
    moment = now()
    device, session = table(Device), table(Session)
    db.session.execute(
        sa.update(device).where(device.c.id == visitor.device_id),
        {"synced_at": moment, "app_version": app_version, "unsent": unsent},
    )
    if visitor.seen_at is not None and visitor.seen_at < moment - NOTED_EVERY:
        db.session.execute(
            sa.update(session).where(session.c.id == visitor.session_id), {"seen_at": moment}
        )


def _outcome(outcome: Outcome) -> dict[str, Any]:
    told: dict[str, Any] = {"id": outcome.id, "result": outcome.result}
    if outcome.result in {"stored", "known"}:
        told["receipt"] = receipt_code(outcome.id)
    if outcome.reason:
        told["reason"] = outcome.reason
    return told
