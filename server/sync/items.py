"""One item as a phone sent it: what can be read from it, or why it cannot be stored at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from server import sealing
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.observations.models import BASES, DESKS, URGENCIES
from server.sealing import Envelope, SealError

SEALED_KINDS = ("observation", "addition")
KIND_LENGTH = 40
UUID_TEXT = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
SIGNAL_ID = re.compile(r"[A-Z]{1,5}-[0-9]{1,3}")
AREA_CODE = re.compile(r"(BU|WK|GM)[0-9A-Z]{4,8}")
CARD_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
MOST_IDS = 100
CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)

ENVELOPE_FIELDS = {"id", "kind", "by", "made_at", "sealed"}
OBSERVATION_FIELDS = ENVELOPE_FIELDS | {
    "card",
    "card_version",
    "signals",
    "protective",
    "area",
    "date",
    "basis",
    "desk",
    "urgency",
    "shielded",
}
ADDITION_FIELDS = ENVELOPE_FIELDS | {"parent", "question"}


class Refused(Exception):  # noqa: N818
    """This item cannot be stored: the reason is ``id``, ``shape``, ``sealed`` or ``too_large``."""

    def __init__(self, item_id: str, reason: str) -> None:
        super().__init__(reason)
        self.item_id = item_id
        self.reason = reason


class Misfit(Exception):  # noqa: N818
    """This item can be kept but not placed; the text is a reason of the late box."""


@dataclass(frozen=True)
class Item:
    """One item with the parts every kind has; ``body`` is all of it, as sent.

    ``digest`` is the SHA-256 of the canonical JSON of the body: the same bytes from the same phone
    give the same digest, whatever order or spacing the transport chose. ``envelope`` is what
    ``sealed`` holds, or None when it has no readable head. ``seal_fault`` says, once the seal was
    tried, in a word of the late box why nobody will be able to open it.
    """

    id: str
    kind: str
    by: str
    sealed: str | None
    envelope: Envelope | None
    digest: bytes
    body: Mapping[str, Any]
    seal_fault: str | None = None

    @property
    def key_id(self) -> str | None:
        """Return which key it is sealed to, or None when it does not say."""
        return self.envelope.key_id if self.envelope else None

    def reference(self, field: str) -> str | None:
        """Return the id in a field of the body, or None when there is none to read."""
        return reference(self.body, field)


def read_item(raw: Any) -> Item:
    """Return the item, or raise Refused when it has no id, author, kind or readable envelope."""
    if not isinstance(raw, dict):
        raise Refused("", "shape")
    item_id = _uuid(raw.get("id"))
    if item_id is None:
        raise Refused(str(raw.get("id"))[:100], "id")
    author = _uuid(raw.get("by"))
    kind = raw.get("kind")
    if author is None or not isinstance(kind, str) or not 0 < len(kind) <= KIND_LENGTH:
        raise Refused(item_id, "shape")
    if not kind.isprintable():
        raise Refused(item_id, "shape")
    sealed, envelope = _envelope(item_id, kind, raw.get("sealed"))
    try:
        return Item(item_id, kind, author, sealed, envelope, digest(raw), raw)
    except RecursionError:
        raise Refused(item_id, "shape") from None


def try_seal(item: Item) -> Item:
    """Return the item with the fault of its seal, if it has one.

    This takes time, so no transaction should be open meanwhile.
    """
    if item.kind not in SEALED_KINDS:
        return item
    if item.envelope is None:
        return replace(item, seal_fault="broken_seal")
    try:
        ring().open_envelope(item.envelope, item.kind, item.id, item.by)
    except (UnknownKey, KeyDestroyed):
        return replace(item, seal_fault="unknown_key")
    except SealError:
        return replace(item, seal_fault="broken_seal")
    return item


def digest(raw: Mapping[str, Any]) -> bytes:
    """Return the SHA-256 of an item's canonical JSON (sorted keys, no spaces, ASCII)."""
    return hashlib.sha256(CANONICAL.encode(raw).encode("ascii")).digest()


def plain_observation(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of an observation; raise Misfit when a field has another shape."""
    return {
        "card": _match(body.get("card"), CARD_ID),
        "card_version": _version(body.get("card_version")),
        "signals": _ids(body.get("signals")),
        "protective": _ids(body.get("protective")),
        "area": None if body.get("area") is None else _match(body["area"], AREA_CODE),
        "date": _day(body.get("date")),
        "basis": _choice(body.get("basis"), BASES),
        "desk": _choice(body.get("desk"), DESKS),
        "urgency": _choice(body.get("urgency"), URGENCIES),
        # A phone from before this was there says nothing.
        "shielded": _flag(body.get("shielded", False)),
        "made_at": _moment(body.get("made_at")),
        "extra": {name: body[name] for name in body.keys() - OBSERVATION_FIELDS},
    }


def plain_addition(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of an addition; raise Misfit when a field has another shape."""
    return {
        "made_at": _moment(body.get("made_at")),
        "extra": {name: body[name] for name in body.keys() - ADDITION_FIELDS},
    }


def reference(body: Mapping[str, Any], field: str) -> str | None:
    """Return the id in a field of a body, or None when there is none to read."""
    return _uuid(body.get(field))


def _envelope(item_id: str, kind: str, sealed: Any) -> tuple[str | None, Envelope | None]:
    """Return the text and the envelope in it, which is None when it has no readable head."""
    if sealed is None and kind not in SEALED_KINDS:
        return None, None
    if not isinstance(sealed, str):
        raise Refused(item_id, "sealed")
    try:
        return sealed, sealing.parse(sealed)
    except sealing.TooLarge:
        raise Refused(item_id, "too_large") from None
    except sealing.NotBase64:
        raise Refused(item_id, "sealed") from None
    except sealing.SealError:
        # It is base64, so it can be kept; the late box shows that nobody can open it.
        return sealed, None


def _uuid(value: Any) -> str | None:
    return value.lower() if isinstance(value, str) and UUID_TEXT.fullmatch(value) else None


def _moment(value: Any) -> datetime:
    """Return an aware moment; raise Misfit for anything else."""
    try:
        parsed = datetime.fromisoformat(value)
        if parsed.tzinfo is None:
            raise Misfit("shape")
        return parsed.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise Misfit("shape") from None


def _match(value: Any, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Misfit("shape")
    return value


def _version(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1_000_000:
        raise Misfit("shape")
    return value


def _ids(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_IDS:
        raise Misfit("shape")
    return list(dict.fromkeys(_match(part, SIGNAL_ID) for part in value))


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Misfit("shape") from None


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Misfit("shape")
    return value


def _choice(value: Any, words: tuple[str, ...]) -> str:
    if value not in words:
        raise Misfit("shape")
    return str(value)
