"""The reporter's side: what a phone hears of its own observations, and who must be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from server import cards
from server.access.permissions import DESK
from server.cards.kinds import GROUPS
from server.db import db, now
from server.errors import NotAllowed
from server.keyring import Act, KeyDestroyed, UnknownKey, ring
from server.notify import service as notify
from server.observations import keeping
from server.observations.models import (
    ENTRY,
    NOBODY,
    NOTHING_DUE,
    Addition,
    Feedback,
    LateItem,
    Observation,
    Receipt,
)
from server.people import absences
from server.people import service as people
from server.people.models import Person
from server.sealing import SealError
from server.workdays import local_day

DESK_ROLES = {"sociaal": "procesregisseur", "veiligheid": "adviseur-oov"}
RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@lru_cache(maxsize=1024)
def receipt_code(item_id: str) -> str:
    """Return the short number people quote, such as 7K2-4MX. It follows from the id."""
    number = int(item_id.replace("-", ""), 16)
    letters = []
    for _ in range(6):
        number, digit = divmod(number, len(RECEIPT_LETTERS))
        letters.append(RECEIPT_LETTERS[digit])
    return "".join(letters[:3]) + "-" + "".join(letters[3:])


def group_bits(card: str, signals: Iterable[str]) -> int:
    """Return a bit for each group these signals of a card are in now."""
    found = cards.library().signal_groups(card, signals)
    return sum(1 << GROUPS.index(group) for group in found)


def feedback_text(feedback: Feedback | sa.Row[Any]) -> str | None:
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
    """Let the author's phone hear of this observation at its next round trip.

    Of what was entered at the desk no phone hears: its author only wrote it down.
    """
    db.session.execute(
        sa.update(Receipt)
        .where(Receipt.item_id == observation_id, Receipt.kind != ENTRY)
        .values(change_number=raise_counter(author_id))
    )


def erase(observation_id: str, reason: str) -> None:
    """Delete an observation with all that belongs to it; its receipt stays as a tombstone.

    What was gone already stays gone for the reason it had.
    """
    _keep_away(observation_id, reason)
    db.session.execute(sa.delete(LateItem).where(LateItem.id == observation_id))
    db.session.execute(sa.delete(Observation).where(Observation.id == observation_id))
    db.session.execute(
        sa.update(Receipt)
        .where(Receipt.item_id == observation_id, Receipt.gone_at.is_(None))
        .values(gone_at=now(), gone_reason=reason)
    )


def erase_again(item_id: str, kind: str, author_id: str, reason: str) -> bool:
    """Erase what an older database brought back; return whether it still was to be done.

    What that database never received gets a tombstone, for a phone may have kept it.
    """
    receipt = db.session.get(Receipt, item_id)
    if receipt is not None and receipt.gone_at is not None:
        return False
    if receipt is None:
        moment = now()
        receipt = Receipt(item_id=item_id, kind=kind, author_id=author_id, received_at=moment)
        receipt.gone_at, receipt.gone_reason = moment, reason
        db.session.add(receipt)
        db.session.flush()
    erase(item_id, reason)
    if kind == "observation" and db.session.get(Person, author_id) is not None:
        mark_changed(item_id, author_id)
    return True


def _keep_away(item_id: str, reason: str) -> None:
    """Note where no older database reaches that an item is gone, with all that was added to it."""
    added = sa.select(Addition.id).where(Addition.observation_id == item_id)
    rows = db.session.execute(
        sa.select(Receipt.item_id, Receipt.author_id, Receipt.kind).where(
            sa.or_(Receipt.item_id == item_id, Receipt.item_id.in_(added))
        )
    )
    ring().lasting.note(*(Act(reason, *row) for row in rows))


def check_own(by: Person, observation: Observation) -> None:
    """Leave what somebody at the desk reported to a colleague, as long as there is one."""
    if observation.source == "app":
        check_own_item(by, observation.author_id)


def check_own_item(by: Person, author_id: str) -> None:
    """Leave what somebody sent to a colleague, as long as there is one."""
    if author_id == by.id and any(person != by.id for person in people.with_roles(*DESK)):
        raise NotAllowed(
            "Dit heb je zelf gemeld. Een collega behandelt het en antwoordt jou.",
            code="own_report",
        )


def take_addition(parent: Observation, moment: datetime, answer_by: date) -> bool:
    """Let what a reporter adds count: it wants an answer of its own. Return whether it reopened."""
    parent.added_at = moment
    parent.waiting_since = None
    keeping.set_day(parent, moment)
    if parent.due_on == NOTHING_DUE:
        parent.due_on = answer_by
    parent.version += 1
    if parent.state != "closed":
        return False
    # Something new came in, so the matter is not closed any more.
    parent.state, parent.state_at = "in_progress", moment
    return True


def leave_new(observation: Observation) -> None:
    """Let the term for the answer count, once an observation is no longer new."""
    if observation.state == "new" and observation.due_on == observation.read_by:
        owed = observation.no_feedback_reason != NOBODY
        observation.due_on = observation.answer_by if owed else NOTHING_DUE


def tell_desk(desk: str, kind: str) -> None:
    """Let everybody at a desk know, in the caller's transaction; what is unsent merges."""
    there = absences.at_work(local_day(now()), DESK_ROLES[desk])
    notify.queue(there, kind, f"{kind}-{desk}", "/#/postvak")


def tell_late_box() -> None:
    """Let the procesregisseur know that something arrived which does not fit."""
    there = absences.at_work(local_day(now()), "procesregisseur")
    notify.queue(there, "observation", "late-box", "/#/nakomers")
