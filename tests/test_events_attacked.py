"""Who logs every event with its date and has all figures finds no small number with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.db import db, insert_rows, table
from server.events import service
from server.events.models import KINDS, OutgoingEvent
from server.reports import counting, publishing
from server.reports.models import Counted, Figure, Tally
from server.reports.models import Quarter as Published
from server.reports.places import Path
from server.reports.quarters import Quarter
from server.reports.reporters import REPORTER
from server.systems import releasing
from tests.test_events import listens
from tests.test_suppression import splits

__all__ = ["listens"]

# How many came in, and how many were answered, before each of some mornings of a quarter; what
# comes after the last of them comes before the quarter ends.
Day = tuple[int, int]
World = Sequence[Sequence[Day]]
Rule = Callable[[int], int]

FIRST = Quarter(2025, 1)
WAY = ("gemeente", "boa", "none")
# With so many nobody hands in twice on a day, and no number is about too few people.
MANY = 10_000
SMALL = range(1, service.LEAST)


def test_events_and_figures_mean_the_same_quarter() -> None:
    day = datetime(2024, 1, 1, 23, 30, tzinfo=UTC)
    for number in range(2000):
        moment = day + timedelta(days=number)
        assert service.quarter_at(moment) == str(Quarter.at(moment))


def seen(came: Sequence[int], rule: Rule, least: int) -> tuple[tuple[int, ...], int | None]:
    """Return what everybody sees of a quarter: how many went each morning, and the total."""
    waiting, went = 0, []
    for count in came[:-1]:
        waiting += count
        went.append(rule(waiting))
        waiting -= went[-1]
    return tuple(went), sum(came) if sum(came) >= least else None


def certain(most: int, mornings: int, rule: Rule, least: int) -> set[str]:
    """Return every small number between two mornings that is the same in all that looks alike."""
    ranges = list(combinations(range(mornings + 2), 2))
    possible: dict[object, list[set[int]]] = defaultdict(lambda: [set() for _ in ranges])
    for total in range(most + 1):
        for came in splits(total, mornings + 1):
            values = possible[seen(came, rule, least)]
            for (first, last), found in zip(ranges, values, strict=True):
                found.add(sum(came[first:last]))
    return {
        f"{view}: {values} between {span}"
        for view, found in possible.items()
        for span, values in zip(ranges, found, strict=True)
        if len(values) == 1 and 0 < min(values) < least
    }


@pytest.mark.thorough
def test_whoever_knows_the_rule_and_tries_every_quarter_finds_no_small_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a border of three instead of five, so that every world can be tried."""
    monkeypatch.setattr(service, "LEAST", 3)
    assert certain(13, 4, service.early, 3) == set()


def test_when_all_that_waits_goes_small_numbers_are_found() -> None:
    """The attack itself is tried on the rule of before: all go when there are enough."""
    assert certain(8, 2, lambda waiting: waiting if waiting >= 3 else 0, 3) != set()


def live(world: World, people: int = MANY) -> None:
    """Let quarters pass in which this happens, with the clock at work every morning of it.

    At most so many people hand in, in turn.
    """
    for model in (Figure, Tally, Published, Counted, OutgoingEvent):
        db.session.execute(sa.delete(model))
    db.session.commit()
    for number, days in enumerate(world):
        quarter = FIRST.plus(number)
        reported: set[int] = set()
        for index, day in enumerate(days):
            with time_machine.travel(morning(quarter.begins_on, 9 * index + 2), tick=False):
                for kind, count in zip(KINDS, day, strict=True):
                    if count:
                        rows = [row for _ in range(count) for row in service.rows(kind)]
                        insert_rows(table(OutgoingEvent), rows)
                    if kind == "observation":
                        who = {one % people for one in range(count)} - reported
                        fill(quarter, REPORTER, {(*WAY, str(one)): 1 for one in who})
                        reported |= who
                db.session.commit()
                if index < len(days) - 1:
                    releasing.release_due()
        came, answered = (sum(counts) for counts in zip(*days, strict=True))
        fill(quarter, "card", {("boa",): came})
        fill(quarter, "answer", {("on_time", "2"): answered})
        db.session.commit()
        with time_machine.travel(morning(quarter.next().begins_on, 0), tick=False):
            releasing.release_due()
            publishing.publish_due()
            releasing.release_due()


def fill(quarter: Quarter, name: str, counts: Mapping[Path, int]) -> None:
    for path, count in counts.items():
        if count:
            row = Tally(quarter=str(quarter), name=name, path="/".join(path), count=count)
            db.session.add(row)


def morning(day: date, later: int) -> datetime:
    return datetime.combine(day, time(6, 10), UTC) + timedelta(days=later)


