"""One report unlike all others is planted, and looked for in everything that goes out."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from server.app import ROOT
from server.db import db, new_id
from server.effect import survey
from server.events import service as events
from server.feedback import figures as answer_figures
from server.notes import service as notes
from server.notes import telling
from server.notes.telling import OfKind
from server.people.models import ROLES, Person
from server.reports import crossing, publishing
from server.reports.labels import label
from server.reports.suppression import LEAST, Node
from server.systems import releasing
from tests.factories import add_phone
from tests.outputs import (
    LIVE,
    METRICS_KEY,
    NO_FIGURES,
    OF_EVENTS,
    OUTPUTS,
    TAKES_IN,
    Readers,
    Told,
    numbers,
)
from tests.test_events import listens

__all__ = ["listens"]

pytestmark = pytest.mark.thorough

QUARTERS = ("2026-Q3", "2026-Q4")
OWN = f"{QUARTERS[1]} {QUARTERS[1]}"
BEGIN = datetime(2026, 7, 20, 10, tzinfo=UTC)
MOMENTS = (datetime(2026, 8, 4, 10, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC))
LAST_DAY = datetime(2026, 12, 31, 5, tzinfo=UTC)
LATER = datetime(2027, 1, 16, 5, tzinfo=UTC)
# Where nobody else reported from, with a card and a signal nobody else used.
WIJK, BUURT, CARD, SIGNAL = "WK026702", "BU02670201", "sport", "SPO-01"
CASE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "area": ((WIJK,), (WIJK, BUURT)),
    "card": ((CARD,),),
    "organisation": (("club",),),
    "signal": (("gedrag",), ("gedrag", "behaviour-change")),
}
KEYS = {(table, "/".join(path)) for table, paths in CASE.items() for path in paths}
YES = {"knows": "yes", "dares": "yes", "hears": "yes", "helps": "yes"}

Read = Mapping[str, list[Told]]


@pytest.fixture
def whole(app: Flask, listens: None, letters: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An installation from which everything goes out that can, paper and events as well."""
    known = app.config["SIGNAALKAART"]
    told = dataclasses.replace(known, pwa_dir=letters, metrics_key=METRICS_KEY)
    monkeypatch.setitem(app.config, "SIGNAALKAART", told)
    return app


def live(app: Flask) -> Readers:
    """Let half a year pass with one case in it that was answered, and the clock at work."""
    with time_machine.travel(BEGIN, tick=False):
        boas = [add_phone(app, "melder") for _ in range(3)]
        club = {"card": CARD, "kind": "club", "organisation": "Verzonnen club"}
        coaches = [add_phone(app, "melder", **club) for _ in range(3)]
    for moment in MOMENTS:
        with time_machine.travel(moment, tick=False):
            for boa in boas:
                boa.sync(*[boa.observation(area="BU02670101") for _ in range(8)], signed_in=False)
            releasing.release_due()
    with time_machine.travel(MOMENTS[1], tick=False):
        planted = coaches[0].observation(card=CARD, signals=[SIGNAL], area=BUURT)
        coaches[0].sync(planted, signed_in=False)
        survey.answer(db.session.get_one(Person, coaches[0].person), "2026-H2", YES)
    with time_machine.travel(MOMENTS[1] + timedelta(days=1), tick=False):
        answer = {"id": new_id(), "kind": "watching"}
        desk = add_phone(app, "procesregisseur")
        assert desk.post(f"/observations/{planted['id']}/feedback", answer).status_code == 201
    with time_machine.travel(LAST_DAY, tick=False):
        answer_figures.work_out()
    with time_machine.travel(LATER, tick=False):
        assert publishing.publish_due() == list(QUARTERS)
        notes.make_due()
        releasing.release_due()
        survey.publish_due()
        # A colleague reads what the whole club reads.
        return Readers(app, add_phone(app, "melder", **club))


def read_all(app: Flask) -> Read:
    readers = live(app)
    with time_machine.travel(LATER, tick=False):
        return {name: list(read(readers)) for name, read in OUTPUTS.items()}


# ---- what an attacker looks for ----


def small(told: list[Told]) -> Iterator[str]:
    """Look for any number as small as the case."""
    yield from (str(one) for one in told if 0 < one.number < LEAST)


def at_the_case(told: list[Told]) -> Iterator[str]:
    """Look for a number where the case is, by its code and by its name."""
    named = {label(table, path) for table, paths in CASE.items() for path in paths}
    for one in told:
        there = (one.table, one.place) in KEYS if one.table else one.place in named
        if there and one.period == OWN and one.number > 0:
            yield str(one)


def whole_less_parts(told: list[Told]) -> Iterator[str]:
    """Take all parts that are shown off their whole."""
    for (period, table), cells in by_place(told).items():
        for whole, count in cells.items():
            depth = len(whole.split("/")) if whole else 0
            start = f"{whole}/" if whole else ""
            parts = [
                one
                for place, one in cells.items()
                if place and place.count("/") == depth and place.startswith(start)
            ]
            if parts and 0 < count - sum(parts) < LEAST:
                yield f"{period} {table} {whole}: {count - sum(parts)} is left"


def period_less_period(told: list[Told]) -> Iterator[str]:
    """Take one filter off another that holds it, and the quarter before off that of the case."""
    cells = by_place(told)
    early, own = (f"{quarter} {quarter}" for quarter in QUARTERS)
    both = f"{QUARTERS[0]} {QUARTERS[1]}"
    for more, less, everywhere in ((both, early, True), (both, own, True), (own, early, False)):
        for table in {table for _, table in cells}:
            for place, count in cells.get((more, table), {}).items():
                before = cells.get((less, table), {}).get(place)
                looked_at = everywhere or (table, place) in KEYS
                if looked_at and before is not None and 0 < count - before < LEAST:
                    yield f"{more} less {less}, {table} {place}: {count - before}"


