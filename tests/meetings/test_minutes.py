"""The minutes: everything that was decided, on paper, and nobody's name."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

from server import cards
from server.audit import AuditEvent
from server.bundles.models import Bundle, BundleMember
from server.cases import deciding, network, plans
from server.cases import service as cases
from server.db import db, new_id, now
from server.errors import Unavailable
from server.keyring import ring
from server.meetings import agenda, minutes, service
from server.meetings.models import AgendaItem, Meeting
from server.names.masking import Mask
from server.people.models import Session
from server.workdays import local_day
from tests.factories import Phone

MANY = 200


@pytest.fixture
def session(regisseur: Phone) -> Session:
    return db.session.scalars(sa.select(Session).where(Session.device_id == regisseur.device)).one()


@pytest.fixture
def meeting(app: Flask, session: Session) -> Meeting:
    made = service.make(session, starts_at=now() + timedelta(days=1), minutes=60, place="Kamer 2")
    return service.change_state(session, made.id, version=1, state="running")


def bundle(regisseur: Phone, meeting: Meeting, *phones: Phone) -> AgendaItem:
    made = Bundle(id=new_id(), reasons=["same_name"], made_by=regisseur.person)
    db.session.add(made)
    for phone in phones:
        stay = BundleMember(
            bundle_id=made.id, observation_id=phone.send(), added_by=regisseur.person
        )
        db.session.add(stay)
    db.session.commit()
    agenda.fill(meeting)
    db.session.commit()
    return db.session.scalars(sa.select(AgendaItem).filter_by(subject_id=made.id)).one()


def test_the_minutes_hold_what_was_decided_and_letters_for_names(
    boa: Phone, teacher: Phone, regisseur: Phone, session: Session, meeting: Meeting
) -> None:
    about = bundle(regisseur, meeting, boa, teacher)
    own = agenda.add(session, meeting.id, item_id=new_id(), title="Weer over Zwiep")
    note = "Zwiep <b>belt</b> & krijgt hulp"
    common = {"version": 1, "ground": "convenant"}
    agenda.settle(session, meeting.id, about.id, outcome="following", note=note, **common)
    agenda.settle(session, meeting.id, own.id, outcome="later", note="Ook Zwiep", **common)
    page = minutes.page(session, meeting)
    assert "Zwiep" not in page
    assert "jongere A &lt;b&gt;belt&lt;/b&gt; &amp; krijgt hulp" in page
    assert "Weer over (naam)" in page
    assert "We blijven volgen" in page
    assert "Convenant of samenwerkingsafspraak" in page
    assert "Samira Voorbeeld" in page
    assert "concept" in page


@pytest.mark.thorough
def test_minutes_with_two_hundred_points_are_complete(
    session: Session, meeting: Meeting, letters: Path
) -> None:
    for number in range(MANY):
        item = AgendaItem(
            id=new_id(), meeting_id=meeting.id, kind="own", subject_id=new_id(), position=number
        )
        words = {"v": 1, "title": f"Punt nummer {number}", "note": f"Afspraak {number}. " * 8}
        item.by_id = session.person_id
        item.text_sealed = ring().seal("agenda", item.id, session.person_id, words)
        db.session.add(item)
    db.session.commit()
    made = minutes.make(session, meeting.id, letters)
    assert made.pdf.startswith(b"%PDF-")
    assert made.name.startswith("verslag-")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages)
    joined = " ".join(text.split())
    assert all(f"Punt nummer {number}" in joined for number in range(MANY))
    assert all(f"Afspraak {number}." in joined for number in range(MANY))
    (line,) = db.session.scalars(sa.select(AuditEvent).filter_by(purpose="minutes"))
    assert (line.person_id, line.subject_id) == (session.person_id, meeting.id)


def test_without_letters_a_sentence_says_that_the_minutes_cannot_be_made(
    session: Session, meeting: Meeting, tmp_path: Path
) -> None:
    with pytest.raises(Unavailable) as fault:
        minutes.make(session, meeting.id, tmp_path)
    assert fault.value.code == "paper"


def test_who_sounds_the_same_has_one_letter_and_a_full_name_becomes_one() -> None:
    mask = Mask(
        [
            {"name": "Zwiep", "age": "12_15"},
            {"name": "zwiep", "age": "12_15"},
            {"name": "Jan van den Bedachten", "age": "unknown"},
            {"name": "", "age": "12_15"},
            {},
        ]
    )
    assert mask.names == {"jongere A": "Zwiep", "persoon B": "Jan van den Bedachten"}
    covered = mask.cover("Zwiep’s broer, Jan Bedachten, kent ZWIEP. De janboel niet.")
    assert "Zwiep" not in covered
    assert "Bedachten" not in covered
    assert covered.count("jongere A") == 2
    assert covered.count("persoon B") == 1
    assert "janboel" in covered


def test_who_shares_a_first_name_with_somebody_else_is_covered_to_the_last_word() -> None:
    both = [{"name": "Zwiep Verzonnen", "age": "12_15"}, {"name": "Zwiep Bedacht", "age": "12_15"}]
    for mask in (Mask(both), Mask(both[1:], known=[("jongere C", "Zwiep Verzonnen")])):
        covered = mask.cover("Zwiep Bedacht en Zwiep Verzonnen.")
        assert "Verzonnen" not in covered
        assert "Bedacht" not in covered
        assert "Zwiep" not in mask.hide("Bij Zwiep thuis")
    assert mask.labels == ["jongere C"]
    assert mask.over("Verzonnen was er.") == "jongere C was er."
    assert mask.over(None) is None


def test_more_people_than_letters_are_still_told_apart() -> None:
    vowels, first = "aeou", "bdfgklmnprst"
    names = [
        f"{one.upper()}{vowel}{one}{end}x" for one in first for vowel in vowels for end in "ai"
    ]
    mask = Mask([{"name": name, "age": "12_15"} for name in names])
    assert len(set(mask.labels)) == len(mask.labels) > 1


def test_decisions_and_actions_of_the_meeting_stand_at_their_case(
    boa: Phone, regisseur: Phone, session: Session, meeting: Meeting
) -> None:
    case = cases.make(
        session, case_id=new_id(), kind="youth", title="Zwiep", observations=[boa.send()]
    )
    case = network.add_node(
        session,
        case.id,
        version=case.version,
        kind="person",
        zone="subject",
        name="Zwiep",
        role="jongere",
        since=local_day(now()),
    )
    agenda.fill(meeting)
    deciding.decide(
        session,
        case.id,
        decision_id=new_id(),
        ground="convenant",
        text="Zwiep krijgt een mentor",
        meeting=meeting.id,
    )
    for about in ({"case": case.id}, {"about": "school"}):
        plans.plan(
            session,
            action_id=new_id(),
            kind=cards.library().casework["actions"][0]["id"],
            text="Zwiep bellen",
            owner=session.person_id,
            due_on=local_day(now()),
            meeting=meeting.id,
            **about,
        )
    page = minutes.page(session, meeting)
    assert "Zwiep" not in page
    assert "Besluit: jongere A krijgt een mentor" in page
    assert "Actie: jongere A bellen · Samira Voorbeeld" in page
    assert "Actie: (naam) bellen · Samira Voorbeeld" in page
