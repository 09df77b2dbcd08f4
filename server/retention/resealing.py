"""Seal again to the current key what outlives its month's key."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from server import sealing
from server.bundles.models import Bundle
from server.cases.models import Action, Case, CaseEvent, Decision, Edge, Goal, Node
from server.db import Model, db, reading
from server.keyring import ring
from server.meetings.models import AgendaItem, MeetingEvaluation
from server.notify.models import MailAddress
from server.observations.corrections import Correction, Referral
from server.observations.models import (
    Addition,
    Feedback,
    LateItem,
    Observation,
    OpeningNote,
)
from server.people.models import Person
from server.sealing import SealError

BATCH = 200


@dataclass(frozen=True)
class Place:
    """A column with envelopes, and what binds each of them to its row.

    ``about`` is the column with the id of the record it belongs to, of the kind ``subject``: who
    looks for a person there (``rights.search``) finds that record. What is not about the people
    who are written about has none, and is not searched.
    """

    model: type[Model]
    column: str
    kind: str
    person: str
    key_column: str | None = None
    about: str | None = None
    subject: str = "observation"


PLACES = (
    Place(Observation, "sealed", "observation", "author_id", "key_id", about="id"),
    Place(Addition, "sealed", "addition", "author_id", "key_id", about="observation_id"),
    Place(Feedback, "text_sealed", "feedback", "by_id", about="observation_id"),
    Place(OpeningNote, "text_sealed", "note", "by_id", about="observation_id"),
    Place(Referral, "text_sealed", "referral", "by_id", about="observation_id"),
    Place(Correction, "text_sealed", "correction", "by_id", about="observation_id"),
    Place(AgendaItem, "text_sealed", "agenda", "by_id", about="id", subject="agenda_item"),
    Place(
        MeetingEvaluation, "words_sealed", "evaluation", "by_id", about="id", subject="evaluation"
    ),
    Place(Bundle, "note_sealed", "bundle", "made_by", "key_id", about="id", subject="bundle"),
    Place(Case, "text_sealed", "case", "by_id", about="id", subject="case"),
    Place(CaseEvent, "text_sealed", "case_event", "by_id", about="id", subject="case_event"),
    Place(Node, "text_sealed", "node", "by_id", about="id", subject="node"),
    Place(Edge, "text_sealed", "edge", "by_id", about="id", subject="edge"),
    Place(Decision, "text_sealed", "decision", "by_id", about="id", subject="decision"),
    Place(Action, "text_sealed", "action", "by_id", about="id", subject="action"),
    Place(Goal, "text_sealed", "goal", "by_id", about="id", subject="goal"),
    Place(Person, "name_sealed", "person", "id"),
    Place(MailAddress, "address_sealed", "mail", "person_id"),
)


def reseal(key_id: str) -> tuple[int, int]:
    """Seal everything under this key to the current one; return how many, and how many would not.

    What does not open under its own key is damaged: nobody could read it before either. Digests of
    what was received stay, so a repeat of it is still known.
    """
    done = failed = 0
    for place in PLACES:
        for rows in _batches(place, key_id):
            fresh = [_again(place, row) for row in rows]
            _write(place, [row for row in fresh if row])
            done += sum(row is not None for row in fresh)
            failed += sum(row is None for row in fresh)
    for item in _late_items(key_id):
        if _reseal_late(item):
            done += 1
        else:
            failed += 1
    return done, failed


def survivors(key_id: str) -> int:
    """Return how many envelopes are sealed to a key at this moment."""
    counted = sum(len(rows) for place in PLACES for rows in _batches(place, key_id))
    return counted + len(_late_items(key_id))


def _batches(place: Place, key_id: str) -> Iterator[list[Any]]:
    table = place.model.__table__
    column = table.c[place.column]
    head = _head(key_id)
    under = (
        table.c[place.key_column] == key_id
        if place.key_column
        else sa.func.substr(column, 1, len(head)) == head
    )
    query = (
        sa.select(table.c.id, table.c[place.person].label("person"), column.label("sealed"))
        .where(under)
        .order_by(table.c.id)
        .limit(BATCH)
    )
    last = None
    while True:
        with reading():
            wanted = query if last is None else query.where(table.c.id > last)
            rows = list(db.session.execute(wanted).all())
            db.session.rollback()
        if not rows:
            return
        last = rows[-1].id
        # The head holds most of the key id, not always all of it.
        yield [row for row in rows if sealing.parse(row.sealed).key_id == key_id]


def _again(place: Place, row: Any) -> dict[str, str] | None:
    try:
        value = ring().open(row.sealed, place.kind, row.id, row.person)
    except SealError:
        return None
    fresh = ring().seal(place.kind, row.id, row.person, value)
    return {"item": row.id, "old": row.sealed, "fresh": fresh, "key": _key_id(fresh)}


def _write(place: Place, rows: list[dict[str, str]]) -> None:
    if not rows:
        return
    table: Any = place.model.__table__
    values: dict[str, Any] = {place.column: sa.bindparam("fresh")}
    if place.key_column:
        values[place.key_column] = sa.bindparam("key")
    else:
        rows = [{name: row[name] for name in ("item", "old", "fresh")} for row in rows]
    db.session.connection().execute(
        sa.update(table)
        .where(table.c.id == sa.bindparam("item"), table.c[place.column] == sa.bindparam("old"))
        .values(values),
        rows,
    )
    db.session.commit()


def _late_items(key_id: str) -> list[str]:
    """Return the ids of items in the late box that are sealed to a key."""
    with reading():
        rows = db.session.execute(sa.select(LateItem.id, LateItem.body)).all()
        db.session.rollback()
    return [row.id for row in rows if _key_id(row.body.get("sealed")) == key_id]


def _reseal_late(item_id: str) -> bool:
    item = db.session.get(LateItem, item_id)
    if item is None:
        return False
    try:
        value = ring().open(item.body["sealed"], item.kind, item.id, item.author_id)
        fresh = ring().seal(item.kind, item.id, item.author_id, value)
    except SealError:
        db.session.rollback()
        return False
    item.body = {**item.body, "sealed": fresh}
    db.session.commit()
    return True


def _key_id(sealed: Any) -> str | None:
    try:
        return sealing.parse(sealed).key_id if isinstance(sealed, str) else None
    except SealError:
        return None


def _head(key_id: str) -> str:
    """Return the letters that every envelope to this key begins with."""
    raw = bytes([sealing.VERSION, len(key_id)]) + key_id.encode("ascii")
    return base64.b64encode(raw[: len(raw) // 3 * 3]).decode()
