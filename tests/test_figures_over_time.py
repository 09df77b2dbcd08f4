"""Figures over a year and more: what was done, periods that cannot be, and areas that changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server import areas, cards
from server.areas.models import Library
from server.bundles.models import Bundle
from server.cases.models import Action, Case, CaseEvent, CaseSource
from server.db import db, new_id
from server.observations.corrections import Referral
from server.observations.models import Observation, Receipt
from server.people import service as people
from server.people.models import Person
from server.reports import counting, publishing, reporters, service
from server.reports.models import Figure, Quarter, Tally
from tests.factories import Phone, add_phone

OCTOBER = datetime(2026, 10, 6, 10, tzinfo=UTC)


@pytest.fixture
def bestuur(app: Flask) -> Phone:
    return add_phone(app, "bestuur", card=None)


def published(quarter: str, name: str = "card", **counts: int | None) -> None:
    """Have a quarter published with these numbers; an underscore is a slash in a path."""
    if db.session.get(Quarter, quarter) is None:
        db.session.add(Quarter(id=quarter))
    db.session.flush()
    for path, count in counts.items():
        key = "" if path == "all" else path.replace("on_time", "on-time").replace("_", "/")
        key = key.replace("on-time", "on_time")
        db.session.add(Figure(quarter=quarter, name=name, path=key, count=count))
    db.session.commit()


def tallies(name: str) -> dict[str, int]:
    rows = db.session.execute(sa.select(Tally.path, Tally.count).where(Tally.name == name))
    return dict(rows.all())


def test_a_year_is_added_up_from_what_each_quarter_shows(bestuur: Phone) -> None:
    for number, boa in enumerate((10, None, 7, 8), 1):
        published(f"2026-Q{number}", all=20, boa=boa)
    shown = service.figures("2026-Q1", "2026-Q4")
    whole, boa = (shown.table("card").cell(key) for key in ("", "boa"))
    assert whole
    assert (whole.value, whole.at_least) == (80, 80)
    assert boa
    assert (boa.value, boa.at_least, boa.by_quarter) == (None, 25, (10, None, 7, 8))
    assert (shown.begins_on, shown.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))


def test_rows_stand_in_the_order_in_which_they_are_read(bestuur: Phone) -> None:
    published("2026-Q4", "answer", late=6, on_time_10=7, on_time=14, all=20, on_time_5=7)
    cells = service.figures("2026-Q4", "2026-Q4").table("answer").cells
    assert [one.key for one in cells] == ["", "on_time", "on_time/5", "on_time/10", "late"]


def test_a_period_is_compared_with_one_as_long_just_before_it_or_elsewhere(bestuur: Phone) -> None:
    for quarter, boa in (("2025-Q4", 6), ("2026-Q3", 8), ("2026-Q4", 16)):
        published(quarter, all=20, boa=boa)
    answer = bestuur.get("/figures?first=2026-Q4").json
    assert answer["compared"]["first"] == "2026-Q3"
    assert answer["changes"] == ["Meer dan ervoor: Boa, van 8 naar 16."]
    assert "beter opletten" in answer["warning"]
    other = bestuur.get("/figures?first=2026-Q4&against=2025-Q4").json
    assert other["changes"] == ["Meer dan ervoor: Boa, van 6 naar 16."]
    missing = bestuur.get("/figures?first=2026-Q4&against=2024-Q4").json
    assert (missing["compared"], missing["changes"]) == (None, [])


FAULTS = {
    "reversed": (
        "first=2026-Q4&last=2026-Q1",
        "De periode eindigt voordat hij begint. Draai de kwartalen om.",
    ),
    "no quarter": ("first=2026-Q5", "Schrijf een kwartaal als 2026-Q4."),
    "no year": ("first=0000-Q1", "Schrijf een kwartaal als 2026-Q4."),
    "too long": ("first=2020-Q1&last=2026-Q4", "Kies ten hoogste twaalf kwartalen."),
    "against nothing": ("first=2026-Q4&against=morgen", "Schrijf een kwartaal als 2026-Q4."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_period_that_cannot_be_is_refused_in_plain_words(bestuur: Phone, name: str) -> None:
    query, sentence = FAULTS[name]
    answer = bestuur.get(f"/figures?{query}")
    assert (answer.status_code, answer.json["detail"]) == (400, sentence)


def test_a_year_without_figures_says_so_and_shows_no_zeros(bestuur: Phone) -> None:
    published("2026-Q4", all=20)
    answer = bestuur.get("/figures?first=2024-Q1&last=2024-Q4").json
    assert answer["shown"]["quarters"] == []
    assert answer["shown"]["missing"] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert all(table["cells"] == [] for table in answer["shown"]["tables"])
    assert answer["compared"] is None


def test_a_quarter_in_which_nothing_happened_is_published_and_hides_that(bestuur: Phone) -> None:
    db.session.add(Tally(quarter="2026-Q1", name="card", path="boa", count=9))
    db.session.commit()
    with time_machine.travel(datetime(2026, 10, 1, 5, tzinfo=UTC), tick=False):
        assert publishing.publish_due() == ["2026-Q1", "2026-Q2", "2026-Q3"]
    whole = service.figures("2026-Q2", "2026-Q2").table("card").cell("")
    assert whole is not None
    assert whole.value is None, "none, and shown as what is hidden"


def test_what_is_counted_for_a_published_quarter_is_never_published(bestuur: Phone) -> None:
    published("2026-Q3", all=20, boa=20)
    db.session.add(Tally(quarter="2026-Q3", name="card", path="boa", count=1))
    db.session.commit()
    with time_machine.travel(datetime(2027, 1, 1, 5, tzinfo=UTC), tick=False):
        assert publishing.publish_due() == ["2026-Q4"]
    boa = service.figures("2026-Q3", "2026-Q3").table("card").cell("boa")
    assert boa is not None
    assert boa.value == 20
    assert tallies("card") == {}


def test_of_a_club_with_one_reporter_no_number_is_shown(app: Flask, bestuur: Phone) -> None:
    """Any number of a kind with so few people is about one of them, however large it is."""
    boas = [add_phone(app, "melder") for _ in range(3)]
    coach = add_phone(app, "melder", card="sport", kind="club")
    for _ in range(2):
        # Who was invited and never came reports nothing, and hides nobody.
        people.invite(
            None, name="Nog Niemand", role="melder", kind="club", organisation="FC", card="sport"
        )
    with time_machine.travel(OCTOBER, tick=False):
        for boa in boas:
            boa.sync(*[boa.observation() for _ in range(6)], signed_in=False)
        coach.sync(*[coach.observation(card="sport") for _ in range(9)], signed_in=False)
    with time_machine.travel(datetime(2027, 1, 1, 5, tzinfo=UTC), tick=False):
        publishing.publish_due()
    shown = service.figures("2026-Q4", "2026-Q4")
    kinds = {one.key: one.value for one in shown.table("organisation").cells}
    used = {one.key: one.value for one in shown.table("card").cells}
    assert kinds[""] == used[""] == 27
    assert kinds["club"] is None
    assert kinds["gemeente"] is None, "or subtracting would give the club"
    assert used["sport"] is None, "only that club has the card"


def shown_of(quarter: str) -> dict[str, dict[str, int | None]]:
    tables = service.figures(quarter, quarter).tables
    return {table.name: {cell.key: cell.value for cell in table.cells} for table in tables}


def hand_in(*shares: tuple[Phone, int, str], at: datetime = OCTOBER) -> None:
    """Have each of these people report so often with one signal of their own card."""
    of = {
        one["id"]: name for name, card in cards.library().cards.items() for one in card["signals"]
    }
    with time_machine.travel(at, tick=False):
        for phone, count, signal in shares:
            items = [phone.observation(card=of[signal], signals=[signal]) for _ in range(count)]
            phone.sync(*items, signed_in=False)


def publish_all(at: datetime = datetime(2027, 1, 1, 5, tzinfo=UTC)) -> None:
    with time_machine.travel(at, tick=False):
        publishing.publish_due()


def only_on(card: str) -> dict[str, str]:
    """Return the signals whose concept stands on no other card, and their place in the table."""
    found = {}
    for one in cards.library().cards[card]["signals"]:
        place = (one["group"], one["concept"])
        if {name for (name,), at in publishing._pairs()["signal"] if at == place} == {card}:
            found[str(one["id"])] = "/".join(place)
    return found


def test_of_the_one_with_a_card_among_ten_of_the_same_kind_no_number_is_shown(app: Flask) -> None:
    """Ten boa's and one debt counsellor are all "gemeente": the card tells who reported."""
    boas = [add_phone(app, "melder") for _ in range(10)]
    counsellor = add_phone(app, "melder", card="gemeente-intern")
    own = only_on("gemeente-intern")
    hand_in(*((boa, 3, "BOA-08") for boa in boas), (counsellor, 9, min(own)))
    publish_all()
    shown = shown_of("2026-Q4")
    assert shown["card"][""] == shown["signal"][""] == 39
    assert shown["card"]["gemeente-intern"] is None
    assert shown["card"]["boa"] is None, "or subtracting would give the other card"
    assert shown["signal"][own[min(own)]] is None
    assert {shown["signal"][key] for key in own.values()} <= {None, 0}
    assert not [
        (name, key) for name, cells in shown.items() for key, value in cells.items() if value == 9
    ]


