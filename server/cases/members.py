"""Who works along on a case, and who may see it."""

from __future__ import annotations

import sqlalchemy as sa

from server import cards
from server.access.permissions import Scope, scope_of
from server.cases.models import Case, Participant
from server.db import db, now
from server.errors import Conflict, NotAllowed, NotFound
from server.people.covenant import Covenant, may_see_cases
from server.people.models import ROLES, Person
from server.workdays import local_day

GONE = "Deze casus bestaat niet, of je werkt er niet aan mee."
# They see what a meeting put before them, and nothing here.
AGENDA_ONLY = ("om",)


def may_take_part(person: Person) -> bool:
    """Say whether somebody's organisation works along on cases today."""
    return not is_agenda_only(person) and _is_agreed(person)


def is_agenda_only(person: Person) -> bool:
    """Say whether somebody, such as the OM, can be on the agenda of a case and nothing more."""
    return person.organisation.kind in AGENDA_ONLY


def _is_agreed(person: Person) -> bool:
    covenant = Covenant.of(cards.library().covenant)
    return may_see_cases(person, covenant, local_day(now()))


def candidates() -> list[Person]:
    """Return everybody who could work along on a case today or be on its agenda."""
    roles = [role for role in ROLES if scope_of("see_cases", role) is not None]
    found = db.session.scalars(
        sa.select(Person)
        .where(Person.ended_at.is_(None), Person.role.in_(roles))
        .order_by(Person.made_at, Person.id)
    ).unique()
    return [one for one in found if _is_agreed(one)]


def part_of(person: Person, case: Case) -> str | None:
    """Return how somebody works along on a case: as ``core``, ``shell``, or not at all."""
    if not may_take_part(person):
        return None
    if scope_of("open_cases", person.role) is Scope.ALL:
        return "core"
    return db.session.scalar(
        sa.select(Participant.part).where(
            Participant.case_id == case.id,
            Participant.person_id == person.id,
            Participant.ended_at.is_(None),
            Participant.part != "agenda",
        )
    )


def may_see(person: Person, case: Case) -> bool:
    """Say whether somebody sees what is in a case; the shell only while it is open."""
    part = part_of(person, case)
    return part == "core" or (part == "shell" and case.closed_on is None)


def check_core(person: Person, case: Case) -> None:
    """Refuse who works along for a while to choose who does: they could stay for good."""
    if part_of(person, case) != "core":
        raise NotAllowed("Alleen de vaste kern van deze casus kiest wie eraan meewerkt.")


def visible(person: Person) -> sa.ColumnElement[bool]:
    """Return what a case answers to that somebody sees whole."""
    if not may_take_part(person):
        return sa.false()
    if scope_of("open_cases", person.role) is Scope.ALL:
        return sa.true()
    mine = sa.select(Participant.case_id).where(
        Participant.person_id == person.id, Participant.ended_at.is_(None)
    )
    core = Case.id.in_(mine.where(Participant.part == "core"))
    shell = Case.id.in_(mine.where(Participant.part == "shell"))
    return sa.or_(core, sa.and_(shell, Case.closed_on.is_(None)))


def known(person: Person) -> sa.ColumnElement[bool]:
    """Return what a case answers to of which somebody may know that it is there, and its phase."""
    if may_take_part(person) and scope_of("see_cases", person.role) is Scope.ALL:
        return sa.true()
    return visible(person)


def find(person: Person, case_id: str) -> Case:
    """Return a case that somebody sees whole."""
    case = db.session.get(Case, case_id)
    if case is None or not may_see(person, case):
        raise NotFound(GONE)
    return case


def find_known(person: Person, case_id: str) -> Case:
    """Return a case of which somebody sees at least the phases."""
    case = db.session.scalar(sa.select(Case).where(Case.id == case_id, known(person)))
    if case is None:
        raise NotFound(GONE)
    return case


def hold(person: Person, case_id: str, version: int | None = None, *, closed: bool = False) -> Case:
    """Return a case that nobody else changes until commit; one that is closed stays as it is."""
    case = db.session.scalar(
        sa.select(Case).where(Case.id == case_id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if case is None or not may_see(person, case):
        raise NotFound(GONE)
    if version not in {None, case.version}:
        raise Conflict(
            "Een collega heeft deze casus net ook veranderd. Bekijk beide en kies.", code="version"
        )
    if (case.closed_on is not None) is not closed:
        said = "niet gesloten" if closed else "gesloten. Heropen hem eerst"
        raise Conflict(f"Deze casus is {said}.", code="step")
    return case


def participants(case: Case) -> list[Participant]:
    """Return who works along now, in the order in which they came."""
    return list(
        db.session.scalars(
            sa.select(Participant)
            .where(Participant.case_id == case.id, Participant.ended_at.is_(None))
            .order_by(Participant.at, Participant.id)
        )
    )
