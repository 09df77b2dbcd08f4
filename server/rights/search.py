"""Look for a person in everything that is sealed: open it, read it, keep nothing of it.

What another feature seals is found here as well once its column stands in ``resealing.PLACES``
with what it is ``about``, and its kind of record in ``records.RECORDS``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from server.db import db, reading
from server.keyring import ring
from server.names.likeness import STRENGTHS, Name
from server.observations.models import LateItem
from server.retention.resealing import PLACES, Place
from server.sealing import SealError

BATCH = 500
# Neither says anything about a person who is written about.
UNREAD = frozenset({"v", "salt", "at", "answers", "replaced"})
PERSON = ("name", "age", "description")


@dataclass(frozen=True)
class Envelope:
    """One sealed value: which record it belongs to, and what binds it to its place."""

    subject: str
    about: str
    kind: str
    id: str
    person: str
    sealed: str

    def open(self) -> dict[str, Any] | None:
        """Return what it holds, or None when nobody can open it any more."""
        try:
            return ring().open(self.sealed, self.kind, self.id, self.person)
        except SealError:
            return None


@dataclass(frozen=True)
class Texts:
    """What a sealed value says: the people in it, and every other text with where it stood."""

    persons: list[dict[str, str]]
    passages: list[tuple[str, str]]


@dataclass(frozen=True)
class Wanted:
    """Whom somebody looks for."""

    name: str
    nickname: str | None = None
    age: str | None = None

    def names(self) -> Name:
        """Return the names to look for."""
        return Name(self.name, self.nickname or "")


@dataclass
class Found:
    """What was opened, what would not open, and for each record why it was found."""

    opened: int = 0
    shut: int = 0
    reasons: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)


def look_for(wanted: Wanted) -> Found:
    """Open every sealed record and return those that hold the name, however it is spelled.

    No transaction may be open: this takes long, and it only reads.
    """
    names, found = wanted.names(), Found()
    for envelope in envelopes():
        value = envelope.open()
        if value is None:
            found.shut += 1
            continue
        found.opened += 1
        reasons = list(_reasons(read(value), names, wanted.age))
        if reasons:
            record = found.reasons.setdefault((envelope.subject, envelope.about), [])
            record += [{"kind": envelope.kind, **reason} for reason in reasons]
    return found


def holds(subject: str, about: str, wanted: Wanted) -> bool:
    """Say whether the name stands in one record, however it is spelled."""
    names = wanted.names()
    opened = (envelope.open() for envelope in envelopes(subject, about))
    return any(
        True
        for value in opened
        if value is not None
        for _ in _reasons(read(value), names, wanted.age)
    )


def envelopes(subject: str | None = None, about: str | None = None) -> Iterator[Envelope]:
    """Return everything sealed about who is written about, or all that belongs to one record."""
    for place in PLACES:
        if place.about is not None and subject in {None, place.subject}:
            yield from _of_place(place, about)
    if subject in {None, "late_item"}:
        yield from _late(about)


def read(value: Mapping[str, Any]) -> Texts:
    """Return what an opened value says, whatever shape the phone or the desk gave it."""
    texts = Texts([], [])
    _read("text", value, texts)
    return texts


def best(reasons: Sequence[Mapping[str, Any]]) -> int:
    """Return how well a record fits, the lowest best: as a name first, then as it was spelled."""
    return min(
        (0 if reason["field"] == "name" else len(STRENGTHS)) + STRENGTHS.index(reason["how"])
        for reason in reasons
    )


def _reasons(texts: Texts, names: Name, age: str | None) -> Iterator[dict[str, Any]]:
    for person in texts.persons:
        how = names.strength(person["name"], is_name=True)
        if how:
            yield {"field": "name", "how": how, "age": _same_age(person["age"], age)}
    described = [("description", person["description"]) for person in texts.persons]
    for name, text in described + texts.passages:
        how = names.strength(text)
        if how:
            yield {"field": name, "how": how, "age": None}


def _same_age(said: str, asked: str | None) -> bool | None:
    return None if asked is None or said in {"", "unknown"} else said == asked


def _read(name: str, value: Any, texts: Texts) -> None:
    if isinstance(value, str):
        if value.strip():
            texts.passages.append((name, value))
    elif isinstance(value, dict):
        for key, part in value.items():
            if key == "persons" and isinstance(part, list):
                _read_persons(part, texts)
            elif key not in UNREAD:
                _read(key, part, texts)
    elif isinstance(value, list):
        for part in value:
            _read(name, part, texts)


def _read_persons(persons: list[Any], texts: Texts) -> None:
    for person in persons:
        if isinstance(person, dict):
            texts.persons.append({key: str(person.get(key) or "") for key in PERSON})


def _of_place(place: Place, about: str | None) -> Iterator[Envelope]:
    table = place.model.__table__
    belongs = table.c[place.about or "id"]
    query = (
        sa.select(
            table.c.id,
            table.c[place.person].label("person"),
            table.c[place.column].label("sealed"),
            belongs.label("about"),
        )
        .where(table.c[place.column].is_not(None))
        .order_by(table.c.id)
        .limit(BATCH)
    )
    if about is not None:
        query = query.where(belongs == about)
    for row in _pages(query, table.c.id):
        yield Envelope(place.subject, row.about, place.kind, row.id, row.person, row.sealed)


def _late(about: str | None) -> Iterator[Envelope]:
    table = LateItem.__table__
    query = (
        sa.select(table.c.id, table.c.author_id, table.c.kind, table.c.body)
        .order_by(table.c.id)
        .limit(BATCH)
    )
    if about is not None:
        query = query.where(table.c.id == about)
    for row in _pages(query, table.c.id):
        if isinstance(row.body.get("sealed"), str):
            sealed = row.body["sealed"]
            yield Envelope("late_item", row.id, row.kind, row.id, row.author_id, sealed)


def _pages(query: sa.Select[Any], key: sa.ColumnElement[Any]) -> Iterator[Any]:
    """Return all rows, a page at a time; between pages no transaction is open."""
    last = None
    while True:
        with reading():
            rows = db.session.execute(query if last is None else query.where(key > last)).all()
            db.session.rollback()
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1].id
