"""Settle an item of the late box: it finds a place after all, or it is said why it needs none."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from server import audit
from server.db import db, now
from server.errors import Conflict, NotFound, fault
from server.latebox import placing
from server.observations import reporter
from server.observations.models import CLOSED_LATE, TOLD, LateItem, Observation
from server.observations.service import check_own_item, mark_changed
from server.people.models import Person, Session
from server.sync import items as shape

HOW = ("observation", "addition", "told", "closed")
REASONS = {"told": TOLD, "closed": CLOSED_LATE}
MOST_PARENTS = 20
GONE = "Dit staat niet meer bij de nakomers."


def settle(
    session: Session,
    item_id: str,
    *,
    how: str,
    card: str | None = None,
    desk: str | None = None,
    parent: str | None = None,
    reason: str | None = None,
) -> str | None:
    """Settle one item and return the observation it is in from now on, or None.

    What found a place leaves the box. What did not stays in it, with who settled it and how, until
    its term; of an observation the reporter's phone hears that it was read.
    """
    item = _hold(item_id)
    by = session.person
    check_own_item(by, item.author_id)
    found = None
    if how == "observation":
        found = placing.as_observation(by, item, card=card, desk=desk)
    elif how == "addition":
        if parent is None:
            raise fault("parent", "Kies bij welke melding dit hoort.")
        found = placing.as_addition(item, parent)
    else:
        if reason not in REASONS[how]:
            raise fault("reason", "Kies hoe dit is afgehandeld.")
        item.settled_at, item.settled_by_id, item.settled_as = now(), by.id, reason
        if fits(item):
            mark_changed(item.id, item.author_id)
    audit.log(
        by.id,
        "settle",
        "late_item",
        item_id,
        outcome=how if found else str(reason),
        device_id=session.device_id,
    )
    db.session.commit()
    return found.id if found else None


def parents(item_id: str) -> Sequence[Observation]:
    """Return what an addition may belong to: reports of the same author, the newest first.

    Of who is shielded there are none, because the list would say who it is.
    """
    item = db.session.get(LateItem, item_id)
    if item is None:
        raise NotFound(GONE)
    if item.kind != "addition" or reporter.is_shielded(item):
        return []
    return db.session.scalars(
        sa.select(Observation)
        .where(Observation.author_id == item.author_id, Observation.source == "app")
        .order_by(Observation.received_at.desc())
        .limit(MOST_PARENTS)
    ).all()


def fits(item: LateItem) -> bool:
    """Say whether the phone of somebody we know can be told of it as of a report."""
    if item.kind != "observation" or db.session.get(Person, item.author_id) is None:
        return False
    try:
        shape.plain_observation(item.body)
    except shape.Misfit:
        return False
    return True


def _hold(item_id: str) -> LateItem:
    """Return an item that nobody else settles until commit, under the lock of its author."""
    author = sa.select(LateItem.author_id).where(LateItem.id == item_id).scalar_subquery()
    db.session.execute(
        sa.select(Person.id).where(Person.id == author).with_for_update(key_share=True)
    )
    item = db.session.scalar(
        sa.select(LateItem).where(LateItem.id == item_id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if item is None:
        raise NotFound(GONE)
    if item.settled_at is not None:
        raise Conflict("Een collega heeft dit net afgehandeld.", code="settled")
    return item
