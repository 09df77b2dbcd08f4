"""Carry out the terms, every night: warn, delete, and say when that is behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from server.audit import chain
from server.clock import guard
from server.db import db, now, reading
from server.keyring import ring
from server.observations.keeping import WARNING, Terms, add_months
from server.observations.models import Observation
from server.people.models import Session
from server.people.sessions import LISTENS
from server.retention import keys, names, removal, warning
from server.workdays import local_day

SLACK = timedelta(days=1)


@dataclass(frozen=True)
class Done:
    """What a run did, or would do."""

    warned: int
    observations: int
    missed: int
    late_items: int
    sessions: int
    names: int


def run_nightly() -> None:
    """Carry out the terms, unless the time of this machine cannot be believed."""
    if guard.watch():
        run()


def destroy_keys_nightly() -> None:
    """Destroy the keys whose day has come, unless the time cannot be believed."""
    if guard.watch():
        keys.destroy_due()
        ring().lasting.prune(now())


def keep_log_nightly() -> None:
    """Sign the log, and prune what is past its term when the time can be believed."""
    chain.make_checkpoint()
    if guard.watch():
        chain.prune(warning.midnight(_log_begins()))


def run() -> Done:
    """Warn of what goes in a week, and delete what is past its day."""
    warning.work_out_days()
    warned = warning.warn()
    gone = removal.remove_observations()
    return Done(
        warned=warned,
        observations=gone.total(),
        missed=gone["missed"],
        late_items=removal.remove_late_items(),
        sessions=_remove_sessions(),
        names=names.forget(),
    )


def after_restore() -> Done:
    """Delete again at once what an older database brought back; its warning was given before."""
    guard.accept()
    warning.work_out_days()
    today = local_day(now())
    db.session.execute(
        sa.update(Observation)
        .where(Observation.keep_until <= today, Observation.case_open.is_(False))
        .values(warned_at=warning.midnight(today - WARNING)),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()
    return run()


def preview() -> Done:
    """Return what a run would do now, and change nothing."""
    soon = local_day(now()) + WARNING
    observations, missed = removal.count_doomed()
    with reading():
        warned = _count(
            Observation.keep_until <= soon,
            Observation.case_open.is_(False),
            Observation.warned_at.is_(None),
        )
        sessions = db.session.scalar(
            sa.select(sa.func.count()).select_from(Session).where(_is_over())
        )
        db.session.rollback()
    late_items = len(removal.late_items_due())
    return Done(warned, observations, missed, late_items, sessions or 0, names.count_due())


def behind() -> str | None:
    """Say what keeps deleting from being on time: the ``time``, or ``days`` it is late."""
    if not guard.is_believed(now()):
        return "time"
    today = local_day(now())
    # What was never warned of gets its week first.
    with reading():
        oldest = db.session.scalar(
            sa.select(sa.func.min(Observation.keep_until)).where(
                Observation.keep_until < today - WARNING - SLACK, Observation.case_open.is_(False)
            )
        )
        db.session.rollback()
    return f"{(today - oldest).days} days" if oldest else None


def late_keys() -> list[str]:
    """Return the ids of keys that should have been destroyed before today."""
    today = local_day(now())
    return [period.id for period in keys.due() if period.destroy_on < today - SLACK]


def _log_begins() -> date:
    return add_months(local_day(now()), -Terms.of_gemeente().audit_months)


def _count(*where: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count(Observation.id)).where(*where)) or 0


def _is_over() -> sa.ColumnElement[bool]:
    """Return what a session answers to that nobody is told through, or has used for too long."""
    moment = now()
    since = moment - timedelta(days=Terms.of_gemeente().session_days)
    begun = sa.func.coalesce(Session.confirmed_at, Session.made_at)
    silent = Session.expires_at <= moment - LISTENS
    return sa.or_(Session.ended_at.is_not(None), silent, begun <= since)


def _remove_sessions() -> int:
    removed = db.session.execute(
        sa.delete(Session).where(_is_over()),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()
    return int(removed.rowcount)  # type: ignore[attr-defined]
