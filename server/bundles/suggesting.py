"""What looks alike, as the desk is shown it: never twice what somebody said no to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from server import audit
from server.bundles import overlap
from server.bundles.models import (
    IN_IT,
    Bundle,
    BundleMember,
    OverlapEntry,
    OverlapPair,
    Rejection,
)
from server.bundles.reasons import ordered
from server.bundles.rejecting import keep_apart
from server.bundles.service import bundle_of, find_observation, members
from server.db import db
from server.errors import Invalid
from server.observations.models import Observation
from server.people.models import Session

SHOWN = 20  # for one observation, the most recent first


@dataclass(frozen=True)
class Suggestion:
    """Another observation that looks like this one, why, and the bundle it is in, if any."""

    observation: Observation
    reasons: list[str]
    bundle_id: str | None = None


@dataclass(frozen=True)
class Suggestions:
    """What looks like one observation. ``ready`` is False until the index has read it."""

    on: bool
    ready: bool
    bundle_id: str | None
    items: list[Suggestion] = field(default_factory=list)


def suggestions(observation_id: str) -> Suggestions:
    """Return what looks like an observation and was neither rejected nor bundled with it."""
    observation = find_observation(observation_id)
    mine = bundle_of(observation_id)
    bundle_id = mine.id if mine else None
    ready = db.session.scalar(
        sa.select(sa.exists().where(OverlapEntry.observation_id == observation_id))
    )
    on = overlap.is_on()
    if not on or observation.objection_on is not None:
        return Suggestions(on, True, bundle_id)
    return Suggestions(on, bool(ready), bundle_id, _alike([observation_id], bundle_id))


def suggestions_for_bundle(bundle: Bundle) -> list[Suggestion]:
    """Return what looks like anything in a bundle and was rejected for none of it."""
    inside = [row.id for row in members(bundle.id)]
    return _alike(inside, bundle.id) if overlap.is_on() and inside else []


def reject(session: Session, observation_id: str, other_id: str) -> None:
    """Remember that two do not belong together; a bundle is rejected with all that is in it."""
    if observation_id == other_id:
        raise Invalid("Kies een andere melding.", code="same")
    find_observation(observation_id)
    find_observation(other_id)
    theirs = bundle_of(other_id)
    others = {other_id, *(row.id for row in members(theirs.id))} if theirs else {other_id}
    keep_apart(session, observation_id, others - {observation_id})
    audit.log(
        session.person_id,
        "reject_suggestion",
        "observation",
        observation_id,
        device_id=session.device_id,
        count=len(others),
    )
    db.session.commit()


def _alike(inside: Sequence[str], bundle_id: str | None) -> list[Suggestion]:
    """Return what looks like any of these, each bundle once."""
    why: dict[str, list[str]] = {}
    for row in db.session.scalars(
        sa.select(OverlapPair).where(
            sa.or_(OverlapPair.one_id.in_(inside), OverlapPair.other_id.in_(inside))
        )
    ):
        other = row.other_id if row.one_id in inside else row.one_id
        why[other] = ordered([*why.get(other, []), *row.reasons])
    rejected = _rejected(inside)
    wanted = [one for one in why if one not in rejected and one not in inside]
    found = db.session.execute(
        sa.select(Observation, BundleMember.bundle_id)
        .outerjoin(BundleMember, sa.and_(BundleMember.observation_id == Observation.id, IN_IT))
        .where(Observation.id.in_(wanted), Observation.objection_on.is_(None))
        .order_by(Observation.date.desc(), Observation.received_at.desc(), Observation.id)
    )
    shown: dict[str, Suggestion] = {}
    for observation, theirs in found:
        if theirs is None or theirs != bundle_id:
            suggestion = Suggestion(observation, why[observation.id], theirs)
            shown.setdefault(theirs or observation.id, suggestion)
    return list(shown.values())[:SHOWN]


def _rejected(inside: Sequence[str]) -> set[str]:
    rows = db.session.execute(
        sa.select(Rejection.one_id, Rejection.other_id).where(
            sa.or_(Rejection.one_id.in_(inside), Rejection.other_id.in_(inside))
        )
    )
    return {each for row in rows for each in row} - set(inside)
