"""Remind who wants to be reminded, and bring a wish for a training to the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import sqlalchemy as sa

from server import cards
from server.access.permissions import DESK
from server.db import db, new_id, now
from server.errors import NotFound
from server.notify import service as notify
from server.people import service as people
from server.people.models import Person
from server.training.models import Nudge, Wish

# What nobody dealt with in a year is asked anew, or is wished for no longer.
KEPT = timedelta(days=365)


def is_nudged(person: Person) -> bool:
    """Say whether this person is reminded every month."""
    return db.session.get(Nudge, person.id) is not None


def nudge_monthly(person: Person, *, wanted: bool) -> None:
    """Remind this person from now on, or no longer; doing it twice changes nothing."""
    db.session.execute(sa.delete(Nudge).where(Nudge.person_id == person.id))
    if wanted:
        db.session.add(Nudge(person_id=person.id))
    db.session.commit()


def nudge_all() -> int:
    """Tell everybody who wants it that there is something to practise; return how many."""
    wanted = sa.select(Person.id, Person.card).join(Nudge).where(Person.ended_at.is_(None))
    rows = db.session.execute(wanted).all()
    by_address: dict[str, list[str]] = {}
    for person_id, card in rows:
        by_address.setdefault(_address(card), []).append(person_id)
    for address, ids in sorted(by_address.items()):
        notify.queue(ids, "practice", "practice", address)
    db.session.commit()
    return len(rows)


def _address(card: str | None) -> str:
    """Return where somebody practises: with the own card, where that has situations."""
    has = card is not None and cards.library().cards.get(card, {}).get("practice")
    return f"/#/oefenen/{card}" if has else "/#/oefenen"


def wish(person: Person, kind: str) -> Wish:
    """Keep what this person asks for and tell the desk; asking again changes nothing."""
    mine = sa.select(Wish).where(Wish.person_id == person.id, Wish.kind == kind)
    known = db.session.scalar(mine)
    if known is not None:
        return known
    db.session.add(Wish(id=new_id(), person_id=person.id, kind=kind, made_at=now()))
    notify.queue(people.with_roles(*DESK), "wish", "wish", "/#/wensen")
    db.session.commit()
    return cast(Wish, db.session.scalar(mine))


def list_wishes() -> list[Wish]:
    """Return what was asked for and nobody dealt with yet, the oldest first."""
    return list(db.session.scalars(sa.select(Wish).order_by(Wish.made_at, Wish.id)))


def finish_wish(wish_id: str) -> None:
    """Forget a wish that somebody dealt with."""
    found = db.session.scalars(sa.delete(Wish).where(Wish.id == wish_id).returning(Wish.id)).all()
    if not found:
        raise NotFound("Deze wens is er niet meer. Misschien heeft een collega hem afgehandeld.")
    db.session.commit()


def remove_old() -> int:
    """Forget wishes of more than a year ago and the nudges of who left; return how many rows."""
    left = sa.select(Person.id).where(Person.ended_at.is_not(None))
    old = sa.delete(Wish).where(Wish.made_at < now() - KEPT).returning(Wish.id)
    gone = sa.delete(Nudge).where(Nudge.person_id.in_(left)).returning(Nudge.person_id)
    removed = len(db.session.scalars(old).all()) + len(db.session.scalars(gone).all())
    db.session.commit()
    return removed
