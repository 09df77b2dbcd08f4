"""Make one bundle of two, and read together what was written beside them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server import audit
from server.bundles.models import Bundle, BundleMember
from server.bundles.reasons import ordered
from server.bundles.service import find, hold_all, hold_bundle, members, reasons_among, stays
from server.db import db, now
from server.errors import Conflict, Invalid
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.observations import opening
from server.observations.models import Observation, ObservationEvent
from server.people.models import Session
from server.sealing import SealError


def merge(session: Session, bundle_id: str, other_id: str, version: int) -> Bundle:
    """Put all that is in another bundle into this one; the other ends and says where it went.

    Each stay that was is still known, and nothing of an observation changes: whoever reported
    keeps the answers there were, and hears of nothing.
    """
    if bundle_id == other_id:
        raise Invalid("Kies een andere bundel.", code="same")
    inside, moved = (sorted(one.id for one in members(each)) for each in (bundle_id, other_id))
    hold_all([*inside, *moved])
    # Everybody locks bundles in the same order.
    held = {
        each: hold_bundle(each, version if each == bundle_id else None)
        for each in sorted((bundle_id, other_id))
    }
    bundle, other = held[bundle_id], held[other_id]
    here = [one for one in stays(other_id) if one.removed_at is None]
    if bundle.ended_at or other.ended_at or not inside:
        raise Conflict("Een van deze bundels is uit elkaar gehaald.", code="ended")
    if sorted(one.observation_id for one in here) != moved:
        raise Conflict(
            "Een collega heeft deze bundel net ook veranderd. Bekijk hem opnieuw.", code="version"
        )
    _move(session, here, bundle)
    other.ended_at, other.merged_into_id = now(), bundle.id
    other.version += 1
    found = [*bundle.reasons, *other.reasons, *reasons_among([*inside, *moved])]
    bundle.reasons = ordered(found)
    bundle.version += 1
    db.session.commit()
    return bundle


def merged_with(bundle: Bundle) -> list[Bundle]:
    """Return the bundles that went into this one, and those that had gone into them."""
    found: list[Bundle] = []
    names = [bundle.id]
    while names:
        rows = db.session.scalars(
            sa.select(Bundle).where(Bundle.merged_into_id.in_(names)).order_by(Bundle.made_at)
        ).all()
        found += rows
        names = [row.id for row in rows]
    return found


def open_all(
    session: Session, bundle_id: str, purpose: str, note: str | None
) -> tuple[str | None, list[dict[str, Any]]]:
    """Open everything in a bundle with one reason, and what was written beside the bundle.

    What was written beside the bundles that went into it is read with it.
    """
    bundle = find(bundle_id)
    hold_all([row.id for row in members(bundle_id)])
    opened = opening.open_several(session, members(bundle_id), purpose, note)
    written = [text for each in (bundle, *merged_with(bundle)) if (text := _note(each))]
    audit.log(
        session.person_id,
        "open_bundle",
        "bundle",
        bundle_id,
        device_id=session.device_id,
        purpose=purpose,
    )
    db.session.commit()
    return "\n\n".join(written) or None, opened


def _move(session: Session, here: list[BundleMember], bundle: Bundle) -> None:
    moment, by = now(), session.person_id
    for stay in here:
        stay.removed_by, stay.removed_at = by, moment
    # An observation is in one bundle at a time, so it leaves before it comes.
    db.session.flush()
    for stay in here:
        observation = db.session.get_one(Observation, stay.observation_id)
        observation.version += 1
        db.session.add_all(
            (
                BundleMember(
                    bundle_id=bundle.id,
                    observation_id=observation.id,
                    added_by=by,
                    added_at=moment,
                ),
                ObservationEvent(observation_id=observation.id, at=moment, kind="merged", by_id=by),
            )
        )
        audit.log(by, "merge_bundle", "observation", observation.id, device_id=session.device_id)


def _note(bundle: Bundle) -> str | None:
    if bundle.note_sealed is None:
        return None
    try:
        opened = ring().open(bundle.note_sealed, "bundle", bundle.id, bundle.made_by)
    except (UnknownKey, KeyDestroyed, SealError):
        return None
    return str(opened["text"])
