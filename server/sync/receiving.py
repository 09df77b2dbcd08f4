"""Receive what phones hand in: every item once, and nothing is turned away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError

from server.db import db, insert_into, now, table
from server.errors import TooMany
from server.observations.models import Receipt
from server.people.models import DevicePerson, Person
from server.sync.items import Item
from server.sync.placing import Author, Batch

DAILY_LIMIT = 200
KIND_ORDER = ("observation", "addition", "withdrawal")

receipts, persons, links = table(Receipt).c, table(Person).c, table(DevicePerson).c
# Statements that every round trip makes are built once.
SEEN = sa.select(receipts.item_id, receipts.author_id, receipts.digest)
TODAY = sa.select(sa.func.count()).where(
    receipts.device_id == sa.bindparam("device"), receipts.received_at > sa.bindparam("since")
)
HOLD_AUTHOR = (
    sa.update(table(Person))
    .where(
        persons.id == sa.bindparam("author"),
        sa.exists().where(
            links.device_id == sa.bindparam("device"), links.person_id == sa.bindparam("author")
        ),
    )
    .values(change_counter=persons.change_counter + sa.bindparam("items"))
    .returning(persons.change_counter, persons.ended_at)
)


@dataclass(frozen=True)
class Outcome:
    """What became of one item: ``stored``, ``known``, ``conflict`` or ``refused``."""

    id: str
    result: str
    reason: str | None = None


def recall(items: Sequence[Item]) -> list[Outcome | None]:
    """Say of each item what is sure without storing anything; None for what may be new.

    This only reads: a phone that sends again what is known keeps nobody waiting.
    """
    if not items:
        return []
    found = db.session.execute(SEEN.where(receipts.item_id.in_({item.id for item in items})))
    seen = {row.item_id: (row.author_id, row.digest) for row in found}
    return [_compare(item, *seen[item.id]) if item.id in seen else None for item in items]


def record(device_id: str, items: Sequence[Item], sent_at: datetime | None) -> list[Outcome]:
    """Store every item once; a repeat changes nothing and says so, and nothing is turned away.

    What cannot be placed goes to the late box. One item the database itself refuses does not keep
    the others out: then all begins anew, one by one. So this comes first in its transaction; the
    caller commits.
    """
    try:
        outcomes = _store(device_id, items, sent_at)
    except (IntegrityError, DataError):
        db.session.rollback()
        outcomes = [_store_alone(device_id, item, sent_at) for item in items]
    if any(outcome.result == "stored" for outcome in outcomes):
        _check_daily_limit(device_id)
    return outcomes


def _store_alone(device_id: str, item: Item, sent_at: datetime | None) -> Outcome:
    try:
        with db.session.begin_nested():
            return _store(device_id, [item], sent_at)[0]
    except (IntegrityError, DataError):
        # What another request stored meanwhile is known, whatever kept it out here.
        return recall([item])[0] or Outcome(item.id, "refused", "unstorable")


def _check_daily_limit(device_id: str) -> None:
    """Turn the whole request back when this device handed in too much, what is new included."""
    since = now() - timedelta(days=1)
    today = db.session.scalar(TODAY, {"device": device_id, "since": since})
    if (today or 0) > DAILY_LIMIT:
        raise TooMany(
            "Dit toestel stuurde vandaag al heel veel meldingen. Ze blijven op je toestel staan en "
            "gaan later vanzelf. Is het dringend? Bel de gemeente.",
            code="daily_limit",
            retry_after=3600,
        )


def _store(device_id: str, items: Sequence[Item], sent_at: datetime | None) -> list[Outcome]:
    first: dict[str, Item] = {}
    for item in items:
        first.setdefault(item.id, item)
    batch = Batch(device_id, _hold_authors(device_id, items), sent_at)
    fresh = _claim(device_id, list(first.values()), batch)
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


def _hold_authors(device_id: str, items: Sequence[Item]) -> dict[str, Author]:
    """Reserve one change number per item for each author who signed in on this device.

    The update locks the person's row until commit, so that numbers become visible in order. Numbers
    that stay unused do no harm.
    """
    authors = {}
    for author in sorted({item.by for item in items}):
        count = sum(item.by == author for item in items)
        held = {"author": author, "device": device_id, "items": count}
        row = db.session.execute(HOLD_AUTHOR, held).one_or_none()
        if row is not None:
            authors[author] = Author(row.change_counter - count, row.ended_at is not None)
    return authors


def _claim(device_id: str, items: list[Item], batch: Batch) -> set[str]:
    """Insert a receipt per item where none is; return the ids that are new."""
    rows = [
        {
            "item_id": item.id,
            "kind": item.kind,
            "author_id": item.by,
            "device_id": device_id,
            "digest": item.digest,
            "received_at": batch.moment,
            "change_number": batch.next_number(item.by) if item.kind == "observation" else None,
        }
        for item in items
    ]
    if not rows:
        return set()
    insert = insert_into(table(Receipt))
    statement = insert.on_conflict_do_nothing().returning(receipts.item_id)
    # Two requests that insert the same ids in another order would wait for each other in a ring.
    rows.sort(key=itemgetter("item_id"))
    return set(db.session.scalars(statement, rows))


def _repeat(item: Item) -> Outcome:
    """Say whether an item that was received before is the same one."""
    receipt = db.session.get_one(Receipt, item.id)
    if receipt.digest is None and receipt.author_id == item.by:
        # It was withdrawn before it arrived; from now on it is known.
        receipt.digest = item.digest
    known = _compare(item, receipt.author_id, receipt.digest)
    return known or Outcome(item.id, "conflict")


def _compare(item: Item, author_id: str, digest: bytes | None) -> Outcome | None:
    """Hold an item against what came in under its id; None when only its withdrawal did."""
    if author_id != item.by:
        return Outcome(item.id, "conflict")
    if digest is None:
        return None
    return Outcome(item.id, "known" if digest == item.digest else "conflict")
