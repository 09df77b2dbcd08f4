"""What an organisation is told once a quarter: enough to go on, and nothing about anybody."""

from __future__ import annotations

import io
import threading
from collections import Counter
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

from server import areas, cards
from server.briefings import sheet
from server.db import db, new_id
from server.notes import composing, counting, service
from server.notes.counting import LED_TO
from server.notes.models import Note, NotedQuarter, NoteTally
from server.notes.telling import NOTHING, OfKind, Told, tell
from server.notify.models import Notification
from server.observations.models import Feedback, Observation
from server.people.models import Organisation, Person
from server.reports import publishing, reporters
from server.reports import service as reports
from server.reports.models import Figure, Quarter
from server.reports.suppression import LEAST
from tests.equations import solved
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


def add_others(app: Flask) -> None:
    """Let five people of another club report once, who wait for an answer."""
    for phone in add_club(app, "Vijfde club", 5):
        report(phone, None, phone)


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
    add_others(app)
    make()
    assert answers_of("Grote club") == {"watching": 6}
    said = read(club[0])
    assert "We kijken mee’: 6 keer" in said
    assert "Andere antwoorden tellen we hier niet." in said
    assert "taken_up" not in said
    assert db.session.scalar(sa.select(NoteTally)) is None, "who got which answer is forgotten"


def test_one_reporter_is_not_found_by_subtracting_a_note_from_the_figures(
    app: Flask, regisseur: Phone
) -> None:
    """The figures say fifteen for clubs; with six in the note of the other club, nine would be
    left for the only coach here."""
    club = add_club(app, "Grote club", 6)
    for phone in club:
        report(phone, "watching", regisseur)
    (alone,) = add_club(app, "Kleine club", 1)
    for _ in range(9):
        report(alone, "contact", regisseur)
    make()
    figures = reports.figures(Q4, Q4).table("organisation").cell("club")
    assert figures is not None
    assert figures.value == 15
    for name, phone in (("Grote club", club[0]), ("Kleine club", alone)):
        assert answers_of(name) == {}
        said = read(phone)
        assert "Daarom lees je hier over de hele gemeente." in said
        assert "Meldingen: 15" in said
        assert "keer" not in said.replace("telt één keer", "")
        assert "9" not in said.replace("2026-Q4", "")


def test_one_reporter_reads_what_reports_from_such_places_led_to(
    app: Flask, regisseur: Phone
) -> None:
    for phone in add_club(app, "Grote club", 6):
        report(phone, "watching", regisseur)
    (alone,) = add_club(app, "Kleine club", 1)
    report(alone, "watching", regisseur)
    add_others(app)
    make()
    assert answers_of("Grote club") == {}, "or one would be left of the seven"
    said = read(alone)
    assert "Daarom lees je hier over alle clubs samen." in said
    assert "Dit antwoordden we op meldingen van alle clubs samen:" in said
    assert "We kijken mee’: 7 keer" in said


@pytest.mark.thorough
def test_a_note_names_no_case_and_no_place(app: Flask, regisseur: Phone) -> None:
    """Both would be on it: cases in what was done, and a wijk in what rose."""
    for phone in add_club(app, "Grote club", 6):
        report(phone, "watching", regisseur)
    make()
    wijk = next(iter(areas.library().names))
    db.session.add(Quarter(id="2026-Q3"))
    db.session.flush()
    for name, path, was, count in (
        ("area", wijk, 7, 70), ("case", "youth", 7, 7), ("outcome", "better", 7, 7),
        ("action", "care", 7, 7), ("card", "boa", 7, 70),
    ):  # fmt: skip
        for quarter, value in (("2026-Q3", was), (Q4, count)):
            for place in ("", path):
                key = {"quarter": quarter, "name": name, "path": place}
                db.session.execute(sa.delete(Figure).filter_by(**key))
                db.session.add(Figure(**key, count=value))
    db.session.commit()
    note = db.session.scalars(sa.select(Note)).unique().one()
    said = sheet.as_text(composing.compose(note))
    assert "Kaart. Meer dan ervoor: Boa, van 7 naar 70." in said
    assert "Acties die zijn afgesproken: 7" in said
    assert "asus" not in said
    said = said.replace(f"Gemeente {cards.library().gemeente['name']}", "")
    assert not [name for name in areas.library().names.values() if name in said]


@pytest.mark.thorough
def test_a_single_shielded_reporter_or_withdrawn_report_is_in_no_number(
    app: Flask, regisseur: Phone
) -> None:
    club = add_club(app, "Grote club", 6)
    for phone in club[:5]:
        report(phone, "watching", regisseur)
    report(club[5], "watching", regisseur, shielded=True)
    report(club[0], "question", regisseur)
    add_others(app)
    make()
    assert answers_of("Grote club") == {"watching": 5}


def test_what_the_desk_entered_does_not_hide_who_is_left_alone_among_the_gemeente(
    app: Flask, regisseur: Phone
) -> None:
    """The figures count callers apart. Of the gemeente's own ten, five would be left: all of the
    only boa who got no answer."""
    boas = [add_phone(app, "melder") for _ in range(6)]
    db.session.execute(sa.update(Person).values(made_at=OCTOBER - timedelta(days=30)))
    db.session.commit()
    for phone in boas[:5]:
        report(phone, "watching", regisseur)
    for _ in range(5):
        report(boas[5], None, regisseur)
    callers = [report(add_phone(app, "procesregisseur"), None, regisseur) for _ in range(5)]
    db.session.execute(
        sa.update(Observation).where(Observation.id.in_(callers)).values(source="phone")
    )
    db.session.commit()
    make()
    cell = reports.figures(Q4, Q4).table("organisation").cell("gemeente")
    assert cell is not None
    assert cell.value == 10
    noted = db.session.get_one(NotedQuarter, Q4)
    assert noted.of_kinds.get("gemeente", {}) == {}


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
    assert "hele gemeente" in read(club[0])


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
        assert counting.count_new() == 10, "each report, and each answer"
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


