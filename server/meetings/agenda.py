"""The points of an agenda: they come by themselves, people add, order, settle and take off."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from server import audit, cards
from server.db import db, new_id, now
from server.errors import Conflict, NotFound, fault
from server.keyring import ring
from server.meetings import members, sources
from server.meetings.models import KINDS, AgendaGuest, AgendaItem, Meeting
from server.notify import service as notify
from server.people.models import Person, Session
from server.sealing import SealError

MOST_POINTS = 250


def fill(meeting: Meeting) -> None:
    """Put on the agenda what there is to talk about now, and take off what is over.

    What somebody took off stays off, and what somebody wrote at stays on.
    """
    if meeting.state not in {"planned", "running"}:
        return
    known = {(one.kind, one.subject_id): one for one in _rows(meeting.id, removed=True)}
    wanted = {(one.kind, one.subject_id): one for one in sources.points(meeting)}
    for place, item in known.items():
        point = wanted.get(place)
        if point is not None:
            item.title, item.detail = point.title, point.detail
        elif item.by_id is None and item.removed_at is None and item.done_at is None:
            db.session.delete(item)
    for place, point in wanted.items():
        if place not in known:
            _insert(meeting, point.kind, point.subject_id, title=point.title, detail=point.detail)
    db.session.flush()


def list_points(by: Person, meeting: Meeting) -> list[AgendaItem]:
    """Return the points that somebody may see, in their order."""
    rows = _rows(meeting.id)
    if members.is_member(by):
        return rows
    visible = set(db.session.scalars(members.put_before(by)))
    return [one for one in rows if one.id in visible]


def guests_of(meeting: Meeting) -> dict[str, list[Person]]:
    """Return whom each point was put before, by the id of the point."""
    found: dict[str, list[Person]] = {}
    for item_id, person in db.session.execute(
        sa.select(AgendaGuest.item_id, Person)
        .join(Person, Person.id == AgendaGuest.person_id)
        .join(AgendaItem, AgendaItem.id == AgendaGuest.item_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(AgendaGuest.at)
    ):
        found.setdefault(item_id, []).append(person)
    return found


def find(by: Person, meeting_id: str, item_id: str) -> AgendaItem:
    """Return a point that somebody may see."""
    meeting = members.find(by, meeting_id)
    found = [one for one in list_points(by, meeting) if one.id == item_id]
    if not found:
        raise NotFound("Dit punt staat niet meer op de agenda.")
    return found[0]


def add(session: Session, meeting_id: str, *, item_id: str, title: str) -> AgendaItem:
    """Add a point of somebody's own; the same id again changes nothing."""
    meeting = members.hold(session.person, meeting_id)
    known = db.session.get(AgendaItem, item_id)
    if known is not None:
        if known.meeting_id != meeting.id or known.by_id != session.person_id:
            raise Conflict("Dit id hoort bij een ander punt.", code="point_id")
        return known
    if meeting.state not in {"planned", "running"}:
        raise Conflict("Dit overleg is voorbij. Zet je punt bij het volgende.", code="step")
    if len(_rows(meeting.id)) >= MOST_POINTS:
        raise Conflict(f"Er staan al {MOST_POINTS} punten op de agenda.", code="full")
    item = _insert(meeting, "own", item_id, item_id=item_id)
    _seal(item, session.person_id, {"title": title})
    _log(session, "add", item)
    db.session.commit()
    return item


def move(session: Session, meeting_id: str, item_id: str, place: int) -> None:
    """Put a point at another place, counted from one; past the end is the end."""
    meeting = members.hold(session.person, meeting_id)
    item = _hold(meeting, item_id)
    rows = [one for one in _rows(meeting.id) if one.id != item.id]
    rows.insert(min(place, len(rows) + 1) - 1, item)
    _number(rows)
    db.session.commit()


def take_off(session: Session, meeting_id: str, item_id: str) -> None:
    """Take a point off the agenda; it does not come back by itself."""
    meeting = members.hold(session.person, meeting_id)
    item = _hold(meeting, item_id)
    if meeting.state == "ended" or item.done_at is not None:
        raise Conflict("Dit punt is al besproken en blijft in het verslag.", code="step")
    item.removed_at = now()
    _number([one for one in _rows(meeting.id) if one.id != item.id])
    _log(session, "remove", item)
    db.session.commit()


def settle(
    session: Session,
    meeting_id: str,
    item_id: str,
    *,
    version: int,
    outcome: str,
    ground: str | None,
    note: str | None,
) -> AgendaItem:
    """Note what became of a point; settling it anew replaces that, for who saw the last version."""
    meeting = members.hold(session.person, meeting_id)
    item = _hold(meeting, item_id)
    if meeting.state != "running":
        raise Conflict("Een besluit leg je vast als het overleg bezig is.", code="step")
    if item.version != version:
        raise Conflict(
            "Een collega legde dit punt net ook vast. Bekijk beide en kies.", code="version"
        )
    if ground is not None and ground not in {
        one["id"] for one in cards.library().referrals["grounds"]
    }:
        raise fault("ground", "Kies een grond uit de lijst.")
    item.outcome, item.ground = outcome, ground
    item.done_at = item.done_at or now()
    item.version += 1
    words = text_of(item) or {}
    if note or words:
        _seal(item, session.person_id, {**words, "note": note})
    _log(session, "settle", item, purpose=outcome)
    db.session.commit()
    return item


