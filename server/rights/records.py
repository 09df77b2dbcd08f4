"""Every kind of record that is searched for a person, and what a list may show of it unopened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from server.bundles.models import Bundle
from server.cases.models import Action, Case, CaseEvent, Decision, Edge, Goal, Node
from server.db import Model, db
from server.meetings.models import AgendaItem, MeetingEvaluation
from server.observations.models import LateItem, Observation
from server.observations.service import receipt_code


@dataclass(frozen=True)
class Record:
    """A kind of record that is searched: its table, and what a list may show of it unopened."""

    model: type[Model]
    plain: Callable[[Any], dict[str, Any]]


def plain_of(keys: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return of these records what a list may show; what went meanwhile is left out."""
    shown = []
    for subject, record_id in keys:
        row = db.session.get(RECORDS[subject].model, record_id)
        if row is not None:
            shown.append({"subject": subject, "id": record_id, **RECORDS[subject].plain(row)})
    return shown


def _observation(row: Observation) -> dict[str, Any]:
    return {
        "receipt": receipt_code(row.id),
        "received_at": row.received_at,
        "kind": "observation",
        "state": row.state,
        "card": row.card,
        "area": row.area,
        "date": row.date,
        "in_case": row.case_open,
        "case": None,
        "objection": row.objection_on is not None,
        "version": row.version,
    }


def _late_item(row: LateItem) -> dict[str, Any]:
    return {
        "receipt": receipt_code(row.id),
        "received_at": row.received_at,
        "kind": row.kind,
        "state": None,
        "card": None,
        "area": None,
        "date": None,
        "in_case": False,
        "case": None,
        "objection": False,
        "version": None,
    }


def _agenda_item(row: AgendaItem) -> dict[str, Any]:
    return {**_NOTHING_PLAIN, "received_at": row.added_at, "kind": "agenda_item"}


def _evaluation(row: MeetingEvaluation) -> dict[str, Any]:
    return {**_NOTHING_PLAIN, "received_at": row.at, "kind": "evaluation"}


def _bundle(row: Bundle) -> dict[str, Any]:
    return {**_NOTHING_PLAIN, "received_at": row.made_at, "kind": "bundle"}


def _case(row: Case) -> dict[str, Any]:
    held = {"in_case": row.closed_on is None, "area": row.area, "case": row.id}
    return {**_NOTHING_PLAIN, **held, "received_at": row.made_at, "kind": "case"}


def _case_event(row: CaseEvent) -> dict[str, Any]:
    return {**_inside(row), "received_at": row.at, "kind": "case_event"}


def _node(row: Node) -> dict[str, Any]:
    return {**_inside(row), "received_at": row.made_at, "kind": "node"}


def _edge(row: Edge) -> dict[str, Any]:
    return {**_inside(row), "kind": "edge"}


def _decision(row: Decision) -> dict[str, Any]:
    return {**_inside(row), "received_at": row.at, "kind": "decision"}


def _plan(row: Action | Goal) -> dict[str, Any]:
    return {**_inside(row), "received_at": row.made_at, "kind": row.__tablename__}


def _inside(row: CaseEvent | Node | Edge | Decision | Action | Goal) -> dict[str, Any]:
    """Return what a list may show of the case that something was written in, if any."""
    case = db.session.get(Case, row.case_id) if row.case_id else None
    return _case(case) if case else dict(_NOTHING_PLAIN)


_NOTHING_PLAIN = {
    **dict.fromkeys(("receipt", "state", "card", "area", "date", "version", "case")),
    "in_case": False,
    "objection": False,
}
RECORDS = {
    "observation": Record(Observation, _observation),
    "late_item": Record(LateItem, _late_item),
    "agenda_item": Record(AgendaItem, _agenda_item),
    "evaluation": Record(MeetingEvaluation, _evaluation),
    "bundle": Record(Bundle, _bundle),
    "case": Record(Case, _case),
    "case_event": Record(CaseEvent, _case_event),
    "node": Record(Node, _node),
    "edge": Record(Edge, _edge),
    "decision": Record(Decision, _decision),
    "action": Record(Action, _plan),
    "goal": Record(Goal, _plan),
}
