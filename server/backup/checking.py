"""Say whether what lies there is whole, without showing anything of it: for after a restore."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from server import sealing
from server.audit import AuditEvent, verify
from server.cases.models import Case
from server.db import Model, db, reading
from server.keyring import KeyDestroyed, ring
from server.observations.models import Observation, Receipt
from server.people.models import Device, Person
from server.retention.resealing import PLACES, Place
from server.sealing import SealError

COUNTED: dict[str, type[Model]] = {
    "mensen": Person,
    "toestellen": Device,
    "bewijzen van ontvangst": Receipt,
    "meldingen": Observation,
    "casussen": Case,
    "regels in het logboek": AuditEvent,
}
# So many letters of an envelope hold its version and the id of its key, as this server makes them.
HEAD = 18
YES, NO, GONE = "ja", "nee", "vernietigd op zijn dag"


@dataclass(frozen=True)
class Checked:
    """What was found, a line each, and whether all of it is well."""

    lines: list[str]
    well: bool


def check() -> Checked:
    """Count the main tables, walk the log, and open an envelope of every kind under every key."""
    with reading():
        lines = [f"{name}: {_count(model)}" for name, model in COUNTED.items()]
        opened = _try_keys()
        db.session.rollback()
    fault = verify.verify().fault
    lines.append(f"logboek klopt: {NO if fault else YES}")
    if fault:
        lines.append(fault)
    lines += [f"sleutel {key} opent: {word}" for key, word in sorted(opened.items())]
    return Checked(lines, well=fault is None and NO not in opened.values())


def _count(model: type[Model]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _try_keys() -> dict[str, str]:
    """Return of every key that something is sealed to whether it opens that."""
    opened: dict[str, str] = {}
    for place in PLACES:
        for row in _samples(place):
            key_id, word = _try(place, row)
            # One that does not open is what has to be known of a key.
            if opened.get(key_id) != NO:
                opened[key_id] = word
    return opened


def _samples(place: Place) -> Iterator[Any]:
    """Yield one envelope under each key that this column has."""
    table = place.model.__table__
    column = table.c[place.column]
    one_each = (
        sa.select(sa.func.max(column))
        .where(column.is_not(None))
        .group_by(sa.func.substr(column, 1, HEAD))
    )
    yield from db.session.execute(
        sa.select(table.c.id, table.c[place.person].label("person"), column.label("sealed")).where(
            column.in_(one_each)
        )
    )


def _try(place: Place, row: Any) -> tuple[str, str]:
    try:
        envelope = sealing.parse(row.sealed)
    except SealError:
        return "zonder naam", NO
    try:
        ring().open_envelope(envelope, place.kind, row.id, row.person)
    except KeyDestroyed:
        return envelope.key_id, GONE
    except SealError:
        return envelope.key_id, NO
    return envelope.key_id, YES
