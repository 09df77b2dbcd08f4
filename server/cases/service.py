"""Start a case and move it through its phases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from server import audit, cards
from server.access.permissions import Scope, scope_of
from server.bundles.models import IN_IT, BundleMember
from server.cases import members, words
from server.cases.models import PHASES, Case, CaseEvent, CaseSource, Participant
from server.db import db, new_id, now
from server.errors import Conflict, Invalid, NotAllowed, NotFound, fault
from server.notify import service as notify
from server.observations.keeping import hold_for_case
from server.observations.models import Observation, ObservationEvent
from server.people.models import Person, Session


def list_cases(by: Person, *, closed: bool, observation: str | None) -> list[Case]:
    """Return the cases of which somebody may know, by phase; or those an observation is in."""
    order = sa.case({phase: number for number, phase in enumerate(PHASES)}, value=Case.phase)
    is_closed = Case.closed_on.is_not(None) if closed else Case.closed_on.is_(None)
    query = sa.select(Case).where(members.known(by), is_closed).order_by(order, Case.number)
    if observation is not None:
        _check_adds(by)
        around = sa.select(CaseSource.case_id).where(CaseSource.observation_id == observation)
        query = query.where(Case.id.in_(around))
    return list(db.session.scalars(query))


def make(
    session: Session,
    *,
    case_id: str,
    kind: str,
    title: str,
    text: str | None = None,
    area: str | None = None,
    bundle: str | None = None,
    observations: Sequence[str] = (),
) -> Case:
    """Start a case by hand, from observations or from a bundle; the same id changes nothing."""
    by = session.person
    if not members.may_take_part(by):
        raise NotFound(members.GONE)
    known = db.session.get(Case, case_id)
    if known is not None:
        if known.by_id != by.id:
            raise Conflict("Dit id hoort bij een andere casus.", code="case_id")
        return known
    held = hold_observations(_chosen(by, observations, bundle))
    case = Case(
        id=case_id,
        number=_next_number(),
        kind=kind,
        area=area or next((one.area for one in held if one.area), None),
        by_id=by.id,
        text_sealed=words.seal("case", case_id, by.id, title=title, text=text),
    )
    db.session.add(case)
    db.session.flush()
    if scope_of("open_cases", by.role) is not Scope.ALL:
        db.session.add(Participant(case_id=case.id, person_id=by.id, part="core", by_id=by.id))
    note(session, case, "made", phase=case.phase)
    _put_in(session, case, held, bundle)
    log(session, "make", case)
    db.session.commit()
    return case


def _chosen(by: Person, observations: Sequence[str], bundle: str | None) -> set[str]:
    """Return the ids of what a case starts with, by itself or in a bundle."""
    ids = set(observations)
    if bundle:
        inside = sa.select(BundleMember.observation_id).where(
            BundleMember.bundle_id == bundle, IN_IT
        )
        ids |= (found := set(db.session.scalars(inside)))
        if not found:
            raise NotFound("Deze bundel bestaat niet meer.")
    if ids:
        _check_adds(by)
    return ids


def _check_adds(by: Person) -> None:
    if scope_of("add_to_cases", by.role) is None:
        raise NotAllowed("Alleen het loket zet meldingen in een casus.")


def add_sources(session: Session, case_id: str, observations: Sequence[str], version: int) -> Case:
    """Put more observations in a case."""
    held = hold_observations(set(observations))
    case = members.hold(session.person, case_id, version)
    inside = {one.observation_id for one in sources(case)}
    _put_in(session, case, [one for one in held if one.id not in inside], None)
    return finish(session, case, "add_sources")


def sources(case: Case) -> list[CaseSource]:
    """Return the observations that are in a case."""
    return list(
        db.session.scalars(
            sa.select(CaseSource).where(CaseSource.case_id == case.id).order_by(CaseSource.at)
        )
    )


def move(session: Session, case_id: str, *, version: int, phase: str) -> Case:
    """Bring a case to another phase: one step on, or back to any that was before."""
    case = members.hold(session.person, case_id, version)
    here, there = PHASES.index(case.phase), PHASES.index(phase)
    if there == here or there > here + 1:
        raise Conflict("Die stap kan nu niet. Bekijk de casus opnieuw.", code="step")
    case.phase, case.phase_at = phase, now()
    note(session, case, "phase", phase=phase)
    return finish(session, case, "move", outcome=phase)


def tick(session: Session, case_id: str, *, version: int, asked: Sequence[str]) -> Case:
    """Say what of all that the phases ask is done."""
    case = members.hold(session.person, case_id, version)
    known = {one["id"] for one in cards.library().casework["asks"]}
    if not set(asked) <= known:
        raise Invalid("Kies iets uit de lijst.", code="asked")
    case.asked = sorted(set(asked))
    return finish(session, case, "tick")


def change(session: Session, case_id: str, *, version: int, title: str, text: str | None) -> Case:
    """Write the case down anew."""
    case = members.hold(session.person, case_id, version)
    case.text_sealed = words.seal("case", case.id, case.by_id, title=title, text=text)
    return finish(session, case, "change")


def plan_evaluation(
    session: Session, case_id: str, *, version: int, evaluate_on: date | None
) -> Case:
    """Say on which day the case is looked back upon; that takes no names."""
    case = members.hold(session.person, case_id, version)
    if evaluate_on != case.evaluate_on:
        case.evaluate_on, case.evaluation_told = evaluate_on, None
    return finish(session, case, "plan_evaluation")


def add_participant(
    session: Session, case_id: str, *, version: int, person: str, part: str
) -> Case:
    """Let somebody work along; from outside the gemeente only while a covenant runs."""
    case = members.hold(session.person, case_id, version)
    members.check_core(session.person, case)
    who = db.session.get(Person, person)
    if (
        who is None
        or who.ended_at is not None
        or (part != "agenda" and not members.may_take_part(who))
    ):
        raise fault(
            "person",
            "Er is geen convenant met diens werk.",
            detail="Deze persoon kan niet meewerken aan een casus.",
        )
    row = db.session.scalar(
        sa.select(Participant).filter_by(case_id=case.id, person_id=who.id)
    ) or Participant(case_id=case.id, person_id=who.id)
    row.part, row.by_id, row.ended_at = part, session.person_id, None
    db.session.add(row)
    if part != "agenda":
        notify.queue([who.id], "reminder", f"case-{case.id}", "/#/casussen")
    return finish(session, case, "add_participant")


def end_participant(session: Session, case_id: str, person_id: str) -> Case:
    """Let somebody work along no longer."""
    case = members.hold(session.person, case_id)
    members.check_core(session.person, case)
    row = db.session.scalar(
        sa.select(Participant).where(
            Participant.case_id == case.id,
            Participant.person_id == person_id,
            Participant.ended_at.is_(None),
        )
    )
    if row is None:
        raise NotFound("Deze persoon werkt hier niet aan mee.")
    row.ended_at = now()
    return finish(session, case, "end_participant")


def note(
    session: Session, case: Case, kind: str, *, phase: str | None = None, text: str | None = None
) -> None:
    """Write a step in the history of a case."""
    event_id = new_id()
    sealed = words.seal("case_event", event_id, session.person_id, text=text) if text else None
    db.session.add(
        CaseEvent(
            id=event_id,
            case_id=case.id,
            kind=kind,
            phase=phase,
            by_id=session.person_id,
            text_sealed=sealed,
        )
    )


def finish(session: Session, case: Case, action: str, outcome: str = "done") -> Case:
    """Count the change, log it and commit."""
    case.version += 1
    log(session, action, case, outcome)
    db.session.commit()
    return case


def log(session: Session, action: str, case: Case, outcome: str = "done") -> None:
    """Log what somebody did to a case."""
    audit.log(
        session.person_id, action, "case", case.id, outcome=outcome, device_id=session.device_id
    )


def _next_number() -> int:
    return (db.session.scalar(sa.select(sa.func.max(Case.number))) or 0) + 1


def hold_observations(ids: set[str]) -> list[Observation]:
    """Keep observations to ourselves until commit, by the locks of their authors in one order."""
    if not ids:
        return []
    authors = sa.select(Observation.author_id).where(Observation.id.in_(ids))
    db.session.execute(
        sa.select(Person.id)
        .where(Person.id.in_(authors))
        .order_by(Person.id)
        .with_for_update(key_share=True)
    )
    there = db.session.scalars(
        sa.select(Observation).where(Observation.id.in_(ids)).order_by(Observation.id),
        execution_options={"populate_existing": True},
    ).all()
    if len(there) < len(ids):
        raise NotFound("Een van deze meldingen bestaat niet meer. Laad de bladzijde opnieuw.")
    return list(there)


def _put_in(session: Session, case: Case, held: Sequence[Observation], bundle: str | None) -> None:
    for observation in held:
        hold_for_case(observation)
        observation.version += 1
        db.session.add(
            CaseSource(
                case_id=case.id,
                observation_id=observation.id,
                bundle_id=bundle,
                by_id=session.person_id,
            )
        )
        db.session.add(
            ObservationEvent(observation_id=observation.id, kind="in_case", by_id=session.person_id)
        )


def open_cases() -> list[Case]:
    """Return the cases that are open, by phase."""
    order = sa.case({phase: number for number, phase in enumerate(PHASES)}, value=Case.phase)
    query = sa.select(Case).where(Case.closed_on.is_(None)).order_by(order, Case.number)
    return list(db.session.scalars(query))
