"""Which job ran when: one row per job and due time, so that any number of clocks run each once."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Model, UTCDateTime, db, now, reading

KEPT = timedelta(days=14)


class JobRun(Model):
    """A job at the moment it was due. Whoever adds the row runs the job, everybody else skips it.

    ``outcome`` is ``done``, ``failed``, or None while it runs or when its process died.
    """

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    slot: Mapped[datetime] = mapped_column(UTCDateTime, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[str | None] = mapped_column(sa.String(10))


def claim(job: str, slot: datetime) -> bool:
    """Say whether this process is the one that runs the job of this moment."""
    insert = _insert().values(job=job, slot=slot, started_at=now()).on_conflict_do_nothing()
    mine = db.session.scalar(insert.returning(JobRun.job)) is not None
    db.session.commit()
    return mine


def finish(job: str, slot: datetime, outcome: str) -> None:
    """Write down how the job of this moment ended."""
    db.session.execute(
        sa.update(JobRun)
        .where(JobRun.job == job, JobRun.slot == slot)
        .values(finished_at=now(), outcome=outcome)
    )
    db.session.commit()


def beat(job: str, slot: datetime) -> None:
    """Write down that a job which everybody runs ran well in this period."""
    moment = now()
    insert = _insert().values(
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
    """Delete rows of long ago; return how many."""
    removed = db.session.scalars(
        sa.delete(JobRun).where(JobRun.started_at < now() - KEPT).returning(JobRun.job)
    ).all()
    db.session.commit()
    return len(removed)


def _insert() -> postgresql.Insert | sqlite.Insert:
    if db.session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(JobRun)
    return sqlite.insert(JobRun)
