"""Bring what is queued to the phones: only the clock process comes here.

Any number of workers may run. A delivery is claimed with a lease in one transaction, sent while no
transaction is open, and written down in another; who dies in between loses the lease. So a message
may go out twice, never not at all, and its topic and tag make the second replace the first.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta
from random import SystemRandom
from threading import Event
from typing import Protocol

import sqlalchemy as sa

from server.db import db, now
from server.notify import leases, push
from server.notify.models import KINDS, QUIET_HOURS, Delivery, PushSubscription, QuietHours
from server.notify.service import any_row, change

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)
BROKEN_TRIES = 3
THREADS = 8
# Even when every push service keeps silent, a batch is through well before its lease ends.
BATCH = 48


class Sends(Protocol):
    """What a courier needs of push.Sender."""

    def send(
        self,
        destination: push.Destination,
        message: Mapping[str, str],
        *,
        tag: str,
        ttl: timedelta,
        urgency: str = "normal",
    ) -> push.Result: ...


def deliver_due(
    sender: Sends,
    owner: str,
    limit: int = BATCH,
    *,
    quiet: QuietHours = QUIET_HOURS,
    stop: Event | None = None,
    hurried: bool = False,
) -> int:
    """Send what is due, every delivery by one worker at a time; return how many were claimed.

    With ``hurried`` only what is in a hurry is sent.
    """
    if not any_row(leases.claimable(now(), hurried=hurried)):
        return 0
    parcels = leases.claim(owner, limit, hurried=hurried)
    moment = now()
    going = []
    for parcel in parcels:
        if reason := leases.unsendable(parcel, moment):
            leases.finish(parcel, owner, reason)
        elif (later := parcel.may_go(moment, quiet)) > moment:
            leases.put_back(parcel, owner, later)
        else:
            going.append(parcel)
    db.session.commit()
    _send_all(going, sender, owner, quiet, stop or Event())
    return len(parcels)


def _send_all(
    parcels: list[leases.Parcel], sender: Sends, owner: str, quiet: QuietHours, stop: Event
) -> None:
    """Send in parallel and write down each answer as it comes in."""
    if not parcels:
        return
    fault: BaseException | None = None
    with ThreadPoolExecutor(min(THREADS, len(parcels))) as pool:
        sending = {pool.submit(_send, parcel, sender, stop): parcel for parcel in parcels}
        for future in as_completed(sending):
            # A fault of our own must not have the rest of the batch sent again and again.
            fault = future.exception() or fault
            result = push.Result(push.Outcome.BROKEN) if future.exception() else future.result()
            _record(sending[future], owner, result, quiet)
            db.session.commit()
    if fault is not None:
        raise fault


def _send(parcel: leases.Parcel, sender: Sends, stop: Event) -> push.Result | None:
    """Send one parcel; None when this worker stops or its lease is about to end."""
    moment = now()
    late = moment + timedelta(seconds=push.PATIENCE) >= parcel.leased_until
    if stop.is_set() or late or parcel.destination is None:
        return None
    return sender.send(
        parcel.destination,
        {"kind": parcel.kind, "tag": parcel.tag, "url": parcel.url},
        tag=parcel.tag,
        ttl=parcel.gives_up_at - moment,
        urgency="high" if parcel.urgent else KINDS[parcel.kind].urgency,
    )


def _record(
    parcel: leases.Parcel, owner: str, result: push.Result | None, quiet: QuietHours
) -> None:
    """Write down what the push service said. The phone's row is locked first, by everybody."""
    _log(parcel, result)
    if result is None:
        leases.put_back(parcel, owner, now())
    elif result.outcome is push.Outcome.ACCEPTED:
        change(
            PushSubscription,
            PushSubscription.id == parcel.phone_id,
            last_ok_at=now(),
            last_status=result.status,
            failures=0,
            resume_at=None,
        )
        leases.finish(parcel, owner, "accepted", result.status)
    elif result.outcome is push.Outcome.GONE:
        db.session.execute(
            sa.delete(PushSubscription).where(PushSubscription.id == parcel.phone_id),
            execution_options={"synchronize_session": False},
        )
        leases.finish(parcel, owner, "gone", result.status)
    else:
        _record_failure(parcel, owner, result, quiet)


def _log(parcel: leases.Parcel, result: push.Result | None) -> None:
    """Leave a line under the name of the request that had this told; not who, nor where."""
    fields = {
        "kind": parcel.kind,
        "outcome": result.outcome.name.lower() if result else "put_back",
        "attempt": parcel.attempts,
    }
    if result is not None and result.status is not None:
        fields["status"] = result.status
    if parcel.request_id is not None:
        fields["request"] = parcel.request_id
    log.info("Seintje", extra={"fields": fields})


def _record_failure(
    parcel: leases.Parcel, owner: str, result: push.Result, quiet: QuietHours
) -> None:
    moment = now()
    asked = result.retry_after or timedelta(0)
    change(
        PushSubscription,
        PushSubscription.id == parcel.phone_id,
        last_status=result.status,
        failures=PushSubscription.failures + 1,
        resume_at=moment + asked if asked else None,
    )
    again = parcel.may_go(moment + max(asked, wait_after(parcel.attempts)), quiet)
    if result.outcome is push.Outcome.BROKEN and parcel.attempts >= BROKEN_TRIES:
        leases.finish(parcel, owner, "broken", result.status)
    elif again >= parcel.gives_up_at:
        leases.finish(parcel, owner, "given_up", result.status)
    else:
        leases.put_back(parcel, owner, again, result.status)
    if asked:
        # Whatever else waits for this phone keeps still as well.
        others = sa.and_(
            Delivery.subscription_id == parcel.phone_id,
            Delivery.done_at.is_(None),
            Delivery.due_at < moment + asked,
        )
        change(Delivery, others, due_at=moment + asked)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubling, with a ceiling and some chance."""
    whole = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
    return timedelta(seconds=whole.total_seconds() * SystemRandom().uniform(0.75, 1))
