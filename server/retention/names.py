"""Erase the names of people who left: after a term, or sooner when they asked for it."""

from __future__ import annotations

import sqlalchemy as sa

from server import audit
from server.db import db, now, reading
from server.desk.models import SavedFilter
from server.observations.keeping import Terms, add_months
from server.observations.models import Observation
from server.people.models import Passkey, Person
from server.retention.removal import OWED
from server.retention.warning import midnight
from server.workdays import local_day

BATCH = 200


def is_due() -> sa.ColumnElement[bool]:
    """Return what somebody answers to whose name goes today.

    Who asked for it is still known by name as long as an answer is owed, and no longer than the
    term: then nobody can be reached under that name any more.
    """
    left = add_months(local_day(now()), -Terms.of_gemeente().account_months)
    owed = sa.exists().where(Observation.author_id == Person.id, OWED)
    return sa.and_(
        Person.name_sealed.is_not(None),
        Person.ended_at.is_not(None),
        sa.or_(
            Person.ended_at < midnight(left),
            sa.and_(Person.removal_asked_at.is_not(None), ~owed),
        ),
    )


def count_due() -> int:
    """Return how many names go today."""
    with reading():
        count = db.session.scalar(sa.select(sa.func.count(Person.id)).where(is_due()))
        db.session.rollback()
    return count or 0


def forget() -> int:
    """Erase the names that are due, and the public halves of their passkeys; return how many.

    What they reported stays until its own term; the log keeps no more than an id.
    """
    done = 0
    while True:
        with reading():
            ids = list(db.session.scalars(sa.select(Person.id).where(is_due()).limit(BATCH)))
            db.session.rollback()
        if not ids:
            return done
        for model in (Passkey, SavedFilter):
            db.session.execute(sa.delete(model).where(model.person_id.in_(ids)))
        db.session.execute(
            sa.update(Person)
            .where(Person.id.in_(ids))
            .values(name_sealed=None, mail_hash=None, subject_hash=None),
            execution_options={"synchronize_session": False},
        )
        audit.log_all(
            [audit.row(None, "forget", "person", one, purpose="retention") for one in ids]
        )
        db.session.commit()
        done += len(ids)