def by_place(told: list[Told]) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Return the largest number of each place, by period and table."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for one in told:
        if one.table:
            cells = found[one.period, one.table]
            cells[one.place] = max(one.number, cells.get(one.place, 0))
    return found


SEARCHES: tuple[Callable[[list[Told]], Iterator[str]], ...] = (
    small,
    at_the_case,
    whole_less_parts,
    period_less_period,
)


# ---- what protects, switched off ----


def all_shown(tree: Node, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], int | None]:
    shown: dict[tuple[str, ...], int | None] = {path: tree.count}
    for key, part in tree.parts.items():
        shown |= all_shown(part, (*path, key))
    return shown


def small_hidden(tree: Node) -> dict[tuple[str, ...], int | None]:
    """Hide small numbers only, and nothing beside them."""
    return {path: count if count >= LEAST else None for path, count in all_shown(tree).items()}


def tell_all(_in_figures: int | None, known: OfKind) -> telling.Told:
    """Tell everything that is known of a kind of organisation."""
    of_each = {
        answer: {name: sum(by.values()) for name, by in each.items()}
        for answer, each in known.answers.items()
    }
    return telling.Told({answer: sum(each.values()) for answer, each in of_each.items()}, of_each)


def switch_off(
    patch: pytest.MonkeyPatch, hide: Callable[[Node], dict[tuple[str, ...], int | None]]
) -> None:
    patch.setattr(publishing, "hide", hide)
    patch.setattr(publishing, "_hide_what_flows_tell", lambda *_: None)
    patch.setattr(crossing, "widen", lambda tables, *_: tables)
    patch.setattr(survey, "hide", hide)
    patch.setattr(notes, "tell", tell_all)
    patch.setattr(events, "early", lambda waiting: waiting)
    patch.setattr(events, "rest", lambda _total, _noted, waiting: waiting)
    patch.setattr(answer_figures, "LEAST_ANSWERS", 1)
    patch.setattr(answer_figures, "LEAST_REPORTERS", 1)


def test_the_case_is_in_no_output(whole: Flask) -> None:
    read = read_all(whole)
    totals = {one.number for one in read["GET /api/v1/figures"] if one.place == ""}
    assert {24, 25, 49} <= totals, "there is something to read"
    assert sum(one.number for one in read["events"]) == 49
    found = {
        (name, search.__name__): hits
        for name, told in read.items()
        for search in SEARCHES
        if (hits := list(search(told)))
    }
    assert found == {}


def test_each_search_finds_the_case_where_nothing_is_hidden(
    whole: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search itself is tried in every output, with each protection switched off."""
    switch_off(monkeypatch, all_shown)
    read = read_all(whole)
    assert [name for name, told in read.items() if not list(small(told))] == []
    figures = [told for name, told in read.items() if "figures" in name]
    assert len(figures) == 3
    assert all(list(at_the_case(told)) for told in figures)
    for name in ("GET /api/v1/briefings", "POST /api/v1/briefings/prints"):
        assert list(at_the_case(read[name])), name
    assert list(period_less_period(read["GET /api/v1/figures"]))


def test_subtracting_finds_the_case_where_only_small_numbers_are_hidden(
    whole: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_off(monkeypatch, small_hidden)
    read = read_all(whole)
    for name, told in read.items():
        if "figures" in name:
            assert list(small(told)) == []
            assert list(whole_less_parts(told)), name


# ---- whether an output was forgotten ----


def test_every_address_that_gives_figures_is_in_the_list(app: Flask) -> None:
    """What reads figures, events or answers, by its imports, has its addresses in the list."""
    sources = [(path, path.read_text("utf-8")) for path in Path(ROOT / "server").rglob("*.py")]
    reads = re.compile(r"server\.(reports|events) import|feedback import .*\bfigures\b")
    packages = {
        path.relative_to(ROOT / "server").parts[0] for path, text in sources if reads.search(text)
    }
    # These only say that something happened, and what that means for an observation.
    packages -= {"app.py", "clock", "entries", "observations", "sync"}
    packages |= {"metrics", "reports"}
    found = {
        f"{method} {rule}"
        for rule in app.url_map.iter_rules()
        if app.view_functions[rule.endpoint].__module__.split(".")[1] in packages
        for method in rule.methods & {"GET", "POST"}
    }
    assert found == {*OUTPUTS, *LIVE, *NO_FIGURES, *OF_EVENTS, *TAKES_IN} - {"events"}


def test_what_is_said_to_hold_no_figures_holds_no_number(whole: Flask) -> None:
    readers = live(whole)
    with time_machine.travel(LATER, tick=False):
        for role, path in NO_FIGURES.values():
            assert list(numbers(readers.get(role, path))) == [], path


def test_numbers_as_they_are_only_the_desk_and_the_operator_read(whole: Flask) -> None:
    readers = live(whole)
    with time_machine.travel(LATER, tick=False):
        for name, (read, roles) in LIVE.items():
            told = list(read(readers))
            assert list(small(told)), f"{name} is live"
            assert list(at_the_case(told)) == []
            path = name.split()[1]
            for role in ROLES:
                answer = add_phone(whole, role).client.get(path)
                assert (answer.status_code == 200) == (role in roles), (name, role)
