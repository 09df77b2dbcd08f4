"""Figures: counted once, published once, and nobody can be found back in them."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.db import db
from server.observations.models import Observation
from server.observations.service import erase
from server.reports import counting, places, publishing, service
from server.reports.models import Figure, Tally
from server.reports.quarters import Quarter
from tests.factories import Phone, add_phone

OCTOBER = datetime(2026, 10, 6, 10, tzinfo=UTC)
JANUARY = datetime(2027, 1, 1, 5, tzinfo=UTC)


@pytest.fixture
def bestuur(app: Flask) -> Phone:
    return add_phone(app, "bestuur", card=None)


def report(phone: Phone, count: int, moment: datetime = OCTOBER, **changes: Any) -> list[str]:
    """Have a phone hand in so many observations at a moment."""
    with time_machine.travel(moment, tick=False):
        items = [phone.observation(**changes) for _ in range(count)]
        answer = phone.sync(*items, signed_in=False)
    assert {outcome["result"] for outcome in answer.json["outcomes"]} <= {"stored"}
    return [item["id"] for item in items]


def report_together(
    phones: list[Phone], count: int, *moment: datetime, **changes: Any
) -> list[str]:
    """Have phones hand in so many observations, as evenly as goes."""
    shares = [len(range(number, count, len(phones))) for number in range(len(phones))]
    sent = (
        report(phone, share, *moment, **changes)
        for phone, share in zip(phones, shares, strict=True)
    )
    return [item for items in sent for item in items]


def count_at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return counting.count_new()


def publish(moment: datetime = JANUARY) -> list[str]:
    with time_machine.travel(moment, tick=False):
        return publishing.publish_due()


def tallies(name: str) -> dict[str, int]:
    rows = db.session.execute(sa.select(Tally.path, Tally.count).where(Tally.name == name))
    return dict(rows.all())


def figures(phone: Phone, name: str, quarter: str = "2026-Q4") -> dict[tuple[str, ...], int | None]:
    shown = phone.get(f"/figures?first={quarter}").json["shown"]
    table = next(one for one in shown["tables"] if one["name"] == name)
    return {
        tuple(cell["key"].split("/")) if cell["key"] else (): cell["value"]
        for cell in table["cells"]
    }


def test_quarters_follow_the_calendar_people_live_by() -> None:
    assert str(Quarter.of(date(2026, 12, 31))) == "2026-Q4"
    assert Quarter.of(date(2027, 1, 1)) == Quarter(2026, 4).next() == Quarter.named("2027-Q1")
    assert Quarter(2026, 2).begins_on == date(2026, 4, 1)
    assert Quarter(2026, 4).ends_at == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert Quarter(2026, 1).ends_at == datetime(2026, 3, 31, 22, tzinfo=UTC)


def test_an_observation_counts_once_in_every_table(boa: Phone) -> None:
    report(boa, 1, signals=["BOA-12", "BOA-08"], area="BU02670101")
    assert count_at(OCTOBER + timedelta(minutes=5)) == 0, "it may not be committed everywhere yet"
    assert count_at(OCTOBER + timedelta(hours=1)) == 1
    assert count_at(OCTOBER + timedelta(hours=2)) == 0
    assert tallies("card") == {"boa": 1}
    assert tallies("organisation") == {"gemeente": 1}
    assert tallies("area") == {"WK026701/BU02670101": 1}
    [[path, count]] = tallies("signal").items()
    assert (path.split("/")[0], count) == ("contacten", 1), "the most serious signal decides"


def test_two_clocks_that_count_at_once_count_everything_once(app: Flask, boa: Phone) -> None:
    report(boa, 5)
    db.session.remove()
    together = threading.Barrier(4)
    faults: list[Exception] = []

    def count() -> None:
        with app.app_context():
            together.wait()
            try:
                counting.count_new()
            except Exception as fault:  # noqa: BLE001
                faults.append(fault)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert tallies("card") == {"boa": 5}


def test_what_says_nothing_counts_as_nothing(boa: Phone) -> None:
    report(boa, 1, signals=[], area=None)
    report(boa, 1, signals=["BOA-99"], area="BU99990101")
    count_at(OCTOBER + timedelta(hours=1))
    assert tallies("area") == {"none": 1, "other": 1}
    assert tallies("signal") == {"none": 2}


def test_deleting_afterwards_changes_no_figure(boas: list[Phone], bestuur: Phone) -> None:
    ids = report_together(boas, 6)
    assert publish(OCTOBER + timedelta(days=1)) == []
    for item in ids:
        erase(item, "expired")
    db.session.commit()
    assert publish() == ["2026-Q4"]
    assert figures(bestuur, "card")[()] == 6


def test_the_tallies_equal_a_full_count(boa: Phone, app: Flask) -> None:
    coach = add_phone(app, "melder", name="Coen Nepstra", card="sport", kind="club")
    for hour in range(4):
        report(boa, 3, OCTOBER + timedelta(hours=hour), area="BU02670101")
        report(coach, hour, OCTOBER + timedelta(hours=hour), card="sport", signals=["SPO-01"])
        count_at(OCTOBER + timedelta(hours=hour, minutes=30))
    rows = db.session.execute(
        sa.select(Observation.card, sa.func.count()).group_by(Observation.card)
    )
    assert tallies("card") == dict(rows.all())


def test_an_answer_counts_by_how_many_working_days_it_took(boa: Phone, regisseur: Phone) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        quick, slow, owed = (boa.send() for _ in range(3))
    for item, later in ((quick, timedelta(days=1)), (slow, timedelta(days=27))):
        db.session.get_one(Observation, item).answered_at = OCTOBER + later
    db.session.commit()
    count_at(OCTOBER + timedelta(days=40))
    assert tallies("answer") == {"on_time/2": 1, "late/longer": 1}
    assert db.session.get_one(Observation, owed).answered_at is None


def test_a_quarter_is_published_when_it_is_over_and_counted(
    boas: list[Phone], bestuur: Phone
) -> None:
    report_together(boas, 7)
    assert publish(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == []
    assert publish(datetime(2026, 12, 31, 23, 5, tzinfo=UTC)) == [], "not yet counted to the end"
    assert publish() == ["2026-Q4"]
    assert publish() == []
    assert tallies("card") == {}, "the real numbers are gone"
    assert figures(bestuur, "card")[()] == 7
    assert figures(bestuur, "card")[("boa",)] == 7


def test_what_is_published_never_changes(boas: list[Phone], bestuur: Phone) -> None:
    report_together(boas, 7)
    publish()
    before = figures(bestuur, "area")
    report_together(boas, 5, JANUARY + timedelta(days=3))
    publish(datetime(2027, 4, 1, 5, tzinfo=UTC))
    assert figures(bestuur, "area") == before
    assert figures(bestuur, "area", "2027-Q1")[()] == 5


def test_a_single_case_is_in_no_output(boas: list[Phone], app: Flask, bestuur: Phone) -> None:
    """One coach reports once, in a buurt and with a signal nobody else had, among twenty others."""
    report_together(boas, 20, area="BU02670101")
    coach = add_phone(app, "melder", name="Coen Nepstra", card="sport", kind="club")
    report(coach, 1, card="sport", signals=["SPO-01"], area="BU02670201")
    publish()
    for name in ("card", "organisation", "area", "signal"):
        shown = figures(bestuur, name)
        assert shown[()] == 21
        assert 1 not in shown.values()
        parts = [path for path in shown if len(path) == 1]
        rest = 21 - sum(shown[path] or 0 for path in parts)
        assert rest == 0 or rest >= 5, f"{name}: subtracting leaves {rest}"
    assert figures(bestuur, "organisation")[("club",)] is None
    assert figures(bestuur, "organisation")[("school",)] is None, "nothing, and shown as the same"
    raw = db.session.scalars(sa.select(Figure.count)).all()
    assert not {1, 2, 3, 4} & set(raw), "nothing is kept of what is hidden"


def test_every_place_is_in_the_table_whether_anything_counts_there_or_not(
    boa: Phone, bestuur: Phone
) -> None:
    report(boa, 9, area="BU02670101")
    publish()
    shown = figures(bestuur, "area")
    assert {path[-1] for path in shown if path} >= set(places.known_areas())
    assert ("politie",) in figures(bestuur, "organisation")


def test_what_was_counted_in_a_place_that_is_no_more_counts_with_the_rest(
    boas: list[Phone], bestuur: Phone
) -> None:
    report_together(boas, 6, area="BU02670101")
    assert publish(OCTOBER + timedelta(hours=1)) == []
    gone = sa.func.replace(Tally.path, "BU02670101", "BU02679999")
    db.session.execute(sa.update(Tally).values(path=gone))
    db.session.commit()
    publish()
    shown = figures(bestuur, "area")
    assert shown[()] == shown[("WK026701",)] == shown[("WK026701", "other")] == 6
    assert ("WK026701", "BU02679999") not in shown


def test_an_empty_year_shows_no_quarter_and_says_when_the_first_comes(bestuur: Phone) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        assert service.next_quarter() == ("2026-Q4", datetime(2026, 12, 31, 23, 10, tzinfo=UTC))
    assert bestuur.get("/figures").json["periods"] == []


def test_three_years_of_quarters_are_kept(boa: Phone, bestuur: Phone) -> None:
    for number in range(13):
        db.session.add(Tally(quarter=f"{2020 + number // 4}-Q{number % 4 + 1}", name="card",
                             path="boa", count=8))  # fmt: skip
    db.session.commit()
    publish(datetime(2023, 4, 1, 5, tzinfo=UTC))
    quarters = bestuur.get("/figures").json["periods"]
    assert len(quarters) == 12
    assert quarters[0] == "2023-Q1"
    assert "2020-Q1" not in quarters
    totals = db.session.scalars(
        sa.select(Figure.quarter).where(Figure.name == "card", Figure.path == "")
    )
    assert "2020-Q1" in totals.all(), "what was answered is held against all that ever came in"
