"""The goals of the approach: what each is measured by, where it stood, and how it goes."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from server import audit
from server.db import db, now
from server.effect import survey
from server.effect.halves import Half
from server.effect.models import EffectGoal, EffectValue
from server.errors import Conflict, fault
from server.people.models import Session
from server.reports import service as reports
from server.reports.suppression import LEAST
from server.workdays import local_day

# What each is counted in. How the time to feedback goes is not entered: the figures know it.
GOALS = {
    "awareness": "percent",
    "willingness": "percent",
    "feedback_time": "percent",
    "help_accepted": "count",
}
FROM_FIGURES = "feedback_time"
ENTERED = tuple(goal for goal in GOALS if goal != FROM_FIGURES)
MEASURE_OF_FIGURES = "Deel van de antwoorden dat op tijd was, uit de kwartaalcijfers"
TOO_FEW = (
    f"Een percentage van minder dan {LEAST} mensen bewaren we niet. Dan is te zien wie wat zei."
)
FIRST = Half(2020, 1)
# A number, or none; and whether that is because it is too small to show.
Value = tuple[int | None, bool]


class Entered(NamedTuple):
    """What somebody enters: a number or that it is few, and over how many a percentage is."""

    value: int | None
    few: bool = False
    over: int | None = None


def set_goal(by: Session, goal: str, start: Entered, *, measure: str, version: int) -> None:
    """Say what a goal is measured by and where it stood; ``version`` is the one that was read.

    How the time to feedback is measured is fixed, because the figures do it.
    """
    if goal == FROM_FIGURES and measure != MEASURE_OF_FIGURES:
        raise fault("measure", "Hoe dit wordt gemeten, ligt vast: het komt uit de kwartaalcijfers.")
    kept = _kept(goal, start, "baseline")
    row = db.session.scalar(sa.select(EffectGoal).filter_by(goal=goal).with_for_update())
    _check_version(row.version if row else 0, version)
    if row is None:
        row = EffectGoal(goal=goal, version=0)
        db.session.add(row)
    row.measure = measure
    row.baseline, row.baseline_few, row.baseline_over = kept
    _finish(by, row, "effect_goal", goal)


def set_value(by: Session, goal: str, half: str, entered: Entered, *, version: int) -> None:
    """Say how a goal stood in a half year; nothing takes it away again."""
    if not FIRST <= Half.named(half) <= Half.of(local_day(now())):
        raise fault("half", "Kies een half jaar dat is begonnen.")
    kept = _kept(goal, entered, "value")
    row = db.session.scalar(
        sa.select(EffectValue).filter_by(goal=goal, half=half).with_for_update()
    )
    _check_version(row.version if row else 0, version)
    if row is None:
        row = EffectValue(goal=goal, half=half, version=0)
        db.session.add(row)
    row.value, row.few, row.over = kept
    _finish(by, row, "effect_value", f"{goal} {half}")


def _kept(goal: str, entered: Entered, field: str) -> Entered:
    """Return what is kept of a number: of few young people only that they are few.

    A percentage of few people would be about one of them, so it is kept only of ``LEAST`` or more.
    """
    value, few, over = entered
    if few and (value is not None or GOALS[goal] != "count"):
        raise fault("few", "Alleen een aantal kan te klein zijn, en dan is er geen getal bij.")
    if few or value is None:
        return Entered(None, few)
    if GOALS[goal] == "count":
        return Entered(None, few=True) if value < LEAST else Entered(value)
    if value > 100:
        raise fault(field, "Een percentage is hooguit 100.", code="percent")
    if over is None:
        raise fault("over", "Schrijf over hoeveel mensen dit percentage gaat.", code="over")
    if over < LEAST:
        raise fault("over", TOO_FEW, code="over")
    return Entered(value, over=over)


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
        values[row.goal].append(
            {
                "half": row.half,
                "version": row.version,
                **_told(row.goal, row.value, row.few, row.over),
            }
        )
    values[FROM_FIGURES] = [
        {"half": half, "value": value, "few": few, "over": None, "version": 0}
        for half, (value, few) in sorted(answered_on_time().items())
    ]
    said = survey.said_yes()
    return [
        {
            "goal": goal,
            "unit": unit,
            "entered": goal in ENTERED,
            "measure": chosen[goal].measure if goal in chosen else _measure(goal),
            **_start(chosen.get(goal), values[goal] if goal == FROM_FIGURES else []),
            "version": chosen[goal].version if goal in chosen else 0,
            "values": values[goal],
            "said_yes": said.get(goal, []),
        }
        for goal, unit in GOALS.items()
    ]


def _start(row: EffectGoal | None, worked_out: list[dict[str, Any]]) -> dict[str, Any]:
    """Return where a goal began: what was entered, or else the first half year worked out."""
    if row and (row.baseline is not None or row.baseline_few):
        told = _told(row.goal, row.baseline, row.baseline_few, row.baseline_over)
        half = None
    else:
        first = next((one for one in worked_out if one["value"] is not None), None)
        told = {"value": first and first["value"], "few": False, "over": None}
        half = first and first["half"]
    return {
        "baseline": told["value"],
        "baseline_few": told["few"],
        "baseline_over": told["over"],
        "baseline_half": half,
    }


def _told(goal: str, value: int | None, few: bool, over: int | None) -> dict[str, Any]:
    """Return what is shown of what was entered.

    A percentage of which nobody said over how many people it is may be about one of them. It is
    kept, and hidden until somebody says so.
    """
    if GOALS[goal] == "percent" and value is not None and over is None:
        return {"value": None, "few": True, "over": None}
    return {"value": value, "few": few, "over": _told_over(value, over)}


def _told_over(percent: int | None, over: int | None) -> int | None:
    """Return over how many people a percentage is, unless a small number follows from both."""
    if percent is None or over is None:
        return None
    # What was typed is rounded, so the number of people lies half a percent to either side.
    smaller = over * (min(percent, 100 - percent) - 0.5) / 100
    return over if smaller >= LEAST else None


def _measure(goal: str) -> str:
    return MEASURE_OF_FIGURES if goal == FROM_FIGURES else ""


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