def put_before_person(session: Session, meeting_id: str, item_id: str, person_id: str) -> None:
    """Let somebody who is no member see this one point, and hear that there is something to see.

    Doing it twice changes nothing.
    """
    meeting = members.hold(session.person, meeting_id)
    item = _hold(meeting, item_id)
    person = db.session.get(Person, person_id)
    if person is None or not members.may_be_shown(person, item):
        raise fault(
            "person",
            "Kies iemand uit de lijst.",
            detail="Kies iemand die aan casussen mag meewerken en nog geen lid is.",
        )
    if db.session.get(AgendaGuest, (item.id, person_id)) is None:
        db.session.add(AgendaGuest(item_id=item.id, person_id=person_id, by_id=session.person_id))
        _log(session, "put_before", item)
        audit.log(session.person_id, "agenda_put_before", "person", person_id)
        notify.queue([person_id], "put_before", _tag(meeting), f"/#/overleg/{meeting.id}")
    db.session.commit()


def take_back(session: Session, meeting_id: str, item_id: str, person_id: str) -> None:
    """Let somebody no longer see a point that was put before them."""
    meeting = members.hold(session.person, meeting_id)
    item = _hold(meeting, item_id)
    guest = db.session.get(AgendaGuest, (item.id, person_id))
    if guest is None:
        raise NotFound("Dit punt is niet aan deze persoon voorgelegd.")
    db.session.delete(guest)
    db.session.flush()
    if not members.may_know(db.session.get_one(Person, person_id), meeting):
        notify.withdraw([person_id], _tag(meeting))
    _log(session, "take_back", item)
    db.session.commit()


def _tag(meeting: Meeting) -> str:
    """Return under which tag a guest hears of a meeting; several points are one word."""
    return f"put-before:{meeting.id}"


def hand_over(meeting: Meeting, following: Meeting) -> None:
    """Put people's own points that were not dealt with on the next agenda."""
    for item in _rows(meeting.id):
        if item.kind != "own" or (item.done_at is not None and item.outcome != "later"):
            continue
        words = text_of(item)
        if words is None or item.by_id is None:
            continue
        fresh = _insert(following, "own", new_id())
        _seal(fresh, item.by_id, {"title": words.get("title")})
    fill(following)


def text_of(item: AgendaItem) -> dict[str, Any] | None:
    """Open what was written at a point, or return None when there is nothing that opens."""
    if item.text_sealed is None or item.by_id is None:
        return None
    try:
        return ring().open(item.text_sealed, "agenda", item.id, item.by_id)
    except SealError:
        return None


def is_touched(meeting: Meeting) -> bool:
    """Say whether somebody wrote at the agenda of a meeting, or took something off."""
    by_hand = sa.or_(AgendaItem.by_id.is_not(None), AgendaItem.removed_at.is_not(None))
    found = sa.select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id, by_hand).limit(1)
    return db.session.scalar(found) is not None


def forget(meetings: sa.Select[str]) -> int:
    """Forget what was written at the points of these meetings; return of how many points."""
    return len(
        db.session.scalars(
            sa.update(AgendaItem)
            .where(AgendaItem.meeting_id.in_(meetings), AgendaItem.text_sealed.is_not(None))
            .values(text_sealed=None)
            .returning(AgendaItem.id),
            execution_options={"synchronize_session": False},
        ).all()
    )


def _rows(meeting_id: str, *, removed: bool = False) -> list[AgendaItem]:
    query = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    if not removed:
        query = query.where(AgendaItem.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)))


def _hold(meeting: Meeting, item_id: str) -> AgendaItem:
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != meeting.id or item.removed_at is not None:
        raise NotFound("Dit punt staat niet meer op de agenda.")
    return item


def _insert(
    meeting: Meeting,
    kind: str,
    subject_id: str,
    *,
    item_id: str | None = None,
    title: str = "",
    detail: str = "",
) -> AgendaItem:
    """Add a point behind the last one of its kind or an earlier one, wherever that was put."""
    item = AgendaItem(
        id=item_id or new_id(),
        meeting_id=meeting.id,
        kind=kind,
        subject_id=subject_id,
        title=title,
        detail=detail,
        position=0,
    )
    rows = _rows(meeting.id)
    before = [n for n, one in enumerate(rows) if KINDS.index(one.kind) <= KINDS.index(kind)]
    rows.insert(before[-1] + 1 if before else 0, item)
    db.session.add(item)
    _number(rows)
    db.session.flush()
    return item


def _number(rows: list[AgendaItem]) -> None:
    for number, item in enumerate(rows, start=1):
        item.position = number


def _seal(item: AgendaItem, by_id: str, words: dict[str, Any]) -> None:
    item.by_id = by_id
    item.text_sealed = ring().seal("agenda", item.id, by_id, {"v": 1, **words})


def _log(session: Session, action: str, item: AgendaItem, *, purpose: str | None = None) -> None:
    audit.log(
        session.person_id,
        f"agenda_{action}",
        "agenda_item",
        item.id,
        purpose=purpose,
        device_id=session.device_id,
    )
