"""The goals of the approach: what each is measured by, where it stood, and how it goes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from server import audit
from server.db import db, now
from server.effect.halves import Half
from server.effect.models import EffectGoal, EffectValue
from server.errors import Conflict, fault
from server.people.models import Session
from server.reports import service as reports
from server.reports.suppression import LEAST
from server.workdays import local_day

# What each is counted in. The time to feedback is not entered: the figures know it.
GOALS = {
    "awareness": "percent",
    "willingness": "percent",
    "feedback_time": "percent",
    "help_accepted": "count",
}
FROM_FIGURES = "feedback_time"
ENTERED = tuple(goal for goal in GOALS if goal != FROM_FIGURES)
MEASURE_OF_FIGURES = "Deel van de antwoorden dat op tijd was, uit de kwartaalcijfers"
FIRST = Half(2020, 1)
Value = tuple[int | None, bool]


def set_goal(by: Session, goal: str, *, measure: str, baseline: int | None, version: int) -> None:
    """Say what a goal is measured by and where it stood; ``version`` is the one that was read."""
    number, few = _kept(goal, baseline)
    row = db.session.scalar(sa.select(EffectGoal).filter_by(goal=goal).with_for_update())
    _check_version(row.version if row else 0, version)
    if row is None:
        row = EffectGoal(goal=goal, version=0)
        db.session.add(row)
    row.measure, row.baseline, row.baseline_few = measure, number, few
    _finish(by, row, "effect_goal", goal)


def set_value(by: Session, goal: str, half: str, *, value: int | None, version: int) -> None:
    """Say how a goal stood in a half year; None takes it away again."""
    if not FIRST <= Half.named(half) <= Half.of(local_day(now())):
        raise fault("half", "Kies een half jaar dat is begonnen.")
    number, few = _kept(goal, value)
    row = db.session.scalar(
        sa.select(EffectValue).filter_by(goal=goal, half=half).with_for_update()
    )
    _check_version(row.version if row else 0, version)
    if row is None:
        row = EffectValue(goal=goal, half=half, version=0)
        db.session.add(row)
    row.value, row.few = number, few
    _finish(by, row, "effect_value", f"{goal} {half}")


def _kept(goal: str, value: int | None) -> Value:
    """Return what is kept of a number: of few young people only that they are few."""
    if value is None:
        return None, False
    if GOALS[goal] == "percent" and value > 100:
        raise fault("value", "Een percentage is hooguit 100.", code="percent")
    return (None, True) if GOALS[goal] == "count" and value < LEAST else (value, False)


def _check_version(known: int, seen: int) -> None:
    if known != seen:
        raise _somebody_else()


def _somebody_else() -> Conflict:
    return Conflict("Iemand veranderde dit net. Kijk wat er nu staat.", code="version")


def _finish(by: Session, row: EffectGoal | EffectValue, kind: str, what: str) -> None:
    row.version += 1
    row.by_id = by.person_id
    try:
        db.session.flush()
        audit.log(by.person_id, "change", kind, outcome=what, device_id=by.device_id)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise _somebody_else() from None


def goals() -> list[dict[str, Any]]:
    """Return every goal with what was entered for it, and the one that comes from the figures."""
    chosen = {row.goal: row for row in db.session.scalars(sa.select(EffectGoal))}
    values: dict[str, list[dict[str, Any]]] = {goal: [] for goal in GOALS}
    for row in db.session.scalars(sa.select(EffectValue).order_by(EffectValue.half)):
        values[row.goal].append(_value(row.half, (row.value, row.few), row.version))
    values[FROM_FIGURES] = [
        _value(half, kept, 0) for half, kept in sorted(answered_on_time().items())
    ]
    return [
        {
            "goal": goal,
            "unit": unit,
            "entered": goal in ENTERED,
            "measure": chosen[goal].measure if goal in chosen else _measure(goal),
            "baseline": chosen[goal].baseline if goal in chosen else None,
            "baseline_few": goal in chosen and chosen[goal].baseline_few,
            "version": chosen[goal].version if goal in chosen else 0,
            "values": values[goal],
        }
        for goal, unit in GOALS.items()
    ]


def _measure(goal: str) -> str:
    return MEASURE_OF_FIGURES if goal == FROM_FIGURES else ""


def _value(half: str, kept: Value, version: int) -> dict[str, Any]:
    return {"half": half, "value": kept[0], "few": kept[1], "version": version}


def answered_on_time() -> dict[str, Value]:
    """Return per half year which percentage of the answers was on time, from published figures.

    Only what everybody sees already is added up, so nothing new can follow from it.
    """
    found: dict[str, Value] = {}
    for half in sorted({Half.of_quarter(quarter) for quarter in reports.periods()}):
        figures = reports.figures(*half.quarters)
        if figures.missing:
            continue
        table = figures.table("answer")
        whole, on_time = table.cell(""), table.cell("on_time")
        if whole and on_time and whole.value and on_time.value is not None:
            found[str(half)] = (round(100 * on_time.value / whole.value), False)
        else:
            found[str(half)] = (None, True)
    return found