def attack(quarters: int) -> Iterator[str]:
    """Take what went off what the figures say, between all dates and over all quarters."""
    for kind in KINDS:
        let_go = sa.select(OutgoingEvent.released_at).where(
            OutgoingEvent.kind == kind, OutgoingEvent.released_at.is_not(None)
        )
        went: Mapping[datetime, int] = Counter(db.session.scalars(let_go))
        totals: Mapping[Quarter, int | None] = {
            quarter: (releasing.published(str(quarter)) or {}).get(kind)
            for quarter in map(FIRST.plus, range(quarters))
        }
        yield from (f"{count} {kind} on {day}" for day, count in went.items() if count in SMALL)
        for first, last in combinations(range(quarters + 1), 2):
            yield from subtract(kind, went, totals, first, last)


def subtract(
    kind: str,
    went: Mapping[datetime, int],
    totals: Mapping[Quarter, int | None],
    first: int,
    last: int,
) -> Iterator[str]:
    """Take what went from the beginning of one quarter on off what these quarters show together."""
    begin, end = (morning(FIRST.plus(number).begins_on, 1) for number in (first, last))
    shown = sum(totals[FIRST.plus(number)] or 0 for number in range(first, last))
    gone = 0
    for moment in sorted(one for one in went if begin < one <= end):
        gone += went[moment]
        if shown - gone in SMALL:
            yield f"{shown - gone} {kind} between {moment} and {end}"
    if gone - shown in SMALL:
        yield f"{gone - shown} {kind} hidden between {begin} and {end}"


def found_in(world: World, people: int = MANY) -> set[str]:
    live(world, people)
    return set(attack(len(world)))


# Four in a quarter that is hidden, then thirty of which two come in the last weeks.
ISSUE: World = (((3, 0), (1, 4), (0, 0)), ((10, 10), (18, 18), (2, 2)))
# So many of one person that ten could go: the figures will hide how many there were.
ONE: World = (((15, 0), (1, 0)),)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw quarters in which no more is answered than came in."""
    stock, world = 0, []
    for _ in range(3):
        days = []
        for _ in range(6):
            came = draw(st.one_of(st.integers(0, 4), st.integers(0, 25)))
            answered = min(draw(st.integers(0, 25)), stock + came)
            stock += came - answered
            days.append((came, answered))
        world.append(days)
    return world


@pytest.mark.thorough
def test_subtracting_every_event_from_every_figure_finds_no_small_number(
    app: Flask, listens: None
) -> None:
    released = []

    @given(worlds(), st.sampled_from([1, 2, 3, MANY]))
    @example(ISSUE, MANY)
    @example(ONE, 1)
    @settings(max_examples=25, deadline=None)
    def attacked(world: World, people: int) -> None:
        assert found_in(world, people) == set()
        released.append(
            db.session.scalar(
                sa.select(sa.func.count()).where(OutgoingEvent.released_at.is_not(None))
            )
        )

    attacked()
    assert any(released), "there was something to subtract"


@pytest.mark.parametrize(
    ("rule", "off", "finds"),
    [
        ("early", lambda waiting: waiting if waiting >= service.LEAST else 0, "2 observation bet"),
        ("rest", lambda _total, _noted, waiting: waiting, "4 observation hidden"),
        ("rest", lambda _total, _noted, waiting: waiting, "4 feedback hidden"),
    ],
)
def test_without_a_rule_the_subtraction_finds_the_case(
    app: Flask,
    listens: None,
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    off: Callable[..., int],
    finds: str,
) -> None:
    """The attack itself is tried, with what stays behind and with what is held against figures."""
    assert found_in(ISSUE) == set()
    monkeypatch.setattr(service, rule, off)
    assert [one for one in found_in(ISSUE) if one.startswith(finds)]


def test_where_one_person_reported_much_nothing_goes_that_the_figures_hide(
    app: Flask, listens: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert releases_of(ONE, 1) == (0, None)
    monkeypatch.setattr(counting, "are_enough", lambda _quarter: True)
    assert releases_of(ONE, 1) == (10, None)


def test_of_three_who_report_it_goes_as_of_many(app: Flask, listens: None) -> None:
    assert releases_of(ONE, 3) == releases_of(ONE, MANY) == (16, 16)


def releases_of(world: World, people: int) -> tuple[int, int | None]:
    """Return how many observations went, and how many the figures of the first quarter say."""
    live(world, people)
    went = sa.select(sa.func.count()).where(
        OutgoingEvent.kind == "observation", OutgoingEvent.released_at.is_not(None)
    )
    shown = releasing.published(str(FIRST)) or {}
    return db.session.scalar(went) or 0, shown.get("observation")
