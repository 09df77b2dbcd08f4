"""Which job ran when: one row per job and due time, so that any number of clocks run each once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Event

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, db, insert_into, now, reading

log = logging.getLogger(__name__)

KEPT = timedelta(days=14)
# A clock that is not heard for so long is dead; while it lives it says so three times as often.
LEASE = timedelta(seconds=30)
RUNNING = sa.text("outcome IS NULL")


class JobRun(Model):
    """A job at the moment it was due. Whoever adds the row runs the job, everybody else skips it.

    ``outcome`` is ``done``, ``failed``, ``lost`` when its process died and a later turn came up, or
    None while it runs. Its ``owner`` moves ``lease_until`` on; when that has passed, the owner died
    and another clock may take the row over. Of one job one run goes on at a time.
    """

    __tablename__ = "job_run"
    __table_args__ = (
        sa.CheckConstraint("outcome IN ('done', 'failed', 'lost')", name="outcome"),
        sa.CheckConstraint("(finished_at IS NULL) = (outcome IS NULL)", name="finished"),
        sa.Index(
            "uq_job_run_running",
            "job",
            unique=True,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
    )

    job: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    slot: Mapped[datetime] = mapped_column(UTCDateTime, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    owner: Mapped[str | None] = mapped_column(sa.String(100))
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[str | None] = mapped_column(sa.String(10))


def claim(job: str, slot: datetime, owner: str) -> bool:
    """Say whether this process is the one that runs the job of this moment."""
    moment = now()
    dead = sa.and_(JobRun.job == job, JobRun.outcome.is_(None), JobRun.lease_until <= moment)
    held = {"started_at": moment, "owner": owner, "lease_until": moment + LEASE}
    _change(sa.and_(dead, JobRun.slot != slot), finished_at=moment, outcome="lost")
    mine = _change(sa.and_(dead, JobRun.slot == slot), **held)
    if not mine:
        insert = insert_into(JobRun).values(job=job, slot=slot, **held).on_conflict_do_nothing()
        mine = db.session.scalar(insert.returning(JobRun.job)) is not None
    db.session.commit()
    return mine


def finish(job: str, slot: datetime, owner: str, outcome: str) -> None:
    """Write down how the job of this moment ended, unless another clock has taken it over."""
    mine = _change(
        sa.and_(JobRun.job == job, JobRun.slot == slot, _held_by(owner)),
        finished_at=now(),
        outcome=outcome,
    )
    db.session.commit()
    if mine:
        log.info("Taak %s", job, extra={"fields": {"outcome": outcome, "due": slot.isoformat()}})


def keep(app: Flask, owner: str, stop: Event) -> None:
    """Hold on to what this process runs, until it stops."""
    while not stop.wait(LEASE.total_seconds() / 3):
        with app.app_context():
            try:
                renew(owner)
            except sa.exc.SQLAlchemyError as fault:
                log.warning("Kan niet laten weten dat de klok leeft: %s.", type(fault).__name__)


def renew(owner: str) -> None:
    """Say that this process still runs what it claimed."""
    if _is_there(_held_by(owner)):
        _change(_held_by(owner), lease_until=now() + LEASE)
        db.session.commit()


def abandoned() -> set[str]:
    """Return the names of jobs that a process which died was running."""
    with reading():
        names = db.session.scalars(
            sa.select(JobRun.job).where(JobRun.outcome.is_(None), JobRun.lease_until <= now())
        ).all()
        db.session.rollback()
    return set(names)


def beat(job: str, slot: datetime) -> None:
    """Write down that a job which everybody runs ran well in this period."""
    moment = now()
    insert = insert_into(JobRun).values(
        job=job, slot=slot, started_at=moment, finished_at=moment, outcome="done"
    )
    db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["job", "slot"], set_={"finished_at": moment, "outcome": "done"}
        )
    )
    db.session.commit()


def last_done() -> dict[str, datetime]:
    """Return for every job the latest due time whose run ended well."""
    with reading():
        rows = db.session.execute(
            sa.select(JobRun.job, sa.func.max(JobRun.slot).label("slot"))
            .where(JobRun.outcome == "done")
            .group_by(JobRun.job)
        ).all()
        db.session.rollback()
    return {row.job: row.slot for row in rows}


def remove_old() -> int:
    """Delete rows of long ago, but of no job its last turn; return how many.

    Without that one a clock that starts would take the turn for one that nobody took.
    """
    last = sa.select(JobRun.job, sa.func.max(JobRun.slot)).group_by(JobRun.job)
    old = sa.and_(JobRun.started_at < now() - KEPT, sa.tuple_(JobRun.job, JobRun.slot).not_in(last))
    removed = db.session.scalars(
        sa.delete(JobRun).where(old).returning(JobRun.job),
        execution_options={"synchronize_session": False},
    ).all()
    db.session.commit()
    return len(removed)


def _held_by(owner: str) -> sa.ColumnElement[bool]:
    return sa.and_(JobRun.owner == owner, JobRun.outcome.is_(None))


def _is_there(where: sa.ColumnElement[bool]) -> bool:
    """Look without taking SQLite's write lock."""
    with reading():
        found = db.session.scalar(sa.select(sa.exists().where(where)))
        db.session.rollback()
    return bool(found)


def _change(where: sa.ColumnElement[bool], **values: object) -> bool:
    """Change these rows in the caller's transaction; say whether there were any."""
    changed = db.session.scalars(
        sa.update(JobRun).where(where).values(**values).returning(JobRun.job),
        execution_options={"synchronize_session": False},
    ).all()
    return bool(changed)
