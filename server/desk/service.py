"""The filters somebody keeps: under a name, for the same person only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, insert_into, new_id
from server.desk.models import SavedFilter
from server.errors import Conflict, NotFound
from server.people.models import Person, Session

MOST = 12


def filters(by: Person) -> Sequence[SavedFilter]:
    """Return what somebody kept, by name."""
    return db.session.scalars(
        sa.select(SavedFilter).where(SavedFilter.person_id == by.id).order_by(SavedFilter.name)
    ).all()


def keep(session: Session, name: str, asked: Mapping[str, Any]) -> SavedFilter:
    """Keep a filter; the same name again means the newer one."""
    by = session.person_id
    # Who keeps two at once is counted once.
    db.session.execute(sa.select(Person.id).where(Person.id == by).with_for_update(key_share=True))
    others = sa.select(sa.func.count(SavedFilter.id)).where(
        SavedFilter.person_id == by, SavedFilter.name != name
    )
    if (db.session.scalar(others) or 0) >= MOST:
        raise Conflict(
            f"Je hebt al {MOST} filters bewaard. Haal er eerst een weg.", code="too_many"
        )
    row = {"id": new_id(), "person_id": by, "name": name, "asked": dict(asked)}
    statement = insert_into(SavedFilter).values(row)
    saved = db.session.scalars(
        statement.on_conflict_do_update(
            index_elements=["person_id", "name"], set_={"asked": statement.excluded.asked}
        ).returning(SavedFilter),
        execution_options={"populate_existing": True},
    ).one()
    audit.log(by, "keep_filter", "filter", saved.id, device_id=session.device_id)
    db.session.commit()
    return saved


def forget(session: Session, filter_id: str) -> None:
    """Delete a filter of one's own."""
    gone = db.session.scalar(
        sa.delete(SavedFilter)
        .where(SavedFilter.id == filter_id, SavedFilter.person_id == session.person_id)
        .returning(SavedFilter.id)
    )
    if gone is None:
        raise NotFound("Dit filter is er niet meer.")
    audit.log(session.person_id, "forget_filter", "filter", filter_id, device_id=session.device_id)
    db.session.commit()