def test_without_counting_reporters_the_one_with_a_card_is_found(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attack itself is tried: the same people, with any number of reporters enough."""
    monkeypatch.setattr(reporters, "FEWEST", 0)
    boas = [add_phone(app, "melder") for _ in range(10)]
    counsellor = add_phone(app, "melder", card="gemeente-intern")
    hand_in(*((boa, 3, "BOA-08") for boa in boas), (counsellor, 9, "GEM-01"))
    publish_all()
    assert shown_of("2026-Q4")["card"]["gemeente-intern"] == 9


def test_who_has_a_card_and_reported_nothing_hides_nobody(app: Flask) -> None:
    """Three have the card and one of them reported: what counts is who did."""
    boas = [add_phone(app, "melder") for _ in range(4)]
    insiders = [add_phone(app, "melder", card="gemeente-intern") for _ in range(3)]
    hand_in(
        *((boa, 5, "BOA-08") for boa in boas), (insiders[0], 9, min(only_on("gemeente-intern")))
    )
    publish_all()
    assert shown_of("2026-Q4")["card"]["gemeente-intern"] is None


def test_who_left_after_reporting_was_one_of_those_who_reported(app: Flask) -> None:
    boas = [add_phone(app, "melder") for _ in range(3)]
    hand_in(*((boa, 5, "BOA-08") for boa in boas))
    db.session.get_one(Person, boas[0].person).ended_at = OCTOBER + timedelta(days=9)
    db.session.commit()
    publish_all()
    assert shown_of("2026-Q4")["card"]["boa"] == 15


def test_of_two_who_report_in_a_whole_gemeente_not_even_a_total_is_shown(app: Flask) -> None:
    boas = [add_phone(app, "melder") for _ in range(2)]
    hand_in(*((boa, 9, "BOA-08") for boa in boas))
    publish_all()
    shown = shown_of("2026-Q4")
    for name in ("card", "organisation", "area", "signal"):
        assert set(shown[name].values()) == {None}, name


def test_what_nobody_is_known_to_have_reported_is_not_shown(app: Flask) -> None:
    """Reports that were counted before it was kept who they came from are of too few people."""
    db.session.add(Tally(quarter="2026-Q4", name="card", path="boa", count=30))
    db.session.commit()
    publish_all()
    assert set(shown_of("2026-Q4")["card"].values()) == {None}


@pytest.fixture
def changed_areas(monkeypatch: pytest.MonkeyPatch) -> None:
    """CBS put two buurten together and gave another a new code; one went to another wijk."""
    known = areas.library()
    became = {
        "BU02670191": "BU02670101",
        "BU02670192": "BU02670101",
        "BU02670193": "BU02670201",
    }
    names = {code: f"Oud {code[-2:]} (tot 1-1-2027)" for code in became}
    library = Library(known.features, known.source, {**known.names, **names}, became)
    monkeypatch.setattr(areas, "library", lambda: library)


def test_what_cbs_put_together_is_added_up_under_its_new_code(
    bestuur: Phone, changed_areas: None
) -> None:
    published("2026-Q4", "area", WK026701_BU02670191=6, WK026701_BU02670192=7)
    published("2027-Q1", "area", WK026701_BU02670101=20)
    buurten = service.figures("2026-Q4", "2027-Q1").table("area")
    [cell] = buurten.cells
    assert (cell.key, cell.value) == ("WK026701/BU02670101", 33)
    assert cell.by_quarter == (13, 20)


def test_of_areas_that_were_put_together_a_hidden_one_hides_the_whole(
    bestuur: Phone, changed_areas: None
) -> None:
    published("2026-Q4", "area", WK026701_BU02670191=None, WK026701_BU02670192=7)
    [cell] = service.figures("2026-Q4", "2026-Q4").table("area").cells
    assert (cell.key, cell.value) == ("WK026701/BU02670101", None)


def test_what_went_to_another_wijk_stays_where_it_was_under_its_own_name(
    bestuur: Phone, changed_areas: None
) -> None:
    published("2026-Q4", "area", WK026701=9, WK026701_BU02670193=9)
    cells = service.figures("2026-Q4", "2026-Q4").table("area").cells
    assert [(one.key, one.label) for one in cells] == [
        ("WK026701", "Nijkerk-stad"),
        ("WK026701/BU02670193", "Oud 93 (tot 1-1-2027)"),
    ]


def test_an_observation_with_a_code_of_before_counts_as_what_it_is_now(
    boa: Phone, changed_areas: None
) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        for area in ("BU02670191", "BU02670101", "BU02679999"):
            boa.sync(boa.observation(area=area), signed_in=False)
    with time_machine.travel(OCTOBER + timedelta(hours=1), tick=False):
        counting.count_new()
    assert tallies("area") == {"WK026701/BU02670101": 2, "other": 1}


def test_what_was_done_counts_once_when_it_is_done(boa: Phone, regisseur: Phone) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        item, gone = boa.send(), boa.send()
    by: dict[str, Any] = {"by_id": regisseur.person}
    case = Case(id=new_id(), number=1, kind="youth", outcome="better", made_at=OCTOBER, **by)
    bundles = [
        Bundle(id=new_id(), reasons=[reason], made_by=regisseur.person, made_at=OCTOBER)
        for reason in ("by_hand", "same_area")
    ]
    bundles[1].ended_at = OCTOBER
    db.session.add_all([case, *bundles])
    db.session.flush()
    steps = (
        ("made", "signalling"),
        ("phase", "analysis"),
        ("phase", "signalling"),
        ("closed", None),
    )
    db.session.add_all(
        [
            *(
                CaseEvent(case_id=case.id, kind=kind, phase=to, at=OCTOBER, **by)
                for kind, to in steps
            ),
            CaseSource(
                case_id=case.id, observation_id=item, bundle_id=bundles[0].id, at=OCTOBER, **by
            ),
            Action(
                id=new_id(), case_id=case.id, about="case", pillar="care", kind="gesprek",
                owner_id=regisseur.person, due_on=OCTOBER.date(), made_at=OCTOBER, **by,
            ),
            *(
                Referral(
                    id=new_id(), observation_id=item, to_id=to, ground="g", text_sealed="",
                    at=OCTOBER, **by,
                )
                for to in ("politie", "wie-weg-is")
            ),
        ]
    )  # fmt: skip
    receipt = db.session.get_one(Receipt, gone)
    receipt.gone_at, receipt.gone_late = OCTOBER, True
    db.session.commit()
    for _ in range(2):
        with time_machine.travel(OCTOBER + timedelta(hours=1), tick=False):
            counting.count_new()
    assert {name: tallies(name) for name in ("bundle", "became", "case", "phase", "outcome")} == {
        "bundle": {"by_hand": 1, "suggested": 1},
        "became": {"case": 1, "apart": 1},
        "case": {"youth": 1},
        "phase": {"analysis": 1},
        "outcome": {"better": 1},
    }
    assert tallies("action") == {"care": 1}
    assert tallies("referral") == {"politie": 1, "other": 1}
    assert tallies("removal") == {"late": 1}


def test_all_tallies_of_observations_equal_a_full_count(app: Flask, boa: Phone) -> None:
    coach = add_phone(app, "melder", card="sport", kind="club")
    for hour in range(3):
        with time_machine.travel(OCTOBER + timedelta(hours=hour), tick=False):
            boa.sync(*[boa.observation(area="BU02670101") for _ in range(3)], signed_in=False)
            coach.sync(coach.observation(card="sport", area=None), signed_in=False)
        with time_machine.travel(OCTOBER + timedelta(hours=hour, minutes=20), tick=False):
            counting.count_new()
    rows = db.session.scalars(sa.select(Observation)).all()
    assert len(rows) == 12
    for name in ("card", "organisation", "area", "signal", "crossing"):
        assert sum(tallies(name).values()) == len(rows), name
    assert tallies("organisation") == {"gemeente": 9, "club": 3}
    assert tallies("area") == {"WK026701/BU02670101": 9, "none": 3}
