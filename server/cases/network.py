"""The people, places and groups around a case, and what is between them, over time."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from server.cases import members, service, words
from server.cases.models import Case, Edge, Node
from server.db import db, new_id
from server.errors import Conflict, Invalid, NotFound
from server.people.models import Person, Session

MOST_NODES = 400


def nodes(case: Case) -> list[Node]:
    """Return the nodes of a case in the order of their letters."""
    return list(
        db.session.scalars(sa.select(Node).where(Node.case_id == case.id).order_by(Node.letter))
    )


def edges(case: Case) -> list[Edge]:
    """Return what is between them, the oldest first."""
    return list(
        db.session.scalars(
            sa.select(Edge).where(Edge.case_id == case.id).order_by(Edge.since, Edge.id)
        )
    )


def add_node(
    session: Session,
    case_id: str,
    *,
    version: int,
    kind: str,
    zone: str,
    name: str,
    role: str,
    since: date,
    same_as: str | None = None,
) -> Case:
    """Add a node; ``same_as`` is a node of another case that somebody may see as well."""
    case = members.hold(session.person, case_id, version)
    known = nodes(case)
    if len(known) >= MOST_NODES:
        raise Conflict(f"Meer dan {MOST_NODES} punten kan niet.", code="full")
    identity = new_id()
    if same_as is not None:
        identity = of_another(session.person, same_as).identity_id
        if any(one.identity_id == identity for one in known):
            raise Conflict("Die staat al in dit netwerk.", code="known")
    node_id = new_id()
    db.session.add(
        Node(
            id=node_id,
            case_id=case.id,
            identity_id=identity,
            kind=kind,
            zone=zone,
            letter=max((one.letter for one in known), default=-1) + 1,
            since=since,
            by_id=session.person_id,
            text_sealed=words.seal("node", node_id, session.person_id, name=name, role=role),
        )
    )
    return service.finish(session, case, "add_node")


def add_edge(
    session: Session,
    case_id: str,
    *,
    version: int,
    from_id: str,
    to_id: str,
    kind: str,
    label: str,
    since: date,
) -> Case:
    """Say what is between two nodes."""
    case = members.hold(session.person, case_id, version)
    known = {one.id for one in nodes(case)}
    if from_id == to_id or not {from_id, to_id} <= known:
        raise Invalid("Kies twee punten uit dit netwerk.", code="nodes")
    edge_id = new_id()
    db.session.add(
        Edge(
            id=edge_id,
            case_id=case.id,
            from_id=from_id,
            to_id=to_id,
            kind=kind,
            since=since,
            by_id=session.person_id,
            text_sealed=words.seal("edge", edge_id, session.person_id, label=label),
        )
    )
    return service.finish(session, case, "add_edge")


def end_node(session: Session, case_id: str, node_id: str, until: date) -> Case:
    """Say that somebody or something is no longer around; what was, stays to be seen."""
    case = members.hold(session.person, case_id)
    node = inside(Node, case, node_id)
    _check_order(node.since, until)
    node.until = until
    for edge in edges(case):
        if node.id in {edge.from_id, edge.to_id} and (edge.until is None or edge.until > until):
            edge.until = max(until, edge.since)
    return service.finish(session, case, "end_node")


def end_edge(session: Session, case_id: str, edge_id: str, until: date) -> Case:
    """Say that something between two is over."""
    case = members.hold(session.person, case_id)
    edge = inside(Edge, case, edge_id)
    _check_order(edge.since, until)
    edge.until = until
    return service.finish(session, case, "end_edge")


def change_node(
    session: Session,
    case_id: str,
    node_id: str,
    *,
    version: int,
    kind: str,
    zone: str,
    name: str,
    role: str,
    since: date,
) -> Case:
    """Put right what was written down wrongly about somebody or something."""
    case = members.hold(session.person, case_id, version)
    node = inside(Node, case, node_id)
    if node.until is not None and node.until < since:
        raise Invalid("Deze dag is later dan het einde. Kies een eerdere dag.", code="since")
    node.kind, node.zone, node.since = kind, zone, since
    node.text_sealed = words.seal("node", node.id, node.by_id, name=name, role=role)
    return service.finish(session, case, "change_node")


def remove_node(session: Session, case_id: str, node_id: str) -> Case:
    """Take out who or what should not have been there, with all that was between."""
    case = members.hold(session.person, case_id)
    db.session.delete(inside(Node, case, node_id))
    return service.finish(session, case, "remove_node")


def remove_edge(session: Session, case_id: str, edge_id: str) -> Case:
    """Take out what was between two by mistake."""
    case = members.hold(session.person, case_id)
    db.session.delete(inside(Edge, case, edge_id))
    return service.finish(session, case, "remove_edge")


def elsewhere(by: Person, case: Case) -> dict[str, list[int]]:
    """Return in which other cases that somebody may see each node stands, by the id of the node."""
    here: dict[str, list[str]] = {}
    for one in nodes(case):
        here.setdefault(one.identity_id, []).append(one.id)
    rows = db.session.execute(
        sa.select(Node.identity_id, Case.number)
        .join(Case, Case.id == Node.case_id)
        .where(Node.identity_id.in_(here), Case.id != case.id, members.visible(by))
        .order_by(Case.number)
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        for node_id in here[row.identity_id]:
            found.setdefault(node_id, []).append(row.number)
    return found


def of_another(by: Person, node_id: str) -> Node:
    """Return a node of any case that somebody sees whole."""
    node = db.session.get(Node, node_id)
    if node is None:
        raise NotFound("Dit punt bestaat niet meer.")
    members.find(by, node.case_id)
    return node


Row = TypeVar("Row", Node, Edge)


def inside(model: type[Row], case: Case, row_id: str) -> Row:
    """Return a node or an edge of this case and no other."""
    row = db.session.get(model, row_id)
    if row is None or row.case_id != case.id:
        raise NotFound("Dit staat niet in dit netwerk.")
    return row


def _check_order(since: date, until: date) -> None:
    if until < since:
        raise Invalid("Deze dag is eerder dan het begin. Kies een latere dag.", code="until")
