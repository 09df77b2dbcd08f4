"""The reporter's side: what a phone hears of its own observations, and who must be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, now
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.notify import service as notify
from server.observations.models import Addition, Feedback, LateItem, Observation, Receipt
from server.people import service as people
from server.people.models import Person
from server.sealing import SealError

PAGE = 100
DESK_ROLES = {"sociaal": "procesregisseur", "veiligheid": "adviseur-oov"}
RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Changes:
    """What a phone has not heard yet, and the cursor that says up to where it has now."""

    changes: list[dict[str, Any]]
    cursor: int
    more: bool


def receipt_code(item_id: str) -> str:
    """Return the short number people quote, such as 7K2-4MX. It follows from the id."""
    number = int(item_id.replace("-", ""), 16)
    letters = []
    for _ in range(6):
        number, digit = divmod(number, len(RECEIPT_LETTERS))
        letters.append(RECEIPT_LETTERS[digit])
    return "".join(letters[:3]) + "-" + "".join(letters[3:])


def changes_since(person: Person, cursor: int) -> Changes:
    """Return a snapshot of each own observation that changed after ``cursor``, oldest change first.

    A cursor ahead of the counter comes from another life of the database: then all is told again.
    """
    counter = db.session.scalars(
        sa.select(Person.change_counter).where(Person.id == person.id)
    ).one()
    if cursor > counter:
        cursor = 0
    receipts = db.session.scalars(
        sa.select(Receipt)
        .where(Receipt.author_id == person.id, Receipt.change_number > cursor)
        .order_by(Receipt.change_number)
        .limit(PAGE + 1)
    ).all()
    page = receipts[:PAGE]
    more = len(receipts) > PAGE
    end = page[-1].change_number if more else counter
    return Changes(_tell(page), end or 0, more)


def _tell(receipts: Sequence[Receipt]) -> list[dict[str, Any]]:
    ids = [receipt.item_id for receipt in receipts if receipt.gone_at is None]
    observations = {
        row.id: row
        for row in db.session.scalars(sa.select(Observation).where(Observation.id.in_(ids)))
    }
    feedback = _by_observation(Feedback, ids, Feedback.at)
    additions = _by_observation(Addition, ids, Addition.received_at)
    texts = [row for rows in feedback.values() for row in rows if row.text_sealed]
    if texts:
        audit.log(None, "open", "feedback", purpose="own_feedback", count=len(texts))
    told = []
    for receipt in receipts:
        observation = observations.get(receipt.item_id)
        if receipt.gone_at is not None:
            told.append(_tombstone(receipt))
        elif observation is not None:
            told.append(_snapshot(observation, feedback[observation.id], additions[observation.id]))
    return told


def _tombstone(receipt: Receipt) -> dict[str, Any]:
    """Return that something is gone; of what was past its term also since when and why."""
    gone = {"kind": "removed", "id": receipt.item_id}
    if receipt.gone_reason in {None, "withdrawn"}:
        return gone
    return {
        **gone,
        "receipt": receipt_code(receipt.item_id),
        "reason": receipt.gone_reason,
        "at": receipt.gone_at,
    }


def _by_observation(table: Any, ids: list[str], order: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in db.session.scalars(
        sa.select(table).where(table.observation_id.in_(ids)).order_by(order)
    ):
        found[row.observation_id].append(row)
    return found


def _snapshot(
    observation: Observation, feedback: list[Feedback], additions: list[Addition]
) -> dict[str, Any]:
    return {
        "kind": "observation",
        "id": observation.id,
        "receipt": receipt_code(observation.id),
        "card": observation.card,
        "card_version": observation.card_version,
        "area": observation.area,
        "date": observation.date,
        "signals": len(observation.signals),
        "state": observation.state,
        "received_at": observation.received_at,
        "made_at": observation.made_at,
        "read_by": observation.read_by,
        "answer_by": observation.answer_by,
        "feedback": [
            {"id": row.id, "kind": row.kind, "text": feedback_text(row), "at": row.at}
            for row in feedback
        ],
        "additions": [
            {"id": row.id, "at": row.received_at, "question": row.question_id} for row in additions
        ],
        "withdrawal": _withdrawal(observation),
    }


def _withdrawal(observation: Observation) -> str | None:
    if observation.withdrawal_asked_at:
        return "requested"
    return "kept" if observation.withdrawal_kept_at else None


def feedback_text(feedback: Feedback) -> str | None:
    """Open the desk's own words, or return None when there are none or their key is gone."""
    if feedback.text_sealed is None:
        return None
    try:
        opened = ring().open(feedback.text_sealed, "feedback", feedback.id, feedback.by_id)
    except (UnknownKey, KeyDestroyed, SealError):
        return None
    return str(opened["text"])


def raise_counter(person_id: str, count: int = 1) -> int:
    """Raise a person's change counter under the lock of that row; return its new value."""
    return db.session.execute(
        sa.update(Person)
        .where(Person.id == person_id)
        .values(change_counter=Person.change_counter + count)
        .returning(Person.change_counter),
        execution_options={"synchronize_session": False},
    ).scalar_one()


def hold(observation_id: str) -> Observation | None:
    """Return an observation that nobody else changes until commit, or None when it is not there.

    The lock is the one of its author. A phone that delivers takes that first as well, so that desk
    and phone wait for each other in one order and never in a ring.
    """
    author = sa.select(Observation.author_id).where(Observation.id == observation_id)
    db.session.execute(
        sa.select(Person.id)
        .where(Person.id == author.scalar_subquery())
        .with_for_update(key_share=True)
    )
    return db.session.get(Observation, observation_id, populate_existing=True)


def mark_changed(observation_id: str, author_id: str) -> None:
    """Let the author's phone hear of this observation at its next round trip."""
    db.session.execute(
        sa.update(Receipt)
        .where(Receipt.item_id == observation_id)
        .values(change_number=raise_counter(author_id))
    )


def erase(observation_id: str, reason: str) -> None:
    """Delete an observation with all that belongs to it; its receipt stays as a tombstone.

    What was gone already stays gone for the reason it had.
    """
    db.session.execute(sa.delete(LateItem).where(LateItem.id == observation_id))
    db.session.execute(sa.delete(Observation).where(Observation.id == observation_id))
    db.session.execute(
        sa.update(Receipt)
        .where(Receipt.item_id == observation_id, Receipt.gone_at.is_(None))
        .values(gone_at=now(), gone_reason=reason)
    )


def leave_new(observation: Observation) -> None:
    """Let the term for the answer count, once an observation is no longer new."""
    if observation.state == "new" and observation.due_on == observation.read_by:
        observation.due_on = observation.answer_by


def tell_desk(desk: str, kind: str) -> None:
    """Let everybody at a desk know, in the caller's transaction; what is unsent merges."""
    notify.queue(people.with_roles(DESK_ROLES[desk]), kind, f"{kind}-{desk}", "/#/postvak")


def tell_late_box() -> None:
    """Let the procesregisseur know that something arrived which does not fit."""
    notify.queue(people.with_roles("procesregisseur"), "observation", "late-box", "/#/nakomers")
