"""Receive what phones hand in: every item once, and nothing is turned away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, IntegrityError

from server.db import db, now
from server.errors import TooMany
from server.observations.models import Receipt
from server.observations.service import raise_counter
from server.people.models import Device, Person
from server.sync.items import Item
from server.sync.placing import Batch

DAILY_LIMIT = 200
KIND_ORDER = ("observation", "addition", "withdrawal")


@dataclass(frozen=True)
class Outcome:
    """What became of one item: ``stored``, ``known``, ``conflict`` or ``refused``."""

    id: str
    result: str
    reason: str | None = None


def record(
    device: Device, authors: Mapping[str, Person], items: Sequence[Item], sent_at: datetime | None
) -> list[Outcome]:
    """Store every item once; a repeat changes nothing and says so, and nothing is turned away.

    ``authors`` are the people who signed in on this device. What cannot be placed goes to the late
    box. One item the database itself refuses does not keep the others out. The caller commits.
    """
    _check_daily_limit(device, items)
    try:
        with db.session.begin_nested():
            return _store(device, authors, items, sent_at)
    except (IntegrityError, DataError):
        return [_store_alone(device, authors, item, sent_at) for item in items]


def _store_alone(
    device: Device, authors: Mapping[str, Person], item: Item, sent_at: datetime | None
) -> Outcome:
    try:
        with db.session.begin_nested():
            return _store(device, authors, [item], sent_at)[0]
    except (IntegrityError, DataError):
        return Outcome(item.id, "refused", "unstorable")


def _check_daily_limit(device: Device, items: Sequence[Item]) -> None:
    ids = {item.id for item in items}
    known = set(db.session.scalars(sa.select(Receipt.item_id).where(Receipt.item_id.in_(ids))))
    today = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Receipt)
        .where(Receipt.device_id == device.id, Receipt.received_at > now() - timedelta(days=1))
    )
    if (today or 0) + len(ids - known) > DAILY_LIMIT:
        raise TooMany(
            "Dit toestel stuurde vandaag al heel veel meldingen. Ze blijven op je toestel staan en "
            "gaan later vanzelf. Is het dringend? Bel de gemeente.",
            code="daily_limit",
            retry_after=3600,
        )


def _store(
    device: Device, authors: Mapping[str, Person], items: Sequence[Item], sent_at: datetime | None
) -> list[Outcome]:
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.id, item)
    batch = Batch(device, authors, sent_at, _raise_counters(authors, items))
    fresh = _claim(device, list(first.values()), batch)
    new = [item for item in first.values() if item.id in fresh]
    # An addition or withdrawal may come along with the observation it belongs to.
    for kind in KIND_ORDER:
        batch.place_all(item for item in new if item.kind == kind)
    batch.place_all(item for item in new if item.kind not in KIND_ORDER)
    batch.tell_desks()
    late = {item.id: batch.late_reason(item) for item in new}
    return [
        Outcome(item.id, "stored", late[item.id])
        if item is first[item.id] and item.id in fresh
        else _repeat(item)
        for item in items
    ]


def _raise_counters(authors: Mapping[str, Person], items: Sequence[Item]) -> dict[str, int]:
    """Reserve one change number per item for each author; return the last number before them.

    The update locks the person's row until commit, so that numbers become visible in order. Numbers
    that stay unused do no harm.
    """
    bases = {}
    for author in sorted({item.by for item in items} & authors.keys()):
        count = sum(item.by == author for item in items)
        bases[author] = raise_counter(author, count) - count
    return bases


def _claim(device: Device, items: list[Item], batch: Batch) -> set[str]:
    """Insert a receipt per item where none is; return the ids that are new."""
    rows = [
        {
            "item_id": item.id,
            "kind": item.kind,
            "author_id": item.by,
            "device_id": device.id,
            "digest": item.digest,
            "received_at": batch.moment,
            "change_number": batch.next_number(item.by) if item.kind == "observation" else None,
        }
        for item in items
    ]
    if not rows:
        return set()
    dialect = db.session.get_bind().dialect.name
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(Receipt.__table__)
    statement = insert.on_conflict_do_nothing().returning(Receipt.item_id)
    # Two requests that insert the same ids in another order would wait for each other in a ring.
    rows.sort(key=itemgetter("item_id"))
    return set(db.session.scalars(statement, rows))


def _repeat(item: Item) -> Outcome:
    """Say whether an item that was received before is the same one."""
    receipt = db.session.get_one(Receipt, item.id)
    if receipt.author_id != item.by:
        return Outcome(item.id, "conflict")
    if receipt.digest is None:
        # It was withdrawn before it arrived; from now on it is known.
        receipt.digest = item.digest
    return Outcome(item.id, "known" if receipt.digest == item.digest else "conflict")
