"""Remind whoever agreed to do something, and of looking back."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from server.access.permissions import DESK
from server.cases import members
from server.cases.models import Action, Case
from server.db import db, now
from server.notify import service as notify
from server.people.models import Person
from server.workdays import local_day

REMIND_BEFORE = timedelta(days=2)
EVALUATION_BEFORE = timedelta(days=7)


def remind() -> int:
    """Tell owners of what is nearly due, and the desk of owners who are gone; once each."""
    today = local_day(now())
    due = db.session.scalars(
        sa.select(Action)
        .where(
            Action.done_on.is_(None),
            Action.reminded_on.is_(None),
            Action.due_on <= today + REMIND_BEFORE,
        )
        .with_for_update(skip_locked=True)
    ).all()
    for action in due:
        owner = db.session.get_one(Person, action.owner_id)
        told = [owner.id] if owner.ended_at is None else _desk()
        notify.queue(told, "reminder", f"action-{action.id}", "/#/acties")
        action.reminded_on = today
    near = db.session.scalars(
        sa.select(Case).where(
            Case.closed_on.is_(None),
            Case.evaluation_told.is_(None),
            Case.evaluate_on <= today + EVALUATION_BEFORE,
        )
    ).all()
    for case in near:
        core = [one.person_id for one in members.participants(case) if one.part == "core"]
        notify.queue([*core, *_desk()], "reminder", f"evaluation-{case.id}", "/#/casussen")
        case.evaluation_told = today
    db.session.commit()
    return len(due) + len(near)


def _desk() -> list[str]:
    return list(
        db.session.scalars(
            sa.select(Person.id).where(Person.role == DESK[0], Person.ended_at.is_(None))
        )
    )
