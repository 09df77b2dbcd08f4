"""What an organisation is told once a quarter: enough to go on, and nothing about anybody."""

from __future__ import annotations

import io
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from server.briefings import sheet
from server.db import db, new_id
from server.notes import composing, counting, service
from server.notes.counting import LED_TO
from server.notes.models import Note, NoteTally
from server.notify.models import Notification
from server.observations.models import Feedback, Observation
from server.people.models import Organisation, Person
from server.reports import publishing
from server.reports.suppression import LEAST
from tests.factories import Phone, add_phone

OCTOBER = datetime(2026, 10, 6, 10, tzinfo=UTC)
JANUARY = datetime(2027, 1, 1, 5, tzinfo=UTC)
Q4 = "2026-Q4"


def add_club(app: Flask, name: str, size: int) -> list[Phone]:
    """Let so many people of one club take part since before the quarter."""
    people = [
        add_phone(app, "melder", card="sport", kind="club", organisation=name) for _ in range(size)
    ]
    db.session.execute(sa.update(Person).values(made_at=OCTOBER - timedelta(days=30)))
    db.session.commit()
    return people


def report(phone: Phone, answer: str | None, desk: Phone, **changes: Any) -> str:
    """Have somebody report in October and get an answer."""
    with time_machine.travel(OCTOBER, tick=False):
        item = phone.observation(card="sport", signals=["SPO-01"], **changes)
        assert phone.sync(item, signed_in=False).json["outcomes"][0]["result"] == "stored"
        if answer:
            db.session.add(
                Feedback(
                    id=new_id(),
                    observation_id=item["id"],
                    by_id=desk.person,
                    kind=answer,
                    told="app",
                )
            )
            db.session.commit()
    return str(item["id"])


def make(moment: datetime = JANUARY) -> int:
    """Publish and make the notes as the clock does."""
    with time_machine.travel(moment, tick=False):
        publishing.publish_due()
        return service.make_due()


def read(phone: Phone, moment: datetime = JANUARY) -> str:
    with time_machine.travel(moment, tick=False):
        note = service.of_organisation(db.session.get_one(Person, phone.person))[0]
        return sheet.as_text(composing.compose(note))


def answers_of(name: str) -> dict[str, int]:
    query = sa.select(Note).join(Organisation).where(Organisation.name == name)
    return db.session.scalars(query).unique().one().answers


def test_five_reporters_hear_what_their_reports_led_to(app: Flask, regisseur: Phone) -> None:
    club = add_club(app, "Grote club", 6)
    for phone in club:
        report(phone, "watching", regisseur)
    report(club[0], "taken_up", regisseur)
    make()
    assert answers_of("Grote club") == {"watching": 6}
    said = read(club[0])
    assert "We kijken mee’: 6 keer" in said
    assert "Andere antwoorden tellen we hier niet." in said
    assert "taken_up" not in said
    assert db.session.scalar(sa.select(NoteTally)) is None, "who got which answer is forgotten"


def test_an_organisation_with_one_reporter_reads_about_the_gemeente(
    app: Flask, regisseur: Phone
) -> None:
    for phone in add_club(app, "Grote club", 6):
        report(phone, "watching", regisseur)
    (alone,) = add_club(app, "Kleine club", 1)
    for _ in range(9):
        report(alone, "contact", regisseur)
    make()
    assert answers_of("Kleine club") == {}
    said = read(alone)
    assert "Over één school, club of team vertellen we alleen iets" in said
    assert "Meldingen: 15" in said
    assert "9" not in said.replace("2026-Q4", "")
    with time_machine.travel(JANUARY, tick=False):
        (silent,) = add_club(app, "Stille club", 1)
    assert "9" not in read(alone), "and so does one that was told nothing of"
    assert silent.person


@pytest.mark.thorough
def test_a_single_shielded_reporter_or_withdrawn_report_is_in_no_number(
    app: Flask, regisseur: Phone
) -> None:
    club = add_club(app, "Grote club", 6)
    for phone in club[:5]:
        report(phone, "watching", regisseur)
    report(club[5], "watching", regisseur, shielded=True)
    report(club[0], "question", regisseur)
    make()
    assert answers_of("Grote club") == {"watching": 5}


@pytest.mark.thorough
def test_under_a_kind_that_is_hidden_in_the_figures_nothing_is_told(
    app: Flask, regisseur: Phone, teacher: Phone
) -> None:
    club = add_club(app, "Grote club", 5)
    for phone in club:
        report(phone, "watching", regisseur)
    # One school reported once: the kind of its neighbour goes along, or it would follow.
    report(teacher, None, regisseur)
    make()
    assert answers_of("Grote club") == {}


