"""Decide which answers may be told beside the figures, so that nobody can be found by subtracting.

The figures say how much the organisations of a kind reported. Of the answers to them may be told
how many there were of each, and of those how many went to one organisation. So each number that is
told lies within another, as in a table of the figures (``server.reports.suppression``), and here
one rule goes for all of them: it is about ``LEAST`` reporters or more, and what is left of the
number it lies in is so as well, or is nothing. Whoever puts papers together and subtracts can only
add and subtract such numbers, and never comes to fewer people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from server.reports.suppression import LEAST

# How often it was each reporter.
ByReporter = Mapping[str, int]


@dataclass
class OfKind:
    """What is known of one kind of organisation: who reported, and by answer and organisation who
    got it."""

    reports: dict[str, int] = field(default_factory=dict)
    answers: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """How often each answer was given to a kind of organisation, and to which of them."""

    of_kind: Mapping[str, int] = field(default_factory=dict)
    of_each: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


NOTHING = Told()


def tell(in_figures: int | None, known: OfKind) -> Told:
    """Return what may be told; nothing of a kind that is hidden in the figures."""
    if in_figures is None:
        return NOTHING
    answers = {answer: _together(of_each.values()) for answer, of_each in known.answers.items()}
    of_kind = apart(in_figures, known.reports, answers)
    of_each = {
        answer: apart(count, answers[answer], known.answers[answer])
        for answer, count in of_kind.items()
    }
    return Told(of_kind, {answer: counts for answer, counts in of_each.items() if counts})


def apart(
    count: int, whole: ByReporter, parts: Mapping[str, ByReporter], least: int = LEAST
) -> dict[str, int]:
    """Return the parts of a number that may be told beside it.

    As long as what is left is about too few, the smallest goes along. Of equals all go: which one
    went would tell something.
    """
    told = {key: sum(by.values()) for key, by in parts.items() if len(by) >= least}
    while told and not _is_safe(count, whole, [parts[key] for key in told], least):
        smallest = min(told.values())
        told = {key: one for key, one in told.items() if one > smallest}
    return told


def _is_safe(count: int, whole: ByReporter, told: Sequence[ByReporter], least: int) -> bool:
    """Say whether what is left of a number is nothing, or about enough people and reports.

    Who got as many answers as they handed in reports is not in what is left. The number itself
    counts too: somebody who was deleted is still in the figures.
    """
    left = Counter(whole)
    left.subtract(_together(told))
    people = sum(number != 0 for number in left.values())
    over = count - sum(sum(by.values()) for by in told)
    return (over == 0 and people == 0) or (over >= least and people >= least)


def _together(parts: Iterable[ByReporter]) -> Counter[str]:
    together: Counter[str] = Counter()
    for by in parts:
        together.update(by)
    return together
