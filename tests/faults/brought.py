"""What was brought to the phones, held against what had to be: no answer untold, nothing twice.

A delivery may be brought again only when the clock that brought it could not write that down, and
it is known of each why it could not:

- that very clock was killed before the second time;
- the database failed while that clock wrote down that very delivery;
- a backup was put back in between, in which it was not done yet;
- the server's time jumped: the lease was over by the server's clock, and not by the run's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import sqlalchemy as sa

from server.db import db
from server.notify.leases import LEASE
from server.notify.models import Delivery, Notification, PushSubscription
from server.observations.models import Feedback, Observation
from tests.faults.journal import Journal

if TYPE_CHECKING:
    from tests.faults.pushes import Pushes
    from tests.faults.tally import Tally

# Behind the address in a message stand, in a run only, the delivery, who brings it and its lease.
MARK = "?brought="


def mark(delivery: str, owner: int, leased_until: float) -> str:
    return f"{MARK}{delivery}.{owner}.{leased_until:.3f}"


@dataclass(frozen=True)
class Brought:
    """One push that was accepted; ``arrived`` is by the clock of the run."""

    delivery: str
    owner: int
    leased_until: float
    arrived: float


def brought(url: str, arrived: float) -> Brought:
    """Return what the address in a message says about who brought it."""
    delivery, owner, lease = url.partition(MARK)[2].split(".", 2)
    return Brought(delivery, int(owner), float(lease), arrived)


def unwritten(file: Path) -> set[tuple[str, int]]:
    """Return of which deliveries which clock could not write down what came of them."""
    pairs = (line.split() for line in file.read_text().splitlines())
    return {(delivery, int(owner)) for delivery, owner in pairs}


def twice(pushes: Pushes, tally: Tally) -> Iterator[str]:
    """Yield what was brought again without a reason, and count in the tally what had one."""
    tally.excused = Counter()
    for times in pushes.by_delivery().values():
        for before, after in pairwise(times):
            reason = _reason(before, after, tally)
            if reason is None:
                gap = after.arrived - before.arrived
                yield (
                    f"delivery {before.delivery} was brought {len(times)} times: by "
                    f"{before.owner} and {gap:.1f} s later by {after.owner}"
                )
            else:
                tally.excused[reason] += 1


def _reason(before: Brought, after: Brought, tally: Tally) -> str | None:
    if tally.killed.get(before.owner, after.arrived) < after.arrived:
        return "its clock was killed"
    if (before.delivery, before.owner) in tally.unwritten:
        return "the database failed"
    if any(begin < after.arrived and before.arrived < end for begin, end in tally.restores):
        return "a backup was put back"
    lease = LEASE.total_seconds()
    over = after.leased_until - lease >= before.leased_until
    if over and after.arrived - before.arrived < lease:
        return "the time jumped"
    return None


def untold(journal: Journal, pushes: Pushes) -> Iterator[str]:
    """Yield the answers that a phone of the reporter, which was there before, was not told of."""
    phones = defaultdict(list)
    for phone in db.session.scalars(sa.select(PushSubscription)):
        phones[phone.person_id].append(phone)
    waits = set(
        db.session.execute(
            sa.select(Delivery.subscription_id, Notification.tag)
            .join(Notification, Notification.id == Delivery.notification_id)
            .where(Delivery.done_at.is_(None), Delivery.status.is_not(None))
        ).tuples()
    )
    for feedback, author in db.session.execute(
        sa.select(Feedback, Observation.author_id).join(
            Observation, Observation.id == Feedback.observation_id
        )
    ):
        answer = journal.answers.get(feedback.id)
        kind = "question" if feedback.kind == "question" else "feedback"
        tag = f"{kind}-{feedback.observation_id}"
        for phone in phones[author]:
            path = urlsplit(phone.endpoint).path
            if answer is None or not pushes.listened(path, answer.began):
                continue
            if not pushes.took(path, tag, answer.began) and (phone.id, tag) not in waits:
                yield f"the push about answer {feedback.id} was never handed over to {path}"
