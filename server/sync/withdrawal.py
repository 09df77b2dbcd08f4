"""What withdrawing does: unread goes away, read becomes a request, unknown leaves a tombstone."""

from __future__ import annotations

from datetime import datetime

from server.db import db
from server.observations.models import Observation, Receipt
from server.observations.service import erase
from server.sync.items import Misfit


def withdraw(author_id: str, observation_id: str, moment: datetime) -> str:
    """Withdraw an author's observation; return ``gone`` or ``asked``.

    Raise Misfit when the observation is somebody else's. An observation that has not arrived yet
    leaves a tombstone, so that it stays away when it arrives after all.
    """
    receipt = db.session.get(Receipt, observation_id)
    if receipt is None:
        db.session.add(
            Receipt(
                item_id=observation_id,
                kind="observation",
                author_id=author_id,
                received_at=moment,
                gone_at=moment,
                gone_reason="withdrawn",
            )
        )
        db.session.flush()
        return "gone"
    if receipt.author_id != author_id or receipt.kind != "observation":
        raise Misfit("unknown_parent")
    observation = db.session.get(Observation, observation_id)
    if observation is not None and observation.state != "new":
        observation.withdrawal_asked_at, observation.withdrawal_kept_at = moment, None
        observation.version += 1
        return "asked"
    erase(observation_id, "withdrawn")
    return "gone"
