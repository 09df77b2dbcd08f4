"""Who of the desk is away, until when, and who does their work meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from server.access.permissions import DESK
from server.db import db, table
from server.people.models import Absence, Person

substitute = aliased(table(Person))
persons, absences = table(Person).c, table(Absence).c
# Asked whenever something is handed in, so it is built once.
AT_WORK = (
    sa.select(sa.func.coalesce(substitute.c.id, persons.id))
    .select_from(
        table(Person)
        .outerjoin(
            table(Absence),
            sa.and_(
                absences.person_id == persons.id,
                absences.ended_at.is_(None),
                absences.until >= sa.bindparam("today"),
            ),
        )
        .outerjoin(
            substitute,
            sa.and_(
                substitute.c.id == absences.substitute_id,
                # Who left or changed roles does nobody's work any more.
                substitute.c.ended_at.is_(None),
                substitute.c.role.in_(DESK),
            ),
        )
    )
    .where(
        persons.role.in_(sa.bindparam("roles", expanding=True)),
        persons.ended_at.is_(None),
    )
)


def at_work(today: date, *roles: str) -> list[str]:
    """Return who does the work of these roles today: a substitute for whoever has one."""
    return sorted(set(db.session.scalars(AT_WORK, {"roles": roles, "today": today})))


def current(today: date) -> dict[str, Absence]:
    """Return who is away today, by person."""
    rows = db.session.scalars(
        sa.select(Absence).where(Absence.ended_at.is_(None), Absence.until >= today)
    )
    return {row.person_id: row for row in rows}


def colleagues() -> list[Person]:
    """Return everybody who is at a desk now."""
    return list(
        db.session.scalars(
            sa.select(Person)
            .where(Person.role.in_(DESK), Person.ended_at.is_(None))
            .order_by(Person.made_at, Person.id)
        ).unique()
    )


def is_at_a_desk(person: Person | None) -> bool:
    """Say whether somebody may do the work of a desk."""
    return person is not None and person.ended_at is None and person.role in DESK


def end(person_id: str, **values: Any) -> bool:
    """End somebody's absence in the caller's transaction; say whether there was one."""
    ended = db.session.scalars(
        sa.update(Absence)
        .where(Absence.person_id == person_id, Absence.ended_at.is_(None))
        .values(**values)
        .returning(Absence.id),
        execution_options={"synchronize_session": False},
    ).all()
    return bool(ended)
