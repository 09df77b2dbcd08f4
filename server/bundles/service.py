"""Put observations together, take them apart, and remember what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server import audit
from server.bundles.models import IN_IT, Bundle, BundleMember, OverlapPair
from server.bundles.reasons import ordered
from server.bundles.rejecting import keep_apart
from server.db import db, new_id, now
from server.errors import Conflict, Invalid, NotFound
from server.keyring import ring
from server.observations.models import Observation, ObservationEvent
from server.people.models import Person, Session
from server.sealing import parse

LISTED = 200


def members(bundle_id: str) -> list[Observation]:
    """Return what is in a bundle now, in the order in which it happened."""
    return list(
        db.session.scalars(
            sa.select(Observation)
            .join(BundleMember, BundleMember.observation_id == Observation.id)
            .where(BundleMember.bundle_id == bundle_id, IN_IT)
            .order_by(Observation.date, Observation.received_at, Observation.id)
        )
    )


def stays(bundle_id: str) -> list[BundleMember]:
    """Return every stay in a bundle, those that are over too, oldest first."""
    return list(
        db.session.scalars(
            sa.select(BundleMember)
            .where(BundleMember.bundle_id == bundle_id)
            .order_by(BundleMember.id)
        )
    )


def bundle_of(observation_id: str) -> Bundle | None:
    """Return the bundle an observation is in, or None."""
    return db.session.scalars(
        sa.select(Bundle)
        .join(BundleMember, BundleMember.bundle_id == Bundle.id)
        .where(BundleMember.observation_id == observation_id, IN_IT)
    ).first()


def open_bundles(limit: int = LISTED) -> list[Bundle]:
    """Return the bundles in which something belongs together, the newest first."""
    return list(
        db.session.scalars(
            sa.select(Bundle)
            .where(Bundle.ended_at.is_(None), _size(Bundle.id) > 1)
            .order_by(Bundle.made_at.desc(), Bundle.id)
            .limit(limit)
        )
    )


def find(bundle_id: str) -> Bundle:
    """Return one bundle, ended or not."""
    bundle = db.session.get(Bundle, bundle_id)
    if bundle is None:
        raise NotFound("Deze bundel bestaat niet meer.")
    return bundle


def make(
    session: Session,
    observations: Sequence[str],
    reasons: Sequence[str] = (),
    note: str | None = None,
) -> Bundle:
    """Put observations together that are in no bundle yet.

    Without reasons given it takes those of the suggestion; what was not suggested is ``by_hand``.
    """
    ids = sorted(set(observations))
    if len(ids) < 2:
        raise Invalid("Kies minstens twee meldingen.", code="too_few")
    hold_all(ids)
    _check_free(ids)
    bundle_id = new_id()
    sealed = (
        ring().seal("bundle", bundle_id, session.person_id, {"v": 1, "text": note})
        if note
        else None
    )
    bundle = Bundle(
        id=bundle_id,
        reasons=ordered(reasons) or reasons_among(ids),
        note_sealed=sealed,
        key_id=parse(sealed).key_id if sealed else None,
        made_by=session.person_id,
    )
    db.session.add(bundle)
    db.session.flush()
    _put_in(session, bundle, ids)
    db.session.commit()
    return bundle


def add(session: Session, bundle_id: str, observations: Sequence[str], version: int) -> Bundle:
    """Add observations that are in no bundle yet."""
    ids = sorted(set(observations))
    hold_all(ids)
    bundle = hold_bundle(bundle_id, version)
    _check_free(ids)
    inside = [row.id for row in members(bundle.id)]
    if not inside or bundle.ended_at is not None:
        raise Conflict("Deze bundel is uit elkaar gehaald. Maak een nieuwe.", code="ended")
    found = reasons_among([*inside, *ids])
    bundle.reasons = ordered([*bundle.reasons, *found])
    bundle.version += 1
    _put_in(session, bundle, ids)
    db.session.commit()
    return bundle


def take_out(session: Session, bundle_id: str, observation_id: str) -> Bundle:
    """Take one observation out; with fewer than two left the bundle ends. What was, stays known.

    Whoever takes it out says that it does not belong there, so it is not suggested again.
    """
    hold_all([observation_id])
    bundle = hold_bundle(bundle_id)
    stay = db.session.scalars(
        sa.select(BundleMember).where(
            BundleMember.bundle_id == bundle_id,
            BundleMember.observation_id == observation_id,
            IN_IT,
        )
    ).first()
    if stay is None:
        raise Conflict("Deze melding zit niet in deze bundel, of niet meer.", code="not_in_it")
    moment = now()
    _leave(session, stay, moment)
    bundle.version += 1
    left = [one for one in stays(bundle_id) if one.removed_at is None]
    keep_apart(session, observation_id, [one.observation_id for one in left])
    if len(left) < 2:
        for one in left:
            _leave(session, one, moment)
        bundle.ended_at = moment
    db.session.commit()
    return bundle


def tidy() -> int:
    """End what has fewer than two left, and delete a bundle once nothing of it is left."""
    moment = now()
    ended = db.session.execute(
        sa.update(Bundle)
        .where(Bundle.ended_at.is_(None), _size(Bundle.id) < 2)
        .values(ended_at=moment, version=Bundle.version + 1),
        execution_options={"synchronize_session": False},
    )
    db.session.execute(
        sa.update(BundleMember)
        .where(
            IN_IT,
            BundleMember.bundle_id.in_(sa.select(Bundle.id).where(Bundle.ended_at.is_not(None))),
        )
        .values(removed_at=moment),
        execution_options={"synchronize_session": False},
    )
    db.session.execute(
        sa.delete(Bundle).where(~sa.exists().where(BundleMember.bundle_id == Bundle.id)),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()
    return int(ended.rowcount)  # type: ignore[attr-defined]


def reasons_among(ids: Sequence[str]) -> list[str]:
    """Return why some of these look alike, as it was found, or that somebody says so."""
    rows = db.session.scalars(
        sa.select(OverlapPair).where(OverlapPair.one_id.in_(ids), OverlapPair.other_id.in_(ids))
    ).all()
    return ordered([word for row in rows for word in row.reasons]) or ["by_hand"]


def _size(bundle_id: Any) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(BundleMember.id))
        .where(BundleMember.bundle_id == bundle_id, IN_IT)
        .scalar_subquery()
    )


def find_observation(observation_id: str) -> Observation:
    """Return one observation for a desk."""
    observation = db.session.get(Observation, observation_id)
    if observation is None:
        raise NotFound("Deze melding bestaat niet meer.")
    return observation


def hold_all(ids: Sequence[str]) -> None:
    """Keep observations to ourselves until commit, by the locks of their authors in one order."""
    db.session.execute(
        sa.select(Person.id)
        .where(Person.id.in_(sa.select(Observation.author_id).where(Observation.id.in_(ids))))
        .order_by(Person.id)
        .with_for_update(key_share=True)
    )
    there = db.session.scalars(
        sa.select(Observation).where(Observation.id.in_(ids)),
        execution_options={"populate_existing": True},
    ).all()
    if len(there) < len(ids):
        raise NotFound("Een van deze meldingen bestaat niet meer. Laad de bladzijde opnieuw.")


def hold_bundle(bundle_id: str, version: int | None = None) -> Bundle:
    """Return a bundle that nobody else changes until commit, as it was at this version."""
    bundle = db.session.scalars(
        sa.select(Bundle).where(Bundle.id == bundle_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).first()
    if bundle is None:
        raise NotFound("Deze bundel bestaat niet meer.")
    if version not in {None, bundle.version}:
        raise Conflict(
            "Een collega heeft deze bundel net ook veranderd. Bekijk hem opnieuw.", code="version"
        )
    return bundle


def _check_free(ids: Sequence[str]) -> None:
    taken = db.session.scalar(
        sa.select(sa.exists().where(BundleMember.observation_id.in_(ids), IN_IT))
    )
    if taken:
        raise Conflict(
            "Een van deze meldingen zit al in een bundel. Een collega was je misschien voor.",
            code="bundled",
        )


def _put_in(session: Session, bundle: Bundle, ids: Sequence[str]) -> None:
    moment = now()
    for observation_id in ids:
        db.session.add(
            BundleMember(
                bundle_id=bundle.id,
                observation_id=observation_id,
                added_by=session.person_id,
                added_at=moment,
            )
        )
        _change(session, observation_id, "bundled")
        _log(session, "bundle", "observation", observation_id)


def _leave(session: Session, stay: BundleMember, moment: datetime) -> None:
    stay.removed_by, stay.removed_at = session.person_id, moment
    _change(session, stay.observation_id, "unbundled")
    _log(session, "unbundle", "observation", stay.observation_id)


def _change(session: Session, observation_id: str, kind: str) -> None:
    """Write it in the timeline of the desk. The reporter's phone is not told: it says of others."""
    observation = db.session.get_one(Observation, observation_id)
    observation.version += 1
    db.session.add(
        ObservationEvent(
            observation_id=observation_id, at=now(), kind=kind, by_id=session.person_id
        )
    )


def _log(session: Session, action: str, kind: str, subject_id: str, **more: Any) -> None:
    audit.log(session.person_id, action, kind, subject_id, device_id=session.device_id, **more)
