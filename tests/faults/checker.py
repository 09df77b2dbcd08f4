"""Hold what everybody was told against what the databases hold. Every rule has a name.

R1  Every item that a phone said it kept is stored exactly once, or waits with a reason, or was
    taken back; nothing is there that nobody made, and what never left does not come back.
R2  What is stored is what was sealed: the same bytes, or the same words under a newer key.
R3  Nothing counts as received on a phone that is not on the server.
R4  Every answer of the desk stands once in the database and once on each phone of its reporter,
    and a push about it was handed over to each phone of the reporter that was there before it.
R5  No phone misses a change: its list says what the server would tell it from the beginning. Told
    before a backup was put back may stand what came again only after its key was destroyed.
R6  For everything that was received or answered there is exactly one line in the log, and the
    chain over it is whole.
R7  Every delivery is brought by one clock at a time and is done; again only when it is known of
    that very delivery why its clock could not write it down (tests/faults/brought.py).
R8  Nobody sees what somebody else reported, and what is stored is in its author's name.
R9  A phone that was wiped had handed in all it held.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from server import sealing
from server.audit import AuditEvent, chain, verify
from server.db import Model, db
from server.keyring import ring
from server.notify.models import Delivery, Notification
from server.observations.models import Addition, Feedback, LateItem, Observation, Receipt
from server.sync.items import digest
from tests.faults import brought
from tests.faults.journal import Journal, Made
from tests.faults.pushes import Pushes
from tests.faults.tally import Tally

PLACES: dict[str, type[Model]] = {"observation": Observation, "addition": Addition}


class _Any:
    """What was written in a real browser is known to nobody; that it opens is enough."""

    def __eq__(self, other: object) -> bool:
        return other is not None

    __hash__ = object.__hash__


ANY = _Any()


@dataclass(frozen=True)
class Broken:
    """One breach of a rule, in words."""

    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"


class Checker:
    """Reads everything once, inside the app, and goes through the rules."""

    def __init__(
        self, journal: Journal, phones: dict[int, dict[str, Any]], pushes: Pushes, tally: Tally
    ) -> None:
        self.journal = journal
        self.phones = phones
        self.pushes = pushes
        self.tally = tally
        self.receipts: dict[str, list[Receipt]] = defaultdict(list)
        for receipt in db.session.scalars(sa.select(Receipt)):
            self.receipts[receipt.item_id].append(receipt)
        self.stored = Counter(_all_ids())
        self.held = {
            (number, row["id"]): row for number, phone in phones.items() for row in phone["rows"]
        }

    def broken(self) -> list[Broken]:
        rules = (
            self._stored_once, self._made_by_nobody, self._as_sealed, self._acknowledged,
            self._answers, self._told, self._lists, self._logged, self._brought, self._own,
        )  # fmt: skip
        return [Broken(*found) for rule in rules for found in rule()]

    def _row(self, made: Made) -> dict[str, Any] | None:
        return self.held.get((made.phone, made.id))

    def _stored_once(self) -> Iterator[tuple[str, str]]:
        for made in self.journal.items.values():
            count = len(self.receipts[made.id])
            row = self._row(made)
            name = f"{made.kind} {made.id} of phone {made.phone}"
            if count > 1 or self.stored[made.id] > 1:
                yield "R1", f"{name} is stored {max(count, self.stored[made.id])} times"
            if made.removed and count:
                yield "R1", f"{name} never left, and still it is stored"
            if count == 0:
                yield from self._missing(made, row, name)
            elif self.receipts[made.id][0].gone_at is None:
                yield from self._whole(made, name)
            elif not self._was_taken_back(made):
                yield "R1", f"{name} is gone and nobody took it back"

    def _missing(
        self, made: Made, row: dict[str, Any] | None, name: str
    ) -> Iterator[tuple[str, str]]:
        if row is not None and row["state"] == "queued":
            said = self.phones[made.phone].get("sync")
            yield "R1", f"{name} waits without a reason; sending says {said}"
        elif row is not None and row["state"] in {"look", "withdrawn"}:
            if not row["reason"] and row["state"] == "look":
                yield "R1", f"{name} waits without a reason"
        elif made.removed or not made.sure:
            return
        elif made.kind == "addition" and self._is_gone(made.parent or ""):
            # Its report was taken back, so the phone kept no copy to hand in after a restore.
            return
        elif made.device in self.journal.wiped:
            yield "R9", f"{name} was wiped before it was handed in"
        else:
            yield "R1", f"{name} is lost"

    def _whole(self, made: Made, name: str) -> Iterator[tuple[str, str]]:
        if made.kind == "withdrawal" or self.stored[made.id]:
            return
        parent = self.receipts[made.parent or ""]
        if made.kind == "addition" and parent and parent[0].gone_at is not None:
            # It went along with what it was added to.
            return
        yield "R1", f"{name} has a receipt and is nowhere"

    def _was_taken_back(self, made: Made) -> bool:
        if made.kind == "addition" and self._is_gone(made.parent or ""):
            # After a restore what went with its report is erased by itself; the report is looked
            # at as such.
            return True
        return made.withdrawn or made.id in self.journal.erased

    def _made_by_nobody(self) -> Iterator[tuple[str, str]]:
        known = self.journal.items.keys() | self.journal.unsure
        for one, receipts in self.receipts.items():
            if receipts and one not in known and receipts[0].kind != "withdrawal":
                yield "R1", f"{receipts[0].kind} {one} was made by nobody"

    def _as_sealed(self) -> Iterator[tuple[str, str]]:
        rows = [
            *((row.id, row.sealed) for model in PLACES.values() for row in _rows(model)),
            *((row.id, row.body.get("sealed")) for row in _rows(LateItem)),
        ]
        for one, sealed in rows:
            made = self.journal.items.get(one)
            if made is None or not made.item:
                continue
            if sealed != made.item["sealed"] and _opened(sealed, made) != (made.what or ANY):
                yield "R2", f"{made.kind} {one} is not what was sealed"
            if self.receipts[one][0].digest != digest(made.item):
                yield "R2", f"{made.kind} {one} has the mark of something else"

    def _acknowledged(self) -> Iterator[tuple[str, str]]:
        for (number, one), row in self.held.items():
            if row["state"] == "acknowledged" and not self.receipts[one]:
                yield "R3", f"{row['kind']} {one} counts as received on phone {number} and is not"

    def _answers(self) -> Iterator[tuple[str, str]]:
        rows = Counter(db.session.scalars(sa.select(Feedback.id)))
        for answer in self.journal.answers.values():
            count = rows[answer.id]
            erased = self._is_gone(answer.observation)
            if count > 1 or (answer.sure and count == 0 and not erased):
                yield "R4", f"answer {answer.id} is stored {count} times"
        for number, phone in self.phones.items():
            for mine in phone["told"]:
                told = Counter(one["id"] for one in mine["feedback"])
                for one, times in told.items():
                    if times > 1:
                        yield "R4", f"answer {one} stands {times} times on phone {number}"

    def _is_gone(self, observation: str) -> bool:
        receipts = self.receipts[observation]
        return not receipts or receipts[0].gone_at is not None

    def _told(self) -> Iterator[tuple[str, str]]:
        """Look at every answer whether its reporter was told, where there was a phone for it."""
        told = defaultdict(list)
        for row in _rows(Notification):
            told[(row.person_id, row.tag)].append(row)
        for feedback, observation in db.session.execute(
            sa.select(Feedback, Observation).join(
                Observation, Observation.id == Feedback.observation_id
            )
        ):
            kind = "question" if feedback.kind == "question" else "feedback"
            rows = told[(observation.author_id, f"{kind}-{observation.id}")]
            if not rows:
                yield "R4", f"of answer {feedback.id} nobody was told"
        for text in brought.untold(self.journal, self.pushes):
            yield "R4", text

    def _lists(self) -> Iterator[tuple[str, str]]:
        """Hold every phone's list against what the server would tell that person from nothing."""
        truth = self._truth()
        for number, phone in self.phones.items():
            if phone["person"] is None:
                continue
            shown = {one["id"]: _seen(one) for one in phone["told"]}
            mine = truth[phone["person"]]
            for one, said in mine.items():
                if one not in shown:
                    yield "R5", f"phone {number} never heard of {one}"
                elif shown[one] != said:
                    yield "R5", f"phone {number} missed a change of {one}: {shown[one]} {said}"
            for one in shown.keys() - mine.keys() - self._late_again():
                yield "R5", f"phone {number} still shows {one}, which is gone"

    def _late_again(self) -> set[str]:
        """Return what may be shown as it was told before a backup was put back.

        Its phone sent it once more, but the key it is sealed with had been destroyed meanwhile. So
        it is with what nobody can open now, and of that the server tells nothing.
        """
        if not self.tally.restores:
            return set()
        gone_key = (LateItem.kind == "observation", LateItem.reason == "unknown_key")
        return set(db.session.scalars(sa.select(LateItem.id).where(*gone_key)))

    def _truth(self) -> dict[str, dict[str, Any]]:
        answers, additions = defaultdict(list), defaultdict(list)
        for row in db.session.scalars(sa.select(Feedback).order_by(Feedback.at)):
            answers[row.observation_id].append(row.id)
        for row in _rows(Addition):
            additions[row.observation_id].append(row.id)
        truth: dict[str, dict[str, Any]] = defaultdict(dict)
        for row in _rows(Observation):
            back = "kept" if row.withdrawal_kept_at else None
            back = "requested" if row.withdrawal_asked_at else back
            more = (sorted(answers[row.id]), sorted(additions[row.id]))
            truth[row.author_id][row.id] = (row.state, back, *more)
        return truth

    def _logged(self) -> Iterator[tuple[str, str]]:
        lines = Counter(
            db.session.execute(
                sa.select(AuditEvent.action, AuditEvent.subject_id).where(
                    AuditEvent.action.in_(("receive", "respond"))
                )
            ).tuples()
        )
        for one, receipts in self.receipts.items():
            if receipts and receipts[0].digest is not None and lines[("receive", one)] != 1:
                times = lines[("receive", one)]
                # What was taken back before it came left no line of its own coming.
                if times > 1 or receipts[0].gone_at is None:
                    yield "R6", f"{receipts[0].kind} {one} was received {times} times in the log"
        answered = Counter(db.session.scalars(sa.select(Feedback.observation_id)))
        for one, times in answered.items():
            if lines[("respond", one)] != times:
                said = lines[("respond", one)]
                yield "R6", f"{one} has {times} answers and {said} lines about them"
        chain.extend()
        fault = verify.verify().fault
        if fault:
            yield "R6", fault

    def _brought(self) -> Iterator[tuple[str, str]]:
        for delivery in _rows(Delivery):
            if delivery.done_at is None:
                yield "R7", f"delivery {delivery.id} was never done"
        unsent = sa.select(sa.func.count()).where(Notification.fanned_at.is_(None))
        if db.session.scalar(unsent):
            yield "R7", "there are messages that nobody took up"
        for text in brought.twice(self.pushes, self.tally):
            yield "R7", text

    def _own(self) -> Iterator[tuple[str, str]]:
        authors = {row.id: row.author_id for row in _rows(Observation)}
        for one, author in authors.items():
            made = self.journal.items.get(one)
            if made and made.person and made.person != author:
                yield "R8", f"{one} is stored in the name of somebody else"
        for number, phone in self.phones.items():
            for one in phone["told"]:
                author = authors.get(one["id"])
                if author and author != phone["person"]:
                    yield "R8", f"phone {number} shows {one['id']} of somebody else"
            for row in phone["rows"]:
                if json.loads(row["text"])["id"] != row["id"]:
                    yield "R2", f"phone {number} would send something else as {row['id']}"


def _rows(model: type[Model]) -> list[Any]:
    return list(db.session.scalars(sa.select(model)))


def _all_ids() -> list[str]:
    return [
        one
        for model in (Observation, Addition, LateItem)
        for one in db.session.scalars(sa.select(model.id))
    ]


def _seen(told: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a phone holds of the server's side of one report."""
    answers = sorted(one["id"] for one in told["feedback"])
    additions = sorted(one["id"] for one in told["additions"])
    return told["state"], told["withdrawal"], answers, additions


def _opened(sealed: str, made: Made) -> Any:
    try:
        return ring().open(sealed, made.kind, made.id, made.person)
    except sealing.SealError:
        return None
