"""The story of a week, spread over a quarter; ``make year`` lives eight of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.browser.invented_week import OVERLAPS, invent
from tests.browser.two_years import AREAS, PLANTED, QUARTERS, WEEKS, stretch

FIRST = date(2026, 7, 1)
LAST = date(2026, 9, 30)


@pytest.mark.parametrize("count", sorted(set(QUARTERS.values())))
def test_what_was_seen_in_a_week_is_seen_in_the_weeks_of_a_quarter(count: int) -> None:
    told = stretch(invent(AREAS, FIRST)[:count], FIRST)
    assert len(told) == count
    assert {week for week, _seen in told} == set(range(WEEKS))
    assert all(FIRST <= seen.day <= LAST for _week, seen in told)


def test_who_saw_the_same_saw_it_a_week_after_each_other() -> None:
    days: dict[int, list[date]] = {}
    for _week, seen in stretch(invent(AREAS, FIRST), FIRST):
        if seen.overlap is not None:
            days.setdefault(seen.overlap, []).append(seen.day)
    for number, size in enumerate(OVERLAPS):
        begun = FIRST + timedelta(days=14 * number)
        assert days[number] == [begun + timedelta(days=7 * turn) for turn in range(size)]


def test_nobody_else_reports_where_the_planted_one_does() -> None:
    assert PLANTED[0] not in AREAS
