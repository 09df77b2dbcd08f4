"""What is shown of a point when it is talked about: with letters for names, unless unmasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from server import audit, cards
from server.bundles.models import Bundle, BundleMember
from server.cases import network, opening, words
from server.cases.models import Case, CaseSource
from server.db import db, now
from server.errors import Conflict, NotConfirmed
from server.keyring import ring
from server.meetings import agenda, members
from server.meetings.models import ABOUT_A_CASE, AgendaItem, AgendaUnmasking, Meeting
from server.names.masking import Mask
from server.observations import limits
from server.observations.models import Observation
from server.people import sessions
from server.people.models import Session
from server.sealing import SealError


@dataclass(frozen=True)
class _Read:
    """One observation and what was in it, or None when nobody can open it."""

    row: Observation
    opened: dict[str, Any] | None


def open_written(session: Session, meeting_id: str) -> list[dict[str, Any]]:
    """Return what people wrote at the points that this person may see, and log that it was read.

    Who may not open agendas still reads back the own words.
    """
    meeting = members.find(session.person, meeting_id)
    written = [one for one in agenda.list_points(session.person, meeting) if one.text_sealed]
    shown = []
    for item in written:
        words = agenda.text_of(item) or {}
        shown.append({"id": item.id, "title": words.get("title"), "note": words.get("note")})
    audit.log(
        session.person_id,
        "open_agenda",
        "meeting",
        meeting.id,
        purpose="meeting",
        device_id=session.device_id,
        count=len(shown),
    )
    db.session.commit()
    return shown


def open_point(session: Session, meeting_id: str, item_id: str) -> dict[str, Any]:
    """Return what was seen, with letters for names, and log every opening."""
    limits.check(session, "open")
    item = agenda.find(session.person, meeting_id, item_id)
    _check_open(item)
    read = _read(item)
    mask = _mask(item, read)
    _log(session, item, read, "meeting")
    bundle = db.session.get(Bundle, item.subject_id) if item.kind == "bundle" else None
    db.session.commit()
    return {
        "reasons": list(bundle.reasons) if bundle else [],
        "protective": _protective(read),
        "seen": [
            {
                "date": one.row.date,
                "card": one.row.card,
                "basis": one.row.basis,
                "text": _text(one, mask),
            }
            for one in read
        ],
        "letters": mask.labels,
    }


def _check_open(item: AgendaItem) -> Meeting:
    """Refuse what was talked about long ago: by then only who works on it reads it, elsewhere."""
    meeting = db.session.get_one(Meeting, item.meeting_id)
    if members.is_over(meeting):
        raise Conflict(
            "Dit overleg is langer dan twee weken geleden. Lees het verslag, of open de casus of "
            "bundel zelf.",
            code="over",
        )
    return meeting


def unmask(session: Session, meeting_id: str, item_id: str, reason: str) -> dict[str, str]:
    """Return the names behind the letters of a point; it takes a reason and a recent proof.

    In a running meeting the proof counts for as long as the meeting lasts, per point.
    """
    item = agenda.find(session.person, meeting_id, item_id)
    meeting = _check_open(item)
    if not _proved(session, meeting, item):
        raise NotConfirmed
    limits.check(session, "open")
    read = _read(item)
    if not read:
        raise Conflict("Bij dit punt zijn er geen namen.", code="no_names")
    db.session.add(
        AgendaUnmasking(item_id=item.id, by_id=session.person_id, reason=reason, at=now())
    )
    _log(session, item, read, reason)
    db.session.commit()
    return _mask(item, read).names


def mask_of(item: AgendaItem) -> Mask:
    """Return the mask over the people behind a point."""
    return _mask(item, _read(item))


def _proved(session: Session, meeting: Meeting, item: AgendaItem) -> bool:
    if sessions.is_fresh(session):
        return True
    if meeting.state != "running" or meeting.started_at is None:
        return False
    before = sa.select(AgendaUnmasking.id).where(
        AgendaUnmasking.item_id == item.id,
        AgendaUnmasking.by_id == session.person_id,
        AgendaUnmasking.at >= meeting.started_at,
    )
    return db.session.scalar(before.limit(1)) is not None


def _read(item: AgendaItem) -> list[_Read]:
    return [_Read(row, _open(row)) for row in _observations(item)]


def _observations(item: AgendaItem) -> Sequence[Observation]:
    query = sa.select(Observation).order_by(Observation.date, Observation.received_at)
    if item.kind == "bundle":
        query = query.join(BundleMember, BundleMember.observation_id == Observation.id).where(
            BundleMember.bundle_id == item.subject_id, BundleMember.removed_at.is_(None)
        )
    elif item.kind in ABOUT_A_CASE:
        query = query.join(CaseSource, CaseSource.observation_id == Observation.id).where(
            CaseSource.case_id == item.subject_id
        )
    else:
        return []
    return db.session.scalars(query).all()


def _open(row: Observation) -> dict[str, Any] | None:
    try:
        return ring().open(row.sealed, "observation", row.id, row.author_id)
    except SealError:
        return None


def _mask(item: AgendaItem, read: Sequence[_Read]) -> Mask:
    """Return the mask over everybody named; what came from a phone may have any shape."""
    named = []
    for one in read:
        persons = (one.opened or {}).get("persons")
        if isinstance(persons, list):
            named += [person for person in persons if isinstance(person, dict)]
    case = db.session.get(Case, item.subject_id) if item.kind in ABOUT_A_CASE else None
    return Mask(named, _people_of(case) if case else None)


def _people_of(case: Case) -> list[tuple[str, str]]:
    """Return the people in the network of a case with the letters they have there."""
    return [
        (
            opening.label(case.kind, one),
            str(words.read(one.text_sealed, "node", one.id, one.by_id).get("name") or ""),
        )
        for one in network.nodes(case)
        if one.kind == "person"
    ]


def _text(one: _Read, mask: Mask) -> str | None:
    if one.opened is None:
        return None
    return mask.cover(str(one.opened.get("what") or ""))


def _protective(read: Sequence[_Read]) -> list[str]:
    """Return in words what protects, each once."""
    found: dict[str, None] = {}
    for one in read:
        card = cards.library().cards.get(one.row.card, {})
        for factor in card.get("protective_factors", []):
            if factor["id"] in one.row.protective:
                found[factor["text"]] = None
    return list(found)


def _log(session: Session, item: AgendaItem, read: Sequence[_Read], purpose: str) -> None:
    common: dict[str, Any] = {"purpose": purpose, "device_id": session.device_id}
    audit.log_all(
        [
            audit.row(session.person_id, "open_point", "agenda_item", item.id, **common),
            *(
                audit.row(
                    session.person_id,
                    "open",
                    "observation",
                    one.row.id,
                    outcome="done" if one.opened is not None else "broken_seal",
                    **common,
                )
                for one in read
            ),
        ]
    )