# By organisation and reporter, how often each got which answer.
NUMBERS = st.lists(
    st.lists(st.dictionaries(st.sampled_from(LED_TO), st.integers(1, 9)), max_size=8),
    min_size=1,
    max_size=5,
)


def world(organisations: list[list[dict[str, int]]], waiting: int = 0) -> OfKind:
    """Return what is known of a kind in which each report got one answer, or waits for it."""
    known = OfKind()
    for number, people in enumerate(organisations):
        for person, answers in enumerate(people):
            who = f"{number}-{person}"
            if answers or waiting:
                known.reports[who] = sum(answers.values()) + waiting
            for answer, count in answers.items():
                known.answers.setdefault(answer, {}).setdefault(str(number), {})[who] = count
    return known


def attacked(organisations: list[list[dict[str, int]]], known: OfKind) -> list[tuple[str, str]]:
    """Return every hidden number about too few that somebody finds with the notes, and without
    them does not.

    They have the figures and every note, know the rules and who is where, suppose that each report
    got one answer, and where a note holds all there is of an organisation they guess that too.
    """
    total = sum(known.reports.values())
    is_shown = total >= LEAST and sum(map(len, organisations)) >= reporters.FEWEST
    told = tell(total if is_shown else None, known)
    names = [str(number) for number in range(len(organisations))]
    spots = [(name, answer) for name in names for answer in LED_TO]
    # What an organisation got of everything together is a number as well.
    found: list[tuple[dict[Any, int], int]] = [
        ({(name, ""): -1} | {(name, answer): 1 for answer in LED_TO}, 0) for name in names
    ]
    if is_shown:
        found.append((dict.fromkeys(spots, 1), total))
    before = solved(found)
    for answer, count in told.of_kind.items():
        found.append(({(name, answer): 1 for name in names}, count))
        found += [({(at, answer): 1}, one) for at, one in told.of_each.get(answer, {}).items()]
    found += [({spot: 1}, 0) for spot in spots if is_nothing(known, told, *spot)]
    after = solved(found)
    return [
        spot
        for spot, count in after.items()
        if count and spot not in before and too_few(known, *spot)
    ]


def is_nothing(known: OfKind, told: Told, name: str, answer: str) -> bool:
    """Say whether it shows, or may be guessed, that nobody here got this answer."""
    of_each = told.of_each.get(answer, {})
    if name in of_each:
        return False
    whole = told.of_kind.get(answer)
    if whole is not None and whole == sum(of_each.values()):
        return True
    if told.of_kind and whole is None and sum(known.reports.values()) == sum(told.of_kind.values()):
        return True
    given = {each for each, here in known.answers.items() if name in here}
    return bool(given) and all(name in told.of_each.get(each, {}) for each in given)


def too_few(known: OfKind, name: str, answer: str) -> bool:
    return len(
        {
            who
            for each, of_each in known.answers.items()
            for who in of_each.get(name, ())
            if answer in ("", each)
        }
    ) < LEAST  # fmt: skip


@given(NUMBERS)
def test_whoever_has_the_figures_and_every_note_solves_no_hidden_number(
    organisations: list[list[dict[str, int]]],
) -> None:
    known = world(organisations)
    assert attacked(organisations, known) == []
    told = tell(sum(known.reports.values()), known)
    assert all(
        len(known.answers[answer][name]) >= LEAST
        for answer, of_each in told.of_each.items()
        for name in of_each
    )
    assert tell(None, known) == NOTHING


ALONE = [[{"watching": 1}] * 6, [{"contact": 9}]]
AMONG = [[{"watching": 1}] * 6, [{"watching": 9}], [{"contact": 1}] * 5]


@pytest.mark.parametrize("organisations", [ALONE, AMONG])
def test_without_looking_at_what_is_left_the_same_attacker_finds_it(
    organisations: list[list[dict[str, int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert attacked(organisations, world(organisations)) == []
    monkeypatch.setattr("server.notes.telling._is_safe", lambda *_: True)
    found = attacked(organisations, world(organisations))
    assert ("1", "") in found


@pytest.mark.thorough
@given(NUMBERS, st.integers(0, 3))
def test_what_is_told_and_what_is_left_of_it_is_each_about_enough_people(
    organisations: list[list[dict[str, int]]], waiting: int
) -> None:
    """Whatever is subtracted from whatever is a sum of these, so it is about no fewer."""
    known = world(organisations, waiting)
    told = tell(sum(known.reports.values()), known)
    got = Counter(
        who
        for answer in told.of_kind
        for of_each in known.answers[answer].values()
        for who, count in of_each.items()
        for _ in range(count)
    )
    left = [who for who, count in known.reports.items() if count > got[who]]
    assert not told.of_kind or not left or len(left) >= LEAST
    for answer, of_kind in told.of_kind.items():
        of_each = known.answers[answer]
        rest = {
            who
            for name, people in of_each.items()
            if name not in told.of_each.get(answer, {})
            for who in people
        }
        assert of_kind == sum(sum(people.values()) for people in of_each.values())
        assert not told.of_each.get(answer) or not rest or len(rest) >= LEAST


def test_somebody_who_was_deleted_still_counts_in_what_is_left() -> None:
    """The figures keep the nine of a coach who is gone, and nobody is counted for them here."""
    known = world([[{"watching": 1}] * 6])
    assert tell(6, known).of_kind == {"watching": 6}
    assert tell(15, known) == NOTHING
