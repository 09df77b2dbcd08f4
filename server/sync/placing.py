"""Put each new item where it belongs; what does not fit goes to the late box with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server import audit, cards, workdays
from server.db import db, insert_rows, now, table
from server.events import service as events
from server.events.models import OutgoingEvent
from server.observations import keeping
from server.observations.models import (
    Addition,
    LateItem,
    Observation,
    ObservationEvent,
)
from server.observations.service import (
    group_bits,
    mark_changed,
    take_addition,
    tell_desk,
    tell_late_box,
)
from server.sync import items as shape
from server.sync.items import Item, Misfit
from server.sync.withdrawal import withdraw


@dataclass
class Author:
    """Somebody who signed in on the device that delivers; ``number`` is the last one given out."""

    number: int
    ended: bool


class Batch:
    """The rows one request adds: collected per table, written with one statement each."""

    def __init__(
        self, device_id: str, authors: Mapping[str, Author], sent_at: datetime | None
    ) -> None:
        self.device_id = device_id
        self.authors = authors
        self.sent_at = sent_at
        self.moment = now()
        self.rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self.late: dict[str, str] = {}
        self.desks: dict[str, str] = {}
        self.placers = {
            "observation": self._place_observation,
            "addition": self._place_addition,
            "withdrawal": self._place_withdrawal,
        }
        today = workdays.local_day(self.moment)
        terms = cards.library().gemeente["terms"]
        self.read_by = workdays.add_workdays(today, terms["read_days"])
        self.answer_by = workdays.add_workdays(today, terms["answer_days"])
        self.keep_until = keeping.last_day(keeping.Terms.of_gemeente(), self.moment, self.moment)

    def next_number(self, author_id: str) -> int | None:
        author = self.authors.get(author_id)
        if author is None:
            return None
        author.number += 1
        return author.number

    def place_all(self, items: Iterable[Item]) -> None:
        """Place these items and write their rows, so that the next ones can refer to them."""
        for item in items:
            self._place(item)
        for model, rows in self.rows.items():
            insert_rows(table(model), rows)
        self.rows.clear()

    def late_reason(self, item: Item) -> str | None:
        """Return ``late:`` with the reason of the late box, or None for what found its place."""
        reason = self.late.get(item.id)
        return f"late:{reason}" if reason else None

    def tell_desks(self) -> None:
        """Let each desk that got something know, once; all requests in the same order of desks."""
        for desk, kind in sorted(self.desks.items()):
            tell_desk(desk, kind)
        if self.late:
            tell_late_box()

    def _place(self, item: Item) -> None:
        try:
            self._check(item)
            self.placers[item.kind](item)
        except Misfit as misfit:
            self._place_late(item, str(misfit))
        self.rows[audit.AuditEvent].append(
            audit.row(
                item.by,
                "receive",
                item.kind if item.kind in self.placers else "unknown",
                item.id,
                outcome=self.late_reason(item) or "stored",
                device_id=self.device_id,
            )
        )

    def _check(self, item: Item) -> None:
        author = self.authors.get(item.by)
        if author is None:
            raise Misfit("foreign_author")
        if author.ended:
            raise Misfit("access_ended")
        if item.kind not in self.placers:
            raise Misfit("unknown_kind")
        if item.seal_fault is not None:
            raise Misfit(item.seal_fault)

    def _place_observation(self, item: Item) -> None:
        plain = shape.plain_observation(item.body)
        if not cards.library().knows(plain["card"]):
            raise Misfit("unknown_card")
        self.rows[Observation].append(
            {
                **plain,
                "id": item.id,
                "author_id": item.by,
                "device_id": self.device_id,
                "source": "app",
                "signal_groups": group_bits(plain["card"], plain["signals"]),
                "sealed": item.sealed,
                "key_id": item.key_id,
                "sent_at": self.sent_at,
                "received_at": self.moment,
                "state": "new",
                "state_at": self.moment,
                "case_open": False,
                "version": 1,
                "read_by": self.read_by,
                "answer_by": self.answer_by,
                "due_on": self.read_by,
                "keep_until": self.keep_until,
            }
        )
        self._note(item.id, "received", item.by)
        if told := events.rows("observation"):
            self.rows[OutgoingEvent].extend(told)
        self.desks[plain["desk"]] = "observation"

    def _place_addition(self, item: Item) -> None:
        plain = shape.plain_addition(item.body)
        parent = self._parent(item)
        self.rows[Addition].append(
            {
                **plain,
                "id": item.id,
                "observation_id": parent.id,
                "author_id": item.by,
                "question_id": item.reference("question"),
                "sealed": item.sealed,
                "key_id": item.key_id,
                "received_at": self.moment,
            }
        )
        if take_addition(parent, self.moment, self.answer_by):
            self._note(parent.id, "state", None, "in_progress")
        self._note(parent.id, "addition", item.by)
        mark_changed(parent.id, item.by)
        self.desks.setdefault(parent.desk, "addition")

    def _place_withdrawal(self, item: Item) -> None:
        parent_id = item.reference("parent")
        if parent_id is None:
            raise Misfit("unknown_parent")
        if withdraw(item.by, parent_id, self.moment) == "asked":
            parent = db.session.get_one(Observation, parent_id)
            self._note(parent_id, "withdrawal_requested", item.by)
            self.desks.setdefault(parent.desk, "addition")
        mark_changed(parent_id, item.by)

    def _place_late(self, item: Item, reason: str) -> None:
        self.late[item.id] = reason
        self.rows[LateItem].append(
            {
                "id": item.id,
                "kind": item.kind,
                "author_id": item.by,
                "reason": reason,
                "body": dict(item.body),
                "received_at": self.moment,
            }
        )

    def _parent(self, item: Item) -> Observation:
        parent_id = item.reference("parent")
        parent = db.session.get(Observation, parent_id) if parent_id else None
        if parent is None or parent.author_id != item.by:
            raise Misfit("unknown_parent")
        return parent

    def _note(self, observation: str, kind: str, by: str | None, detail: str | None = None) -> None:
        self.rows[ObservationEvent].append(
            {
                "observation_id": observation,
                "at": self.moment,
                "kind": kind,
                "by_id": by,
                "detail": detail,
            }
        )