@pytest.mark.thorough
def test_two_clocks_make_each_note_once_and_tell_everybody_once(
    app: Flask, regisseur: Phone
) -> None:
    club = add_club(app, "Grote club", 5)
    for phone in club:
        report(phone, "watching", regisseur)
    with time_machine.travel(JANUARY, tick=False):
        publishing.publish_due()
        db.session.remove()
        together = threading.Barrier(3)
        made: list[int] = []
        faults: list[Exception] = []

        def run() -> None:
            with app.app_context():
                together.wait()
                try:
                    made.append(service.make_due())
                except Exception as fault:  # noqa: BLE001
                    faults.append(fault)

        threads = [threading.Thread(target=run) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert faults == []
    assert sorted(made)[:2] == [0, 0]
    assert answers_of("Grote club") == {"watching": 5}
    told = db.session.scalars(sa.select(Notification).where(Notification.kind == "note")).all()
    assert sorted(one.person_id for one in told) == sorted(phone.person for phone in club)
    assert {(one.url, one.tag) for one in told} == {("/#/brief", "note-2026-q4")}
    assert make() == 0


@pytest.mark.thorough
def test_who_ended_is_told_nothing_and_who_came_later_has_no_note(
    app: Flask, regisseur: Phone
) -> None:
    ended = add_club(app, "Oude club", 5)
    for phone in ended:
        report(phone, "watching", regisseur)
    ids = [phone.person for phone in ended]
    db.session.execute(sa.update(Person).where(Person.id.in_(ids)).values(ended_at=OCTOBER))
    db.session.commit()
    add_club(app, "Nieuwe club", 1)
    new = sa.select(Organisation.id).where(Organisation.name == "Nieuwe club")
    db.session.execute(
        sa.update(Person)
        .where(Person.organisation_id.in_(new))
        .values(made_at=JANUARY + timedelta(hours=1))
    )
    db.session.commit()
    make()
    assert db.session.scalar(sa.select(Note)) is None
    assert db.session.scalar(sa.select(NoteTally)) is None


@pytest.mark.thorough
def test_a_quarter_without_figures_makes_no_note(app: Flask, regisseur: Phone) -> None:
    club = add_club(app, "Grote club", 6)
    assert make() == 0
    for phone in club[:4]:
        report(phone, "watching", regisseur)
    assert make(datetime(2027, 1, 2, 5, tzinfo=UTC)) == 0, "four reports are no figure either"
    assert make(datetime(2027, 4, 2, 5, tzinfo=UTC)) == 0
    assert db.session.scalar(sa.select(Note)) is None


@pytest.mark.thorough
def test_an_answer_counts_although_its_report_is_gone_by_then(app: Flask, regisseur: Phone) -> None:
    club = add_club(app, "Grote club", 5)
    items = [report(phone, "watching", regisseur) for phone in club]
    with time_machine.travel(OCTOBER + timedelta(hours=1), tick=False):
        assert counting.count_new() == 5
        assert counting.count_new() == 0
        publishing.publish_due()
    db.session.execute(sa.delete(Observation).where(Observation.id.in_(items)))
    db.session.commit()
    make()
    assert answers_of("Grote club") == {"watching": 5}


@pytest.mark.thorough
def test_a_note_of_a_year_ago_is_gone(app: Flask, regisseur: Phone) -> None:
    for phone in add_club(app, "Grote club", 6):
        report(phone, "watching", regisseur)
    make()
    make(datetime(2027, 10, 2, 5, tzinfo=UTC))
    assert db.session.scalar(sa.select(Note.quarter)) == Q4
    make(datetime(2028, 1, 2, 5, tzinfo=UTC))
    assert db.session.scalar(sa.select(Note)) is None


@pytest.mark.thorough
def test_a_contact_prints_the_own_note_and_the_desk_all(app: Flask, regisseur: Phone) -> None:
    for name in ("Grote club", "Andere club"):
        for phone in add_club(app, name, 3):
            report(phone, "watching", regisseur)
    contact = add_phone(app, "contactpersoon", organisation="Grote club")
    make()
    [own] = contact.get("/notes/prints").json["items"]
    assert own["organisation"] == "Grote club"
    both = regisseur.get("/notes/prints").json["items"]
    assert {one["organisation"] for one in both} >= {"Grote club", "Andere club"}
    other = next(one["id"] for one in both if one["organisation"] == "Andere club")
    assert contact.post(f"/notes/{other}/prints", {}).status_code == 404
    assert contact.get("/notes").json["items"][0]["sheet"]["to"].startswith("Voor Grote club, 4e")


@pytest.mark.thorough
def test_a_note_is_one_tagged_side(app: Flask, regisseur: Phone, letters: Path) -> None:
    club = add_club(app, "Een club met een heel lange naam die op papier moet passen", 6)
    for phone in club:
        for kind in LED_TO:
            report(phone, kind, regisseur)
    make()
    note = db.session.scalars(sa.select(Note)).unique().one()
    reader = PdfReader(io.BytesIO(sheet.as_pdf(composing.compose(note), letters)))
    assert len(reader.pages) == 1
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    text = "".join(reader.pages[0].extract_text().split())
    assert "Julliemeldingen" in text


REPORTERS = st.dictionaries(st.integers(0, 11), st.integers(1, 9), max_size=12)
COUNTS = st.dictionaries(st.sampled_from(LED_TO), REPORTERS)


@given(COUNTS, st.sampled_from(LED_TO), st.dictionaries(st.integers(0, 3), st.integers(1, 99)))
def test_whoever_knows_the_rules_and_every_note_finds_no_hidden_number(
    counts: dict[str, dict[int, int]], kind: str, others: dict[int, int]
) -> None:
    """The attacker's question: does any other world look different? Fewer than five reporters never
    make a difference to what is told, whatever they reported and whatever is told of the rest."""
    named = {one: {str(who): n for who, n in by.items()} for one, by in counts.items()}
    told = service.told_of(named, kind_is_shown=True)
    assert all(len(named[one]) >= LEAST for one in told)
    if kind not in told:
        other_world = {**named, kind: {str(who): n for who, n in others.items()}}
        assert service.told_of(other_world, kind_is_shown=True) == told
    assert service.told_of(named, kind_is_shown=False) == {}
