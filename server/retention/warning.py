"""Work out which day an observation goes, and tell the desk a week before."""

from __future__ import annotations

from datetime import date, datetime, time

import sqlalchemy as sa

from server.db import db, now, reading
from server.observations.keeping import WARNING, Terms, add_months, work_out
from server.observations.models import Installation, LateItem, Observation
from server.observations.service import hold, tell_desk
from server.workdays import AMSTERDAM, local_day

BATCH = 200


def work_out_days() -> int:
    """Give every observation its day: those that have none, and all when the terms changed."""
    terms = Terms.of_gemeente()
    with reading():
        known = db.session.scalars(sa.select(Installation.terms)).one()
        db.session.rollback()
    changed = known != terms.as_json()
    done = _work_out(Observation.keep_until.is_(None), terms)
    if changed:
        done += _work_out(sa.true(), terms)
        db.session.execute(sa.update(Installation).values(terms=terms.as_json()))
        db.session.commit()
    return done


def warn() -> int:
    """Tell each desk once of what goes within a week; return how many observations that are."""
    soon = local_day(now()) + WARNING
    # What a phone or the desk is changing at this moment has its turn next night.
    quiet = (
        sa.select(Observation.id)
        .where(
            Observation.keep_until <= soon,
            Observation.case_open.is_(False),
            Observation.warned_at.is_(None),
        )
        .with_for_update(skip_locked=True)
    )
    warned = db.session.execute(
        sa.update(Observation)
        .where(Observation.id.in_(quiet))
        .values(warned_at=now())
        .returning(Observation.desk),
        execution_options={"synchronize_session": False},
    ).all()
    desks = {row.desk for row in warned}
    if _late_items_go_in_a_week():
        desks.add("sociaal")
    for desk in sorted(desks):
        tell_desk(desk, "expiring")
    db.session.commit()
    return len(warned)


def midnight(day: date) -> datetime:
    """Return the first moment of a day."""
    return datetime.combine(day, time(), AMSTERDAM)


def _work_out(where: sa.ColumnElement[bool], terms: Terms) -> int:
    query = sa.select(Observation.id).where(where).order_by(Observation.id).limit(BATCH)
    done, last = 0, None
    while True:
        with reading():
            wanted = query if last is None else query.where(Observation.id > last)
            ids = list(db.session.scalars(wanted))
            db.session.rollback()
        if not ids:
            return done
        for observation_id in ids:
            observation = hold(observation_id)
            if observation is not None:
                work_out(observation, terms)
            # A lock per author at a time: a phone takes them in another order.
            db.session.commit()
        done, last = done + len(ids), ids[-1]


def _late_items_go_in_a_week() -> bool:
    """Say whether something in the late box came to its last week since last night."""
    months = Terms.of_gemeente().unused_months
    day = local_day(now()) + WARNING
    oldest = [
        when
        for when in db.session.scalars(
            sa.select(LateItem.received_at).where(LateItem.settled_at.is_(None))
        )
        if add_months(local_day(when), months) == day
    ]
    return bool(oldest)
