"""How an observation, and a line of somebody's own log, stand in an answer."""

from __future__ import annotations

from typing import Any

from server import cards
from server.access.door import caller
from server.audit import AuditEvent
from server.db import db
from server.observations import answers, inbox, looks, reporter, triage, wording
from server.observations.models import NOBODY, LateItem, Observation
from server.observations.service import receipt_code
from server.people import service as people
from server.people.models import Person

# What a list shows of an observation as it stands in its table: asked once, not for every row.
PLAIN = tuple(name for name in answers.InboxItemOut().fields if hasattr(Observation, name))


def look_of(event: AuditEvent) -> dict[str, Any]:
    """Return one line of somebody's own log, with a role and no name."""
    of_account = event.subject_kind in {"person", "device"}
    told = event.action in {*looks.TOLD, *looks.SIGN_INS}
    by = db.session.get(Person, event.person_id) if event.person_id else None
    labels = cards.library().gemeente["role_labels"]
    return {
        "at": event.at,
        "action": event.action if told else looks.OTHER,
        "subject": event.subject_kind,
        "receipt": None if of_account else receipt_code(str(event.subject_id)),
        "purpose": event.purpose if told else None,
        # How it ended tells of others as well; how a report went is the reporter's own.
        "outcome": event.outcome if event.action == "delete" else "done",
        "by": by
        and {
            "role_label": labels.get(by.role, by.role),
            "organisation": by.organisation.name,
        },
    }


def item(row: Observation) -> dict[str, Any]:
    """Return one observation as it stands in a list."""
    return {
        **{name: getattr(row, name) for name in PLAIN},
        "receipt": receipt_code(row.id),
        "skewed": inbox.is_skewed(row),
        "due": inbox.due(row),
        "expiring": inbox.is_expiring(row),
        "objection": row.objection_on is not None,
        "waiting": row.waiting_since is not None,
        "answered": row.answered_at is not None,
        "new_addition": row.added_at is not None,
        "withdrawal": row.withdrawal_asked_at is not None,
        "nobody": row.no_feedback_reason == NOBODY,
        "own": row.source == "app" and row.author_id == caller().person_id,
        "assignee": somebody(row.assignee_id),
    }


# What a list shows of a late item as it stands in its table.
LATE = tuple(name for name in answers.LateItemOut().fields if hasattr(LateItem, name))


def late_item(row: LateItem) -> dict[str, Any]:
    """Return one late item as it stands in the list."""
    return {
        **{name: getattr(row, name) for name in LATE},
        "settled_by": somebody(row.settled_by_id),
    }


def show(row: Observation) -> dict[str, Any]:
    """Return the plain part of one observation, as every address that changes it answers."""
    return {
        **item(row),
        "reporter": reporter.shown(row),
        "entered_by": None if row.source == "app" else somebody(row.author_id),
        "words": wording.words_of(row),
        "timeline": [
            {
                "at": event.at,
                "kind": event.kind,
                "by": None if reporter.hides(row, event) else somebody(event.by_id),
                "detail": event.detail,
            }
            for event in triage.timeline(row)
        ],
    }


def somebody(person_id: str | None) -> dict[str, str] | None:
    """Return who is named by an id."""
    person = db.session.get(Person, person_id) if person_id else None
    return {"id": person.id, "name": people.name_of(person)} if person else None
