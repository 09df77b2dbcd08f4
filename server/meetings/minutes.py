"""The minutes of a meeting as a PDF: what was decided, with letters for names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server import audit, cards
from server.cases import words
from server.cases.models import Action, Case, CaseSource, Decision
from server.db import db, now
from server.errors import Unavailable
from server.meetings import agenda, members, service, stage
from server.meetings.models import AgendaItem, Meeting
from server.names.masking import Mask
from server.people import service as people
from server.people.models import Person, Session
from server.public.drawing import MONTHS
from server.public.pdf import PaperError, print_html
from server.workdays import AMSTERDAM

HERE = Path(__file__).resolve().parent
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
OUTCOMES = {
    "discussed": "Besproken",
    "case_started": "Casus begonnen",
    "following": "We blijven volgen",
    "referred": "Iemand erbij gehaald",
    "no_follow_up": "Geen vervolg nu",
    "later": "Naar het volgende overleg",
}


@dataclass(frozen=True)
class Minutes:
    """A file to keep, and its name."""

    name: str
    pdf: bytes


def make(session: Session, meeting_id: str, pwa_dir: Path) -> Minutes:
    """Return the minutes for a member, and log that they were made."""
    meeting = members.hold(session.person, meeting_id)
    html = page(session, meeting)
    try:
        pdf = print_html(html, (HERE / "minutes.css").read_text("utf-8"), pwa_dir)
    except PaperError:
        raise Unavailable(
            "Het verslag kan nu niet worden gemaakt. Vraag de beheerder om hulp.", code="paper"
        ) from None
    audit.log(
        session.person_id,
        "open",
        "meeting",
        meeting.id,
        purpose="minutes",
        device_id=session.device_id,
    )
    db.session.commit()
    day = meeting.starts_at.astimezone(AMSTERDAM).date()
    return Minutes(f"verslag-{day.isoformat()}.pdf", pdf)


def page(session: Session, meeting: Meeting) -> str:
    """Return the minutes as HTML."""
    labels = cards.library().gemeente["role_labels"]
    items = agenda.list_points(session.person, meeting)
    masks = {one.id: stage.mask_of(one) for one in items}
    return (
        _templates()
        .get_template("minutes.html")
        .render(
            gemeente=cards.library().gemeente["name"],
            title=f"Verslag overleg kernteam, {_day(meeting)}",
            draft=meeting.state != "ended",
            when=_when(meeting),
            place=meeting.place,
            present=[
                {
                    "name": people.name_of(one),
                    "role": labels.get(one.role, one.role),
                    "organisation": one.organisation.name,
                }
                for one in service.present(meeting)
            ],
            points=[_point(one, masks) for one in items],
            made=_moment(now()),
        )
    )


def _point(item: AgendaItem, masks: dict[str, Mask]) -> dict[str, Any]:
    written = agenda.text_of(item) or {}
    others = [mask for name, mask in masks.items() if name != item.id]
    return {
        "title": item.title
        or _covered(written.get("title"), masks[item.id], others)
        or "Eigen punt",
        "detail": item.detail,
        "outcome": OUTCOMES[item.outcome] if item.outcome else "Niet besproken",
        "ground": _ground(item.ground),
        "note": _covered(written.get("note"), masks[item.id], others),
        "decisions": [
            {"text": _covered(text, masks[item.id], others), "ground": _ground(ground)}
            for ground, text in _decisions(item)
        ],
        "actions": [_action(one, masks[item.id], others) for one in _actions(item)],
    }


def _decisions(item: AgendaItem) -> list[tuple[str, str | None]]:
    """Return what was decided at this meeting in the case that a point is about."""
    rows = db.session.scalars(
        sa.select(Decision)
        .where(Decision.meeting_id == item.meeting_id, Decision.case_id.in_(_cases(item)))
        .order_by(Decision.at)
    )
    return [
        (one.ground, words.read(one.text_sealed, "decision", one.id, one.by_id).get("text"))
        for one in rows
    ]


def _actions(item: AgendaItem) -> Sequence[Action]:
    """Return the actions of this meeting: those of its case, or at the last point the others."""
    query = sa.select(Action).where(Action.meeting_id == item.meeting_id).order_by(Action.made_at)
    if item.kind == "round":
        return db.session.scalars(query.where(Action.case_id.is_(None))).all()
    return db.session.scalars(query.where(Action.case_id.in_(_cases(item)))).all()


def _cases(item: AgendaItem) -> sa.Select[str]:
    """Return the query for the case a point is about, or that its bundle became."""
    if item.kind == "bundle":
        return sa.select(CaseSource.case_id).where(CaseSource.bundle_id == item.subject_id)
    return sa.select(Case.id).where(Case.id == item.subject_id)


def _action(action: Action, own: Mask, others: list[Mask]) -> dict[str, Any]:
    text = words.read(action.text_sealed, "action", action.id, action.by_id).get("text")
    return {
        "text": _covered(text, own, others),
        "owner": people.name_of(db.session.get_one(Person, action.owner_id)),
        "due": f"{action.due_on.day} {MONTHS[action.due_on.month - 1]} {action.due_on.year}",
    }


def _ground(name: str | None) -> str | None:
    known = {one["id"]: one["name"] for one in cards.library().referrals["grounds"]}
    return known.get(name or "", name)


def _covered(text: str | None, own: Mask, others: list[Mask]) -> str | None:
    """Return a text without names: a letter for who this point is about, no word for the rest."""
    if not text:
        return None
    text = own.cover(text)
    for mask in others:
        text = mask.hide(text)
    return text


def _day(meeting: Meeting) -> str:
    day = meeting.starts_at.astimezone(AMSTERDAM)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _when(meeting: Meeting) -> str:
    start = (meeting.started_at or meeting.starts_at).astimezone(AMSTERDAM)
    text = f"{WEEKDAYS[start.weekday()]} {_day(meeting)}, {start:%H.%M} uur"
    if meeting.ended_at:
        text += f" tot {meeting.ended_at.astimezone(AMSTERDAM):%H.%M} uur"
    return text


def _moment(moment: Any) -> str:
    local = moment.astimezone(AMSTERDAM)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H.%M} uur"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
