"""What an older database may not undo: who was shut out and what was erased; and the last copies.

It lies here, and not in the database, because a copy of the database that is put back knows nothing
of what was done after it was made. A row is an act, ids and a moment; it goes when every copy that
is older than the act has to be gone as well.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from server.db import insert_into, now, reading
from server.keyring.store import lasting_act, meta

# As long as copies may be kept, see docs/operations.md.
KEPT = timedelta(days=35)
COPIED = "copied "


class Act(NamedTuple):
    """What was done to what: ``subject`` is a kind of record, ``person_id`` whose it is."""

    act: str
    id: str
    person_id: str = ""
    subject: str = ""


class Lasting:
    """The acts that last, on one ring."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def note(self, *acts: Act) -> None:
        """Keep acts, just before the database commits them.

        Should that go wrong, then an act stands here that was wanted and not done; the other way
        round it would be forgotten.
        """
        moment = now()
        with self._engine.begin() as connection:
            for act in acts:
                insert = insert_into(lasting_act, connection.dialect.name)
                connection.execute(
                    insert.values(**act._asdict(), at=moment).on_conflict_do_update(
                        index_elements=list(Act._fields), set_={"at": moment}
                    )
                )

    def forget(self, act: Act) -> None:
        """Let go of an act that was taken back."""
        with self._engine.begin() as connection:
            connection.execute(lasting_act.delete().where(_is(act)))

    def prune(self, moment: datetime) -> None:
        """Let go of what no copy can undo any more."""
        with self._engine.begin() as connection:
            connection.execute(lasting_act.delete().where(lasting_act.c.at < moment - KEPT))

    def all(self) -> list[tuple[Act, datetime]]:
        """Return every act with its moment, oldest first."""
        columns = [lasting_act.c[name] for name in Act._fields]
        query = sa.select(*columns, lasting_act.c.at).order_by(lasting_act.c.at)
        with reading(), self._engine.begin() as connection:
            return [(Act(*row[:-1]), row.at) for row in connection.execute(query)]

    def note_copy(self, store: str) -> None:
        """Keep when a store, ``database`` or ``key_ring``, was last copied."""
        value = now().isoformat()
        with self._engine.begin() as connection:
            insert = insert_into(meta, connection.dialect.name)
            connection.execute(
                insert.values(name=COPIED + store, value=value).on_conflict_do_update(
                    index_elements=["name"], set_={"value": value}
                )
            )

    def copies(self) -> dict[str, datetime]:
        """Return when each store was last copied; without those that never were."""
        query = sa.select(meta).where(meta.c.name.startswith(COPIED))
        with reading(), self._engine.begin() as connection:
            return {
                row.name.removeprefix(COPIED): datetime.fromisoformat(row.value)
                for row in connection.execute(query)
            }


def _is(act: Act) -> sa.ColumnElement[bool]:
    return sa.and_(*(lasting_act.c[name] == value for name, value in act._asdict().items()))
