"""Say that somebody in one network is somebody in another, for who may see both."""

from __future__ import annotations

import sqlalchemy as sa

from server.cases import members, network, service
from server.cases.models import Case, Node
from server.db import db, new_id
from server.errors import Conflict, Invalid
from server.people.models import Person, Session

KNOWN = "Die staat al in dit netwerk."


def identify(
    session: Session, case_id: str, node_id: str, *, version: int, same_as: str | None
) -> Case:
    """Say that a node is one of another case; without ``same_as``, that it is not after all."""
    if same_as is not None:
        _hold_both(case_id, network.of_another(session.person, same_as).case_id)
    case = members.hold(session.person, case_id, version)
    node = network.inside(Node, case, node_id)
    if same_as is None:
        _part(session.person, case, node)
        return service.finish(session, case, "part_node")
    other = network.of_another(session.person, same_as)
    if other.case_id == case.id or other.kind != node.kind:
        raise Invalid("Kies een punt van dezelfde soort, in een andere casus.", code="same_as")
    elsewhere = members.find(session.person, other.case_id)
    _join(case, node, elsewhere, other)
    service.log(session, "join_node", elsewhere)
    return service.finish(session, case, "join_node")


def _hold_both(one: str, other: str) -> None:
    """Two who join at once, each from their own case, must not pass each other by."""
    query = sa.select(Case.id).where(Case.id.in_({one, other}))
    db.session.execute(query.order_by(Case.id).with_for_update())


def _join(case: Case, node: Node, elsewhere: Case, other: Node) -> None:
    """Let a node, and whatever was the same as it already, be the other one."""
    here = {one.identity_id for one in network.nodes(case) if one.id != node.id}
    there = {one.identity_id for one in network.nodes(elsewhere) if one.id != other.id}
    if node.identity_id == other.identity_id or other.identity_id in here:
        raise Conflict(KNOWN, code="known")
    if node.identity_id in there:
        raise Conflict(KNOWN, code="known")
    db.session.execute(
        sa.update(Node)
        .where(Node.identity_id == node.identity_id)
        .values(identity_id=other.identity_id)
    )


def _part(by: Person, case: Case, node: Node) -> None:
    if node.id not in network.elsewhere(by, case):
        raise Conflict("Dit punt staat in geen andere casus die je ziet.", code="known")
    node.identity_id = new_id()
