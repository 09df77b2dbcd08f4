"""Who else has an observation open: known for a minute, told to who has it open as well."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from server.db import db, insert_into, now, reading
from server.desk.models import Presence
from server.errors import NotFound
from server.observations.models import Observation
from server.people import service as people
from server.people.models import Person

STAYS = timedelta(seconds=60)


def look_in(by: Person, observation_id: str, *, opened: bool) -> list[str]:
    """Return who else has it open. Who has it open as well is known to the others from now on.

    Nothing is kept of who only looks at the outside, nor of anybody after a minute.
    """
    if db.session.scalar(sa.select(Observation.id).where(Observation.id == observation_id)) is None:
        raise NotFound("Deze melding bestaat niet meer.")
    moment = now()
    _remove_stale()
    if opened:
        row = {"observation_id": observation_id, "person_id": by.id, "seen_at": moment}
        db.session.execute(
            insert_into(Presence)
            .values(row)
            .on_conflict_do_update(
                index_elements=["observation_id", "person_id"], set_={"seen_at": moment}
            )
        )
    else:
        _remove(by, observation_id)
    others = db.session.scalars(
        sa.select(Person)
        .join(Presence, Presence.person_id == Person.id)
        .where(
            Presence.observation_id == observation_id,
            Presence.seen_at > moment - STAYS,
            Person.id != by.id,
            Person.ended_at.is_(None),
        )
    ).all()
    names = sorted(people.name_of(person) for person in others)
    db.session.commit()
    return names


def leave(by: Person, observation_id: str) -> None:
    """Be there no more; doing it twice changes nothing."""
    _remove(by, observation_id)
    db.session.commit()


def forget_old() -> None:
    """Delete what nobody renewed, for when nobody is at a desk any more."""
    with reading():
        stale = db.session.scalar(sa.select(sa.exists().where(_is_stale())))
        db.session.rollback()
    if stale:
        _remove_stale()
        db.session.commit()


def _is_stale() -> sa.ColumnElement[bool]:
    return Presence.seen_at <= now() - STAYS


def _remove_stale() -> None:
    db.session.execute(
        sa.delete(Presence).where(_is_stale()), execution_options={"synchronize_session": False}
    )


def _remove(by: Person, observation_id: str) -> None:
    db.session.execute(
        sa.delete(Presence).where(
            Presence.observation_id == observation_id, Presence.person_id == by.id
        ),
        execution_options={"synchronize_session": False},
    )
