"""The sheets about a quarter, and the story that the projectleider writes beside the figures."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from server import areas, audit, cards
from server.briefings.composing import compose
from server.briefings.models import Story
from server.briefings.sheet import Sheet, as_pdf, as_text
from server.db import db, insert_into, now
from server.errors import Conflict, Invalid, NotFound, fault
from server.names import giveaways
from server.names.giveaways import Giveaway
from server.people import service as people
from server.people.models import Organisation, Person, Session
from server.reports import service as reports

# So much fits beside the most figures there can be; a line counts as full where it is broken off.
LONGEST, LINE = 900, 90
# The gemeente, police and prosecutor stand in every sheet.
RECOGNISED = ("school", "club", "jongerenwerk")


class NamesSomebody(Invalid):
    title = "Kijk hier nog eens naar"


@dataclass(frozen=True)
class Checked:
    """What was found in a text, and by how many letters it is too long for the sheet."""

    giveaways: list[Giveaway]
    over: int


@dataclass(frozen=True)
class Shown:
    """One sheet with the story on it, which is None when nobody wrote one."""

    sheet: Sheet
    text: str
    story: Story | None


def show(kind: str, quarter: str) -> Shown:
    """Return the sheet of a published quarter."""
    _check_quarter(quarter)
    story = db.session.get(Story, quarter)
    sheet = compose(kind, quarter, story.text if story else "")
    return Shown(sheet, as_text(sheet), story)


def print_out(session: Session, kind: str, quarter: str, pwa_dir: Path) -> bytes:
    """Return the sheet as a PDF, and log that it was made."""
    made = as_pdf(show(kind, quarter).sheet, pwa_dir)
    audit.log(session.person_id, "print", "briefing", purpose=kind, device_id=session.device_id)
    db.session.commit()
    return made


def check(session: Session, text: str) -> Checked:
    """Look for what may tell who a text is about; the system opens the names of who takes part."""
    found = _check(session, text)
    db.session.commit()
    return found


def write(
    session: Session,
    quarter: str,
    *,
    version: int,
    text: str,
    read_over: bool,
    seen: Collection[str],
) -> Story:
    """Keep the story of a quarter, once somebody says to have read it over.

    ``seen`` are the words that they were shown as a possible giveaway: what is found beside those
    they did not read over yet. Who comes second keeps nothing, and gets to see what is there.
    """
    _check_quarter(quarter)
    text = text.strip()
    first = insert_into(Story).values(
        quarter=quarter, text="", version=0, by_id=session.person_id, at=now()
    )
    db.session.execute(first.on_conflict_do_nothing())
    story = db.session.get_one(Story, quarter, with_for_update=True, populate_existing=True)
    if story.version != version:
        raise Conflict("Een collega heeft dit verhaal net ook veranderd.", code="version")
    if text:
        _accept(_check(session, text), read_over=read_over, seen=seen)
    story.text, story.by_id, story.at = text, session.person_id, now()
    story.version += 1
    audit.log(
        session.person_id,
        "write",
        "story",
        device_id=session.device_id,
        outcome="done" if text else "removed",
        note_digest=hashlib.sha256(text.encode()).digest(),
    )
    db.session.commit()
    return story


def remove_old() -> int:
    """Delete the stories of quarters whose figures are shown no more; return how many."""
    shown = reports.periods()
    gone = sa.delete(Story).where(Story.quarter.not_in(shown)).returning(Story.quarter)
    removed = len(db.session.scalars(gone).all())
    db.session.commit()
    return removed


def over(text: str) -> int:
    """Return by how many letters a story is too long for the sheet."""
    lines = text.strip().split("\n")
    # The last line need not be full.
    full = sum(max(LINE, -(-len(line) // LINE) * LINE) for line in lines[:-1])
    return max(0, full + len(lines[-1]) - LONGEST)


def _accept(found: Checked, *, read_over: bool, seen: Collection[str]) -> None:
    if found.over:
        reason = f"Dit past niet op het A4. Haal {found.over} letters weg."
        raise fault("text", reason, code="too_long")
    unseen = [one.words for one in found.giveaways if one.words not in seen]
    if unseen:
        words = ", ".join(f"‘{one}’" for one in dict.fromkeys(unseen))
        raise NamesSomebody(
            f"Dit kan verraden over wie het gaat: {words}. Haal het weg of lees het na.",
            code="names_somebody",
            invalid_params=[{"name": "text", "reason": f"Lees na: {words}."}],
        )
    if not read_over:
        sentence = "Vink eerst aan dat je hebt nagelezen dat niemand te herkennen is."
        raise fault("read_over", sentence)


def _check(session: Session, text: str) -> Checked:
    named = db.session.scalars(sa.select(Person).where(Person.name_sealed.is_not(None))).unique()
    names = [people.name_of(one) for one in named]
    audit.log(
        None,
        "open",
        "person",
        purpose="story_check",
        device_id=session.device_id,
        count=max(1, len(names)),
    )
    places = db.session.scalars(
        sa.select(Organisation.name).where(Organisation.kind.in_(RECOGNISED))
    )
    gemeente = cards.library().gemeente
    known = [gemeente["name"], *(one["name"] for one in gemeente["contacts"])]
    found = giveaways.find(
        text,
        people=names,
        organisations=places,
        areas=areas.library().names.values(),
        known=known,
    )
    return Checked(found, over(text))


def _check_quarter(quarter: str) -> None:
    if quarter not in reports.periods():
        raise NotFound("Van dit kwartaal zijn er geen cijfers.")
