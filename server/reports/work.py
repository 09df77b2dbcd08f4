"""Find what was done with observations, from putting together to removing, or never was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import repeat
from typing import Any

import sqlalchemy as sa

from server import cards
from server.bundles.models import Bundle
from server.cases.models import Action, Case, CaseEvent, CaseSource
from server.db import db
from server.observations.corrections import Referral
from server.observations.models import Receipt
from server.reports.places import IN_TIME, LATE, NEVER, OTHER, Path
from server.reports.quarters import Quarter
from server.retention import overdue

# When it was done, in which table it counts, and where.
Done = tuple[datetime, str, Path]


def _rows(at: Any, *more: Any, begin: datetime, until: datetime) -> sa.Select[Any]:
    return sa.select(at, *more).where(at > begin, at <= until)


def _bundles(begin: datetime, until: datetime) -> Iterator[Done]:
    made = _rows(Bundle.made_at, Bundle.reasons, begin=begin, until=until)
    for at, reasons in db.session.execute(made):
        yield at, "bundle", ("by_hand" if "by_hand" in reasons else "suggested",)


def _became(begin: datetime, until: datetime) -> Iterator[Done]:
    """Yield each bundle once: when it first became a case, or came apart without."""
    first = sa.select(CaseSource.bundle_id, sa.func.min(CaseSource.at).label("at")).where(
        CaseSource.bundle_id.is_not(None)
    )
    cases = first.group_by(CaseSource.bundle_id).subquery()
    for (at,) in db.session.execute(_rows(cases.c.at, begin=begin, until=until)):
        yield at, "became", ("case",)
    ended = _rows(Bundle.ended_at, begin=begin, until=until).where(
        Bundle.id.not_in(sa.select(cases.c.bundle_id))
    )
    for (at,) in db.session.execute(ended):
        yield at, "became", ("apart",)


def _cases(begin: datetime, until: datetime) -> Iterator[Done]:
    """Yield when a case began, when it came to a phase, and when it was closed with an outcome."""
    steps = _rows(
        CaseEvent.at,
        CaseEvent.kind,
        CaseEvent.phase,
        Case.kind,
        Case.outcome,
        begin=begin,
        until=until,
    ).join(Case, Case.id == CaseEvent.case_id)
    for at, step, phase, kind, outcome in db.session.execute(steps):
        if step == "made":
            yield at, "case", (kind,)
        elif step == "phase" and phase != "signalling":
            yield at, "phase", (phase,)
        elif step == "closed" and outcome is not None:
            yield at, "outcome", (outcome,)


def _actions(begin: datetime, until: datetime) -> Iterator[Done]:
    rows = _rows(Action.made_at, Action.pillar, begin=begin, until=until)
    for at, pillar in db.session.execute(rows):
        yield at, "action", (pillar,)


def _referrals(begin: datetime, until: datetime) -> Iterator[Done]:
    known = {one["id"] for one in cards.library().referrals["to"]}
    for at, to in db.session.execute(_rows(Referral.at, Referral.to_id, begin=begin, until=until)):
        yield at, "referral", (to if to in known else OTHER,)


def _removals(begin: datetime, until: datetime) -> Iterator[Done]:
    rows = _rows(Receipt.gone_at, Receipt.gone_late, begin=begin, until=until).where(
        Receipt.gone_late.is_not(None)
    )
    for at, late in db.session.execute(rows):
        yield at, "removal", (LATE if late else IN_TIME,)


def _unheard(begin: datetime, until: datetime) -> Iterator[Done]:
    """Yield what was deleted before its reporter heard anything; it counts beside the answers."""
    rows = _rows(Receipt.gone_at, begin=begin, until=until).where(Receipt.gone_unheard.is_(True))
    for (at,) in db.session.execute(rows):
        yield at, "answer", (NEVER,)


def _overdue(begin: datetime, until: datetime) -> Iterator[Done]:
    """Yield what was there past its day when a quarter ended, once for each such quarter."""
    quarter = Quarter.at(until).plus(-1)
    while quarter.ends_at > begin:
        found = overdue.count(quarter.next().begins_on)
        # Of what is there now nothing was overdue earlier than this.
        if not any(found.values()):
            return
        last = quarter.ends_at - timedelta(seconds=1)
        for what, count in found.items():
            yield from repeat((last, "overdue", (what,)), count)
        quarter = quarter.plus(-1)


FIND: Mapping[str, Callable[[datetime, datetime], Iterator[Done]]] = {
    "bundles": _bundles,
    "became": _became,
    "cases": _cases,
    "actions": _actions,
    "referrals": _referrals,
    "removals": _removals,
    "unheard": _unheard,
    "overdue": _overdue,
}
