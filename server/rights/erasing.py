"""Erase what somebody wrote about a person at a meeting or in a case.

The words go. That a meeting was, what came of it, and that something was decided on which ground
stays. Who is taken out of a network goes by a letter in all else that was written in that case.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server.cases import opening
from server.cases.models import Action, Case, Goal, Node
from server.db import db
from server.errors import NotFound
from server.keyring import ring
from server.meetings.models import AgendaItem
from server.names.masking import Mask
from server.retention.resealing import PLACES, Place
from server.rights.records import RECORDS
from server.sealing import SealError

# Of these the row stays, without the words.
WRITTEN = {
    place.subject: place
    for place in PLACES
    if place.about == "id" and place.subject != "observation"
}


def erase_words(subject: str, record_id: str) -> None:
    """Delete what was written in a record, in the caller's transaction."""
    place, model = WRITTEN[subject], RECORDS[subject].model
    case = _hold_case(db.session.get(model, record_id))
    row: Any = db.session.get(model, record_id, populate_existing=True)
    if row is None or getattr(row, place.column) is None:
        raise NotFound("Dit is er niet meer.")
    if case is not None and isinstance(row, Node):
        _put_letter(case, row)
    setattr(row, place.column, None)
    if isinstance(row, Action | Goal):
        row.version += 1
    if case is not None:
        case.version += 1


def _hold_case(row: Any) -> Case | None:
    """Return the case a record belongs to, that nobody else changes until commit."""
    case_id = row.id if isinstance(row, Case) else getattr(row, "case_id", None)
    if case_id is None:
        return None
    return db.session.scalar(
        sa.select(Case).where(Case.id == case_id).with_for_update(),
        execution_options={"populate_existing": True},
    )


def _put_letter(case: Case, node: Node) -> None:
    """Put the letter of somebody in the place of the name, wherever it was written in a case.

    Without the name nothing could cover it there any more.
    """
    place = WRITTEN["node"]
    name = str((_read(place, node) or {}).get("name") or "")
    cover = Mask(known=[(opening.label(case.kind, node), name)])
    for other, row in _written_in(case):
        value = _read(other, row)
        if value is None:
            continue
        fresh = {
            key: cover.over(one) if isinstance(one, str) else one for key, one in value.items()
        }
        if fresh != value:
            sealed = ring().seal(other.kind, row.id, getattr(row, other.person), fresh)
            setattr(row, other.column, sealed)


def _written_in(case: Case) -> list[tuple[Place, Any]]:
    """Return all that is written in a case, and at a meeting about it."""
    found = []
    for place in WRITTEN.values():
        table = place.model.__table__
        if place.model is Case:
            belongs = table.c.id
        elif place.model is AgendaItem:
            belongs = table.c.subject_id
        elif "case_id" in table.c:
            belongs = table.c.case_id
        else:
            continue
        found += [
            (place, row)
            for row in db.session.scalars(sa.select(place.model).where(belongs == case.id))
        ]
    return found


def _read(place: Place, row: Any) -> dict[str, Any] | None:
    sealed = getattr(row, place.column)
    if sealed is None:
        return None
    try:
        return ring().open(sealed, place.kind, row.id, getattr(row, place.person))
    except SealError:
        return None
