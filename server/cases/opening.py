"""Open a case: with letters for names, until somebody says why the names are needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from server import audit
from server.audit import AuditEvent, looking
from server.cases import members, network, plans, service, words
from server.cases.models import Case, CaseEvent, Decision, Edge, Node, Unmasking
from server.db import db, now
from server.errors import Conflict
from server.keyring import ring
from server.names import masking
from server.names.masking import Mask
from server.observations import limits
from server.observations.models import Observation
from server.people.models import Person, Session
from server.sealing import SealError

# So long names stay visible to who gave a reason, when there is no meeting.
SHOWN = timedelta(minutes=10)
MEETING = sa.table("meeting", sa.column("id", sa.Uuid(as_uuid=False)), sa.column("state"))


def unmask(session: Session, case_id: str, *, reason: str, meeting: str | None) -> None:
    """Let somebody see the names of a case: for ten minutes, or for as long as a meeting runs."""
    case = members.find(session.person, case_id)
    if meeting is not None and not _runs(meeting):
        raise Conflict("Dit overleg is niet bezig.", code="meeting")
    limits.check(session, "open")
    db.session.add(
        Unmasking(case_id=case.id, meeting_id=meeting, by_id=session.person_id, reason=reason)
    )
    audit.log(
        session.person_id,
        "unmask",
        "case",
        case.id,
        purpose=reason,
        device_id=session.device_id,
    )
    db.session.commit()


def open_case(session: Session, case_id: str, purpose: str) -> dict[str, Any]:
    """Open what is written in a case and log it; names are covered unless they were unmasked."""
    case = members.find(session.person, case_id)
    again = _opened_lately(session.person_id, case)
    if not again:
        limits.check(session, "open")
    shown = is_unmasked(session.person_id, case)
    named = _named(case)
    cover = Mask() if shown else _cover(case, named)
    audit.log(
        session.person_id,
        "open_again" if again else "open",
        "case",
        case.id,
        purpose=purpose,
        device_id=session.device_id,
    )
    answer = {"masked": not shown, **_contents(session.person, case, named, cover, shown=shown)}
    db.session.commit()
    return answer


def _contents(
    by: Person, case: Case, named: list[tuple[Node, str, str]], cover: Mask, *, shown: bool
) -> dict[str, Any]:
    others = network.elsewhere(by, case)
    known = words.read(case.text_sealed, "case", case.id, case.by_id)
    texts = {one.id: _text(one, "action") for one in plans.actions(by, case.id)}
    texts |= {one.id: _text(one, "goal") for one in plans.goals(by, case.id)}
    return {
        "title": cover.over(known.get("title")),
        "text": cover.over(known.get("text")),
        "nodes": [
            _node(node, name, role, cover, others.get(node.id, []), shown=shown)
            for node, name, role in named
        ],
        "edges": [_edge(edge, cover) for edge in network.edges(case)],
        "decisions": [_decision(one, cover) for one in _decisions(case)],
        "texts": {name: cover.over(text) for name, text in texts.items()},
        "events": [_event(one, cover) for one in _events(case)],
    }


def _edge(edge: Edge, cover: Mask) -> dict[str, Any]:
    known = words.read(edge.text_sealed, "edge", edge.id, edge.by_id)
    shown = {name: getattr(edge, name) for name in EDGE}
    return {**shown, "label": cover.over(known.get("label"))}


EDGE = ("id", "from_id", "to_id", "kind", "since", "until")


def letters(case: Case) -> dict[str, str]:
    """Return the letter that stands for each node of a case."""
    return {one.id: masking.letter(one.letter) for one in network.nodes(case)}


def is_unmasked(person_id: str, case: Case) -> bool:
    """Say whether somebody gave a reason for the names that still holds."""
    rows = db.session.scalars(
        sa.select(Unmasking).where(Unmasking.case_id == case.id, Unmasking.by_id == person_id)
    )
    return any(_runs(one.meeting_id) if one.meeting_id else one.at > now() - SHOWN for one in rows)


def _opened_lately(person_id: str, case: Case) -> bool:
    """Say whether somebody is at work on a case: every step shows it again, as one reading."""
    return bool(
        db.session.scalar(
            sa.select(
                sa.exists().where(
                    AuditEvent.person_id == person_id,
                    AuditEvent.action == "open",
                    AuditEvent.subject_kind == "case",
                    AuditEvent.subject_id == case.id,
                    AuditEvent.at > now() - looking.AGAIN,
                    AuditEvent.at <= now(),
                )
            )
        )
    )


def _runs(meeting_id: str) -> bool:
    state = db.session.scalar(sa.select(MEETING.c.state).where(MEETING.c.id == meeting_id))
    return bool(state == "running")


def _named(case: Case) -> list[tuple[Node, str, str]]:
    found = []
    for node in network.nodes(case):
        known = words.read(node.text_sealed, "node", node.id, node.by_id)
        found.append((node, str(known.get("name") or ""), str(known.get("role") or "")))
    return found


def label(case_kind: str, node: Node) -> str:
    """Return what stands in the place of the name of somebody in a network."""
    young = node.zone == "subject" and case_kind == "youth"
    return masking.label(node.letter, young=young)


def _cover(case: Case, named: list[tuple[Node, str, str]]) -> Mask:
    """Return what hides everybody in the network, and whom the observations name besides."""
    people = [(label(case.kind, node), name) for node, name, _ in named if node.kind == "person"]
    others: list[dict[str, Any]] = []
    for source in service.sources(case):
        observation = db.session.get_one(Observation, source.observation_id)
        try:
            opened = ring().open(
                observation.sealed, "observation", observation.id, observation.author_id
            )
        except SealError:
            continue
        audit.log(None, "open", "observation", observation.id, purpose="mask")
        persons = opened.get("persons") or []
        others += [person for person in persons if isinstance(person, dict)]
    return Mask(others, people)


def _node(
    node: Node, name: str, role: str, cover: Mask, others: list[int], *, shown: bool
) -> dict[str, Any]:
    is_person = node.kind == "person"
    return {
        "id": node.id,
        "kind": node.kind,
        "zone": node.zone,
        "letter": masking.letter(node.letter),
        "since": node.since,
        "until": node.until,
        "name": name if shown or not is_person else None,
        "role": cover.over(role),
        "cases": others,
    }


def _decisions(case: Case) -> list[Decision]:
    return list(
        db.session.scalars(
            sa.select(Decision).where(Decision.case_id == case.id).order_by(Decision.at)
        )
    )


def _decision(one: Decision, cover: Mask) -> dict[str, Any]:
    return {
        "id": one.id,
        "at": one.at,
        "ground": one.ground,
        "text": cover.over(_text(one, "decision")),
    }


def _events(case: Case) -> list[CaseEvent]:
    return list(
        db.session.scalars(
            sa.select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.at)
        )
    )


def _event(one: CaseEvent, cover: Mask) -> dict[str, Any]:
    return {
        "at": one.at,
        "kind": one.kind,
        "phase": one.phase,
        "text": cover.over(_text(one, "case_event")),
    }


def _text(row: Any, kind: str) -> str | None:
    return words.read(row.text_sealed, kind, row.id, row.by_id).get("text")
