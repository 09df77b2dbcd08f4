"""What a phone hears of its own observations: all that changed since it last asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, table
from server.observations.models import Addition, Feedback, LateItem, Observation, Receipt
from server.observations.service import feedback_text, receipt_code
from server.people.models import Person
from server.workdays import local_day

PAGE = 100
TOLD = (
    "card",
    "card_version",
    "area",
    "date",
    "signals",
    "state",
    "received_at",
    "made_at",
    "read_by",
    "answer_by",
    "withdrawal_asked_at",
    "withdrawal_kept_at",
)

receipts, observations = table(Receipt).c, table(Observation).c
answers, additions = table(Feedback).c, table(Addition).c
# Every round trip asks these, so they are built once and load no more than is told.
COUNTER = sa.select(table(Person).c.change_counter).where(
    table(Person).c.id == sa.bindparam("person")
)
CHANGED = (
    sa.select(
        receipts.item_id,
        receipts.change_number,
        receipts.gone_at,
        receipts.gone_reason,
        *(observations[name] for name in TOLD),
    )
    .select_from(table(Receipt).outerjoin(table(Observation)))
    .where(
        receipts.author_id == sa.bindparam("person"),
        receipts.change_number > sa.bindparam("cursor"),
    )
    .order_by(receipts.change_number)
    .limit(PAGE + 1)
)
OF_THESE: sa.BindParameter[list[str]] = sa.bindparam("ids", expanding=True)
FEEDBACK = (
    sa.select(
        answers.id, answers.observation_id, answers.kind, answers.text_sealed, answers.by_id,
        answers.at, answers.useful,
    )
    .where(answers.observation_id.in_(OF_THESE))
    .order_by(answers.at)
)  # fmt: skip
ADDITIONS = (
    sa.select(additions.id, additions.observation_id, additions.received_at, additions.question_id)
    .where(additions.observation_id.in_(OF_THESE))
    .order_by(additions.received_at)
)


@dataclass(frozen=True)
class Changes:
    """What a phone has not heard yet, and the cursor that says up to where it has now.

    ``sealed`` holds each feedback whose own words are still to be opened, beside its row.
    """

    changes: list[dict[str, Any]]
    cursor: int
    more: bool
    sealed: list[tuple[dict[str, Any], Any]] = field(default_factory=list)


def changes_since(person_id: str, cursor: int) -> Changes:
    """Return a snapshot of each own observation that changed after ``cursor``, oldest change first.

    A cursor ahead of the counter comes from another life of the database: then all is told again.
    The counter is read first: whatever commits meanwhile has a higher number and is told next time.
    """
    counter = db.session.scalars(COUNTER, {"person": person_id}).one()
    if cursor == counter:
        return Changes([], cursor, more=False)
    after = {"person": person_id, "cursor": cursor if cursor < counter else 0}
    rows = db.session.execute(CHANGED, after).all()
    more = len(rows) > PAGE
    told = Changes([], rows[PAGE - 1].change_number if more else counter, more)
    _tell(rows[:PAGE], told)
    return told


def open_own_feedback(told: Changes) -> None:
    """Open what the desk wrote to the reporter in words of its own, after that was logged."""
    if not told.sealed:
        return
    audit.log(None, "open", "feedback", purpose="own_feedback", count=len(told.sealed))
    db.session.commit()
    for entry, row in told.sealed:
        entry["text"] = feedback_text(row)


def _tell(rows: Sequence[sa.Row[Any]], told: Changes) -> None:
    here = [row.item_id for row in rows if row.gone_at is None and row.state is not None]
    feedback = _by_observation(FEEDBACK, here)
    additions = _by_observation(ADDITIONS, here)
    settled = _settled([row for row in rows if row.gone_at is None and row.state is None])
    for row in rows:
        if row.gone_at is not None:
            told.changes.append(_tombstone(row))
        elif row.item_id in settled:
            told.changes.append(settled[row.item_id])
        elif row.state is not None:
            answers = [_answer(one, told) for one in feedback[row.item_id]]
            told.changes.append(_snapshot(row, answers, additions[row.item_id]))


def _tombstone(row: sa.Row[Any]) -> dict[str, Any]:
    """Return that something is gone; of what was past its term also since when and why."""
    gone = {"kind": "removed", "id": row.item_id}
    if row.gone_reason in {None, "withdrawn"}:
        return gone
    return {
        **gone,
        "receipt": receipt_code(row.item_id),
        "reason": row.gone_reason,
        "at": row.gone_at,
    }


def _by_observation(query: sa.Select[Any], ids: list[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in db.session.execute(query, {"ids": ids}) if ids else ():
        found[row.observation_id].append(row)
    return found


def _answer(row: sa.Row[Any], told: Changes) -> dict[str, Any]:
    answer = {"id": row.id, "kind": row.kind, "text": None, "at": row.at, "useful": row.useful}
    if row.text_sealed:
        told.sealed.append((answer, row))
    return answer


def _snapshot(
    row: sa.Row[Any], feedback: list[dict[str, Any]], additions: list[sa.Row[Any]]
) -> dict[str, Any]:
    return {
        "kind": "observation",
        "id": row.item_id,
        "receipt": receipt_code(row.item_id),
        "card": row.card,
        "card_version": row.card_version,
        "area": row.area,
        "date": row.date,
        "signals": len(row.signals),
        "state": row.state,
        "received_at": row.received_at,
        "made_at": row.made_at,
        "read_by": row.read_by,
        "answer_by": row.answer_by,
        "feedback": feedback,
        "additions": [
            {"id": one.id, "at": one.received_at, "question": one.question_id} for one in additions
        ],
        "withdrawal": _withdrawal(row),
    }


def _settled(rows: Sequence[sa.Row[Any]]) -> dict[str, dict[str, Any]]:
    """Return of what the desk settled in the late box that it was read, and no more."""
    if not rows:
        return {}
    found = db.session.scalars(
        sa.select(LateItem).where(
            LateItem.id.in_([row.item_id for row in rows]), LateItem.settled_at.is_not(None)
        )
    )
    return {item.id: told for item in found if (told := _settled_snapshot(item))}


def _settled_snapshot(item: LateItem) -> dict[str, Any] | None:
    sent, day = item.body, local_day(item.settled_at or item.received_at)
    try:
        return {
            "kind": "observation",
            "id": item.id,
            "receipt": receipt_code(item.id),
            "card": str(sent["card"]),
            "card_version": int(sent["card_version"]),
            "area": sent["area"] and str(sent["area"]),
            "date": date.fromisoformat(sent["date"]),
            "signals": len(sent["signals"]),
            "state": "closed",
            "received_at": item.received_at,
            "made_at": datetime.fromisoformat(sent["made_at"]),
            "read_by": day,
            "answer_by": day,
            "feedback": [],
            "additions": [],
            "withdrawal": None,
        }
    except (KeyError, TypeError, ValueError):
        # It has no shape that a phone could show, so there it stays received.
        return None


def _withdrawal(row: sa.Row[Any]) -> str | None:
    if row.withdrawal_asked_at:
        return "requested"
    return "kept" if row.withdrawal_kept_at else None
