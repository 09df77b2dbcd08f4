"""What the description says of one item. ``items`` reads them itself, so that one bad item harms no
other; these words and that code are held together by a test.
"""

from __future__ import annotations

from typing import Any

from server.observations.models import BASES, DESKS, URGENCIES
from server.sealing import SEALED_LIMIT
from server.sync.items import AREA_CODE, CARD_ID, MOST_IDS, SIGNAL_ID

UUID = {"type": "string", "format": "uuid"}
ENVELOPE = {
    "type": "string",
    "format": "byte",
    "maxLength": SEALED_LIMIT,
    "description": "De verzegelde envelop (HPKE), in base64.",
}
IDS = {
    "type": "array",
    "maxItems": MOST_IDS,
    "items": {"type": "string", "pattern": f"^{SIGNAL_ID.pattern}$"},
}


def _item(kind: str, description: str, **fields: dict[str, Any]) -> dict[str, Any]:
    optional = {"area", "question", "shielded"}
    properties = {
        "kind": {"type": "string", "enum": [kind]},
        "id": {**UUID, "description": "Gemaakt op de telefoon; overal hetzelfde."},
        "by": {**UUID, "description": "Wie het schreef, en op dit toestel was ingelogd."},
        "made_at": {"type": "string", "format": "date-time"},
        **fields,
    }
    return {
        "type": "object",
        "description": description,
        "required": [name for name in properties if name not in optional],
        "properties": properties,
    }


ITEM_SCHEMAS = {
    "ObservationItem": _item(
        "observation",
        "Een melding. Wie, wat en waar precies zit in de envelop.",
        card={"type": "string", "pattern": f"^{CARD_ID.pattern}$"},
        card_version={"type": "integer", "minimum": 1, "maximum": 999_999},
        signals=IDS,
        protective=IDS,
        area={"type": "string", "pattern": f"^{AREA_CODE.pattern}$", "nullable": True},
        date={"type": "string", "format": "date"},
        basis={"type": "string", "enum": list(BASES)},
        desk={"type": "string", "enum": list(DESKS)},
        urgency={"type": "string", "enum": list(URGENCIES)},
        shielded={
            "type": "boolean",
            "default": False,
            "description": "Alleen de procesregisseur kan zien wie dit meldde, met een reden.",
        },
        sealed=ENVELOPE,
    ),
    "AdditionItem": _item(
        "addition",
        "Een aanvulling op een melding, of het antwoord op een vraag (`question`).",
        parent=UUID,
        question={**UUID, "nullable": True},
        sealed=ENVELOPE,
    ),
    "WithdrawalItem": _item("withdrawal", "De melder trekt een melding in.", parent=UUID),
    "OtherItem": {
        "description": (
            "Wat deze server niet kent, bewaart hij bij de nakomers. Wat niet te bewaren is, "
            "krijgt de uitkomst `refused`. Het houdt de rest nooit tegen."
        )
    },
}
ANY_ITEM = [{"$ref": f"#/components/schemas/{name}"} for name in ITEM_SCHEMAS]
