"""What may be asked of the network around a case."""

from __future__ import annotations

from server.cases.models import EDGE_KINDS, NODE_KINDS, ZONES
from server.cases.schemas import SEALED, SHORT, a_version
from server.wire import Day, Id, In, Text, one_of


class NodeChangeIn(In):
    version = a_version()
    kind = Text(required=True, validate=one_of(NODE_KINDS))
    zone = Text(required=True, validate=one_of(ZONES))
    name = Text(required=True, validate=SHORT, metadata=SEALED)
    role = Text(required=True, validate=SHORT, metadata=SEALED)
    since = Day(required=True)


class NodeIn(NodeChangeIn):
    same_as = Id(
        load_default=None,
        allow_none=True,
        metadata={"description": "Hetzelfde punt in een andere casus die je ook mag zien."},
    )


class NodeIdentityIn(In):
    version = a_version()
    same_as = Id(
        required=True,
        allow_none=True,
        metadata={"description": "Het punt in de andere casus; `null` als het toch niet zo is."},
    )


class EdgeIn(In):
    version = a_version()
    from_id = Id(required=True)
    to_id = Id(required=True)
    kind = Text(required=True, validate=one_of(EDGE_KINDS))
    label = Text(required=True, validate=SHORT, metadata=SEALED)
    since = Day(required=True)


class EndIn(In):
    until = Day(required=True)
